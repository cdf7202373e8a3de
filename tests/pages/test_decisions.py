"""The decisions page: who is due for what, and what another reading would change."""

import io
import re

import openpyxl
import pytest
import streamlit as st

from tests.pages.conftest import TODAY, OpenPage, drawn, read, said


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


@pytest.mark.parametrize(("phase", "word"), [("construction", "建设期验收"), ("cultivation", "培育期评估")])
def test_the_page_says_what_is_decided_and_by_which_pass_mark(
    made_up: str, open_page: OpenPage, phase: str, word: str
) -> None:
    app = open_page(made_up, "decisions", year="2024", phase=phase)
    assert not app.exception
    assert app.header[0].value.startswith(f"2024 年{word}")
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
    # No status changes by it: the results have a file all the same.
    assert "下载各年全部变化" in said(app)


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


def test_an_unknown_reading_in_the_url_is_said_and_tries_none(made_up: str, open_page: OpenPage) -> None:
    app = open_page(made_up, "decisions", reading="shanghai-sanhua/no-such-reading")
    assert not app.exception
    assert "no-such-reading" in read(app.warning[0].value)
    assert "变差" not in read(said(app))
