"""What a table says as a whole: headers in every spelling, one slip told once, nothing passed over unseen."""

import io
import time
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from tests.tracking.filing.interpreting.about import workbook
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.interpreting import findings
from tracking.filing.interpreting.interpretation import Interpretation
from tracking.filing.spreadsheets.grids import MOST_COLUMNS, Grid, read
from tracking.policy.vocabulary import Vocabulary
from tracking.words.problems import Problem

TODAY = date(2024, 6, 30)
FORTY = [f"S{number:02}" for number in range(40)]
REGISTER = Register(
    names={space_id: f"空间{space_id}" for space_id in FORTY},
    years={space_id: frozenset(range(2021, 2025)) for space_id in FORTY},
    enrolments={space_id: [(2022, 2024)] for space_id in FORTY},
)
HEADER = "空间编号,年度,"


def _understood(words: Vocabulary, content: str | bytes) -> Interpretation:
    grids = read(content.encode() if isinstance(content, str) else content, "file")
    return filings_read.interpret(grids, words, REGISTER, TODAY)


def _problems(words: Vocabulary, content: str | bytes) -> list[Problem]:
    return _understood(words, content).problems


def _figures(words: Vocabulary, content: str | bytes) -> dict[tuple[str, int, str], float]:
    """The figures of a file without any problem."""
    told = _understood(words, content)
    assert told.problems == []
    rows = told.observations.itertuples()
    return {(row.space_id, row.year, row.metric): row.value / 10_000 for row in rows}


def _workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# -- headers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        *("mentors", "MENTORS", "创业导师", "创业 导师", "Start-up mentors", "start-upMENTORS", "ｍｅｎｔｏｒｓ"),
        *("创业导师（人）", "创业导师(人)", "创业导师 （ 人 ）", "创业导师[人]", "创业导师【人】", "创业导师〔人〕"),
        *("Start-up mentors (people)", "mentors（人/people）", "\ufeff创业导师\u200b"),
    ],
)
def test_a_metric_is_known_by_every_spelling_of_its_name(words: Vocabulary, header: str) -> None:
    assert _figures(words, f"空间编号,年度,{header}\nS01,2022,25\n") == {("S01", 2022, "mentors"): 25}


@pytest.mark.parametrize(
    ("space", "year"),
    [
        ("space_id", "year"),
        ("SPACE_ID", "Year"),
        ("ｓｐａｃｅ＿ｉｄ", "年 度"),
        ("空间编号", "数据年度"),
        ("空间编号 space_id", "年度 year"),
    ],
)
def test_the_keys_are_known_by_every_spelling_of_theirs(words: Vocabulary, space: str, year: str) -> None:
    assert _figures(words, f"{space},{year},mentors\nS01,2022,25\n") == {("S01", 2022, "mentors"): 25}


def test_the_metric_of_a_row_is_known_by_every_spelling_too(words: Vocabulary) -> None:
    long = "空间编号,年度,指标,数值\nS01,2022,创业导师（人）,25\nS01,2022,capital_raised (10，000 CNY),3\n"
    assert _figures(words, long) == {("S01", 2022, "mentors"): 25, ("S01", 2022, "capital_raised"): 3}


@pytest.mark.parametrize("above", ["", "填报表\n", "填报表,,\n,,\n单位：人,,\n", "\n" * 40])
def test_titles_and_blank_rows_around_a_table_are_passed_over(words: Vocabulary, above: str) -> None:
    table = f"{above}{HEADER}创业导师\n\n,,\nS01,2022,25\n,,\n\n"
    assert _figures(words, table) == {("S01", 2022, "mentors"): 25}


def test_blank_columns_around_a_table_are_passed_over(words: Vocabulary) -> None:
    table = ",空间编号,,年度,创业导师,,\n,S01,,2022,25,,\n"
    assert _figures(words, table) == {("S01", 2022, "mentors"): 25}


@pytest.mark.parametrize("header", ["备注栏", "获得资本金额（美元）", ""])
def test_a_column_that_says_nothing_is_no_problem_whatever_its_name(words: Vocabulary, header: str) -> None:
    assert _figures(words, f"{HEADER}创业导师,{header}\nS01,2022,25, \n") == {("S01", 2022, "mentors"): 25}


