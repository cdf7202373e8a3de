"""Web pages that are called spreadsheets: read as a person sees them, or named as what they are."""

import pytest

from tests.limits import refused
from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import Grid

TABLE = "<table><tr><th>空间编号<th>年度</tr><tr><td>S01</td><td>2024</td></tr></table>"
ROWS = [["空间编号", "年度"], ["S01", "2024"]]


def _page(markup: str, encoding: str = "utf-8") -> Grid:
    (grid,) = grids.read(markup.encode(encoding), "filing.xls")
    return grid


@pytest.mark.parametrize(
    "markup",
    [
        TABLE,
        f"\n<!DOCTYPE html><html><head><title>导出</title><style>td {{color: red}}</style></head><body>{TABLE}</body>",
        f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{TABLE}</body></html>',
        "<TABLE><THEAD><TR><TD>空间<B>编号</B><TD>年度<TBODY><TR><TD> S01&nbsp;<TD><FONT>2024</FONT></TABLE>",
    ],
)
def test_a_web_page_is_read(markup: str) -> None:
    assert [[cell.strip() for cell in row] for row in _page(markup).rows] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_a_web_page_is_read_by_the_encoding_that_it_names(encoding: str) -> None:
    named = encoding.removesuffix("-sig")
    page = f'<html><meta charset="{named}"><table><tr><td>說明<td>年度</table></html>'

    assert _page(page, encoding).rows == [["說明", "年度"]]


def test_cells_that_span_others_are_merged() -> None:
    grid = _page(
        "<table><tr><td rowspan=2>S01<td colspan=2>资金</tr><tr><td>1<td>2</tr><tr><td>S02<td>3<td>4</tr></table>"
    )

    assert grid.rows == [["S01", "资金"], ["", "1", "2"], ["S02", "3", "4"]]
    assert set(grid.merged) == {(0, 0, 1, 0), (0, 1, 0, 2)}


def test_what_stands_over_and_under_a_table_has_rows_of_its_own() -> None:
    grid = _page(f"<h1>填报表</h1><p>单位：千元</p>{TABLE}<p>填报人：张三</p>{TABLE}")

    assert grid.rows == [["填报表"], ["单位：千元"], *ROWS, ["填报人：张三"], *ROWS]
    captioned = TABLE.replace("<tr>", "<caption>单位：<b>千元</b></caption><tr>", 1)
    assert _page(f"<title>计划表</title>{captioned}").rows == [["单位：千元"], *ROWS]
    assert [note.text for note in _page(f"<title>单位：千元</title>{TABLE}").notes] == ["单位：千元", "filing"]


@pytest.mark.parametrize(
    "cell",
    [
        "<td><s>5</s>6",
        "<td><span style='text-decoration: line-through'>5</span>6",
        "<td><font class=font5>5</font>6",
        "<td>6<sup>1</sup>",
        "<td>6<del>5</del>",
    ],
)
def test_struck_text_and_footnotes_of_a_web_page_are_left_out(cell: str) -> None:
    style = "<style>.font5 {color:black; text-decoration:line-through;}</style>"
    grid = _page(f"{style}<table><tr>{cell}</td><td>7</td></tr></table>")

    assert grid.rows == [["6", "7"]]
    assert grid.struck | grid.raised == {(0, 0)}


def test_a_struck_row_of_a_web_page_is_blank_and_a_hidden_one_is_told() -> None:
    grid = _page(
        "<table><tr style='text-decoration:line-through'><td>S01<td>5</tr>"
        "<tr style='display:none'><td>S02<td>6</tr></table>"
    )

    assert grid.rows == [[], ["S02", "6"]]
    assert (grid.struck, grid.hidden_rows) == ({(0, 0), (0, 1)}, {1})


def test_a_number_that_a_web_page_shows_rounded_is_the_number() -> None:
    grid = _page(
        '<table><tr><td x:num="1234.5678">1,234.57<td x:num="0.7">70%<td x:num="12">1.2<td sdval="12">120</table>'
    )

    assert grid.rows == [["1234.5678", "70%", "12⟦1.2", "12⟦120"]]


def test_tables_inside_each_other_are_named_as_that() -> None:
    assert refused(f"<table><tr><td>{TABLE}</table>".encode(), "filing.xls").code == "web-page-nested"


@pytest.mark.parametrize("markup", ["<html><p>登录已过期</p></html>", "<svg/>", "<?xml version='1.0'?><a/>", "<table>"])
def test_a_page_without_a_table_is_no_spreadsheet(markup: str) -> None:
    assert refused(markup.encode(), "filing.xls").code == "file-not-a-spreadsheet"
