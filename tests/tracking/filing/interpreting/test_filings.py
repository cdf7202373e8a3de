"""What a table says as a whole: headers in every spelling, one slip told once, nothing passed over unseen."""

import time

import pytest

from tests.tracking.filing.interpreting.about import workbook
from tests.tracking.filing.interpreting.forty import (
    HEADER,
    TODAY,
    figures,
    problems,
    understood,
)
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.spreadsheets.grids import MOST_COLUMNS, read
from tracking.policy.vocabulary import Vocabulary


def test_a_space_and_a_year_merged_over_rows_are_meant_in_each(words: Vocabulary) -> None:
    rows = [["空间编号", "年度", "指标", "数值"], ["S01", 2022, "创业导师", 25], [None, None, "获投企业", 5]]
    told = {("S01", 2022, "mentors"): 25, ("S01", 2022, "funded_firms"): 5}
    assert figures(words, workbook(rows, "A2:A3", "B2:B3")) == told


def test_a_share_with_its_unit_in_the_header_is_told_the_two_counts_to_give(words: Vocabulary) -> None:
    (problem,) = problems(words, f"{HEADER}专业化集聚度（%）\nS01,2022,70\n")
    assert problem.code == "share-column"
    assert "“本专业在孵企业”和“在孵企业”" in problem.hint("zh")


def test_what_the_eye_cannot_see_in_a_name_is_shown(words: Vocabulary) -> None:
    (problem,) = problems(words, f"{HEADER}创业导师\n\u202eX99\u200b,2022,25\n")
    assert "⟨U+202E⟩X99⟨U+200B⟩" in problem.message("zh")


def test_all_mistakes_of_a_file_are_told_at_once_errors_first(words: Vocabulary) -> None:
    table = f"{HEADER}创业导师,获投企业\nS01,2022,无,12.5\nX99,2022,25,约5\n合计,,25,5\n"
    assert [(each.code, each.row, each.letter) for each in problems(words, table)] == [
        ("not-whole", 2, "D"),
        ("unknown-space", 3, "A"),
        ("not-exact", 3, "D"),
        ("none-is-unreported", 2, "C"),
        ("totals-row", 4, None),
    ]


def test_a_note_is_kept_sign_for_sign(words: Vocabulary) -> None:
    told = understood(words, f"{HEADER}创业导师,创业导师说明\nS01,2022,25,见附件（①）：10²㎡\n")
    assert list(told.observations["note"]) == ["见附件（①）：10²㎡"]


@pytest.mark.parametrize("blank", ["", "-", "—", "/", "N/A", "暂无", "未填"])
def test_a_note_that_says_nothing_is_none(words: Vocabulary, blank: str) -> None:
    told = understood(words, f"{HEADER}创业导师,创业导师说明\nS01,2022,25,{blank}\n")
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


def test_a_name_that_is_another_spaces_is_told_in_every_row(words: Vocabulary) -> None:
    rows = "S01,空间S01,2022,1\nS01,空间S02,2023,1\nS02,空间S01,2022,1\nS02,,2023,1\nS02,空 间Ｓ02,2024,1\n"
    told = [
        (each.code, each.row, each.details["registered"])
        for each in problems(words, f"空间编号,空间名称,年度,创业导师\n{rows}")
    ]
    assert told == [("name-mismatch", 3, "空间S01"), ("name-mismatch", 4, "空间S02")]
