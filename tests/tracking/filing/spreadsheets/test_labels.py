"""A header is known by its names, however a person writes them."""

import pytest

from tracking.filing.spreadsheets import labels
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Label

KNOWN = labels.names(
    [("space_id", ("space_id", "空间编号")), ("funding", ("获投金额", "Funding")), ("other", ("FUNDING",))]
)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("空间编号", Label("space_id")),
        (" ｆｕｎｄｉｎｇ ", Label("funding")),
        ("*获投金额：", Label("funding")),
        ("获投金额（万元）", Label("funding", "万元")),
        ("获投金额【万元】", Label("funding", "万元")),
        ("（万元）", None),
        ("获投", None),
    ],
)
def test_a_header_names_a_code_and_what_its_brackets_say(text: str, label: Label | None) -> None:
    assert labels.label(text, KNOWN) == label


def test_the_header_is_the_row_that_names_most() -> None:
    rows = [["空间编号"], [""], ["空间编号", "获投金额"], ["S1", "5"]]
    table = labels.find(Grid(None, rows), KNOWN, ("space_id",))
    assert table is not None
    assert (table.header, table.first) == (2, 3)
    assert {index: each.code for index, each in table.columns.items()} == {0: "space_id", 1: "funding"}


def test_a_second_row_of_units_is_more_of_the_header() -> None:
    rows = [["空间编号", "获投金额"], ["", "（万元）"], ["S1", "5"]]
    table = labels.find(Grid(None, rows), KNOWN, ("space_id",))
    assert table is not None
    assert (table.first, table.columns[1]) == (2, Label("funding", "万元"))


def test_without_a_key_there_is_no_table() -> None:
    assert labels.find(Grid(None, [["获投金额"], ["5"]]), KNOWN, ("space_id",)) is None
