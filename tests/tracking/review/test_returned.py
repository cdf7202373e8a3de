"""What a return names is coloured in the operator's own file, and says why, wherever the figure came from."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import DAY, by, of
from tracking.filing import loading
from tracking.filing.choices import Choices, Typed
from tracking.review import acting, questions, returned
from tracking.review.acting import Given

NAMED = ("mentors", "funded_firms")


@pytest.fixture
def enrolled(shanghai: Engine) -> Engine:
    return reviewed.enrolled(shanghai)


def give_back(engine: Engine, content: bytes, name: str, choices: Choices | None = None) -> None:
    filed = loading.load(engine, content, name, by="x", choices=choices or Choices())
    assert filed.load_id is not None
    acting.act(by(engine, "reviewer"), "return", [of("S1")], Given("网站上是 12 位", NAMED))


def opened(engine: Engine) -> tuple[str, Worksheet]:
    name, content = returned.workbook(engine, DAY, space="S1", year=2022, lang="zh")
    return name, openpyxl.load_workbook(io.BytesIO(content)).active


def comments(sheet: Worksheet) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "甲空间"
    sheet.append(["年度填报表"])
    sheet.append(["空间编号", "年度", "创业导师", "获投企业", "获得资本金额"])
    sheet.append(["S1", 2022, 20, 5, 300])
    sheet["E3"].number_format = "0.00"
    sheet.column_dimensions["A"].width = 33
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_stays_what_it_was_and_has_the_cells_marked(enrolled: Engine) -> None:
    give_back(enrolled, workbook(), "甲/2022.xlsx")
    questions.write(by(enrolled, "reviewer"), "ask", "S1", 2022, "mentors", "有名单吗")
    questions.write(by(enrolled, "operator"), "answer", "S1", 2022, "mentors", "见附件")
    name, sheet = opened(by(enrolled, "operator"))
    assert name == "2022-returned.xlsx"
    assert (sheet.title, sheet["E3"].number_format, sheet["E3"].value) == ("甲空间", "0.00", 300)
    assert sheet.column_dimensions["A"].width == 33
    told = comments(sheet)
    assert told.keys() == {"C3", "D3"}
    assert all("网站上是 12 位" in each and "reviewer" in each for each in told.values())
    assert "已提交 20 人" in told["C3"]
    assert ["有名单吗" in told["C3"], "见附件" in told["C3"], "见附件" in told["D3"]] == [True, True, False]
    fills = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fill_type}
    assert fills == {"C3", "D3"}


def test_a_table_of_text_is_a_workbook_with_the_cells_marked(enrolled: Engine) -> None:
    typed = Choices(figures={("S1", 2022, "mentors"): Typed("21")})
    give_back(enrolled, b"space_id,year,mentors,capital_raised\nS1,2022,20,300\n", "a.csv", typed)
    _, sheet = opened(by(enrolled, "operator"))
    told = comments(sheet)
    # Where the file said it, though another figure was typed; what it never had is told at its beginning.
    assert told.keys() == {"C2", "A1"}
    assert "已提交 21 人" in told["C2"]
    assert sheet["C2"].value == 20
    assert "funded_firms" in told["A1"] or "获投企业" in told["A1"]


def test_who_may_not_see_the_whole_file_gets_a_table_that_files_again(enrolled: Engine) -> None:
    # S3 is nobody's of this operator.
    give_back(enrolled, b"space_id,year,mentors,funded_firms\nS1,2022,20,5\nS3,2022,31,7\n", "both.csv")
    operator = by(enrolled, "operator")
    name, content = returned.workbook(operator, DAY, space="S1", year=2022, lang="zh")
    assert name == "S1-2022-returned.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [row[:4] for row in book.active.iter_rows(values_only=True)]
    assert rows == [
        ("空间编号", "年度", "指标", "数值"),
        ("S1", 2022, "获投企业", 5),
        ("S1", 2022, "创业导师", 20),
    ]
    assert comments(book.active).keys() == {"D2", "D3"}
    report = loading.check(operator, content, name)
    assert (report.refused, report.filings, report.unchanged) == (False, 1, 1)


def test_what_was_not_returned_or_is_nobody_s_to_see_is_not_there(enrolled: Engine) -> None:
    give_back(enrolled, workbook(), "2022.xlsx")
    with pytest.raises(LookupError):
        returned.workbook(by(enrolled, "southern"), DAY, space="S1", year=2022, lang="zh")
    assert returned.cells(by(enrolled, "southern"), DAY, spaces=("S1",)).empty
    # Filed anew, it waits for nobody's mending any more.
    loading.load(enrolled, b"space_id,year,mentors\nS1,2022,12\n", "b.csv", by="x")
    assert returned.cells(enrolled, DAY, spaces=("S1",)).empty
    with pytest.raises(LookupError):
        returned.workbook(enrolled, DAY, space="S1", year=2022, lang="zh")
