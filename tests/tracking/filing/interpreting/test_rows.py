"""Whose filing a row is: cells that mean the one above, IDs written once, rows that belong together."""

from tests.tracking.filing.interpreting.about import codes, figures, understood
from tracking.policy.vocabulary import Vocabulary


def test_ditto_means_the_cell_above(words: Vocabulary) -> None:
    found = understood(words, "空间编号,年度,获投企业\nS01,2021,5\n同上,2022,〃\n")
    assert (found.problems, figures(found)) == ([], {"funded_firms": 5})


def test_ditto_below_a_row_of_totals_is_no_figure(words: Vocabulary) -> None:
    found = understood(words, "空间编号,年度,获投企业\nS02,2022,5\n合计,,5\nS01,2022,同上\n")
    assert (codes(found), figures(found)) == (["not-a-number"], {})


def test_an_id_in_the_first_row_alone_is_told_once_and_to_fill_it_down_is_safe(words: Vocabulary) -> None:
    header, rows = "空间编号,年度,指标,数值\n", ("获投企业,5", "入驻企业,40", "获得资本金额,1200")
    found = understood(words, f"{header}S01,2022,{rows[0]}\n,,{rows[1]}\n,,{rows[2]}\n")
    assert [(each.code, each.row) for each in found.problems] == [("space-in-first-row", 3)]
    mended = understood(words, header + "".join(f"S01,2022,{row}\n" for row in rows))
    assert (mended.problems, len(figures(mended))) == ([], 3)


def test_zeros_lost_in_front_suggest_exactly_that_space(words: Vocabulary) -> None:
    (problem,) = understood(words, "空间编号,年度,获投企业\n12,2022,5\n").problems
    assert "00012 丙空间" in problem.hint("zh")


def test_rows_about_different_metrics_are_joined(words: Vocabulary) -> None:
    found = understood(words, "空间编号,年度,获投企业,入驻企业\nS01,2022,5,\nS01,2022,,40\n")
    assert (codes(found), codes(found, "warning")) == ([], ["rows-joined"])
    assert figures(found) == {"funded_firms": 5, "resident_firms": 40}


def test_rows_that_contradict_name_both_cells(words: Vocabulary) -> None:
    (problem,) = understood(words, "空间编号,年度,获投企业,入驻企业\nS01,2022,5,40\nS01,2022,6,40\n").problems
    assert (problem.code, problem.row, problem.letter) == ("figure-twice", 3, "C")
    assert "第 2 行 C 列为 5" in problem.message("zh")


def test_a_second_table_whose_columns_nobody_knows_is_named_as_that(words: Vocabulary) -> None:
    found = understood(words, "空间编号,年度,获投企业\nS01,2022,5\n空间编号,时间,企业家数\nS02,2022,40\n")
    assert codes(found) == ["second-table"]