def test_the_totals_do_not_count(words: Vocabulary) -> None:
    told = _understood(words, f"{HEADER}创业导师\nS01,2022,25\nS02,2022,5\n总计,2022,30\n")
    assert told.observations["value"].sum() == 30 * 10_000


def test_a_space_and_a_year_merged_over_rows_are_meant_in_each(words: Vocabulary) -> None:
    rows = [["空间编号", "年度", "指标", "数值"], ["S01", 2022, "创业导师", 25], [None, None, "获投企业", 5]]
    told = {("S01", 2022, "mentors"): 25, ("S01", 2022, "funded_firms"): 5}
    assert _figures(words, workbook(rows, "A2:A3", "B2:B3")) == told


@pytest.mark.parametrize(
    ("below", "merges", "capital"),
    [
        (["", "", "（人）", "（万元）"], (), 1200),
        (["", "", "人", "千元"], ("A1:A2", "B1:B2"), 120),
        (["space_id", "year", "mentors", "capital_raised"], (), 1200),
        (["", "", "", ""], ("A1:A2", "B1:B2", "C1:C2", "D1:D2"), 1200),
    ],
    ids=["units in brackets", "units alone", "codes", "merged"],
)
def test_a_header_may_take_two_rows(
    words: Vocabulary, below: list[str], merges: tuple[str, ...], capital: float
) -> None:
    rows = [["空间编号", "年度", "创业导师", "获得资本金额"], [text or None for text in below], ["S01", 2022, 25, 1200]]
    told = _understood(words, workbook(rows, *merges))
    assert {problem.code for problem in told.problems} <= {"units-converted"}
    figures = {row.metric: (row.value / 10_000, row.row) for row in told.observations.itertuples()}
    assert figures == {"mentors": (25, 3), "capital_raised": (capital, 3)}


def test_a_cover_that_names_the_space_is_passed_over(words: Vocabulary) -> None:
    filing = [["空间编号", "年度", "创业导师"], ["S01", 2022, 25]]
    told = _workbook(封面=[["空间编号", "S01"], ["年度", 2022]], 填报=filing)
    assert _figures(words, told) == {("S01", 2022, "mentors"): 25}


def test_a_hidden_sheet_of_last_year_is_not_filed_again(words: Vocabulary) -> None:
    header = ["空间编号", "年度", "创业导师"]
    grids = [Grid("今年", [header, ["S01", "2022", "25"]])]
    grids.append(Grid("去年", [header, ["S01", "2021", "9"]], hidden=True))
    told = filings_read.interpret(grids, words, REGISTER, TODAY)
    assert list(told.filings["year"]) == [2022]


def test_a_share_with_its_unit_in_the_header_is_told_the_two_counts_to_give(words: Vocabulary) -> None:
    (problem,) = _problems(words, f"{HEADER}专业化集聚度（%）\nS01,2022,70\n")
    assert problem.code == "share-column"
    assert "“本专业在孵企业”和“在孵企业”" in problem.hint("zh")


def test_a_signature_below_the_table_is_passed_over(words: Vocabulary) -> None:
    table = f"{HEADER}创业导师\nS01,2022,25\n审核人,李四,王五\n"
    assert [(each.code, each.severity, each.row) for each in _problems(words, table)] == [("passed-over", "warning", 3)]


@pytest.mark.parametrize("said", ["合计", "总计：", "合计（家）", "共 计"])
@pytest.mark.parametrize("place", [0, 1])
def test_totals_are_known_wherever_their_name_stands(words: Vocabulary, said: str, place: int) -> None:
    row = ["", "", "25"]
    row[place] = said
    table = f"{HEADER}创业导师\nS01,2022,25\n{','.join(row)}\n"
    assert [(each.code, each.row, each.value) for each in _problems(words, table)] == [("totals-row", 3, said)]


def test_what_the_eye_cannot_see_in_a_name_is_shown(words: Vocabulary) -> None:
    (problem,) = _problems(words, f"{HEADER}创业导师\n\u202eX99\u200b,2022,25\n")
    assert "⟨U+202E⟩X99⟨U+200B⟩" in problem.message("zh")


# -- one slip is told once, though forty rows have it --------------------------------------------


