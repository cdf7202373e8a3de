"""What a person decides about a file holds as if the file said it, and never against what it says."""

import csv

import pytest
from sqlalchemy import Engine

from tests.tracking.filing.choosing import FILE, codes, load, stored
from tracking.filing import choice_records, loading
from tracking.filing.choices import Choices
from tracking.filing.spreadsheets.tables import LEFT_OUT
from tracking.words import language


def test_a_header_is_what_a_person_says_it_is(enrolled: Engine) -> None:
    choices = Choices(columns={"投资额": "capital_raised", "天气": LEFT_OUT})
    assert load(enrolled, FILE, choices) == []
    assert stored(enrolled) == {("S1", 2023, "funded_firms"): 6, ("S1", 2023, "capital_raised"): 1200}


def test_a_unit_in_a_header_counts_whatever_the_header_is_chosen_for(enrolled: Engine) -> None:
    text = "空间编号,年度,投资额（千元）\nS1,2023,1200\n"
    assert load(enrolled, text, Choices(columns={"投资额（千元）": "capital_raised"})) == ["units-converted"]
    assert stored(enrolled) == {("S1", 2023, "capital_raised"): 120}


def test_the_space_and_the_year_may_be_chosen_for_the_whole_file(enrolled: Engine) -> None:
    text = "获投企业,获得资本金额\n6,1200\n,\n合计,1200\n"
    assert "totals-row" in load(enrolled, text, Choices(space="s1", year=2023))
    assert stored(enrolled) == {("S1", 2023, "funded_firms"): 6, ("S1", 2023, "capital_raised"): 1200}


def test_a_unit_chosen_holds_for_what_it_can_measure(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业,获得资本金额\nS1,2023,6,1200\n"
    assert load(enrolled, text, Choices(unit="千元")) == ["units-converted"]
    assert stored(enrolled) == {("S1", 2023, "funded_firms"): 6, ("S1", 2023, "capital_raised"): 120}


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
    assert code in codes(quick, text, choices)
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
    load(enrolled, "空间编号,年度,融资额\nS1,2023,12000\n", chosen)
    load(enrolled, "空间编号,年度,融资额千元\nS2,2023,500\n", Choices(columns={"融资额千元": "capital_raised"}))
    assert stored(enrolled) == {("S1", 2023, "capital_raised"): 1200, ("S2", 2023, "capital_raised"): 50}
    assert choice_records.headers(enrolled, ["S1"], "unit") == {"融资额": "千元"}


def test_a_row_and_a_column_can_be_left_out(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业,\nS1,2023,6,x\n备注一行,,,\nS2,2023,约9,\n"
    choices = Choices(left_out=frozenset({(None, 3), (None, 4), (None, "D")}))
    assert load(enrolled, text, choices) == []
    assert stored(enrolled) == {("S1", 2023, "funded_firms"): 6}


def test_a_cell_is_corrected_where_it_stands(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业\nS1,2023,约6\n"
    assert load(enrolled, text, Choices(cells={(None, 2, "C"): "7"})) == []
    assert stored(enrolled) == {("S1", 2023, "funded_firms"): 7}
