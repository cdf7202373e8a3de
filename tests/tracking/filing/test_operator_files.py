"""Workbooks as operators send them, checked and loaded as they come: stored is what a person reads in them."""

from decimal import Decimal

import pytest
from sqlalchemy import Engine

from tests.files.books import book, sheet
from tests.files.filed import Filed, filed, of_2024, refused, registered

# What most of the files say.
NAMES = ["空间编号", "年度", "获投企业", "获得资本金额", "入驻企业", "科技型企业"]
FIGURES = ["SH0002", 2024, 6, 1200, 40, 25]
KEYS = ["空间编号", "年度"]
ALL = of_2024(funded_firms="6", capital_raised="1200", resident_firms="40", tech_firms="25")
TENTH = ALL | of_2024(capital_raised="120")


@pytest.fixture
def engine(shanghai: Engine) -> Engine:
    return registered(shanghai)


def _filed(engine: Engine, content: bytes, name: str = "filing.xlsx") -> Filed:
    return filed(engine, content, name)


# -- units ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["单位：千元", "计量单位：千元", "金额单位: 千元", "（单位：千元）"])
def test_a_unit_in_a_title_row_is_the_money_s(engine: Engine, title: str) -> None:
    found = _filed(engine, sheet([["2024年度众创空间填报表"], [title], NAMES, FIGURES]))
    assert (found.errors, found.stored) == ([], TENTH)
    assert found.warned("千元")


def test_a_title_of_yuan_makes_a_thousandth_of_what_it_seems(engine: Engine) -> None:
    found = _filed(engine, sheet([["计量单位：元"], NAMES, ["SH0002", 2024, 6, 12_000_000, 40, 25]]))
    assert (found.errors, found.stored) == ([], ALL)


def test_a_unit_behind_the_name_of_the_values_is_the_money_s(engine: Engine) -> None:
    long = [[*KEYS, "指标", "数值（千元）"], ["SH0002", 2024, "获得资本金额", 12_000]]
    found = _filed(engine, sheet(long))
    assert (found.errors, found.stored) == ([], of_2024(capital_raised="1200"))
    assert found.warned("千元")


def test_a_unit_over_a_group_of_columns_is_the_money_s(engine: Engine) -> None:
    rows = [
        [*KEYS, "入驻企业", "资金情况（千元）"],
        [None, None, None, "获得资本金额"],
        ["SH0002", 2024, 40, 12_000],
    ]
    found = _filed(engine, sheet(rows))
    assert (found.errors, found.stored) == ([], of_2024(resident_firms="40", capital_raised="1200"))
    assert found.warned("千元")


def test_a_column_of_units_is_read(engine: Engine) -> None:
    rows = [
        [*KEYS, "指标", "数值", "单位"],
        ["SH0002", 2024, "获得资本金额", 12_000, "千元"],
        ["SH0002", 2024, "获投企业", 6, "家"],
    ]
    found = _filed(engine, sheet(rows))
    assert (found.errors, found.stored) == ([], of_2024(capital_raised="1200", funded_firms="6"))
    assert found.warned("千元")


@pytest.mark.parametrize("remark", ["注：金额单位为千元", "备注：金额单位：千元"])
def test_a_unit_in_a_remark_under_the_table_is_the_money_s(engine: Engine, remark: str) -> None:
    found = _filed(engine, sheet([NAMES, FIGURES, [remark]]))
    assert (found.errors, found.stored) == ([], TENTH)
    assert found.warned("千元")


def test_a_third_row_of_the_header_tells_the_units(engine: Engine) -> None:
    rows = [
        [*KEYS, "基本情况", None, "资本"],
        [None, None, "入驻企业", "科技型企业", "获投企业", "获得资本金额"],
        [None, None, "家", "家", "家", "千元"],
        ["SH0002", 2024, 40, 25, 6, 12_000],
    ]
    found = _filed(engine, sheet(rows, merged=["A1:A3", "B1:B3", "C1:D1", "E1:F1"]))
    assert (found.errors, found.stored) == ([], ALL)
    assert found.warned("千元")


def test_a_unit_in_the_sheet_s_name_is_the_money_s(engine: Engine) -> None:
    found = _filed(engine, book(**{"填报（千元）": [NAMES, FIGURES]}))
    assert (found.errors, found.stored) == ([], TENTH)


def test_two_units_that_disagree_are_an_error(engine: Engine) -> None:
    names = [*NAMES[:3], "获得资本金额（万元）", *NAMES[4:]]
    refused(_filed(engine, sheet([["单位：千元"], names, FIGURES])), None, "千元", "万元")


def test_a_unit_of_money_over_a_table_without_money_is_an_error(engine: Engine) -> None:
    refused(_filed(engine, sheet([["单位：千元"], NAMES[:3], FIGURES[:3]])), 1, "千元")


