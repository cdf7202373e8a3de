"""What a load brought in is told by its receipt, and its file comes back as it was."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

import tracking
from tests.conftest import SHANGHAI
from tracking import database
from tracking.access import trail
from tracking.database import loads, refresh
from tracking.filing import loading, register
from tracking.policy import loading as policies
from tracking.results import receipts

AS_OF = date(2025, 6, 1)
SPACES = "space_id,space_name,district,track,start_year,end_year\nS1,一号,A区,internationalization,2022,2024\n"
FIRST = b"space_id,year,international_events,projects,projects_note\nS1,2023,9,10,\xe4\xbc\xb0\n"
SECOND = b"space_id,year,international_events,overseas_partners\nS1,2023,12,5\n"


@pytest.fixture(scope="module")
def filed(one_for_all: Engine) -> Engine:
    policies.load(one_for_all, SHANGHAI, by="tests")
    assert register.load(one_for_all, SPACES.encode(), "register.csv", by="tests").loaded
    for content, by in ((FIRST, "甲"), (SECOND, "乙")):
        assert loading.load(one_for_all, content, "filing.csv", by=by).loaded
    return one_for_all


def test_the_file_comes_back_byte_for_byte(filed: Engine) -> None:
    assert receipts.document(filed, loads.sha256(FIRST)) == FIRST
    with pytest.raises(LookupError):
        receipts.document(filed, "0" * 64)


def test_a_receipt_names_what_a_file_stored(filed: Engine) -> None:
    with database.reading(filed) as connection:
        newest = database.data_version(connection)
    (row,) = receipts.receipt(filed, AS_OF, load_id=newest).to_dict("records")
    assert (row["space_id"], row["year"], row["revision"], row["figures"], row["filed_by"]) == ("S1", 2023, 2, 2, "乙")
    assert receipts.receipt(filed, AS_OF, load_id=999).empty
    with database.reading(filed) as connection:
        # Nothing came after it.
        heads = (str(database.head(connection)), str(trail.head(connection)))
    assert (row["seal"], row["trail"]) == heads
    assert (row["rules"], row["release"]) == (database.rules(), tracking.RELEASE)


def test_a_figure_leads_to_what_is_judged_by_it_in_its_year(filed: Engine) -> None:
    with database.reading(filed) as connection:
        newest = database.data_version(connection)
    figures = [receipts.stored(filed, AS_OF, load_id=load, lang="en") for load in (newest - 1, newest)]
    judged = [rows.set_index("metric")["requirement"].fillna("").to_dict() for rows in figures]
    # Of a share its whole leads there too; a basic condition is asked in the first year, which is not this one.
    assert judged == [
        {
            "projects": "internationalization.target.2.international_project_share",
            "international_events": "internationalization.target.3.international_events",
        },
        {"overseas_partners": "", "international_events": "internationalization.target.3.international_events"},
    ]


def test_what_a_file_says_of_a_space_is_asked_of_every_table_that_loads_fill(filed: Engine) -> None:
    """A file is handed out whole: a new table of what comes in must have a say in to whom."""
    with database.reading(filed) as connection:
        named = sa.text("""
        SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_name IN (
            SELECT table_name FROM information_schema.columns WHERE column_name = 'load_id'
            INTERSECT
            SELECT table_name FROM information_schema.columns WHERE column_name = 'space_id'
        )
        """)
        tables = set(connection.execute(named).scalars().all())
    # Of these another table of the same load says so; what the rules change is in no file, nor what is worked out.
    assert tables - set(receipts.OF_SPACES) - set(refresh.STORED) == {
        "observation",
        "returned_cell",
        "choice",
        "warning",
        "rejudged",
    }
