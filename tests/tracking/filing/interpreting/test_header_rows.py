"""Which rows are the header of a table, and what all that stands over a column says together."""

import pytest

from tracking.filing.interpreting.headers import Words
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Table
from tracking.policy.vocabulary import Vocabulary

Merged = tuple[tuple[int, int, int, int], ...]
KEYS = ["空间编号", "年度"]


@pytest.fixture(scope="session")
def header(words: Vocabulary) -> Words:
    return Words(words)


def found(header: Words, *rows: list[str], merged: Merged = ()) -> Table:
    table = header.table(Grid(None, [list(row) for row in rows], merged))
    assert table is not None
    return table


def codes(table: Table) -> dict[int, str]:
    return {index: label.code for index, label in table.columns.items()}


def test_titles_above_and_codes_below_are_no_part_of_the_names(header: Words) -> None:
    table = found(header, ["众创空间年报"], [*KEYS, "获投企业"], ["甲", "乙", "1"], ["S01", "2022", "5"])
    assert codes(table) == {0: "space_id", 1: "year", 2: "funded_firms"}
    assert (table.first, [each.text for each in table.passed_over]) == (3, ["甲 乙 1"])


def test_a_unit_in_the_row_below_is_of_its_column_alone(header: Words) -> None:
    table = found(header, [*KEYS, "获投企业", "获得资本金额"], ["", "", "家", "千元"], ["S01", "2022", "5", "1200"])
    units = {(each.unit, each.columns) for each in table.mentions}
    assert (codes(table)[3], table.first) == ("capital_raised", 2)
    assert ("千元", frozenset({3})) in units
    assert not any(columns is None for unit, columns in units if unit == "千元")


def test_a_word_over_several_columns_qualifies_each_of_them(header: Words) -> None:
    rows = (["", "", "计划", ""], [*KEYS, "获投企业", "创业导师"], ["S01", "2022", "5", "20"])
    table = found(header, *rows, merged=((0, 2, 0, 3),))
    assert {index: each.word for index, each in table.qualified.items()} == {2: "计划", 3: "计划"}
    assert codes(table) == {0: "space_id", 1: "year"}


def test_the_row_that_names_most_is_the_header(header: Words) -> None:
    table = found(header, ["空间编号", "S01"], [*KEYS, "获投企业"], ["S01", "2022", "5"])
    assert (codes(table)[2], table.headers) == ("funded_firms", [*KEYS, "获投企业"])


def test_what_no_row_names_is_no_table(header: Words) -> None:
    grid = Grid(None, [["获投企业", "创业导师"], ["5", "20"]])
    assert header.table(grid) is None
    keyless = header.table_of_nobody(grid)
    assert keyless is not None
    assert codes(keyless) == {0: "funded_firms", 1: "mentors"}
    # Figures in the row: names of metrics among them are no header.
    assert header.table_of_nobody(Grid(None, [["获投企业", "5"], ["创业导师", "20"]])) is None