def test_yuan_and_fen_are_rounded_to_four_decimals_and_told(engine: Engine) -> None:
    found = _filed(engine, sheet([[*KEYS, "获得资本金额"], ["SH0002", 2024, "12,345,678.90元"]]))
    assert (found.errors, found.stored) == ([], of_2024(capital_raised="1234.5679"))
    assert found.warned("1234.5679")


def test_a_figure_that_the_cell_shows_rounded_is_rounded_and_told(engine: Engine) -> None:
    content = sheet(
        [NAMES, FIGURES],
        more=lambda made, page: page.write("D2", 1234.56789, made.add_format({"num_format": "#,##0.00"})),
    )
    found = _filed(engine, content)
    assert found.errors == []
    assert found.stored in [ALL | of_2024(capital_raised=each) for each in ("1234.57", "1234.5679")]
    assert any((each.row, each.letter) == (2, "D") for each in found.problems("warning"))


def test_rounding_never_turns_a_comparison(engine: Engine) -> None:
    # The threshold is 1000 万元: 9,999,999.9元 are less, and rounded they would be as much.
    refused(_filed(engine, sheet([[*KEYS, "获得资本金额"], ["SH0002", 2024, "9,999,999.9元"]])), 2)


# -- what is no figure of the year ---------------------------------------------------------------


@pytest.mark.parametrize("word", ["计划", "预计", "目标", "上年", "累计", "同比", "%"])
def test_a_word_behind_the_name_of_the_values_is_an_error(engine: Engine, word: str) -> None:
    rows = [[*KEYS, "指标", f"数值（{word}）"], ["SH0002", 2024, "获投企业", 20]]
    refused(_filed(engine, sheet(rows)), 1, word)


def test_plan_and_actual_under_one_metric_are_an_error_that_names_them(engine: Engine) -> None:
    rows = [[*KEYS, "获投企业"], [None, None, "计划", "实际"], ["SH0002", 2024, 20, 6]]
    found = _filed(engine, sheet(rows, merged=["A1:A2", "B1:B2", "C1:D1"]))
    refused(found, None, "计划")


# -- what the eye does not count -----------------------------------------------------------------


def _rich(*parts: tuple[dict[str, object], str]) -> bytes:
    def write(made, page) -> None:
        page.write_rich_string("C2", *(each for form, text in parts for each in (made.add_format(form), text)))

    return sheet([NAMES, FIGURES], more=write)


def test_a_footnote_s_number_is_no_digit_of_the_figure(engine: Engine) -> None:
    assert _filed(engine, _rich(({}, "6"), ({"font_script": 1}, "1"))).stored == ALL


def test_what_is_struck_out_in_a_cell_is_no_digit_of_the_figure(engine: Engine) -> None:
    assert _filed(engine, _rich(({"font_strikeout": True}, "5"), ({}, "6"))).stored == ALL


def test_a_row_that_is_struck_through_is_told(engine: Engine) -> None:
    def strike(made, page) -> None:
        page.write_row("A2", ["SH0001", 2024, 5], made.add_format({"font_strikeout": True}))

    rows = [[*KEYS, "获投企业"], ["SH0001", 2024, 5], ["SH0002", 2024, 6]]
    found = _filed(engine, sheet(rows, more=strike))
    assert found.errors == []
    assert any(each.row == 2 for each in found.problems("warning"))
    assert found.stored["SH0002 2024 funded_firms"] == 6


def test_the_only_table_being_in_a_hidden_sheet_is_told(engine: Engine) -> None:
    def hide(made, _) -> None:
        page = made.add_worksheet("数据")
        page.write_row("A1", [*KEYS, "获投企业"])
        page.write_row("A2", ["SH0002", 2024, 5])
        page.hide()

    found = _filed(engine, sheet([["封面"], ["见隐藏表"]], more=hide))
    assert (found.errors, found.stored) == ([], of_2024(funded_firms="5"))
    assert found.warned("隐藏", "数据")


# -- layouts and furniture -----------------------------------------------------------------------


def test_names_with_their_number_word_and_unit_word_are_known(engine: Engine) -> None:
    rows = [
        [*KEYS, "获投企业数", "获得资本金额(单位：万元)", "在孵企业数量", "入驻企业数"],
        ["SH0002", 2024, 6, 1200, 30, 40],
    ]
    found = _filed(engine, sheet(rows))
    figures = of_2024(funded_firms="6", capital_raised="1200", tenants="30", resident_firms="40")
    assert (found.errors, found.stored) == ([], figures)


def test_two_sheets_of_different_metrics_are_one_filing(engine: Engine) -> None:
    tables = {"1": [[*KEYS, "获投企业"], ["SH0002", 2024, 6]], "2": [[*KEYS, "入驻企业"], ["SH0002", 2024, 40]]}
    found = _filed(engine, book(**tables))
    assert (found.errors, found.report.filings) == ([], 1)
    assert found.stored == of_2024(funded_firms="6", resident_firms="40")


def test_two_sheets_that_contradict_each_other_are_an_error_that_names_both(engine: Engine) -> None:
    tables = {"甲": [[*KEYS, "获投企业"], ["SH0002", 2024, 6]], "乙": [[*KEYS, "获投企业"], ["SH0002", 2024, 7]]}
    refused(_filed(engine, book(**tables)), 2, "甲", "乙")


