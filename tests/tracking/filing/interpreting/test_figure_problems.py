"""What is told of figures: each cell by itself, or once where all figures of a metric have the same slip."""

from tests.tracking.filing.interpreting.about import codes, figures, understood, workbook
from tracking.policy.vocabulary import Vocabulary


def test_a_figure_in_merged_rows_is_of_nobody(words: Vocabulary) -> None:
    rows = [["空间编号", "年度", "获投企业", "创业导师"], ["S01", 2022, 5, 20], ["S02", 2022, None, 10]]
    found = understood(words, workbook(rows, "C2:C3"))
    (problem,) = [each for each in found.problems if each.severity == "error"]
    assert (problem.code, problem.details["cells"]) == ("merged-figure", "C2:C3")
    # Merged with blank columns beside it alone, it is whose the row is.
    wide = [["空间编号", "年度", "获投企业"], ["S01", 2022, 5]]
    assert figures(understood(words, workbook(wide, "C2:D2"))) == {"funded_firms": 5}


def test_a_slip_of_all_figures_of_a_metric_is_told_once_with_their_number(words: Vocabulary) -> None:
    (problem,) = understood(words, "space_id,year,capital_raised\nS01,2022,12000千元\nS02,2022,9000千元\n").problems
    assert (problem.code, problem.row, problem.details["figures"]) == ("units-converted", 2, 2)
    # Beside one that has it not, each is told at its own cell.
    mixed = understood(words, "space_id,year,capital_raised\nS01,2022,12000千元\nS02,2022,900\nS01,2021,8000千元\n")
    assert [(each.code, each.row) for each in mixed.problems] == [("unit-converted", 2), ("unit-converted", 4)]


def test_personal_data_in_a_word_of_explanation_is_refused_and_not_shown_again(words: Vocabulary) -> None:
    (problem,) = understood(words, "space_id,year,mentors,mentors_note\nS01,2022,20,问 13800138000\n").problems
    assert (problem.code, problem.value, problem.letter) == ("personal-data", "***", "D")
    assert "13800138000" not in problem.message("zh") + problem.hint("zh")


def test_a_share_is_never_filed(words: Vocabulary) -> None:
    found = understood(words, "space_id,year,mentors,ip_share\nS01,2022,20,0.5\n")
    assert [code for code in codes(found) if "share" in code]
    assert "ip_share" not in figures(found)
