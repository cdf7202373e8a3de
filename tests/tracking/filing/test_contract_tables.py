"""The contract's tables of what files may say, a case per row or more, each read as a file; figures by hand."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.files.verdicts import Read, read
from tracking.policy.vocabulary import Vocabulary

Rows = Sequence[Sequence[str]]
KEYS = ["空间编号", "年度"]
SPACE = ["SH0001", "2023"]


def _read(words: Vocabulary, *rows: Sequence[str]) -> Read:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return read(out.getvalue().encode(), "filing.csv", words)


def _figures(got: Read) -> dict[str, Decimal]:
    """What is stored of SH0001 for 2023, by metric; nothing of an error, and nothing of anybody else."""
    assert not got.refused, [(problem.code, problem.message("zh")) for problem in got.problems]
    assert {key[:2] for key in got.figures} <= {("SH0001", 2023)}
    return {metric: value for (_, _, metric), value in got.figures.items()}


def _errors(got: Read) -> list[tuple[int | None, str | None]]:
    assert got.refused, got.figures
    return [(problem.row, problem.letter) for problem in got.problems if problem.severity == "error"]


# -- a cell says ---------------------------------------------------------------------------------

CELLS = [
    *[
        ("获得资本金额", text, 1200)
        for text in ("1200", "1,200", "１２００", "1200.0", "1.2E+03", "1200万元", "1200 万元")
    ],
    *[("获得资本金额", text, 1200) for text in ("12000000元", "12000千元", "0.12亿元", "12,000,000.00元")],
    ("获得资本金额", "12,345,678.90元", Decimal("1234.5679")),
    ("获得资本金额", "0.5元", Decimal("0.0001")),
    *[("获投企业", text, 20) for text in ("20", "20家", "２０", "20.0")],
    *[("资源共享及服务平台", text, 1) for text in ("是", "有", "√", "yes", "Y", "true", "1")],
    *[("资源共享及服务平台", text, 0) for text in ("否", "无", "×", "no", "N", "false", "0")],
]


@pytest.mark.parametrize(("metric", "text", "figure"), CELLS)
def test_a_cell_that_says_a_figure(words: Vocabulary, metric: str, text: str, figure: Decimal | int) -> None:
    assert list(_figures(_read(words, [*KEYS, metric], [*SPACE, text])).values()) == [figure]


@pytest.mark.parametrize("text", ["12000000元", "12000千元", "0.12亿元", "12,345,678.90元"])
def test_a_figure_in_another_unit_is_told(words: Vocabulary, text: str) -> None:
    got = _read(words, [*KEYS, "获得资本金额"], [*SPACE, text])
    assert [(problem.severity, problem.row, problem.letter) for problem in got.problems] == [("warning", 2, "C")]


@pytest.mark.parametrize("metric", ["获投企业", "资源共享及服务平台"])
@pytest.mark.parametrize("text", ["", "-", "—", "/", "N/A", "暂无", "未填"])
def test_a_cell_that_says_nothing(words: Vocabulary, metric: str, text: str) -> None:
    got = _read(words, [*KEYS, "创业导师", metric], [*SPACE, "25", text])
    assert (_figures(got), got.problems) == ({"mentors": 25}, [])


def test_none_in_a_number_s_cell_is_told(words: Vocabulary) -> None:
    got = _read(words, [*KEYS, "创业导师", "获投企业"], [*SPACE, "25", "无"])
    assert _figures(got) == {"mentors": 25}
    assert [(problem.row, problem.letter) for problem in got.problems] == [(2, "D")]


@pytest.mark.parametrize(
    "text",
    ["约20", "≥10", "10+", "20-30", "70%", "若干", "NaN", "inf", "2023-03-01", "2023年3月1日", "-5", "12.5", "1e15"],
)
def test_a_cell_that_says_no_figure_is_an_error_of_that_cell(words: Vocabulary, text: str) -> None:
    assert _errors(_read(words, [*KEYS, "获投企业"], [*SPACE, text])) == [(2, "C")]


@pytest.mark.parametrize("text", ["2023", "2023年", "2023年度", "２０２３"])
def test_a_year(words: Vocabulary, text: str) -> None:
    assert _figures(_read(words, [*KEYS, "获投企业"], ["SH0001", text, "6"])) == {"funded_firms": 6}


@pytest.mark.parametrize("text", ["2030", "23", "二〇二三", "去年", ""])
def test_no_year_is_an_error_of_its_cell(words: Vocabulary, text: str) -> None:
    assert _errors(_read(words, [*KEYS, "获投企业"], ["SH0001", text, "6"])) == [(2, "B")]


# -- headers -------------------------------------------------------------------------------------

NAMES = [
    *[(name, "funded_firms") for name in ("funded_firms", "获投企业", "Firms that obtained investment")],
    *[(f"获投企业{word}", "funded_firms") for word in ("数", "数量", "总数", "情况")],
    *[(f"获投企业{bracket}", "funded_firms") for bracket in ("（家）", "(家)", "（单位：家）", "（家/年）", "【家】")],
    *[
        (name, "funded_firms")
        for name in ("FUNDED_FIRMS", "获投 企业", "获投企业数（家）", "　获投企业　", "获投\n企业")
    ],
    *[
        (f"获得资本金额{bracket}", "capital_raised")
        for bracket in ("（万元）", "(单位：万元)", "（万元人民币）", "(单位:万元)", "（人民币万元）")
    ],
    ("ＣＡＰＩＴＡＬ＿ＲＡＩＳＥＤ", "capital_raised"),
]


@pytest.mark.parametrize(("name", "metric"), NAMES)
def test_a_name_of_a_metric(words: Vocabulary, name: str, metric: str) -> None:
    got = _read(words, [*KEYS, name], [*SPACE, "6"])
    assert (_figures(got), got.problems) == ({metric: 6}, [])


@pytest.mark.parametrize(("name", "metric"), NAMES)
def test_a_name_of_a_metric_in_the_long_form(words: Vocabulary, name: str, metric: str) -> None:
    assert _figures(_read(words, [*KEYS, "指标", "数值"], [*SPACE, name, "6"])) == {metric: 6}


@pytest.mark.parametrize("word", ["计划", "预计", "目标", "上年", "累计", "同比"])
@pytest.mark.parametrize("form", ["获投企业（{}）", "{}获投企业", "获投企业{}", "获投企业数({})"])
def test_a_qualified_name_is_an_error_that_names_the_word(words: Vocabulary, form: str, word: str) -> None:
    got = _read(words, [*KEYS, "创业导师", form.format(word)], [*SPACE, "25", "6"])
    assert _errors(got) == [(1, "D")]
    assert any(word in problem.message("zh") for problem in got.problems)


def test_a_share_in_a_name_is_an_error(words: Vocabulary) -> None:
    assert _errors(_read(words, [*KEYS, "创业导师", "获投企业（%）"], [*SPACE, "25", "6"])) == [(1, "D")]


# -- units wherever they stand -------------------------------------------------------------------

MONEY = [*KEYS, "获投企业", "获得资本金额"]
FILED = [*SPACE, "6", "12000"]
LONG = [*KEYS, "指标", "数值"]
PLACES = {
    "a title": ([["单位：千元"], MONEY, FILED], 1),
    "a title behind blanks": ([["", "", "", "计量单位：千元"], MONEY, FILED], 1),
    "a title of several words": ([["2023年度  单位：千元"], MONEY, FILED], 1),
    "over a group": ([["", "", "", "资金（千元）"], MONEY, FILED], 1),
    "in the name": ([[*MONEY[:3], "获得资本金额（千元）"], FILED], 1),
    "a row below the header": ([MONEY, ["", "", "家", "千元"], FILED], 2),
    "a row above the header": ([["", "", "家", "千元"], MONEY, FILED], 1),
    "a remark": ([MONEY, FILED, ["注：金额单位为千元"]], 3),
    "the name of the values": ([[*LONG[:3], "数值（千元）"], [*SPACE, "获得资本金额", "12000"]], 1),
    "a column of units": ([[*LONG, "单位"], [*SPACE, "获得资本金额", "12000", "千元"]], 2),
    "a cell": ([MONEY, [*SPACE, "6", "12000千元"]], 2),
}


@pytest.mark.parametrize("rows", [rows for rows, _ in PLACES.values()], ids=list(PLACES))
def test_a_unit_of_money_counts_wherever_it_stands(words: Vocabulary, rows: Rows) -> None:
    got = _read(words, *rows)
    figures = _figures(got)
    assert figures["capital_raised"] == 1200
    assert figures.get("funded_firms", 6) == 6
    assert any("千元" in problem.message("zh") for problem in got.problems)


@pytest.mark.parametrize(
    "rows",
    [
        [["单位：千元"], [*MONEY[:3], "获得资本金额（万元）"], FILED],
        [["单位：千元"], MONEY, FILED, ["注：金额单位为元"]],
        [["单位：千元"], [*LONG, "单位"], [*SPACE, "获得资本金额", "12000", "万元"]],
        [["单位：千元"], MONEY[:3], FILED[:3]],
        [["单位：万美元"], MONEY, FILED],
    ],
    ids=["title and name", "title and remark", "title and column", "no metric of money", "no unit of the metric"],
)
def test_units_that_disagree_or_fit_nothing_are_an_error(words: Vocabulary, rows: Rows) -> None:
    _errors(_read(words, *rows))


def test_the_metric_s_own_unit_is_no_conversion(words: Vocabulary) -> None:
    got = _read(words, ["单位：万元"], MONEY, [*SPACE, "6", "1200"])
    assert (_figures(got)["capital_raised"], got.problems) == (1200, [])


# -- furniture -----------------------------------------------------------------------------------

BESIDE = ["序号", "备注", "填报人", "联系人", "电话", "记录ID", "创建人", "提交时间"]


@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize("at", [0, 3])
def test_a_column_of_furniture_is_passed_over_and_told(words: Vocabulary, name: str, at: int) -> None:
    header, row = [*KEYS, "获投企业"], [*SPACE, "6"]
    header.insert(at, name)
    row.insert(at, "1")
    got = _read(words, header, row)
    assert _figures(got) == {"funded_firms": 6}
    assert name == "序号" or any(name in problem.message("zh") for problem in got.problems)


def test_furniture_is_one_warning_that_lists_it(words: Vocabulary) -> None:
    got = _read(words, ["序号", *KEYS, "获投企业", "备注", "填报人"], ["1", *SPACE, "6", "已核", "甲"])
    (problem,) = got.problems
    assert all(name in problem.message("zh") for name in ("备注", "填报人"))


@pytest.mark.parametrize(
    "row", [["甲", "乙", "丙"], ["A", "B", "C"], ["1", "2", "3"], ["", "", "家"], ["甲", "乙", "1"]], ids="/".join
)
def test_a_row_of_codes_or_units_is_passed_over(words: Vocabulary, row: Sequence[str]) -> None:
    assert _figures(_read(words, [*KEYS, "获投企业"], row, [*SPACE, "6"])) == {"funded_firms": 6}


@pytest.mark.parametrize(
    "row",
    [
        ["填报人：张三", "", "填报日期：2024年3月1日"],
        ["负责人签字："],
        ["填报日期：2024-03-01"],
        ["单位负责人：", "", "填表人："],
    ],
    ids=lambda row: row[0],
)
def test_signatures_and_dates_below_are_passed_over(words: Vocabulary, row: Sequence[str]) -> None:
    assert _figures(_read(words, [*KEYS, "获投企业"], [*SPACE, "6"], [], row)) == {"funded_firms": 6}


@pytest.mark.parametrize("word", ["合计", "总计", "小计", "汇总", "本页合计", "平均", "全市合计", "合計"])
def test_a_row_of_totals_is_left_out_and_told(words: Vocabulary, word: str) -> None:
    got = _read(words, [*KEYS, "获投企业"], [*SPACE, "6"], [word, "", "6"])
    assert _figures(got) == {"funded_firms": 6}
    assert [problem.row for problem in got.problems] == [3]


@pytest.mark.parametrize("word", ["同上", "〃"])
def test_ditto_is_the_cell_above(words: Vocabulary, word: str) -> None:
    got = _read(words, LONG, [*SPACE, "获投企业", "6"], [word, word, "创业导师", "25"])
    assert _figures(got) == {"funded_firms": 6, "mentors": 25}


# -- layouts -------------------------------------------------------------------------------------

TWO = {"funded_firms": 6, "mentors": 25}
LAYOUTS = {
    "wide": [[*KEYS, "获投企业", "创业导师"], [*SPACE, "6", "25"]],
    "long": [LONG, [*SPACE, "获投企业", "6"], [*SPACE, "创业导师", "25"]],
    "transposed": [["空间编号", "SH0001"], ["年度", "2023"], ["获投企业", "6"], ["创业导师", "25"]],
    "years across": [["空间编号", "SH0001"], ["指标", "2023年"], ["获投企业", "6"], ["创业导师", "25"]],
    "spaces across": [["年度", "2023"], ["指标", "SH0001"], ["获投企业", "6"], ["创业导师", "25"]],
    "a form": [
        ["空间编号", "SH0001", "年度", "2023"],
        ["指标名称", "计量单位", "代码", "本年"],
        ["获投企业", "家", "01", "6"],
        ["创业导师", "人", "02", "25"],
    ],
    "a form with last year": [
        ["空间编号：SH0001", "", "年度：2023年"],
        ["指标名称", "计量单位", "代码", "本年", "上年"],
        ["获投企业", "家", "01", "6", "5"],
        ["创业导师", "人", "02", "25", "24"],
    ],
    "values beside labels": [
        ["填报表"],
        ["空间编号", "SH0001"],
        ["年度", "2023"],
        ["获投企业", "6"],
        ["创业导师", "25"],
    ],
    "years over metrics": [["空间编号", "2023年", ""], ["", "获投企业", "创业导师"], ["SH0001", "6", "25"]],
    "metrics over years": [["空间编号", "获投企业", "创业导师"], ["", "2023年", "2023年"], ["SH0001", "6", "25"]],
}


@pytest.mark.parametrize("rows", LAYOUTS.values(), ids=list(LAYOUTS))
def test_a_layout_is_understood_without_being_told(words: Vocabulary, rows: Rows) -> None:
    assert _figures(_read(words, *rows)) == TWO


def test_last_year_s_figures_of_a_form_are_left_out_and_told(words: Vocabulary) -> None:
    got = _read(words, *LAYOUTS["a form with last year"])
    assert any("上年" in problem.message("zh") for problem in got.problems)
