"""Letters as white as the page, or of the colour behind them, are seen by nobody; white ones on a dark header are."""

from xml.etree import ElementTree

import pytest

from tracking.filing.spreadsheets import xlsx_inks

SOLID = '<fill><patternFill patternType="solid"><fgColor {}/></patternFill></fill>'
NONE = '<fill><patternFill patternType="none"/></fill>'
HATCHED = '<fill><patternFill patternType="gray125"/></fill>'


@pytest.mark.parametrize(
    ("ink", "fill", "unseen"),
    [
        ('<color rgb="FFFFFFFF"/>', NONE, True),
        ('<color rgb="FFFEFEFE"/>', NONE, True),
        ('<color theme="0"/>', NONE, True),
        ('<color indexed="9"/>', SOLID.format('rgb="FFFFFFFF"'), True),
        ('<color rgb="FF1F5F8B"/>', SOLID.format('rgb="FF1F5F8B"'), True),
        ('<color theme="4" tint="0.5"/>', SOLID.format('theme="4" tint="0.5"'), True),
        ("", SOLID.format('rgb="FF000000"'), True),
        ('<color rgb="FFFFFFFF"/>', SOLID.format('rgb="FF1F5F8B"'), False),
        ('<color theme="0" tint="-0.5"/>', NONE, False),
        ('<color rgb="FFFFFFFF"/>', HATCHED, False),
        ('<color rgb="none"/>', NONE, False),
        ("", NONE, False),
    ],
)
def test_letters_and_what_is_behind_them(ink: str, fill: str, unseen: bool) -> None:
    letters = xlsx_inks.ink(ElementTree.fromstring(f"<font><b/>{ink}</font>"))
    assert (letters == xlsx_inks.ground(ElementTree.fromstring(fill))) == unseen