def test_a_web_page_saved_as_xls_is_read(engine: Engine) -> None:
    cells = "".join(f"<th>{name}</th>" for name in NAMES), "".join(f"<td>{each}</td>" for each in FIGURES)
    content = f'<table border="1"><tr>{cells[0]}</tr><tr>{cells[1]}</tr></table>'.encode()
    found = _filed(engine, content, "filing.xls")
    assert (found.errors, found.stored) == ([], ALL)


def test_a_table_with_years_across_is_read(engine: Engine) -> None:
    rows = [
        ["指标", "2023年", "2024年"],
        ["空间编号", "SH0002", "SH0002"],
        ["获投企业", 5, 6],
        ["获得资本金额（万元）", 1000, 1200],
    ]
    found = _filed(engine, sheet(rows))
    before = {"SH0002 2023 funded_firms": Decimal(5), "SH0002 2023 capital_raised": Decimal(1000)}
    assert (found.errors, found.stored) == ([], before | of_2024(funded_firms="6", capital_raised="1200"))


def test_a_form_with_values_beside_labels_is_read(engine: Engine) -> None:
    rows = [
        ["众创空间年度填报表"],
        ["空间编号", "SH0002"],
        ["年度", 2024],
        ["获投企业", 6],
        ["获得资本金额（万元）", 1200],
    ]
    found = _filed(engine, sheet(rows))
    assert (found.errors, found.stored) == ([], of_2024(funded_firms="6", capital_raised="1200"))


def test_signatures_under_the_table_are_passed_over(engine: Engine) -> None:
    signatures = ["单位负责人：", None, "统计负责人：", None, "填表人："]
    found = _filed(engine, sheet([NAMES, FIGURES, [], signatures]))
    assert (found.errors, found.stored) == ([], ALL)


def test_a_column_of_numbers_is_passed_over(engine: Engine) -> None:
    rows = [["序号", *NAMES], [1, *FIGURES], [2, "SH0001", 2024, 5, None, 30, 20]]
    found = _filed(engine, sheet(rows))
    other = {"funded_firms": 5, "resident_firms": 30, "tech_firms": 20}
    assert found.errors == []
    assert found.stored == ALL | {f"SH0001 2024 {metric}": Decimal(value) for metric, value in other.items()}


@pytest.mark.parametrize("word", ["合计", "总计", "小计", "汇总", "本页合计", "平均"])
def test_a_row_of_totals_is_left_out_and_told(engine: Engine, word: str) -> None:
    found = _filed(engine, sheet([[*KEYS, "获投企业"], ["SH0002", 2024, 6], [word, None, 6]]))
    assert (found.errors, found.stored) == ([], of_2024(funded_firms="6"))
    assert found.warned(word)


# -- the numbers of spaces -----------------------------------------------------------------------


def test_zeros_that_a_spreadsheet_took_lead_to_the_space_that_had_them(engine: Engine) -> None:
    found = _filed(engine, sheet([[*KEYS, "获投企业"], [12, 2024, 6]]))
    if found.report.loaded:
        assert found.stored == {"00012 2024 funded_firms": Decimal(6)}
    else:
        refused(found, 2, "00012")


def test_a_space_named_in_its_first_row_alone_is_one_message(engine: Engine) -> None:
    metrics = ["获投企业", "获得资本金额", "入驻企业", "科技型企业", "解决创新创业难题", "第三方知名媒体报道"]
    rows = [[*KEYS, "指标", "数值"], ["SH0002", 2024, metrics[0], 5], *([None, None, each, 5] for each in metrics[1:])]
    found = _filed(engine, sheet(rows))
    assert (found.report.loaded, len(found.errors)) == (False, 1)
    refused(found, 3, "填")


# -- everything at once --------------------------------------------------------------------------


def test_a_form_of_five_peculiarities_leaves_the_name_of_the_year_alone(engine: Engine) -> None:
    rows = [
        ["2024年度众创空间填报表"],
        ["序号", "空间编号", "众创空间名称", "年份", "获投企业数", "获得资本金额(单位：万元)", "备注"],
        [1, "SH0002", "银杏众创", 2024, 6, 1200, "已核"],
        [],
        ["填报人：", "甲", None, "联系电话：", "021-55550000"],
    ]
    found = _filed(engine, sheet(rows))
    if found.report.loaded:
        assert found.stored == of_2024(funded_firms="6", capital_raised="1200")
    else:
        assert len(found.errors) <= 2
        refused(found, 2, "年")


def test_one_wrong_key_header_hides_nothing_behind_it(engine: Engine) -> None:
    rows = [["空间编号", "年份X", "获投企业", "入驻企业", "利润"], ["SH9999", 2024, "约5", "很多", 7]]
    assert {"unknown-space", "not-exact", "not-a-number", "unknown-column"} <= set(_filed(engine, sheet(rows)).errors)
