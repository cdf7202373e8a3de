"""What is passed over in a table is listed in one warning; what it says of the figures counts all the same."""

import pytest

from tests.tracking.filing.interpreting.about import codes, figures, understood
from tracking.filing.interpreting import passed_over
from tracking.filing.interpreting.findings import Findings
from tracking.filing.interpreting.layouts.made import Passed
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import PassedOver, Table
from tracking.policy.vocabulary import Vocabulary

TABLE = "空间编号,年度,获投企业\nS01,2022,5\n"


def test_all_of_it_is_told_in_one_warning(words: Vocabulary) -> None:
    table = "序号,空间编号,年度,获投企业,备注,提交时间\n1,S01,2022,5,已核,2025-03-01\n,填报人：,王某,,,\n"
    found = understood(words, table)
    (problem,) = found.problems
    assert (problem.code, problem.severity, figures(found)) == ("passed-over", "warning", {"funded_firms": 5})
    assert all(name in problem.message("zh") for name in ("序号", "备注", "提交时间", "填报人："))
    assert [each.cell for each in found.passed_over] == ["A1", "E1", "F1", "A3"]


@pytest.mark.parametrize(
    "table",
    [
        "空间编号,年度,获投企业,电话\nS01,2022,5,13800138000\n",
        f"{TABLE}填报人：王某,联系电话：,13800138000\n",
    ],
)
def test_a_mobile_number_in_what_is_passed_over_is_refused_all_the_same(words: Vocabulary, table: str) -> None:
    assert codes(understood(words, table)) == ["personal-data"]


def test_the_telephone_of_an_office_is_not(words: Vocabulary) -> None:
    assert codes(understood(words, "空间编号,年度,获投企业,电话\nS01,2022,5,021-55550000\n")) == []


def test_a_remark_under_a_group_is_passed_over_too(words: Vocabulary) -> None:
    found = understood(words, ",,其他情况,\n空间编号,年度,获投企业,备注\nS01,2022,5,已核\n")
    assert (codes(found), [each.cell for each in found.passed_over]) == ([], ["D2"])


def test_columns_are_listed_before_rows_and_rows_from_top_to_bottom() -> None:
    rows = [["序号", "年度"], ["1", "2022"], ["填报人", ""]]
    table = Table(
        Grid("填报", rows), 0, 1, rows[0], passed_over=[PassedOver("填报人", row=2), PassedOver("序号", column=0)]
    )
    listed = passed_over.listed(table, [Passed("表头", 1, "C")])
    assert [each.cell for each in listed] == ["A1", "C1", "A3"]


def test_no_more_than_twelve_are_named_and_all_are_counted() -> None:
    findings = Findings(Table(Grid("填报", [["a"]]), 0, 1, ["a"]))
    passed_over.tell(findings, [Passed(f"第{number}项", number, "A") for number in range(1, 14)])
    (problem,) = findings.problems.all()
    assert ("第12项" in problem.message("zh"), "第13项" in problem.message("zh")) == (True, False)
    assert "13" in problem.message("zh")
