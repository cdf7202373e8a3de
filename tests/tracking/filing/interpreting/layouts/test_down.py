"""Metrics down, years or spaces across."""

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    FIRMS,
    OURS,
    Rows,
    codes,
    figures,
    read,
)
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("rows", "layout"),
    [
        ([["指标", "2023年", "2024年"], ["空间编号", OURS, OURS], ["获投企业", "5", "6"]], "transposed"),
        ([["空间编号", OURS, OURS], ["年度", "2023", "2024"], ["获投企业", "5", "6"]], "transposed"),
        ([["年度", "2023", "2024"], ["空间编号", OURS, OURS], ["获投企业（家）", "5", "6"]], "transposed"),
        ([["空间编号：SL00001"], ["指标", "单位", "2023年度", "2024年度"], ["获投企业", "家", "5", "6"]], "transposed"),
        ([["空间编号", OURS], ["序号", "项目", "2023", "2024"], ["1", "获投企业", "5", "6"]], "transposed"),
        ([["空间编号", "指标", "2023年", "2024年"], [OURS, "获投企业", "5", "6"]], "transposed"),
        ([["空间编号", OURS], ["年度", "获投企业"], ["2023", "5"], ["2024", "6"]], "wide"),
    ],
)
def test_years_across_are_years_of_one_space(words: Vocabulary, rows: Rows, layout: str) -> None:
    told = read(words, rows)
    assert (codes(told), figures(told)) == ([], {(OURS, 2023, FIRMS): 5, (OURS, 2024, FIRMS): 6})
    assert [each.layout for each in told.understood] == [layout]


@pytest.mark.parametrize(
    ("rows", "sheet"),
    [
        ([["年度：2024"], ["指标", "SL00001", "SL00002"], ["获投企业", "5", "6"]], None),
        ([["2024年度汇总表"], ["指标", "银杏众创", "海棠创客空间（集团）"], ["获投企业", "5", "6"]], None),
        ([["空间编号", "SL00001", "SL00002"], ["获投企业", "5", "6"]], "2024年度"),
        ([["空间编号", "SL00001", "SL00002"], ["年度", "2024", ""], ["获投企业", "5", "6"]], None),
        ([["空间编号", "获投企业"], ["SL00001", "5"], ["SL00002", "6"]], "2024"),
        ([["2024年度填报汇总"], ["空间编号", "获投企业"], ["SL00001", "5"], ["SL00002", "6"], ["合计", "11"]], None),
        (
            [["年度：2024"], ["空间编号", "指标", "数值"], ["SL00001", "获投企业", "5"], ["SL00002", "获投企业", "6"]],
            None,
        ),
    ],
)
def test_spaces_across_or_down_are_of_one_year(words: Vocabulary, rows: Rows, sheet: str | None) -> None:
    merged = tuple((row, 1, row, 2) for row, texts in enumerate(rows) if texts[0] == "年度" and len(texts) == 3)
    told = read(words, rows, sheet, merged)
    assert (codes(told), figures(told)) == ([], {("SL00001", 2024, FIRMS): 5, ("SL00002", 2024, FIRMS): 6})
