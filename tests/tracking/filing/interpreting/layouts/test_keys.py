"""Which space and year figures are of, where it stands outside the table."""

import pytest

from tests.tracking.filing.interpreting.layouts.about import (
    FILED,
    FORM,
    OURS,
    REGISTER,
    TODAY,
    Rows,
    codes,
    figures,
    read,
)
from tracking.filing.choices import NONE, Choices
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("heading", "sheet", "chosen"),
    [
        ([["空间编号：SL00001", "", "年度：2024"]], None, NONE),
        ([["空间编号：SL00001，年度：2024"]], None, NONE),
        ([["空间编号：SL00001    年度：2024    填报人：张三"]], None, NONE),
        ([["（年度： 2024　众创空间名称： 银杏众创）"]], None, NONE),
        ([["空间编号：SL00001（年度：2024）"]], None, NONE),
        ([["空间编号：SL00001/年度：2024"]], None, NONE),
        ([["空间编号：SL00001　年度：2024年　单位负责人：张三"]], None, NONE),
        ([["空间编号", "SL00001", "", "年度", "2024年度"]], None, NONE),
        ([["2024年度众创空间填报表"], ["空间编号：SL00001"]], None, NONE),
        ([["二〇二四年度众创空间填报表"], ["众创空间名称：银杏众创"]], None, NONE),
        ([["银杏众创2024年度填报表"]], None, NONE),
        ([["众创空间年度填报表"], [], ["填报单位：银杏众创", "", "", "", "2024年度"], []], None, NONE),
        ([["众创空间年度填报表"]], "SL00001_2024", NONE),
        ([["众创空间年度填报表（2024年度）"]], "SL00001", NONE),
        ([["空间编号：SL00001"]], "2024年", NONE),
        ([["2024年度"]], "银杏众创", NONE),
        ([["空间编号：SL00001"]], None, Choices(year=2024)),
        ([["年度：2024"], ["填报日期：2025年3月1日", "", "表号：三化1表"]], None, Choices(space="SL00001")),
        ([["沪科发〔2023〕12号"], ["填报日期：2025年3月1日"]], None, Choices(space="SL00001", year=2024)),
    ],
)
def test_one_space_s_form_is_read_wherever_its_space_and_year_stand(
    words: Vocabulary, heading: Rows, sheet: str | None, chosen: Choices
) -> None:
    told = read(words, [*heading, *FORM], sheet, choices=chosen)
    assert (codes(told), figures(told)) == ([], FILED)
    assert [each.layout for each in told.understood] == ["form"]
    assert "column-of-another-year" in codes(told, "warning")


def test_a_title_page_says_whose_figures_the_other_sheets_have(words: Vocabulary) -> None:
    cover = Grid("封面", [["众创空间年度填报表"], ["空间编号", OURS], ["年度", "2024"]])
    told = filings_read.interpret([cover, Grid("表一", [list(row) for row in FORM])], words, REGISTER, TODAY)
    assert (codes(told), figures(told)) == ([], FILED)
    assert (told.understood[0].space_from, told.understood[0].year_from) == ("cover", "cover")


@pytest.mark.parametrize(
    ("sheet", "rows", "warnings"),
    [
        ("2023", [[OURS, "2024", "6"]], ["sheet-named-otherwise"]),
        ("2023年度", [["SL00002", "2024", "6"], [OURS, "2022", "5"]], ["sheet-named-otherwise"]),
        ("sl00002", [[OURS, "2024", "6"]], ["sheet-named-otherwise"]),
        ("SL00002_2023", [[OURS, "2024", "6"]], ["sheet-named-otherwise"] * 2),
        # One row is enough to be named for; what else a name says may be of another year, as 2025年申报 is.
        ("2023", [[OURS, "2024", "6"], [OURS, "2023年", "5"]], []),
        ("2025年申报", [[OURS, "2024", "6"]], []),
        ("Sheet1", [[OURS, "2024", "6"]], []),
    ],
)
def test_a_sheet_named_for_a_year_or_a_space_that_no_row_is_of_is_told(
    words: Vocabulary, sheet: str, rows: Rows, warnings: list[str]
) -> None:
    told = read(words, [["空间编号", "年度", "获投企业"], *rows], sheet)
    assert (codes(told), codes(told, "warning"), len(figures(told))) == ([], warnings, len(rows))
