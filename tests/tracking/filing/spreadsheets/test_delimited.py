"""Delimited text as it comes: nothing shifts, and no row vanishes into a cell."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from tests.files.filed import Filed, filed, of_2024, refused, registered

HEADER = "space_id,year,capital_raised,problems_solved,media_reports,brand_exports_outside_city"


@pytest.fixture
def engine(shanghai: Engine) -> Engine:
    return registered(shanghai)


def _text(engine: Engine, *lines: str) -> Filed:
    return filed(engine, "\n".join(lines).encode(), "filing.csv")


@pytest.mark.parametrize("neighbours", [("SH0003,2023,1380,140,11,",), ()], ids=["with a neighbour", "alone"])
def test_thousands_without_quotation_marks_are_an_error_of_their_row(engine: Engine, neighbours: Sequence[str]) -> None:
    refused(_text(engine, HEADER, "SH0002,2023,1,574,150,12,", *neighbours), 2, "7", "6")


def test_a_row_that_ends_in_one_blank_cell_more_is_an_error(engine: Engine) -> None:
    refused(_text(engine, HEADER, "SH0002,2023,574,150,12,1,", "SH0003,2023,1380,140,11,1"), 2)


def test_blank_cells_behind_every_row_are_nothing(engine: Engine) -> None:
    found = _text(engine, "space_id,year,funded_firms", "SH0002,2024,6,,", "SH0003,2024,7,,")
    assert found.errors == []
    assert found.stored == of_2024(funded_firms="6") | {"SH0003 2024 funded_firms": Decimal(7)}


def test_rows_within_a_quoted_cell_are_an_error_where_it_opens(engine: Engine) -> None:
    found = _text(
        engine,
        "space_id,year,capital_raised,problems_solved,problems_solved_note",
        'SH0002,2023,1574,150,"按旧口径',
        "SH0001,2023,1283,134,",
        "SH0003,2023,1390,141,",
        '12E3,2023,1315,138,含线上"',
        "00012,2023,1500,120,",
    )
    refused(found, 2)


def test_a_line_break_in_a_note_is_no_row(engine: Engine) -> None:
    found = _text(engine, "space_id,year,funded_firms,funded_firms_note", 'SH0002,2024,6,"一季度 2，', '二季度 4"')
    assert (found.errors, found.stored) == ([], of_2024(funded_firms="6"))


def test_a_header_alone_is_an_error(engine: Engine) -> None:
    refused(_text(engine, "space_id,year,capital_raised,problems_solved"), None)


def test_blanks_before_quotation_marks_are_nothing(engine: Engine) -> None:
    found = _text(engine, '"space_id", "year", "capital_raised", "problems_solved"', '"SH0002", "2024", "1,574", "150"')
    assert (found.errors, found.stored) == ([], of_2024(capital_raised="1574", problems_solved="150"))


def test_semicolons_delimit_under_a_title_with_a_comma(engine: Engine) -> None:
    found = _text(
        engine,
        "填报说明：2024年, 全市",
        "space_id;year;capital_raised;problems_solved",
        "SH0002;2024;1,574;150",
        "SH0003;2024;1,283",
    )
    assert found.errors == []
    assert found.stored == of_2024(capital_raised="1574", problems_solved="150") | {
        "SH0003 2024 capital_raised": Decimal(1283)
    }


def test_a_text_written_as_a_formula_is_that_text(engine: Engine) -> None:
    found = _text(engine, "space_id,year,funded_firms", '="SH0002",2024,="6"')
    assert (found.errors, found.stored) == ([], of_2024(funded_firms="6"))
