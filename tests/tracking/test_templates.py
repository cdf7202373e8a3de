"""A template: filled in and loaded, it gives no warning."""

import csv
import io

import openpyxl
import pytest
from sqlalchemy import Engine

from tracking import loading, register, templates

SPACE = "space_id,space_name,track,start_year,end_year\nS1,甲空间,{track},2022,2024\n"
TRACKS = ["specialization", "branding", "internationalization"]


def _enrolled(engine: Engine, track: str) -> Engine:
    assert register.load(engine, SPACE.format(track=track).encode(), "register.csv", by="tests").loaded
    return engine


def _figure(unit: str) -> object:
    return "是" if unit.startswith("是") else 20


@pytest.mark.parametrize("track", TRACKS)
def test_a_filled_workbook_loads_without_a_warning(shanghai: Engine, track: str) -> None:
    content = templates.template(_enrolled(shanghai, track), track, "xlsx", space="S1", year=2022)
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
    content = templates.template(_enrolled(shanghai, track), track, "csv", space="S1", year=2022)
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    out = io.StringIO()
    csv.writer(out).writerows([header, *([*row[:3], _figure(row[6]), *row[4:]] for row in rows)])
    report = loading.load(shanghai, out.getvalue().encode(), "filled.csv", by="tests")
    assert (report.loaded, list(report.problems), report.observations) == (True, [], len(rows))


def test_last_year_s_figure_and_the_target_stand_beside(shanghai: Engine) -> None:
    _enrolled(shanghai, "specialization")
    loading.load(shanghai, b"space_id,year,mentors\nS1,2022,25\n", "2022.csv", by="tests")
    content = templates.template(shanghai, "specialization", "csv", space="S1", year=2023)
    (mentors,) = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row[2].startswith("创业导师")]
    assert mentors[7:] == ["25", "年末 ≥ 20"]


def test_cells_take_whole_numbers_or_yes_and_no(shanghai: Engine) -> None:
    content = templates.template(shanghai, "specialization", "xlsx", year=2023)
    validations = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].data_validations.dataValidation
    assert {validation.type for validation in validations} == {"list", "whole", "decimal"}


def test_an_unknown_track_or_space_is_refused(shanghai: Engine) -> None:
    with pytest.raises(templates.UnknownTrackError):
        templates.template(shanghai, "nothing", "csv")
    with pytest.raises(templates.UnknownSpaceError):
        templates.template(shanghai, "branding", "csv", space="S9")
