"""Whose figures a table is: what its heading, its sheet's name and a choice state, and which of them counts."""

import pytest

from tracking.filing.enrolled import Register
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.layouts import headings
from tracking.filing.interpreting.layouts.headings import Headings
from tracking.filing.interpreting.layouts.sheets import View
from tracking.filing.interpreting.layouts.signs import Signs
from tracking.filing.spreadsheets.grids import Grid
from tracking.policy.vocabulary import Vocabulary

SPACES = {"SL00001": "银杏众创", "SL00002": "海棠空间"}


@pytest.fixture(scope="module")
def signs(words: Vocabulary) -> Signs:
    return Signs(Words(words), Register(names=SPACES, years={}, enrolments={}))


def stated(
    signs: Signs, *rows: list[str], sheet: str = "", space: str | None = None, year: int | None = None
) -> tuple[dict[str, str], list[str]]:
    """The space and the year that count, and what something else says otherwise."""
    of_sheet = Headings(signs, sheet, (), space, year)
    found = of_sheet.around(View(Grid(sheet or None, [list(row) for row in rows]), signs), range(len(rows)))
    both = {code: of_sheet.of(code, found) for code in ("space_id", "year")}
    counts = {code: of_sheet.value(first) for code, (first, _) in both.items() if first}
    return counts, [of_sheet.value(other) for _, other in both.values() if other]


BOTH = {"space_id": "SL00001", "year": "2024"}


@pytest.mark.parametrize(
    "rows",
    [
        [["空间编号：SL00001，年度：2024"]],
        [["空间编号", "sl00001", "年度", "2024年"]],
        [["众创空间名称：银杏众创（年度：2024）"]],
        [["银杏众创2024年度数据填报表"]],
        [["SL00001 二〇二四年年报", ""], ["填报日期", "2025-03-01"]],
        [["空间编号：SL00001"], ["2024年度年报", "联系电话", "13800001999"]],
    ],
)
def test_a_heading_states_its_space_and_its_year(signs: Signs, rows: list[list[str]]) -> None:
    assert stated(signs, *rows) == (BOTH, [])


@pytest.mark.parametrize(
    "rows",
    [
        [["2022—2024年对比表"]],
        [["2021、2022年数据"]],
        [["年度：2021和2022"]],
        [["年度：2021、2022年"]],
        [["2024年评估材料"]],
        [["成立年份", "2015"]],
        [["沪科规〔2024〕5号"]],
        [["银杏众创与海棠空间"]],
    ],
)
def test_what_is_of_no_year_or_of_two_states_none(signs: Signs, rows: list[list[str]]) -> None:
    assert stated(signs, *rows) == ({}, [])


def test_what_is_labelled_goes_before_a_title_and_that_before_the_sheet_and_a_choice(signs: Signs) -> None:
    rows = (["2023年度年报"], ["年度：2024"])
    assert stated(signs, *rows, sheet="2022", year=2021) == ({"year": "2024"}, ["2023"])
    assert stated(signs, rows[0], sheet="2022", year=2021) == ({"year": "2023"}, ["2022"])
    assert stated(signs, ["年报"], sheet="SL00002_2022", year=2021) == (
        {"space_id": "SL00002", "year": "2022"},
        ["2021"],
    )
    assert stated(signs, ["年报"], space="SL00001", year=2024) == (BOTH, [])


def test_a_heading_holds_on_until_another_says_otherwise(signs: Signs) -> None:
    rows = [["空间编号：SL00001，年度：2023"], ["表一"], ["年度：2024"], ["2021、2022年"]]
    view, of_sheet = View(Grid(None, rows), signs), Headings(signs, None, (), None, None)

    def at(row: int) -> list[str]:
        found = of_sheet.around(view, [row])
        return [of_sheet.value(first) for code in ("space_id", "year") if (first := of_sheet.of(code, found)[0])]

    assert [at(row) for row in (0, 1, 2)] == [["SL00001", "2023"], ["SL00001", "2023"], ["SL00001", "2024"]]
    # A year is mentioned that is not understood: the earlier one holds no longer.
    assert at(3) == ["SL00001"]


def test_a_cover_counts_where_a_sheet_itself_says_nothing(signs: Signs) -> None:
    cover = headings.cover(View(Grid("封面", [["空间编号：SL00001"], ["2024年度"]]), signs), signs)
    assert [(each.code, each.text, each.sheet) for each in cover] == [("space_id", "SL00001", "封面")]
    for rows, space in ((["年度：2024"], "SL00001"), (["空间编号：SL00002"], "SL00002")):
        of_sheet = Headings(signs, None, cover, None, None)
        first, other = of_sheet.of("space_id", of_sheet.around(View(Grid(None, [rows]), signs), [0]))
        assert (first and of_sheet.value(first), other) == (space, None)


def test_the_pieces_of_a_title_are_what_may_name_a_space() -> None:
    assert headings.pieces("银杏众创2024年度") == ["银杏众创2024年度", "银杏众创"]
    assert "SL00001" in headings.pieces("SL00001_2024")
