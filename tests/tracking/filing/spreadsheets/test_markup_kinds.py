"""Whether a file is markup, by how it begins."""

import pytest

from tracking.filing.spreadsheets.markup_kinds import is_archive, is_markup

ARCHIVE = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n"


@pytest.mark.parametrize(
    ("content", "markup", "archive"),
    [
        (b"<html>", True, False),
        (b"\xef\xbb\xbf \r\n<?xml ?>", True, False),
        ("<table>".encode("utf-16"), True, False),
        (ARCHIVE, True, True),
        (ARCHIVE.replace(b"related", b"mixed"), False, False),
        (b"From,To\r\nmultipart/related,1", False, False),
        (b"S01,<5", False, False),
    ],
)
def test_a_file_is_known_by_its_first_signs(content: bytes, markup: bool, archive: bool) -> None:
    assert (is_markup(content), is_archive(content)) == (markup, archive)
