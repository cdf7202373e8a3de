"""Another day and an earlier data version: what the pages then show, and that they say so."""

from datetime import date

import pytest
from sqlalchemy import Engine

from tests.pages.conftest import OpenPage, said, tables_of
from tracking.database import states
from tracking.results.tables import attainment

# Of the made-up programme: the register and the filings of its first years are in, and a year is not due yet.
VERSION, DAY = 8, date(2025, 3, 1)


def test_the_list_is_what_stood_there_on_that_day(programme: Engine, made_up: str, open_page: OpenPage) -> None:
    query = {"as_of": DAY.isoformat(), "data_version": str(VERSION)}
    app = open_page(made_up, "shortfalls", **query, column="space_id", lang="en")
    earlier = states.state(programme, VERSION)
    expected = attainment.shortfalls(earlier, DAY)
    now = attainment.shortfalls(programme, DAY)
    assert len(expected) != len(now)
    assert f"{len(expected):,} shortfalls, of " in said(app)
    assert "Shown as of 2025-03-01 at data version 8" in app.warning[0].value
    assert "as_of=2025-03-01&data_version=8" in app.code[0].value


@pytest.mark.parametrize("stated", [{"as_of": "2025-02-30"}, {"data_version": "999"}, {"data_version": "x"}])
def test_a_moment_that_is_none_is_said_and_nothing_shown(
    made_up: str, open_page: OpenPage, stated: dict[str, str]
) -> None:
    app = open_page(made_up, "shortfalls", **stated)
    assert next(iter(stated.values())) in app.warning[0].value.replace("\\", "")
    assert not app.header
    assert not tables_of(app)


def test_a_page_that_stores_looks_from_the_present(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "filing", data_version=str(VERSION))
    assert not app.exception
    assert not app.warning


def test_a_day_is_chosen_and_left_again(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "shortfalls")
    assert not app.warning
    app = app.date_input(key="standpoint_day").set_value(DAY).run()
    assert app.query_params["as_of"] == DAY.isoformat()
    assert len(app.warning) == 1
