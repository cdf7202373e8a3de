"""What stands on a sheet of an .ods and in none of its cells: heads of pages without their fields, boxes, comments."""

from xml.etree import ElementTree

from tracking.filing.spreadsheets import ods_notes
from tracking.filing.spreadsheets.sheets import OF_THE_PAGE, Note

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{short}="{_SPACE}{name}:1.0"'
    for short, name in {"table": "table", "text": "text", "o": "office", "style": "style", "draw": "drawing"}.items()
)
STYLES = """<style:master-page style:name="m">
<style:header><text:p>单位：千元</text:p><text:p>第<text:page-number>1</text:page-number>页</text:p></style:header>
<style:footer style:display="false"><text:p>不显示</text:p></style:footer></style:master-page>"""


def element(inside: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<root {SPACES}>{inside}</root>")


def test_the_head_of_a_page_is_of_the_sheets_with_its_style() -> None:
    content = element('<style:style style:name="ta1" style:master-page-name="m"/><style:style style:name="ta2"/>')
    heads = ods_notes.heads(element(STYLES), content)
    assert heads == {"ta1": ["单位：千元", "第页"], "ta2": []}
    (table,) = element(
        '<table:table table:style-name="ta1"><table:shapes>'
        "<draw:frame><text:p>计划</text:p></draw:frame></table:shapes></table:table>"
    )
    texts = ["单位：千元", "第页", "计划"]
    assert list(ods_notes.of_page(table, heads)) == [Note(text, OF_THE_PAGE, OF_THE_PAGE) for text in texts]
    assert ods_notes.heads(None, content) == {}


def test_the_comment_of_a_cell_and_a_box_at_it_are_told_with_its_place() -> None:
    (cell,) = element(
        "<table:table-cell><text:p>5</text:p><o:annotation><text:p>见合同</text:p></o:annotation>"
        "<draw:frame><text:p> </text:p></draw:frame></table:table-cell>"
    )
    assert list(ods_notes.of_cell(cell, 1, 2)) == [Note("见合同", 1, 2)]
