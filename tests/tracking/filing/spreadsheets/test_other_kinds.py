"""Spreadsheets of other kinds, whatever they are called: read as a person sees them, or named as what they are."""

import base64
import io
import zipfile
from pathlib import Path

import pytest

from tests.limits import refused
from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.sheets import OF_THE_PAGE, Note

ODD_FILES = Path(__file__).parents[3] / "odd_files"
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


def _archive(*pages: str) -> bytes:
    parts = "".join(
        '--b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{base64.b64encode(page.encode()).decode()}\r\n"
        for page in pages
    )
    return f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n{parts}--b--\r\n'.encode()


def test_a_page_with_its_parts_in_one_file_is_read_sheet_by_sheet() -> None:
    names = "<html><xml><x:Name>填报</x:Name><x:Name>说明</x:Name></xml></html>"

    found = grids.read(_archive(names, TABLE, "<table><tr><td>x</table>"), "filing.xls")

    assert [(grid.sheet, grid.rows) for grid in found] == [("填报", ROWS), ("说明", [["x"]])]


XML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40"><Styles>'
    '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="q"><NumberFormat ss:Format="0&quot;千元&quot;"/></Style>'
    '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style></Styles>'
    '<Worksheet ss:Name="填报"><Table><Column ss:Index="3" ss:Hidden="1"/>{}</Table></Worksheet></Workbook>'
)


def test_xml_of_excel_2003_is_read_as_a_person_sees_it() -> None:
    rows = (
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">表</Data></Cell><Cell ss:Formula="=1+1"/></Row>'
        '<Row ss:Index="3"><Cell><Data ss:Type="Number">1234.5</Data></Cell>'
        '<Cell ss:StyleID="p"><Data ss:Type="Number">0.7</Data></Cell>'
        '<Cell ss:Index="4" ss:StyleID="q"><Data ss:Type="Number">12</Data></Cell></Row>'
        '<Row ss:Hidden="1"><Cell ss:StyleID="s"><Data ss:Type="Number">5</Data></Cell><Cell>'
        '<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><S>5</S>6<Sup>1</Sup></ss:Data></Cell></Row>'
    )

    grid = _page(XML.format(rows))

    assert grid.sheet == "填报"
    assert grid.rows == [["表", "", "=?"], [], ["1234.5", "70%", "", "12千元"], ["", "6"]]
    assert (grid.merged, grid.hidden_columns, grid.hidden_rows) == (((0, 0, 0, 1),), {2}, {3})
    assert (grid.struck, grid.raised) == ({(3, 0), (3, 1)}, {(3, 1)})


def test_entities_are_not_followed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + XML.format("<Row><Cell><Data>&a;</Data></Cell></Row>")

    assert refused(bomb.encode(), "filing.xls").code == "file-broken"


@pytest.mark.parametrize("kept", [0.6, 0.99])
def test_xml_cut_off_is_broken(kept: float) -> None:
    whole = XML.format('<Row><Cell><Data ss:Type="String">S01</Data></Cell></Row>')

    assert refused(whole[: int(len(whole) * kept)].encode(), "filing.xls").code == "file-broken"


def test_an_ods_tells_the_same_as_a_workbook_of_excel() -> None:
    shown, hidden = grids.read((ODD_FILES / "struck_and_raised.ods").read_bytes(), "filing.ods")

    assert [row[:4] for row in shown.rows[:4]] == [
        ["空间编号", "年度", "创业导师", "获投企业"],
        ["S01", "2022", "2", "6"],
        [],
        ["S09", "2022", "2₅"],
    ]
    assert [row[-1] for row in shown.rows[4:] if row] == ["70%", "x", "m", "1234.5", "12000千元", "12000000⟦12000!.0万"]
    assert shown.struck == {(1, 3), *((2, column) for column in range(4)), (3, 3)}
    assert (shown.raised, shown.hidden_rows, shown.hidden_columns) == ({(1, 2)}, {5}, {5})
    assert (shown.merged, hidden.hidden) == (((7, 0, 7, 1),), True)


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_what_stands_in_no_cell_is_told_as_of_a_workbook_of_excel(kind: str) -> None:
    (grid,) = grids.read((ODD_FILES / f"heads_and_boxes.{kind}").read_bytes(), f"filing.{kind}")

    assert {note.text for note in grid.notes} == {"单位：千元", "填报说明", "本表为计划数", "见合同"}
    assert {note.text for note in grid.notes if note.row == OF_THE_PAGE} >= {"单位：千元", "填报说明"}
    assert Note("见合同", 1, 2) in grid.notes
    # A number that is shown as nothing.
    assert grid.rows[2] == ["", "", "6⟦;;;"]


def _ods(rows: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{space}:office:1.0" xmlns:table="{space}:table:1.0"'
            f' xmlns:text="{space}:text:1.0"><table:table table:name="填报">{rows}</table:table></o:document-content>',
        )
    return out.getvalue()


def test_cells_that_an_ods_repeats_cost_no_more_than_the_limit() -> None:
    rows = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="1000"'
        ' o:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )

    assert refused(_ods(rows), "filing.ods").code == "file-too-many-cells"


def test_blank_cells_that_an_ods_repeats_to_the_end_of_the_sheet_are_nothing() -> None:
    cell = (
        '<table:table-cell o:value-type="string"><text:p>x</text:p><o:annotation><text:p>批注</text:p></o:annotation>'
    )
    rows = (
        f'<table:table-row>{cell}</table:table-cell><table:table-cell table:number-columns-repeated="16383"/>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    )

    assert grids.read(_ods(rows), "filing.ods")[0].rows == [["x"]]
