"""Space by requirement in signs: each cell leads to what it says, and the table says the same when it is read out."""

import html
import re

import pandas as pd

from tracking.charts import cells

USUAL = {"edition": "first", "position": 1, "unit": "家", "basis": "annual", "required": 10.0, "space_name": "<i>"}
USUAL |= {"provisional": False}


def drawn(*rows: dict[str, object], lang: str = "zh") -> str:
    usual = USUAL | {"space_id": "B2", "metric_name": "x", "actual": None}
    frame = pd.DataFrame([usual | row for row in rows])
    return cells.cells(frame, lambda space, code: f"space?space={space}&requirement={code}", str, "alt", lang)


def test_each_cell_leads_to_its_requirement_and_tells_missing_from_low() -> None:
    table = drawn({"requirement": "x", "status": "unfiled"}, {"requirement": "y", "status": "short", "actual": 3.0})
    signs = re.findall(r'href="([^"]*)" title="[^"]*" aria-label="([^"]*)" style="[^"]*">(.)</a></td>', table)
    assert [(html.unescape(address), sign) for address, _, sign in signs] == [
        ("space?space=B2&requirement=x", "–"),
        ("space?space=B2&requirement=y", "✕"),
    ]
    assert "3" in signs[1][1]
    assert "<i>" not in table


def test_what_is_asked_of_most_spaces_stands_first_and_what_is_not_asked_of_one_is_blank() -> None:
    table = drawn(
        {"requirement": "rare", "metric_name": "rare", "status": "met", "position": 0},
        {"requirement": "usual", "metric_name": "usual", "status": "met"},
        {"requirement": "usual", "metric_name": "usual", "status": "short", "space_id": "B3", "actual": 4.0},
    )
    assert re.findall(r'<th scope="col"><span>(\w+)', table) == ["usual", "rare"]
    assert table.split("</tr>")[2].endswith("<td></td>")


def test_a_cell_says_a_share_in_per_cent_and_of_a_yes_or_no_which_it_was() -> None:
    share = {"requirement": "s", "basis": "share", "required": 0.7, "actual": 0.6996, "status": "short"}
    share |= {"provisional": True}
    attested = {"requirement": "a", "basis": "attested", "required": 1.0, "actual": 0.0, "status": "short"}
    first, second = re.findall(r'aria-label="(&lt;i[^"]*)"', drawn(share, attested, lang="en"))
    assert html.unescape(first) == "<i> · x · ✕ Short: 69.96%, 70% required · provisional"
    assert html.unescape(second) == "<i> · x · ✕ No"


def test_the_keyboard_stops_at_one_link_of_all() -> None:
    table = drawn(*({"requirement": code, "status": "met", "space_id": space} for space in "ABC" for code in "xy"))
    assert re.findall(r'tabindex="(-?\d)"', table) == ["0"] + ["-1"] * 8
    assert '<table role="grid"' in table
