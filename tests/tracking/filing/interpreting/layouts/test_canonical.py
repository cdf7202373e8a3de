"""Figures from anywhere on a sheet keep their own cells and what stands beside them."""

from tests.tracking.filing.interpreting.layouts.about import (
    LEGAL,
    OURS,
    codes,
    figures,
    read,
)
from tracking.policy.vocabulary import Vocabulary


def test_a_form_s_evidence_stays_with_its_figure(words: Vocabulary) -> None:
    rows = [
        ["空间编号：SL00001，年度：2024"],
        ["指标", "本年", "佐证", "说明"],
        ["本市注册独立法人", "是", "执照", "新证"],
    ]
    told = read(words, rows)
    assert (codes(told), figures(told)) == ([], {(OURS, 2024, LEGAL): 1})
    assert list(told.observations[["evidence", "note"]].iloc[0]) == ["执照", "新证"]


def test_every_figure_and_every_problem_is_told_at_the_person_s_own_cell(words: Vocabulary) -> None:
    rows = [["空间编号：SL00001，年度：2024"], [], ["", "指标", "本年"], ["", "获投企业", "6"], ["", "创业导师", "约5"]]
    told = read(words, rows)
    assert [(row.row, row.letter) for row in told.observations.itertuples()] == [(4, "C")]
    assert [(problem.code, problem.row, problem.letter) for problem in told.problems] == [("not-exact", 5, "C")]
