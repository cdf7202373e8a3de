"""Text of several looks in a cell of an .xlsx: what is struck through and what is a footnote is no part of it."""

import io

import pytest
import xlsxwriter

from tests.tracking.filing.spreadsheets.test_workbooks import workbook
from tracking.filing.spreadsheets import xlsx_marks

STRIKE = "<r><rPr><strike/></rPr><t>5</t></r>"
RAISED = '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (f"{STRIKE}<r><t>6</t></r>", "6"),
        (f"<r><t>6</t></r>{RAISED}", "6"),
        (f"<r><t>6</t></r>{RAISED}{STRIKE}", "6"),
        ('<r><rPr><strike val="0"/></rPr><t>5</t></r><r><t>6</t></r>', "56"),
        ('<r><rPr><strike val="false"/></rPr><t>5</t></r>', "5"),
        ('<r><t>CO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r>', "CO₂"),
        # Seen as no figure, whatever it says.
        ('<r><t>6</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>1</t></r>', "6₁"),
        # Nothing that it could be a footnote to.
        (RAISED, "1"),
        (STRIKE, ""),
    ],
)
def test_texts_that_stand_in_the_cell_itself(runs: str, text: str) -> None:
    content = workbook(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c><c r="B1"><v>7</v></c></row>')
    assert xlsx_marks.of(content)["填报"].texts == {0: {0: text}}


def test_text_that_looks_as_its_struck_cell_does_is_left_out_and_text_with_its_own_look_stays() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        strike = book.add_format({"font_strikeout": True})
        book.add_worksheet("填报").write_rich_string(0, 0, "5", bold, "6", strike)

    assert xlsx_marks.of(out.getvalue())["填报"].texts == {0: {0: "6"}}
