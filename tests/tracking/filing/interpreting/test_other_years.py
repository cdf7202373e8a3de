"""The year of an evaluation, of a founding or of a form's edition is never taken for the year of the figures."""

import pytest

from tests.tracking.filing.interpreting.about import codes, figures, understood, workbook
from tracking.policy.vocabulary import Vocabulary

FORM = [["指标名称", "本年"], ["获投企业", 6]]


@pytest.mark.parametrize(
    "label",
    ["评价年度", "申报年度", "填报年度", "成立年份", "入选年度", "起始年度", "Evaluation year", "Year of acceptance"],
)
def test_a_year_behind_another_label_is_not_the_data_s(words: Vocabulary, label: str) -> None:
    for heading in ([label, 2022], [f"{label}：2022年"], [f"众创空间填报表（{label}：2022）"]):
        for form in (FORM, FORM[1:]):
            found = understood(words, workbook([["空间编号", "S01"], heading, *form]))
            assert (figures(found), bool(codes(found))) == ({}, True)


def test_the_data_year_beside_it_counts(words: Vocabulary) -> None:
    rows = [["空间编号", "S01"], ["评价年度", 2023], ["年度", 2022], *FORM]
    found = understood(words, workbook(rows))
    assert (codes(found), figures(found)) == ([], {"funded_firms": 6})


@pytest.mark.parametrize("sheet", ["2022版填报表", "填报表(2022年修订)", "V2022 填报表", "2022年3月填报"])
def test_the_year_of_a_form_in_the_name_of_its_sheet_is_none(words: Vocabulary, sheet: str) -> None:
    found = understood(words, workbook([["空间编号", "获投企业"], ["S01", 6]], title=sheet))
    assert (codes(found), figures(found)) == (["missing-column"], {})


@pytest.mark.parametrize("header", ["评价年度", "填报年度", "Evaluation year"])
def test_no_hint_makes_the_data_year_of_it(words: Vocabulary, header: str) -> None:
    found = understood(words, f"空间编号,{header},获投企业\nS01,2023,6\n")
    hints = [problem.hint("en") for problem in found.problems]
    assert [problem.code for problem in found.problems] == ["missing-column", "unknown-column"]
    assert "do not just give it this name" in hints[0]
    assert "nearest" not in hints[1]
