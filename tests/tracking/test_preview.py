"""A preview tells what would change, and leaves nothing behind."""

from datetime import date

import pytest
from sqlalchemy import Engine

from tracking import database, loading, preview, register

AS_OF = date(2024, 6, 1)
SPACE = b"space_id,space_name,track,start_year,end_year\nS1,A,internationalization,2022,2024\n"
FIRST = b"space_id,year,international_events\nS1,2022,9\n"
BETTER = b"space_id,year,international_events\nS1,2022,12\n"


@pytest.fixture
def filed(any_engine: Engine) -> Engine:
    from tests.conftest import SHANGHAI
    from tracking import policy

    policy.load(any_engine, SHANGHAI, by="tests")
    assert register.load(any_engine, SPACE, "register.csv", by="tests").loaded
    assert loading.load(any_engine, FIRST, "2022.csv", by="tests").loaded
    return any_engine


def test_it_tells_which_figure_and_which_shortfall_change(filed: Engine) -> None:
    seen = preview.preview(filed, BETTER, "better.csv", AS_OF, "en")
    (change,) = seen.changes.to_dict("records")
    assert (change["actual_before"], change["actual_after"]) == (9, 12)
    assert (change["status_before"], change["status_after"]) == ("short", "met")
    assert (seen.closed, seen.opened) == (1, 0)


def test_nothing_is_stored(filed: Engine) -> None:
    preview.preview(filed, BETTER, "better.csv", AS_OF, "en")
    with database.reading(filed) as connection:
        assert database.data_version(connection) == 3


def test_a_file_with_an_error_changes_nothing(filed: Engine) -> None:
    seen = preview.preview(filed, b"space_id,year,international_events\nS1,2022,x\n", "bad.csv", AS_OF, "en")
    assert (seen.report.refused, len(seen.changes), seen.closed) == (True, 0, 0)
