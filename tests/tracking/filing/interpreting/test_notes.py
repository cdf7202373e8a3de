"""What stands on a sheet and in none of its cells counts for the figures, as a remark in a cell does."""

import io
from collections.abc import Callable

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.tracking.filing.interpreting.about import codes, figures, understood
from tracking.policy.vocabulary import Vocabulary

PLACES: dict[str, Callable[[Worksheet, str], object]] = {
    "at the header": lambda sheet, text: sheet.write_comment("C1", text),
    "at the figure": lambda sheet, text: sheet.write_comment("C2", f"Li:\n{text}"),
    "text box": lambda sheet, text: sheet.insert_textbox("F1", text),
    "typed into": lambda sheet, text: sheet.data_validation(
        "C2", {"validate": "decimal", "criteria": ">=", "value": 0, "input_title": "说明", "input_message": text}
    ),
    "head of the page": lambda sheet, text: sheet.set_header(f'&R&"宋体,Bold"{text}'),
}


def _workbook(note: Callable[[Worksheet], object], *, form: bool) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("填报")
        rows = [["空间编号", "年度", "获得资本金额"], ["S01", 2022, 1200]]
        if form:
            rows = [["指标", "", "本年"], ["获得资本金额", "", 1200], ["空间编号：S01，年度：2022"]]
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        note(sheet)
    return out.getvalue()


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("text", "code"),
    [("单位：千元", "unit-unsure"), ("计划数", "remark-qualifies"), ("单位：万元", ""), ("实际数", "")],
)
def test_a_note_says_what_the_figures_are(words: Vocabulary, place: str, text: str, code: str, form: bool) -> None:
    found = understood(words, _workbook(lambda sheet: PLACES[place](sheet, text), form=form))
    assert codes(found) == [code] * bool(code)
    assert bool(code) or figures(found) == {"capital_raised": 1200}


def test_a_note_at_a_column_that_is_passed_over_says_nothing(words: Vocabulary) -> None:
    def note(sheet: Worksheet) -> None:
        sheet.write_row(0, 3, ["备注"])
        sheet.write_comment("D1", "计划数")

    assert codes(understood(words, _workbook(note, form=False))) == []


@pytest.mark.parametrize(("header", "code"), [("获得资本金额", ["unit-unsure"]), ("获得资本金额（万元）", [])])
def test_the_name_of_a_file_and_its_properties_say_the_unit_where_the_table_does_not(
    words: Vocabulary, header: str, code: list[str]
) -> None:
    rows = [["空间编号", "年度", header], ["S01", "2022", "1200"]]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.set_properties({"title": "填报表（单位：千元）"})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    text = "\n".join(map(",".join, rows))
    assert codes(understood(words, out.getvalue())) == code
    assert codes(understood(words, text, "填报（千元）.csv")) == code
    assert codes(understood(words, text, "填报（万元）.csv")) == []
