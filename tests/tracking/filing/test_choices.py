"""What a person decides about a file holds as if the file said it, and never against what it says."""

import csv
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases
from tracking import database
from tracking.filing import choice_records, loading, offers, register
from tracking.filing.choices import Choices, Typed
from tracking.filing.interpreting.fitting import ON_THE_PAGE
from tracking.filing.spreadsheets.tables import LEFT_OUT
from tracking.results import receipts
from tracking.words import language

AS_OF = date(2024, 6, 1)
REGISTER = "space_id,space_name,track,start_year,end_year\nS1,甲空间,branding,2022,2024\nS2,乙空间,branding,2022,2024\n"
FILE = "空间编号,年度,获投企业,投资额,天气\nS1,2023,6,1200,晴\n"


def _enrol(engine: Engine) -> None:
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded


@pytest.fixture
def enrolled(any_engine: Engine) -> Engine:
    return databases.filled(any_engine, _enrol)


@pytest.fixture
def quick(shanghai: Engine) -> Engine:
    """The same on one engine: nothing is stored."""
    return databases.filled(shanghai, _enrol)


def _load(engine: Engine, text: str, choices: Choices) -> list[str]:
    """The codes of the problems."""
    return [each.code for each in loading.load(engine, text.encode(), "f.csv", by="t", choices=choices).problems]


def _codes(engine: Engine, text: str, choices: Choices) -> list[str]:
    return [each.code for each in loading.check(engine, text.encode(), "f.csv", choices).problems]


def _stored(engine: Engine) -> dict[tuple[str, int, str], object]:
    statement = sa.text("SELECT space_id, year, metric, value, note FROM current_observation")
    with database.reading(engine) as connection:
        return {
            (space, year, metric): note if value is None else float(value)
            for space, year, metric, value, note in connection.execute(statement)
        }


def test_a_header_is_what_a_person_says_it_is(enrolled: Engine) -> None:
    choices = Choices(columns={"投资额": "capital_raised", "天气": LEFT_OUT})
    assert _load(enrolled, FILE, choices) == []
    assert _stored(enrolled) == {("S1", 2023, "funded_firms"): 6, ("S1", 2023, "capital_raised"): 1200}


def test_a_unit_in_a_header_counts_whatever_the_header_is_chosen_for(enrolled: Engine) -> None:
    text = "空间编号,年度,投资额（千元）\nS1,2023,1200\n"
    assert _load(enrolled, text, Choices(columns={"投资额（千元）": "capital_raised"})) == ["units-converted"]
    assert _stored(enrolled) == {("S1", 2023, "capital_raised"): 120}


def test_the_space_and_the_year_may_be_chosen_for_the_whole_file(enrolled: Engine) -> None:
    text = "获投企业,获得资本金额\n6,1200\n,\n合计,1200\n"
    assert "totals-row" in _load(enrolled, text, Choices(space="s1", year=2023))
    assert _stored(enrolled) == {("S1", 2023, "funded_firms"): 6, ("S1", 2023, "capital_raised"): 1200}