@pytest.mark.parametrize(
    ("code", "header", "figure"),
    [
        ("unnamed-column", "空间编号,年度,", "25"),
        ("unknown-column", "空间编号,年度,导师人数", "25"),
        ("header-unit-unknown", "空间编号,年度,获得资本金额（美元）", "25"),
        ("share-column", "空间编号,年度,专业化集聚度", "7{at}%"),
        ("percentages-for-counts", "空间编号,年度,本专业在孵企业", "7{at}%"),
        ("units-converted", "空间编号,年度,获得资本金额（千元）", "{at}0"),
        ("units-converted", "空间编号,年度,获得资本金额", "{at}0千元"),
    ],
)
def test_one_slip_in_a_column_of_forty_figures_is_told_once(
    words: Vocabulary, code: str, header: str, figure: str
) -> None:
    rows = [f"{space_id},2022,{figure.format(at=at)}" for at, space_id in enumerate(FORTY)]
    assert [each.code for each in _problems(words, "\n".join([header, *rows]))] == [code]


@pytest.mark.parametrize(
    ("header", "missing", "unknown"),
    [
        ("空间代号,年度,创业导师", ["space_id"], ["空间代号"]),
        ("空间编号,时间,创业导师", ["year"], ["时间"]),
        ("空间代号,时间,创业导师", ["space_id", "year"], ["空间代号", "时间"]),
    ],
)
def test_a_wrong_key_header_hides_no_other_problem(
    words: Vocabulary, header: str, missing: list[str], unknown: list[str]
) -> None:
    rows = [f"{space_id},2022,约{at}" for at, space_id in enumerate(FORTY)]
    found = _problems(words, "\n".join([header, *rows]))
    by_code = {code: [each.value for each in found if each.code == code] for code in {each.code for each in found}}
    assert by_code.pop("missing-column") == missing
    assert by_code.pop("unknown-column") == unknown
    assert {code: len(values) for code, values in by_code.items()} == {"not-exact": len(FORTY)}


@pytest.mark.parametrize("metric", ["创业导帅", "创业导师（美元）", "专业化集聚度", ""])
def test_one_slip_in_the_name_of_a_metric_of_forty_rows_is_told_once(words: Vocabulary, metric: str) -> None:
    rows = [f"{space_id},2022,{metric},{at}%" for at, space_id in enumerate(FORTY)]
    assert len(_problems(words, "\n".join(["空间编号,年度,指标,数值", *rows]))) == 1


def test_one_space_that_is_unknown_in_forty_rows_is_told_once(words: Vocabulary) -> None:
    rows = [f"X99,{year},mentors,25" for year in range(2021, 2025) for _ in range(10)]
    assert len(_problems(words, "\n".join(["空间编号,年度,指标,数值", *rows]))) == 1


def test_a_remark_below_the_table_is_told_once(words: Vocabulary) -> None:
    assert len(_problems(words, f"{HEADER}创业导师\nS01,2022,25\n注：以上均为年末数,,\n")) == 1


@pytest.mark.parametrize("keys", ["空间编号,年度", "space_id,year", "空间编号 space_id,年度 year"])
def test_a_header_in_the_middle_of_a_table_is_told_once(words: Vocabulary, keys: str) -> None:
    header = f"{keys},创业导师,在孵企业,获投企业"
    table = f"{header}\nS01,2022,25,40,5\n{header}\nS02,2022,25,40,5\n"
    assert [(each.code, each.row) for each in _problems(words, table)] == [("header-again", 3)]


def test_single_percentages_among_counts_are_told_one_by_one(words: Vocabulary) -> None:
    table = f"{HEADER}在孵企业\nS01,2022,40\nS02,2022,70%\nS03,2022,80%\n"
    assert [(each.code, each.row) for each in _problems(words, table)] == [
        ("percentage-for-count", 3),
        ("percentage-for-count", 4),
    ]


def test_all_mistakes_of_a_file_are_told_at_once_errors_first(words: Vocabulary) -> None:
    table = f"{HEADER}创业导师,获投企业\nS01,2022,无,12.5\nX99,2022,25,约5\n合计,,25,5\n"
    assert [(each.code, each.row, each.letter) for each in _problems(words, table)] == [
        ("not-whole", 2, "D"),
        ("unknown-space", 3, "A"),
        ("not-exact", 3, "D"),
        ("none-is-unreported", 2, "C"),
        ("totals-row", 4, None),
    ]


# -- several sheets ----------------------------------------------------------------------------


