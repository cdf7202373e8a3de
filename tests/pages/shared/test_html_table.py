"""Tables of our own: what comes from data is never markup, and a row leads where its address says."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.shared import html_table
from pages.shared.html_table import Column, link


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.shared.filters.carried", lambda **changes: {"lang": "en", **changes})


def test_a_name_from_the_data_is_no_markup() -> None:
    made = html_table.table([Column("<i>"), Column("n", figures=True)], [[link("space", "<b>&", row=True), None]], '"x')
    assert "<i>" not in made
    assert "<b>" not in made
    assert "&lt;b&gt;&amp;" in made
    assert 'aria-label="&quot;x"' in made


@pytest.mark.parametrize("space", ["SL00001", 'a&b="1"', "../../x", "甲 1#2"])
def test_a_link_carries_any_id_to_its_page_with_the_filters(space: str) -> None:
    (address,) = re.findall('href="([^"]*)"', link("space", "x", space=space))
    parts = urlsplit(html.unescape(address))
    assert (parts.scheme, parts.netloc, parts.path) == ("", "", "space")
    assert parse_qs(parts.query) == {"lang": ["en"], "space": [space]}


@pytest.mark.parametrize(("figures", "worded"), [(4, ["n&lt;"] * 4), (3, [])], ids=["too many", "few enough"])
def test_cells_keep_their_words_where_a_telephone_has_no_room_for_columns(figures: int, worded: list[str]) -> None:
    heads = [Column("space"), Column("d", minor=True), *[Column("n<", figures=True)] * figures]
    made = html_table.table(heads, [["a", "b", *[1] * figures]], "t")
    assert re.findall('class="figures" data-label="([^"]*)"', made) == worded
