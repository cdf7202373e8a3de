"""What a person typed over a file or keeps of what was filed, fitted into what the file says."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases
from tests.tracking.filing.choosing import codes, enrol, load, stored
from tracking import database
from tracking.filing import loading
from tracking.filing.choices import Choices, Typed
from tracking.filing.interpreting.fitting import ON_THE_PAGE
from tracking.filing.spreadsheets.tables import LEFT_OUT


def test_a_figure_that_was_typed_takes_the_place_of_the_files_own(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业,获得资本金额（千元）,创业导师\nS1,2023,6,1200,5\n"
    figures = {
        ("S1", 2023, "capital_raised"): Typed("130"),
        ("S1", 2023, "mentors"): Typed(""),
        ("S1", 2023, "media_reports"): Typed("", note="尚未统计"),
        ("S2", 2023, "mentors"): Typed("9"),
    }
    load(enrolled, text, Choices(figures=figures))
    assert stored(enrolled) == {
        ("S1", 2023, "funded_firms"): 6,
        ("S1", 2023, "capital_raised"): 130,
        ("S1", 2023, "media_reports"): "尚未统计",
    }


def test_a_figure_typed_in_its_cell_and_in_the_table_is_told_and_the_table_s_counts(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业,创业导师\nS1,2023,6,5\n"
    figures = {("S1", 2023, "funded_firms"): Typed("8"), ("S1", 2023, "mentors"): Typed("9")}
    choices = Choices(cells={(None, 2, "C"): "7", (None, 2, "D"): "９"}, figures=figures)
    (warning,) = loading.check(enrolled, text.encode(), "f.csv", choices).problems
    assert (warning.code, warning.letter, warning.value, warning.details["typed"]) == ("typed-twice", "C", "7", "8")
    load(enrolled, text, choices)
    assert stored(enrolled) == {("S1", 2023, "funded_firms"): 8, ("S1", 2023, "mentors"): 9}


def test_a_figure_that_was_typed_is_checked_as_a_cell_is(quick: Engine) -> None:
    text = "空间编号,年度,获投企业,自身直接投资企业\nS1,2023,6,2\n"
    figures = {("S1", 2023, "funded_firms"): Typed("1"), ("S1", 2023, "mentors"): Typed("约9")}
    problems = loading.check(quick, text.encode(), "f.csv", Choices(figures=figures)).problems
    assert {(each.code, each.sheet) for each in problems} == {
        ("part-exceeds-whole", None),
        ("not-exact", ON_THE_PAGE),
    }


def test_personal_data_stay_in_the_file_whatever_is_typed_over_them(quick: Engine) -> None:
    text = "空间编号,年度,获投企业,说明\nS1,2023,6,13812345678\n"
    choices = Choices(cells={(None, 2, "D"): "好"}, columns={"说明": LEFT_OUT})
    assert codes(quick, text, choices) == ["personal-data"]


def _file(engine: Engine) -> None:
    enrol(engine)
    header = "空间编号,年度,创业导师,专业化导师,获投企业,获得资本金额,获投企业说明"
    first = f"{header}\nS1,2023,25,12,6,1234567.8901,核实过\n"
    assert load(engine, first, Choices()) == []


@pytest.fixture
def filed(any_engine: Engine) -> Engine:
    return databases.filled(any_engine, _file)


def test_what_a_supplement_does_not_have_stays_where_it_is_to_be_kept(filed: Engine) -> None:
    report = loading.load(
        filed, "空间编号,年度,创业导师\nS1,2023,30\n".encode(), "f.csv", by="t", choices=Choices(keep=True)
    )
    assert [each.code for each in report.problems] == ["figures-kept"]
    assert (report.kept, report.observations) == (3, 4)
    assert report.revisions["revision"].tolist() == [2]
    assert stored(filed) == {
        ("S1", 2023, "mentors"): 30,
        ("S1", 2023, "professional_mentors"): 12,
        ("S1", 2023, "funded_firms"): 6,
        ("S1", 2023, "capital_raised"): 1234567.8901,
    }
    with database.reading(filed) as connection:
        notes = sa.text("SELECT note FROM current_observation WHERE metric = 'funded_firms'")
        assert connection.execute(notes).scalar_one() == "核实过"


def test_what_is_kept_is_held_against_what_is_new(filed: Engine) -> None:
    text = "空间编号,年度,创业导师\nS1,2023,5\n"
    report = loading.load(filed, text.encode(), "f.csv", by="t", choices=Choices(keep=True))
    (problem,) = report.problems
    assert (problem.code, problem.row, report.load_id) == ("kept-part-exceeds-whole", None, None)
    assert "S1" in problem.message("en")
    assert "12" in problem.message("zh")


def test_keeping_everything_changes_nothing(filed: Engine) -> None:
    report = loading.load(
        filed, "空间编号,年度,创业导师\nS1,2023,25\n".encode(), "f.csv", by="t", choices=Choices(keep=True)
    )
    assert (report.unchanged, report.load_id) == (1, None)