def test_a_unit_chosen_holds_for_what_it_can_measure(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业,获得资本金额\nS1,2023,6,1200\n"
    assert _load(enrolled, text, Choices(unit="千元")) == ["units-converted"]
    assert _stored(enrolled) == {("S1", 2023, "funded_firms"): 6, ("S1", 2023, "capital_raised"): 120}


@pytest.mark.parametrize(
    ("code", "text", "choices"),
    [
        ("chosen-otherwise", "空间编号,年度,获投企业\nS1,2023,6\nS2,2023,7\n", Choices(space="S1")),
        ("chosen-otherwise", "空间编号,年度,获投企业\nS1,2023,6\n", Choices(year=2022)),
        ("chosen-unit-otherwise", "空间编号,年度,获得资本金额（万元）\nS1,2023,6\n", Choices(unit="千元")),
        ("chosen-space", "年度,获投企业\n2023,6\n", Choices(space="S9")),
        ("chosen-year", "空间编号,获投企业\nS1,6\n", Choices(year=2999)),
        ("chosen-year-not-covered", "空间编号,获投企业\nS1,6\n", Choices(year=2019)),
        ("chosen-unit", "空间编号,年度,获投企业\nS1,2023,6\n", Choices(unit="斤")),
        (
            "unit-column-chosen",
            "空间编号,年度,指标,数值,单位\nS1,2023,获得资本金额,1200,千元\n",
            Choices(columns={"单位": LEFT_OUT}),
        ),
        ("chosen-metric", "空间编号,年度,获投企业\nS1,2023,6\n", Choices(columns={"企业": "firms"})),
        (
            "unit-left-out",
            "单位：千元,,\n空间编号,年度,获投企业\nS1,2023,6\n",
            Choices(left_out=frozenset({(None, 1)})),
        ),
        (
            "chosen-unit",
            "空间编号,年度,融资额（万元）\nS1,2023,6\n",
            Choices(columns={"融资额（万元）": "capital_raised"}, units={"融资额（万元）": "千元"}),
        ),
        ("unit-left-out", "单位：千元,,\n空间编号,年度,获投企业\nS1,2023,6\n", Choices(cells={(None, 1, "A"): "x"})),
    ],
)
def test_a_choice_that_cannot_hold_is_an_error(quick: Engine, code: str, text: str, choices: Choices) -> None:
    assert code in _codes(quick, text, choices)
    assert loading.check(quick, text.encode(), "f.csv", choices).refused


def test_every_error_of_a_choice_has_a_case_above() -> None:
    with (language.FOLDER / "choices.csv").open(encoding="utf-8", newline="") as texts:
        keys = [row["key"] for row in csv.DictReader(texts)]
    (mark,) = test_a_choice_that_cannot_hold_is_an_error.pytestmark  # type: ignore[attr-defined]
    of_keeping = {"figures-kept", "kept-part-exceeds-whole"}
    assert {key.partition(".")[0] for key in keys} == {case[0] for case in mark.args[1]} | of_keeping


def test_a_header_is_chosen_with_the_unit_of_its_figures(enrolled: Engine) -> None:
    columns = {"融资额": "capital_raised"}
    chosen = Choices(columns=columns, units={"融资额": "千元"})
    _load(enrolled, "空间编号,年度,融资额\nS1,2023,12000\n", chosen)
    _load(enrolled, "空间编号,年度,融资额千元\nS2,2023,500\n", Choices(columns={"融资额千元": "capital_raised"}))
    assert _stored(enrolled) == {("S1", 2023, "capital_raised"): 1200, ("S2", 2023, "capital_raised"): 50}
    assert choice_records.headers(enrolled, ["S1"], "unit") == {"融资额": "千元"}


def test_a_row_and_a_column_can_be_left_out(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业,\nS1,2023,6,x\n备注一行,,,\nS2,2023,约9,\n"
    choices = Choices(left_out=frozenset({(None, 3), (None, 4), (None, "D")}))
    assert _load(enrolled, text, choices) == []
    assert _stored(enrolled) == {("S1", 2023, "funded_firms"): 6}


def test_a_cell_is_corrected_where_it_stands(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业\nS1,2023,约6\n"
    assert _load(enrolled, text, Choices(cells={(None, 2, "C"): "7"})) == []
    assert _stored(enrolled) == {("S1", 2023, "funded_firms"): 7}


def test_a_figure_that_was_typed_takes_the_place_of_the_files_own(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业,获得资本金额（千元）,创业导师\nS1,2023,6,1200,5\n"
    figures = {
        ("S1", 2023, "capital_raised"): Typed("130"),
        ("S1", 2023, "mentors"): Typed(""),
        ("S1", 2023, "media_reports"): Typed("", note="尚未统计"),
        ("S2", 2023, "mentors"): Typed("9"),
    }
    _load(enrolled, text, Choices(figures=figures))
    assert _stored(enrolled) == {
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
    _load(enrolled, text, choices)
    assert _stored(enrolled) == {("S1", 2023, "funded_firms"): 8, ("S1", 2023, "mentors"): 9}


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
    assert _codes(quick, text, choices) == ["personal-data"]


def _file(engine: Engine) -> None:
    _enrol(engine)
    header = "空间编号,年度,创业导师,专业化导师,获投企业,获得资本金额,获投企业说明"
    first = f"{header}\nS1,2023,25,12,6,1234567.8901,核实过\n"
    assert _load(engine, first, Choices()) == []


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
    assert _stored(filed) == {
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


def test_the_upload_stays_the_original_and_corrections_are_told_cell_by_cell(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业,投资额\nS1,2023,约6,1200\n".encode()
    choices = Choices(
        columns={"投资额": "capital_raised"},
        cells={(None, 2, "C"): "6"},
        figures={("S1", 2023, "capital_raised"): Typed("1300", note="更正")},
    )
    report = loading.load(enrolled, text, "f.csv", by="t", choices=choices)
    assert receipts.document(enrolled, report.sha256) == text
    rows = choice_records.of_filing(enrolled, AS_OF, space="S1", year=2023, lang="zh")
    assert rows[["revision", "kind", "place", "before", "after"]].fillna("").to_numpy().tolist() == [
        [1, "column", "投资额", "", "capital_raised"],
        [1, "cell", "C2", "约6", "6"],
        [1, "value", "", "1200", "1300"],
        [1, "note", "", "", "更正"],
    ]


def test_a_header_chosen_once_is_offered_to_the_same_space_again(enrolled: Engine) -> None:
    _load(enrolled, FILE, Choices(columns={"投资额": "capital_raised", "天气": LEFT_OUT}))
    assert choice_records.headers(enrolled, ["S1"]) == {"投资额": "capital_raised", "天气": LEFT_OUT}
    assert choice_records.headers(enrolled, ["S2"]) == {}
    offered = offers.offers(enrolled, AS_OF, headers=["获得资本"], spaces=["S1"], lang="zh")
    assert offered.nearest["获得资本"][0] == "capital_raised"
    assert {"元", "千元", "万元"} <= set(offered.units)
