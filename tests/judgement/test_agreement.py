"""Random programmes: every table agrees with plain fractions, and what is stored with the views that define it."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from tests import answers, programmes
from tests.oracle.programme import Step
from tracking import database
from tracking.database import refresh


# The database is emptied for every example, so one serves them all.
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=settings().max_examples // 3,
)
@given(programmes.readings())
def test_after_any_history_every_table_agrees_with_plain_fractions(
    any_engine: Engine, reading: tuple[list[Step], date]
) -> None:
    steps, as_of = reading
    told = answers.judge_in(any_engine)(steps, as_of)
    assert answers.differences(told, answers.of_the_oracle(steps, as_of)) == []
    with database.reading(any_engine) as connection:
        assert refresh.differences(connection) == {}
