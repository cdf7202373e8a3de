"""Every row of a table leads to what it is about: by a click, in a tab of its own, by an address that is sent on."""

import re

import pytest

from tests.pages.conftest import OpenPage, drawn

PAGES = {
    "methods": {},
    "policy": {"track": "branding"},
    "decisions": {"year": "2024", "phase": "cultivation", "reading": "shanghai-sanhua/cases-every-year"},
    "compare": {"space": "SL00001"},
    "brand": {"brand": "示例品牌 1"},
    "filing": {"space": "SL00001"},
    "shortfalls": {"view": "district"},
}


def rows(markup: str) -> list[str]:
    """The rows of the tables of a page, without those that only head others."""
    bodies = re.findall(r"<tbody>(.*?)</tbody>", markup, flags=re.DOTALL)
    found = [row for body in bodies for row in re.findall(r"<tr.*?</tr>", body, flags=re.DOTALL)]
    return [row for row in found if 'class="track"' not in row]


@pytest.mark.parametrize("page", PAGES)
def test_every_row_is_a_link(made_up: str, open_page: OpenPage, page: str) -> None:
    app = open_page(made_up, page, **PAGES[page])
    assert not app.exception
    found = rows(drawn(app))
    assert len(found) >= 3
    assert [row for row in found if not re.search(r'<a (?:id="[^"]*" )?(?:[^>]* )?href="', row)] == []


def test_an_example_leads_to_what_its_outcome_means_and_a_column_to_itself(nothing: str, open_page: OpenPage) -> None:
    markup = drawn(open_page(nothing, "methods", table="verdicts"))
    places = re.findall(r'<a (?:id="([^"]*)" )?class="row" href="#([^"]*)"', markup)
    assert {("", "status-short"), ("", "verdict-failed"), ("column-verdict", "column-verdict")} <= {*places}
    # Each stands on the page, once.
    for _, goal in places:
        assert markup.count(f'id="{goal}"') == 1


def test_the_dictionary_s_table_is_in_the_address(nothing: str, open_page: OpenPage) -> None:
    app = open_page(nothing, "methods", table="verdicts")
    assert app.selectbox(key="dictionary_table").value == "verdicts"
    app.selectbox(key="dictionary_table").select("changes").run()
    assert app.query_params["table"] == "changes"
    assert "nowhere" in open_page(nothing, "methods", table="nowhere").warning[0].value
