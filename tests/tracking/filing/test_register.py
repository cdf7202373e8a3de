"""Names are kept as they are registered, sign for sign, and compared by what they say."""

import io
from datetime import date

import openpyxl
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.exports import formats
from tracking.filing import loading, register
from tracking.results.tables import attainment
from tracking.results.tables.filters import Chosen

DAY = date(2024, 6, 1)
HEADER = "space_id,space_name,district,operator,brand,track,start_year,end_year\n"
# Full-width brackets, a number in a circle, a square and an equals sign, wide letters, an accent as a sign of its own.
NAMES = ("（集团）有限公司①号", "浦东（新）区", "１２㎡公司", "=Ａ·Cafe\u0301")


@pytest.fixture
def registered(shanghai: Engine) -> Engine:
    row = ",".join(("S1", *NAMES, "branding", "2022", "2024"))
    assert register.load(shanghai, f"{HEADER}{row}\n".encode(), "register.csv", by="tests").problems == []
    return shanghai


def test_names_are_stored_as_they_stand(registered: Engine) -> None:
    with database.reading(registered) as connection:
        stored = connection.execute(sa.text("SELECT space_name, district, operator, brand FROM space")).all()
    assert [tuple(row) for row in stored] == [NAMES]


def test_they_go_out_as_they_stand(registered: Engine) -> None:
    with database.reading(registered, DAY) as connection:
        frame = attainment.read(connection, "verdicts", {"lang": "zh"})
    (row,) = formats.to_csv(frame).decode("utf-8-sig").splitlines()[1:]
    assert row.split(",")[1:3] == list(NAMES[:2])
    sheet = openpyxl.load_workbook(io.BytesIO(formats.written([frame], "xlsx"))).worksheets[-1]
    assert [cell.value for cell in sheet[2]][1:3] == list(NAMES[:2])


@pytest.mark.parametrize(
    "chosen",
    [
        {"districts": (NAMES[1],)},
        {"brands": (NAMES[3],)},
        {"search": "（集团）"},
        {"search": "(集团)有限公司"},
    ],
    ids=str,
)
def test_the_registered_name_filters_and_any_width_is_found(registered: Engine, chosen: Chosen) -> None:
    with database.reading(registered, DAY) as connection:
        assert len(attainment.read(connection, "verdicts", {"lang": "zh", **chosen})) == 1


def test_a_form_may_write_the_name_in_another_width(registered: Engine) -> None:
    filed = "space_id,space_name,year,mentors\nS1,(集团)有限公司1号,2022,7\n"
    report = loading.load(registered, filed.encode(), "2022.csv", by="tests")
    assert report.loaded
    assert [problem.code for problem in report.problems] == []


def test_two_spaces_of_one_name_are_warned_of(registered: Engine) -> None:
    rows = (
        "S1,（集团）有限公司①号,,,,branding,2022,2024\n"
        "S2,(集团) 有限公司1号,,,,branding,2022,2024\n"
        "S3,丙,,,,branding,2022,2024\n"
    )
    report = register.load(registered, f"{HEADER}{rows}".encode(), "register.csv", by="tests")
    assert report.loaded
    assert [(each.code, each.severity, each.row, each.letter) for each in report.problems] == [
        ("same-name", "warning", 3, "B")
    ]


def test_a_column_that_is_missing_is_called_as_the_reader_calls_it(registered: Engine) -> None:
    rows = "空间编号,培育类别,起始年度,结束年度\nS1,branding,2022,2024\n"
    (problem,) = register.load(registered, rows.encode(), "register.csv", by="tests").problems
    assert "众创空间名称" in problem.message("zh")
    assert "space_name" in problem.message("en")
