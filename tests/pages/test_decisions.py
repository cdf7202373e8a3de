"""The decisions page: who is due for what, and what another reading would change."""

import io
import re
from datetime import date

import openpyxl
import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Engine

from tests.entering import enter
from tests.judgement.cases import annual
from tests.judgement.cases import programme as programme_of
from tests.pages.conftest import TODAY, OpenPage, drawn, read, said
from tracking.results import decisions
from tracking.results.tables import attainment


def test_the_list_is_the_exported_evaluations_of_the_year_and_phase(programme: Engine) -> None:
    evaluations = attainment.evaluations(programme, TODAY, years=[2024])
    for phase in ("construction", "cultivation"):
        due = decisions.due(programme, TODAY, year=2024, phases=(phase,)).drop(
            columns=["reasons", "must_leave", "ended_failing"]
        )
        expected = evaluations[evaluations["phase"] == phase]
        keys = ["space_id", "track"]
        pd.testing.assert_frame_equal(
            due.sort_values(keys, ignore_index=True), expected.sort_values(keys, ignore_index=True)
        )


def test_the_reasons_name_what_failed_the_year(programme: Engine) -> None:
    rows = attainment.attainment(programme, TODAY, years=[2024], lang="en")
    fails = rows[rows["mandatory"] & rows["status"].isin(("short", "unreported"))]
    due = decisions.due(programme, TODAY, year=2024, lang="en")
    assert {"fail", "unfiled"} <= {*due["result"]}
    for space, track, result, reasons in due[["space_id", "track", "result", "reasons"]].itertuples(index=False):
        own = fails[(fails["space_id"] == space) & (fails["track"] == track)]
        assert reasons == ("nothing was filed in time" if result == "unfiled" else ", ".join(own["metric_name"]))


def test_who_left_before_a_year_is_not_due_for_it(engine: Engine) -> None:
    enter(engine, programme_of(annual("10"), filed={2020: {"cases": 10}}, years=(2020, 2023), exit_year=2021))
    listed = [len(decisions.due(engine, date(2022, 6, 1), year=year)) for year in (2021, 2022)]
    assert listed == [1, 0]


def test_the_most_urgent_come_first(programme: Engine) -> None:
    warnings = decisions.due(programme, TODAY, year=2025)["exit_warning"].tolist()
    assert warnings == sorted(warnings, key=["exit", "one_more", "none"].index)


def test_the_workbook_says_first_what_it_is(made_up: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = {}
    monkeypatch.setattr(st, "download_button", lambda *_, data, file_name, **__: offered.update({file_name: data}))
    open_page(made_up, "decisions", year="2024", phase="cultivation", track="branding", lang="en")
    book = openpyxl.load_workbook(io.BytesIO(offered["decisions-2024-cultivation.xlsx"]()))
    first = {row[0]: row[1] for row in book["About"].iter_rows(max_col=2, values_only=True) if row[0]}
    assert (first["As of"].date(), first["Rows"]) == (TODAY, book["decisions"].max_row - 1)
    assert first["reasons"] == "Requirements short or unreported"
    told = [row[1] for row in book["About"].iter_rows(max_col=2, values_only=True)]
    assert {"Track: branding", "Data year: 2024"} <= {*told}


@pytest.mark.parametrize(("phase", "word"), [("construction", "建设期验收"), ("cultivation", "培育评估")])
def test_the_page_says_what_is_decided_and_by_which_pass_mark(
    made_up: str, open_page: OpenPage, phase: str, word: str
) -> None:
    app = open_page(made_up, "decisions", year="2024", phase=phase)
    assert not app.exception
    assert app.header[0].value.startswith(word)
    assert "默认口径" in read(said(app))


def test_another_reading_is_tried_before_anything_changes(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "decisions")
    reading = app.selectbox(key="filter_reading")
    reading.select("shanghai-sanhua/cases-every-year").run()
    assert not app.exception
    assert app.query_params["reading"] == "shanghai-sanhua/cases-every-year"
    assert "变差" in read(said(app))
    # Of the year and phase that the page has, each with the way to its space.
    assert re.findall(r'href="space[?][^"]*requirement=[^"]*representative_cases"', drawn(app))


def test_a_changed_rule_is_tried_on_the_page_and_can_be_saved(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "decisions", **{"try": "rules"})
    assert "变差" not in read(said(app))
    app.number_input(key="mark_shanghai-sanhua").set_value(80)
    (button,) = (each for each in app.button if each.label == "试算")
    app = button.click().run()
    assert not app.exception
    assert "变好" in read(said(app))
    assert "变差 0 个" in read(said(app))


def test_a_rule_that_cannot_be_is_refused_in_words(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "decisions", **{"try": "rules"})
    app.text_input(key="due_shanghai-sanhua").set_value("13-40")
    (button,) = (each for each in app.button if each.label == "试算")
    app = button.click().run()
    assert not app.exception
    assert len(app.error) == 1


def test_nobody_enrolled_is_told(nothing: str, open_page: OpenPage) -> None:
    app = open_page(nothing, "decisions")
    assert not app.exception
    assert "名册" in said(app)


def test_an_unknown_reading_in_the_url_chooses_none(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "decisions", reading="shanghai-sanhua/no-such-reading")
    assert not app.exception
    assert "变差" not in read(said(app))
