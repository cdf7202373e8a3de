"""What a file says beside what is stored: which filings become a revision, and what they would drop."""

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases
from tracking import database
from tracking.filing import loading, register, revisions, staging

ENROLLED = "space_id,space_name,track,start_year,end_year\nS1,A,branding,2022,2024\nS2,B,branding,2022,2024\n"
STORED = "space_id,year,funded_firms,mentors,mentors_note\nS1,2022,5,20,counted\nS2,2022,6,,\n"
Row = tuple[str, int, str, int | None, str | None]
# As it is stored, in ten-thousandths.
FIRMS: Row = ("S1", 2022, "funded_firms", 50_000, None)
MENTORS: Row = ("S1", 2022, "mentors", 200_000, "counted")


def _file(engine: Engine) -> None:
    assert register.load(engine, ENROLLED.encode(), "register.csv", by="tests").loaded
    assert loading.load(engine, STORED.encode(), "2022.csv", by="tests").loaded


@pytest.fixture
def filed(shanghai: Engine) -> Engine:
    return databases.filled(shanghai, _file)


def compared(engine: Engine, *rows: Row, again: bool = False) -> tuple[list[tuple], list[str]]:
    """The revisions that such a file would make, and the metrics that they drop; nothing of it is kept."""
    said = pd.DataFrame(rows, columns=["space_id", "year", "metric", "value", "note"])
    said = said.astype({"space_id": "category", "metric": "category", "value": "Int64"}).assign(evidence=None)
    filings = said[["space_id", "year"]].drop_duplicates().astype({"space_id": "str"})
    with engine.begin() as connection:
        found = revisions.compare(connection, filings, said, {("S1", 2022)} if again else ())
        dropped = list(revisions.dropped(connection)["metric"])
        staging.forget(connection)
        left = [name for name in sa.inspect(connection).get_temp_table_names() if "incoming" in name]
    assert left == []
    return list(found.itertuples(index=False, name=None)), dropped


def test_what_is_stored_already_is_no_revision_but_where_it_is_filed_again(filed: Engine) -> None:
    assert compared(filed, FIRMS, MENTORS) == ([], [])
    assert compared(filed, FIRMS, MENTORS, again=True) == ([("S1", 2022, 2, 2)], [])


@pytest.mark.parametrize(
    ("rows", "figures", "dropped"),
    [
        pytest.param([(*FIRMS[:3], 50_001, None), MENTORS], 2, [], id="a ten-thousandth"),
        pytest.param([FIRMS, (*MENTORS[:4], "estimated")], 2, [], id="a word"),
        pytest.param([FIRMS, (*MENTORS[:3], None, "counted")], 1, ["mentors"], id="a blank with its word"),
        pytest.param([FIRMS], 1, ["mentors"], id="nothing of it"),
        pytest.param([FIRMS, MENTORS, ("S1", 2022, "media_reports", 0, None)], 3, [], id="a zero more"),
    ],
)
def test_whatever_differs_makes_the_next_revision(
    filed: Engine, rows: list[Row], figures: int, dropped: list[str]
) -> None:
    assert compared(filed, *rows) == ([("S1", 2022, 2, figures)], dropped)


def test_a_year_that_nobody_filed_is_the_first_revision_and_others_are_left_alone(filed: Engine) -> None:
    assert compared(filed, FIRMS, MENTORS, ("S2", 2023, "mentors", 10_000, None)) == ([("S2", 2023, 1, 1)], [])
    with database.reading(filed) as connection:
        assert connection.execute(sa.text("SELECT MAX(revision) FROM filing")).scalar_one() == 1
