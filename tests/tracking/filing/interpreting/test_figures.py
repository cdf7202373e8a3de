"""The cells under metrics: which are figures, whose, and in which unit; none is taken for what it may not be."""

import pytest

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


def test_evidence_without_a_figure_explains_a_blank_and_is_none(words: Vocabulary) -> None:
    found = understood(words, "space_id,year,mentors,registered_in_city_evidence\nS01,2022,20,执照\n")
    assert codes(found) == []
    rows = found.observations.set_index("metric")
    assert rows.loc["registered_in_city", "evidence"] == "执照"
    assert rows["value"].isna().to_dict() == {"mentors": False, "registered_in_city": True}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("S01,2022,上年获投企业,5", "qualified-row"),
        ("S01,2022,获投企业（计划）,5", "qualified-row"),
        ("S01,2022,获投厂商,5", "unknown-metric"),
        ("S01,2022,,5", "missing-metric"),
    ],
)
def test_a_row_that_names_no_metric_of_its_year_gives_no_figure(words: Vocabulary, rows: str, code: str) -> None:
    found = understood(words, f"空间编号,年度,指标,数值\nS01,2022,创业导师,20\n{rows}\n")
    assert (codes(found), figures(found)) == ([code], {"mentors": 20})


def test_each_row_of_a_long_table_has_its_own_unit(words: Vocabulary) -> None:
    table = "空间编号,年度,指标,数值,单位\nS01,2022,获得资本金额,12000,千元\nS01,2021,获得资本金额,0.09,亿元\n"
    found = understood(words, table)
    assert codes(found) == []
    values = {int(row.year): row.value / 10_000 for row in found.observations.itertuples()}
    assert values == {2022: 1200, 2021: 900}


def test_a_share_is_never_filed(words: Vocabulary) -> None:
    found = understood(words, "space_id,year,mentors,ip_share\nS01,2022,20,0.5\n")
    assert [code for code in codes(found) if "share" in code]
    assert "ip_share" not in figures(found)
