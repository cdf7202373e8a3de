"""What a filing that waits does: which shortfalls it opens and closes, what it came with, whose money it moves."""

from datetime import date

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import by, file
from tracking import database
from tracking.review import acting, standing
from tracking.review.acting import Filing
from tracking.review.weighing import weighed


@pytest.fixture
def embedded(engine: Engine) -> Engine:
    return reviewed.enrolled(engine)


def test_after_an_unfiled_year_a_filing_opens_what_it_misses_until_that_was_due(embedded: Engine) -> None:
    # Of the 18 targets of each year it meets one; of the year before nothing was filed, which was due on 31 March.
    file(embedded, "space_id,year,mentors,funded_firms\nS1,2023,25,4\nS3,2023,25,4\n")

    def turned(day: date) -> list[list[int]]:
        rows = standing.queue(by(embedded, "reviewer"), day, needs="check")
        return rows[["missed", "opened", "closed"]].to_numpy().tolist()

    for _ in ("before any filing is reviewed", "after"):
        assert turned(date(2023, 3, 31)) == [[17, 17, 0]]
        assert turned(date(2023, 4, 1)) == [[17, 0, 1]]
        acting.act(by(embedded, "southern"), "check", [Filing("S3", 2023, 1)])


def test_a_filing_with_a_warning_is_not_clean_and_its_money_is_held_against_the_year_before(embedded: Engine) -> None:
    header = "space_id,year,mentors,funded_firms,capital_raised"
    file(embedded, f"{header}\nS1,2022,20,5,100\nS1,2023,200,5,150\nS2,2022,20,5,100\nS2,2023,20,5,80\n")
    query = "SELECT space_id, warnings, money, clean FROM weighed WHERE year = 2023 ORDER BY space_id"
    with database.reading(embedded, date(2024, 6, 1)) as connection:
        rows = connection.exec_driver_sql(weighed(connection, query)).all()
    # S1: ten times the mentors of the year before, which is one warning.
    assert [(space, warnings, float(money), clean) for space, warnings, money, clean in rows] == [
        ("S1", 1, 50, False),
        ("S2", 0, 20, True),
    ]
