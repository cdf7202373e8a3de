"""Several tables on a sheet."""

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    GROUPED,
    OURS,
    Rows,
    codes,
    figures,
    read,
)
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "rows",
    [
        [
            *[["空间编号：SL00001"], ["一、2023年度"], ["指标", "本年"], ["获投企业", "5"], ["创业导师", "20"], []],
            *[["二、2024年度"], ["指标", "本年"], ["获投企业", "6"], ["创业导师", "25"]],
        ],
        [
            *[["空间编号", "年度", "获投企业"], [OURS, "2023", "5"], [OURS, "2024", "6"], []],
            *[["空间编号", "年度", "创业导师"], [OURS, "2023", "20"], [OURS, "2024", "25"]],
        ],
        [
            *[["空间编号", OURS], ["年度", "2023"], ["获投企业", "5"], ["创业导师", "20"], []],
            *[["空间编号", OURS], ["年度", "2024"], ["获投企业", "6"], ["创业导师", "25"]],
        ],
        [
            *[["空间编号", "年度", "获投企业", "创业导师"], [OURS, "2023", "5", "20"], []],
            *[["空间编号：SL00001"], ["年度：2024"], ["指标", "本年"], ["获投企业", "6"], ["创业导师", "25"]],
        ],
    ],
)
def test_several_tables_on_a_sheet_are_all_read(words: Vocabulary, rows: Rows) -> None:
    told = read(words, rows)
    assert (codes(told), figures(told)) == ([], GROUPED)
    assert len(told.understood) == 2