def test_the_first_of_two_rows_is_named_by_its_sheet_where_that_is_another(words: Vocabulary) -> None:
    rows = [["空间编号", "年度", "创业导师"], ["S01", 2022, 25]]
    (problem,) = _problems(words, _workbook(甲=rows, 乙=rows))
    assert "工作表“甲”第 2 行" in problem.message("zh")
    assert "row 2 of the sheet “甲”" in problem.message("en")


def test_a_row_that_is_there_twice_is_joined_and_told_once(words: Vocabulary) -> None:
    wide = [["空间编号", "年度", "创业导师", "在孵企业"], ["S01", 2022, 25, 40], ["S01", 2022, 25, 40]]
    long = [["空间编号", "年度", "指标", "数值"], ["S02", 2022, "创业导师", 3]]
    assert [each.code for each in _problems(words, _workbook(宽=wide, 长=long))] == ["rows-joined"]


def test_a_figure_told_in_a_wide_and_in_a_long_sheet_is_there_twice(words: Vocabulary) -> None:
    wide = [["空间编号", "年度", "创业导师"], ["S01", 2022, 25]]
    long = [["空间编号", "年度", "指标", "数值"], ["S01", 2022, "创业导师", 26]]
    (problem,) = _problems(words, _workbook(宽=wide, 长=long))
    assert (problem.code, problem.sheet, problem.row, problem.letter) == ("figure-twice", "长", 2, "D")


def test_two_words_about_one_blank_are_a_figure_twice(words: Vocabulary) -> None:
    long = "空间编号,年度,指标,数值,说明\nS01,2022,mentors,,核实中\nS01,2022,mentors,,待补\n"
    assert [each.code for each in _problems(words, long)] == ["figure-twice"]


def test_a_sheet_of_figures_without_a_header_is_not_passed_over(words: Vocabulary) -> None:
    told = _workbook(甲=[["空间编号", "年度", "创业导师"], ["S01", 2022, 25]], 乙=[["S01", 2023, 26]])
    assert [(each.code, each.sheet, each.letter) for each in _problems(words, told)] == [
        ("sheet-without-header", "乙", "A")
    ]


def test_a_hidden_list_of_spaces_to_choose_from_is_passed_over(words: Vocabulary) -> None:
    shown, hidden = [["空间编号", "年度", "创业导师"], ["S01", "2022", "25"]], [["S01"], ["S02"]]
    grids = [Grid("填报", shown), Grid("名单", hidden, hidden=True)]
    assert filings_read.interpret(grids, words, REGISTER, TODAY).problems == []


def test_a_sheet_that_explains_is_passed_over(words: Vocabulary) -> None:
    told = _workbook(填报=[["空间编号", "年度", "创业导师"], ["S01", 2022, 25]], 说明=[["S01 空间S01"], ["请填数字"]])
    assert _figures(words, told) == {("S01", 2022, "mentors"): 25}


def test_a_sheet_is_named_even_where_its_name_stands_in_the_sentence(words: Vocabulary) -> None:
    rows = [["空间编号", "年度", "创业导师"], ["S01", 2019, 25]]
    (problem,) = _problems(words, _workbook(**{"2019": rows}))
    assert problem.message("zh").startswith("工作表“2019”第 2 行 B 列")


# -- near names --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "zh", "en"),
    [
        (f"{HEADER}创业导帅\nS01,2022,25\n", "创业导师", "Start-up mentors"),
        (f"{HEADER}mentrs\nS01,2022,25\n", "创业导师", "Start-up mentors"),
        (f"{HEADER}Start up mentor\nS01,2022,25\n", "创业导师", "Start-up mentors"),
        ("空间编号,年度,指标,数值\nS01,2022,创业导帅,25\n", "创业导师", "Start-up mentors"),
        (f"{HEADER}创业导师\nS001,2022,25\n", "S01 空间S01", "S01 空间S01"),
    ],
)
def test_the_remedy_offers_the_nearest_known_name(words: Vocabulary, table: str, zh: str, en: str) -> None:
    (problem,) = _problems(words, table)
    assert f"“{zh}”" in problem.hint("zh")
    assert en in problem.hint("en")


