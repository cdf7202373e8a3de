"""What a text can be: a key, a metric, a year, a figure, words; where it could be two things, neither is guessed."""

import pytest

from tracking.filing.enrolled import Register
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.layouts.signs import Signs, years_in
from tracking.policy.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def signs(words: Vocabulary) -> Signs:
    names = {"SL00001": "银杏众创", "SL00002": "海棠空间", "SL00003": "海 棠空间"}
    return Signs(Words(words), Register(names=names, years={}, enrolments={}))


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("空间编号", "key", "space_id"),
        ("年度：", "key", "year"),
        ("获投企业（家）", "metric", "funded_firms"),
        ("合计", "total", ""),
        ("  ", "blank", ""),
        ("获投企业" * 30, "words", ""),
    ],
)
def test_a_name_is_what_it_names(signs: Signs, text: str, kind: str, code: str) -> None:
    sign = signs.of(text)
    assert (sign.kind, sign.code) == (kind, code)


@pytest.mark.parametrize(
    ("text", "year", "ago"),
    [
        ("2024年", 2024, None),
        ("2024年度实际数", 2024, None),
        ("二〇二四年", 2024, None),
        ("本年", None, 0),
        ("上年同期", None, -1),
        ("前年", None, -2),
    ],
)
def test_a_column_of_a_year_says_which(signs: Signs, text: str, year: int | None, ago: int | None) -> None:
    sign = signs.of(text)
    assert (sign.kind, sign.year, sign.ago) == ("year", year, ago)


@pytest.mark.parametrize("text", ["2024年计划", "同比增长", "1-6月", "2024年12月", "预计数"])
def test_what_is_planned_compared_or_of_months_is_no_figure_of_the_year(signs: Signs, text: str) -> None:
    assert signs.of(text).kind == "plan"


def test_a_year_could_be_a_figure_and_a_figure_is_no_year(signs: Signs) -> None:
    assert signs.of("2024").figure
    assert not signs.of("2024年").figure
    assert signs.of("约20").figure
    assert signs.of("12").year is None


def test_a_space_is_named_by_its_id_or_by_a_name_that_it_has_alone(signs: Signs) -> None:
    assert [signs.space(text) for text in ("sl00001", "银杏 众创", "海棠空间", "银杏")] == [
        "SL00001",
        "SL00001",
        None,
        None,
    ]
    assert signs.space_of_id("银杏众创") is None


def test_a_figure_glued_to_its_metric_is_seen(signs: Signs) -> None:
    assert [signs.glued(text) for text in ("获投企业5", "获投企业", "说明5")] == [True, False, False]


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("2024年度年报", [2024]),
        ("二〇二四年数据", [2024]),
        ("2025年填报2024年数据", [2025, 2024]),
        ("2022-2024年对比", []),
        ("2024年3月填", []),
        ("编号20241年", []),
    ],
)
def test_a_title_names_years_and_no_days_or_spans(title: str, years: list[int]) -> None:
    assert years_in(title) == years
