"""An empty filing as a file."""

import csv
import io

import openpyxl
import pytest
from sqlalchemy import Engine

from tests.tracking.filing.test_templates import TRACKS, enrolled
from tracking.filing import loading, templates


def _figure(unit: str) -> object:
    return "是" if unit.startswith("是") else 20


@pytest.mark.parametrize("track", TRACKS)
def test_a_filled_workbook_loads_without_a_warning(shanghai: Engine, track: str) -> None:
    content = templates.template(enrolled(shanghai, track), track, "xlsx", space="S1", year=2022)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book.worksheets[0].iter_rows(min_row=2, max_col=9))
    for row in rows:
        row[3].value = _figure(str(row[6].value)) if row[0].value else None
    filled = io.BytesIO()
    book.save(filled)
    report = loading.load(shanghai, filled.getvalue(), "filled.xlsx", by="tests")
    assert (report.loaded, list(report.problems)) == (True, [])
    assert report.observations == sum(bool(row[0].value) for row in rows)


@pytest.mark.parametrize("track", TRACKS)
def test_a_filled_csv_loads_without_a_warning(shanghai: Engine, track: str) -> None:
    content = templates.template(enrolled(shanghai, track), track, "csv", space="S1", year=2022)
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    out = io.StringIO()
    csv.writer(out).writerows([header, *([*row[:3], _figure(row[6]), *row[4:]] for row in rows)])
    report = loading.load(shanghai, out.getvalue().encode(), "filled.csv", by="tests")
    assert (report.loaded, list(report.problems), report.observations) == (True, [], len(rows))


def test_cells_take_whole_numbers_or_yes_and_no(shanghai: Engine) -> None:
    content = templates.template(shanghai, "specialization", "xlsx", year=2023)
    validations = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].data_validations.dataValidation
    assert {validation.type for validation in validations} == {"list", "whole", "decimal"}