@pytest.mark.parametrize(
    "header",
    [
        *(
            "未获投企业",
            "非科技型企业",
            "获投企业名称",
            "获投企业金额",
            "在孵企业总收入",
            "拟引进国际企业和团队",
            "导师",
        ),
        *("间接投资企业", "市外同品牌众创空间", "Firms that did not obtain investment", "Firms without investment"),
    ],
)
def test_a_name_that_means_another_thing_is_likened_to_none(words: Vocabulary, header: str) -> None:
    for table in (f"{HEADER}{header}\nS01,2022,5\n", f"空间编号,年度,指标,数值\nS01,2022,{header},5\n"):
        (problem,) = _problems(words, table)
        assert problem.code in ("unknown-column", "unknown-metric")
        assert "nearest" not in problem.hint("en")


# -- evidence and notes ------------------------------------------------------------------------


def test_a_note_is_kept_sign_for_sign(words: Vocabulary) -> None:
    told = _understood(words, f"{HEADER}创业导师,创业导师说明\nS01,2022,25,见附件（①）：10²㎡\n")
    assert list(told.observations["note"]) == ["见附件（①）：10²㎡"]


@pytest.mark.parametrize("blank", ["", "-", "—", "/", "N/A", "暂无", "未填"])
def test_a_note_that_says_nothing_is_none(words: Vocabulary, blank: str) -> None:
    told = _understood(words, f"{HEADER}创业导师,创业导师说明\nS01,2022,25,{blank}\n")
    assert told.observations["note"].isna().all()


@pytest.mark.parametrize(
    ("below_header", "behind_row"),
    [("", ","), ("x" + "," * (MOST_COLUMNS - 1) + "\n", "")],
    ids=["a delimiter behind every row", "one row of all columns"],
)
def test_a_table_of_odd_shape_costs_what_its_cells_cost(words: Vocabulary, below_header: str, behind_row: str) -> None:
    many = [f"S{number:05}" for number in range(10_000)]
    register = Register(dict.fromkeys(many, ""), dict.fromkeys(many, frozenset({2023})), {})

    def seconds(below_header: str, behind_row: str) -> float:
        rows = "".join(f"{space_id},2023,20{behind_row}\n" for space_id in many)
        grids = read(f"space_id,year,mentors{behind_row}\n{below_header}{rows}".encode(), "file")
        started = time.thread_time()
        assert len(filings_read.interpret(grids, words, register, TODAY).filings) == len(many)
        return time.thread_time() - started

    plain = min(seconds("", "") for _ in range(3))
    # Twenty times and more, where every row was looked at once for each other row or for each column.
    assert seconds(below_header, behind_row) < 5 * plain


def test_near_names_are_looked_up_for_the_first_unknown_ones_alone(words: Vocabulary) -> None:
    rows = "".join(f"S01,2022,创业导帅{number},1\n" for number in range(30))
    problems = _problems(words, f"空间编号,年度,指标,数值\n{rows}")
    assert [bool(problem.details["nearest"]["zh"]) for problem in problems] == [True] * 20 + [False] * 10


def test_a_name_that_is_another_spaces_is_told_in_every_row(words: Vocabulary) -> None:
    rows = "S01,空间S01,2022,1\nS01,空间S02,2023,1\nS02,空间S01,2022,1\nS02,,2023,1\nS02,空 间Ｓ02,2024,1\n"
    told = [
        (each.code, each.row, each.details["registered"])
        for each in _problems(words, f"空间编号,空间名称,年度,创业导师\n{rows}")
    ]
    assert told == [("name-mismatch", 3, "空间S01"), ("name-mismatch", 4, "空间S02")]


def test_of_very_many_problems_the_first_are_told_and_the_rest_counted(
    words: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings, "MOST_OF_A_KIND", 5)
    rows = "".join(f"{space_id},2022,多,-1\n" for space_id in FORTY[:3])
    problems = _problems(words, f"空间编号,年度,创业导师,专业化导师\n{rows}")
    assert [each.code for each in problems] == ["not-a-number", "negative"] * 3
    rows = "".join(f"{space_id},2022,多,少\n" for space_id in FORTY[:7])
    problems = _problems(words, f"空间编号,年度,创业导师,专业化导师\n{rows}")
    assert [(each.code, each.row, each.letter) for each in problems] == [
        *(("not-a-number", row, "C") for row in range(2, 7)),
        ("more-of-a-kind", 7, "C"),
    ]
    assert problems[-1].severity == "error"
    assert "共 14 处" in problems[-1].message("zh")
    assert "“多”" in problems[-1].message("zh")
