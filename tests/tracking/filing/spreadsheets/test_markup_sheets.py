"""Texts that are spreadsheets of another kind: by what they say that they are, in the encoding that they name."""

import pytest

from tracking.filing.spreadsheets import markup_sheets
from tracking.filing.spreadsheets.sheets import Limits, UnreadableError

TABLE = "<table><tr><td>{}</td></tr></table>"


def sheets(content: bytes) -> list[tuple[object, object]]:
    return [(each["sheet"], each["rows"]) for each in markup_sheets.sheets(content, Limits(100, 1_000, 1_000))]


def archive(*parts: tuple[str, str]) -> bytes:
    """Pages with their parts in one file, each with its kind."""
    inside = "".join(f"--x\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{text}\r\n" for kind, text in parts)
    return f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n{inside}--x--\r\n".encode()


def test_every_page_of_an_archive_is_a_sheet_by_its_name() -> None:
    names = "<x:Name>甲</x:Name><x:Name>乙</x:Name>"
    pages = [("text/html", names), ("text/html", TABLE.format("5")), ("text/html", TABLE.format("6"))]
    assert sheets(archive(*pages)) == [("甲", [["5"]]), ("乙", [["6"]])]
    # As many names as pages, or none of them counts.
    assert [name for name, _ in sheets(archive(("text/html", "<x:Name>甲</x:Name>"), *pages[1:]))] == ["1", "2"]


def test_a_style_sheet_beside_a_page_strikes_its_text_through() -> None:
    style = ("text/css", ".old {text-decoration:line-through}")
    page = "<table><tr><td><span class=old>5</span>6</td></tr></table>"
    assert sheets(archive(("text/html", page), style)) == [("1", [["6"]])]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive(("text/html", "<p>登录</p>")), "file-not-a-spreadsheet"),
        (b"<meta charset=klingon><table>", "file-encoding"),
        ("<meta charset=ascii><table><td>导师</table>".encode(), "file-encoding"),
    ],
)
def test_what_is_none_or_names_a_wrong_encoding_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        sheets(content)
    assert refused.value.code == code
