"""XML of Excel 2003 as a person sees it."""

import pytest

from tests.limits import refused
from tracking.filing.spreadsheets import grids
from tracking.filing.spreadsheets.grids import Grid

XML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40"><Styles>'
    '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="q"><NumberFormat ss:Format="0&quot;千元&quot;"/></Style>'
    '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style></Styles>'
    '<Worksheet ss:Name="填报"><Table><Column ss:Index="3" ss:Hidden="1"/>{}</Table></Worksheet></Workbook>'
)


def _page(markup: str) -> Grid:
    (grid,) = grids.read(markup.encode(), "filing.xls")
    return grid


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


def test_what_stands_in_no_cell_is_told_with_its_place() -> None:
    comment = (
        '<Row><Cell><Data ss:Type="Number">5</Data><Comment><ss:Data>单位：<B>千元</B></ss:Data></Comment></Cell></Row>'
    )
    head = '</Table><WorksheetOptions xmlns:x="x"><PageSetup><Header x:Data="&amp;R家"/></PageSetup></WorksheetOptions>'
    title = "<DocumentProperties><Title>计划</Title></DocumentProperties><Worksheet"
    markup = XML.format(comment).replace("</Table>", head).replace("<Worksheet", title, 1)

    assert [(note.text, note.row, note.column) for note in _page(markup).notes[:-1]] == [
        ("计划", -2, -2),
        ("家", -1, -1),
        ("单位：千元", 0, 0),
    ]


def test_entities_are_not_followed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + XML.format("<Row><Cell><Data>&a;</Data></Cell></Row>")

    assert refused(bomb.encode(), "filing.xls").code == "file-broken"


@pytest.mark.parametrize("kept", [0.6, 0.99])
def test_xml_cut_off_is_broken(kept: float) -> None:
    whole = XML.format('<Row><Cell><Data ss:Type="String">S01</Data></Cell></Row>')

    assert refused(whole[: int(len(whole) * kept)].encode(), "filing.xls").code == "file-broken"
