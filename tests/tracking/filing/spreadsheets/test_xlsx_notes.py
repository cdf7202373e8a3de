"""What stands on a sheet of an .xlsx and in none of its cells, with the cell that it is at."""

import io
import zipfile
from xml.etree import ElementTree

from tracking.filing.spreadsheets import xlsx_notes
from tracking.filing.spreadsheets.sheets import OF_THE_FILE, OF_THE_PAGE, Note

SHEET = "xl/worksheets/sheet1.xml"
RELATED = """<Relationships>
<Relationship Type="http://x/comments" Target="../comments1.xml"/>
<Relationship Type="http://x/drawing" Target="/xl/drawings/drawing1.xml"/>
<Relationship Type="http://x/hyperlink" Target="../elsewhere.xml"/>
</Relationships>"""
COMMENTS = '<comments><comment ref="AB3"><text><r><t>单位：</t></r><t>千元</t></text></comment></comments>'
DRAWING = """<wsDr><anchor><from><col>4</col><row>6</row></from><sp>
<p><r><t>本表为</t></r></p><p><t>计划数</t></p></sp></anchor>
<anchor><from><col>0</col><row>0</row></from><pic/></anchor></wsDr>"""


def archive(**parts: str) -> zipfile.ZipFile:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return zipfile.ZipFile(out)


def test_comments_and_boxes_are_found_by_what_the_sheet_is_related_to() -> None:
    related = {"xl/worksheets/_rels/sheet1.xml.rels": RELATED, "xl/comments1.xml": COMMENTS}
    with archive(**related, **{"xl/drawings/drawing1.xml": DRAWING}) as file:
        found = list(xlsx_notes.of(file, SHEET, b"<worksheet/>"))
    assert found == [Note("单位：千元", 2, 27), Note("本表为\n计划数", 6, 4)]


def test_heads_of_the_page_and_what_is_said_to_who_types_are_notes() -> None:
    sheet = (
        '<dataValidation sqref="C2:C9" prompt="单位&lt;千元&gt;" error="只填整数"/>'
        '<oddHeader>&amp;R&amp;"宋体,Bold"计划</oddHeader>'
    )
    with archive() as file:
        found = list(xlsx_notes.of(file, SHEET, sheet.encode()))
    assert found == [Note("计划", OF_THE_PAGE, OF_THE_PAGE), Note("单位<千元>", 1, 2), Note("只填整数", 1, 2)]


def test_of_the_properties_what_a_person_writes_is_a_note_and_no_name() -> None:
    properties = "<core><title>单位：千元</title><creator>张三</creator><keywords> </keywords></core>"
    assert list(xlsx_notes.said_of_itself(ElementTree.fromstring(properties))) == [
        Note("单位：千元", OF_THE_FILE, OF_THE_FILE)
    ]
    with archive(**{"docProps/core.xml": "<core>"}) as file:
        assert list(xlsx_notes.of_the_file(file)) == []
