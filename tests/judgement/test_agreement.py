"""Random programmes: every table agrees with plain fractions, and what is stored with the views that define it.

Then their filings are reviewed: what rests on one that is not approved is provisional, and no status moves by it.
"""

from datetime import date

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from tests import answers, programmes
from tests.oracle import provisional
from tests.oracle.programme import SpaceYear, Step, after
from tracking import database
from tracking.database import loads, refresh

PAST, TO_COME = "2020-01-01", "9998-01-01"
# By what became of a filing, the acts that its current revision went through; a reopening has its end.
COURSES: dict[str, list[tuple[str, str | None]]] = {
    "filed": [],
    "checked": [("check", None)],
    "returned": [("check", None), ("return", None)],
    "approved": [("check", None), ("approve", None)],
    "reopened": [("check", None), ("approve", None), ("reopen", TO_COME)],
    "closed again": [("check", None), ("approve", None), ("reopen", PAST)],
}
APPROVED = ("approved", "closed again")
REVIEWED = sa.text(
    "INSERT INTO review VALUES (:load, :space, :year, :revision, :act, 'tests', CAST(:ends AS TIMESTAMP))"
)
WINDOW = sa.text("INSERT INTO filing_window VALUES (:load, 'first', 1999, NULL, NULL, 'Asia/Shanghai')")


@st.composite
def reviewed(draw: st.DrawFn) -> tuple[list[Step], date, dict[SpaceYear, str], bool]:
    """A history, a day, what became of each filing, and whether a window was set."""
    steps, as_of = draw(programmes.readings())
    filed = sorted(after(steps, as_of).filings)
    became = {each: draw(st.sampled_from(list(COURSES))) for each in filed}
    if draw(st.sampled_from((False, False, False, True))):
        became = dict.fromkeys(filed, "filed")
    return steps, as_of, became, draw(st.booleans())


def review(connection: Connection, steps: list[Step], became: dict[SpaceYear, str], window: bool) -> None:
    filings = after(steps, date.max).filings
    for (space, year), course in became.items():
        for act, ends in COURSES[course]:
            load = loads.record(connection, "review", act, f"{space} {year} {act}".encode(), by="tests")
            named = {"load": load, "space": space, "year": year, "revision": len(filings[space, year])}
            connection.execute(REVIEWED, {**named, "act": act, "ends": ends})
    if window:
        connection.execute(WINDOW, {"load": loads.record(connection, "review", "window", b"window", by="tests")})
    refresh.reviewed(connection, sorted({space for space, _ in became}))


def agrees(engine: Engine, steps: list[Step], as_of: date, became: dict[SpaceYear, str], window: bool) -> None:
    told = answers.judge_in(engine)(steps, as_of)
    assert answers.differences(told, answers.of_the_oracle(steps, as_of)) == []
    with database.reading(engine) as connection:
        assert refresh.differences(connection) == {}

    database.write(engine, lambda connection: review(connection, steps, became, window))
    in_use = window or any(COURSES[each] for each in became.values())
    unapproved = {each for each, course in became.items() if in_use and course not in APPROVED}
    with database.reading(engine) as connection:
        assert refresh.differences(connection) == {}
    told = answers.of_the_database(engine, as_of)
    assert answers.differences(told, provisional.marked(steps, as_of, unapproved)) == []
    with database.reading(engine) as connection:
        figures = connection.execute(sa.text("SELECT space_id, year, provisional FROM observations")).all()
    assert all(marked == ((space, year) in unapproved) for space, year, marked in figures)


# The database is emptied for every example, so one serves them all.
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
Drawn = tuple[list[Step], date, dict[SpaceYear, str], bool]


@settings(suppress_health_check=SLOW, max_examples=settings().max_examples // 3)
@given(reviewed())
def test_after_any_history_and_review_every_table_agrees_with_plain_fractions(engine: Engine, drawn: Drawn) -> None:
    agrees(engine, *drawn)


# Half as many: the rules are the same text, and what a server makes of it otherwise any history meets.
@settings(suppress_health_check=SLOW, max_examples=settings().max_examples // 6)
@given(reviewed())
def test_a_server_agrees_with_plain_fractions(postgres: Engine, drawn: Drawn) -> None:
    agrees(postgres, *drawn)
