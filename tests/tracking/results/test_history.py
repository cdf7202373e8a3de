"""Nothing that was filed is lost: every revision, its file, and what changed between two of them."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from tests.conftest import SHANGHAI
from tracking.database import loads
from tracking.filing import loading, register
from tracking.policy import loading as policies
from tracking.results import history
from tracking.results.tables import attainment
from tracking.results.tables.filters import Chosen

AS_OF = date(2025, 6, 1)
SPACES = (
    "space_id,space_name,district,track,start_year,end_year\n"
    "S1,一号,A区,internationalization,2022,2024\nS2,二号,B区,branding,2023,2025\n"
)
FIRST = b"space_id,year,international_events,projects,projects_note\nS1,2023,9,10,\xe4\xbc\xb0\n"
SECOND = b"space_id,year,international_events,overseas_partners\nS1,2023,12,5\n"
OF = {"space": "S1", "year": 2023}


@pytest.fixture(scope="module")
def filed(one_for_all: Engine) -> Engine:
    policies.load(one_for_all, SHANGHAI, by="tests")
    assert register.load(one_for_all, SPACES.encode(), "register.csv", by="tests").loaded
    for number, (content, by) in enumerate([(FIRST, "甲"), (SECOND, "乙")], start=1):
        at = datetime(2024, 3, number, 8, 30)
        assert loading.load(one_for_all, content, f"{number}.csv", by=by, at=at).loaded
    return one_for_all


def test_every_revision_is_told_with_who_when_and_what_file(filed: Engine) -> None:
    rows = history.revisions(filed, AS_OF, **OF)
    assert list(rows["revision"]) == [2, 1]
    assert list(rows["filed_by"]) == ["乙", "甲"]
    assert list(rows["filed_at"]) == [datetime(2024, 3, 2, 8, 30), datetime(2024, 3, 1, 8, 30)]
    assert list(rows["source"]) == ["2.csv", "1.csv"]
    assert list(rows["sha256"]) == [loads.sha256(SECOND), loads.sha256(FIRST)]


def test_a_year_without_a_filing_has_no_history(filed: Engine) -> None:
    assert history.revisions(filed, AS_OF, space="S1", year=2022).empty


def test_two_revisions_are_compared_figure_by_figure(filed: Engine) -> None:
    rows = history.compared(filed, AS_OF, **OF, earlier=1, later=2, lang="en").set_index("metric")
    both = (
        rows[["value_earlier", "value_later"]]
        .astype(object)
        .where(rows[["value_earlier", "value_later"]].notna(), None)
    )
    assert both.to_dict("index") == {
        "overseas_partners": {"value_earlier": None, "value_later": 5},
        "international_events": {"value_earlier": 9, "value_later": 12},
        "projects": {"value_earlier": 10, "value_later": None},
    }
    assert rows.loc["projects", "note_earlier"] == "估"
    assert not rows["same"].any()


def test_a_revision_compared_with_itself_is_the_same(filed: Engine) -> None:
    assert history.compared(filed, AS_OF, **OF, earlier=1, later=1, lang="zh")["same"].all()


def test_what_is_overdue_comes_first_and_what_came_last(filed: Engine) -> None:
    rows = history.owed(filed, AS_OF)
    assert list(zip(rows["space_id"], rows["year"], rows["state"], strict=True)) == [
        ("S1", 2024, "unfiled"),
        ("S2", 2024, "unfiled"),
        ("S2", 2023, "unfiled"),
        ("S1", 2022, "unfiled"),
        ("S2", 2025, "upcoming"),
        ("S1", 2023, "filed"),
    ]


@pytest.mark.parametrize(
    ("chosen", "rows"),
    [
        ({}, 6),
        ({"tracks": ["branding"]}, 3),
        ({"districts": ["A区"]}, 3),
        ({"years": [2023]}, 2),
        ({"spaces": ["S1"]}, 3),
    ],
)
def test_what_is_owed_is_that_of_the_export(filed: Engine, chosen: Chosen, rows: int) -> None:
    owed = history.owed(filed, AS_OF, **chosen)
    exported = attainment.filings(filed, AS_OF, **chosen)
    assert len(owed) == len(exported) == rows
