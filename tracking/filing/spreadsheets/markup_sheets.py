"""Spreadsheets that are texts of another kind, whatever they are called: web pages, pages with their parts in one file,
and XML as Excel 2003 wrote it."""

import codecs
import email
import email.policy
import re
from email.message import EmailMessage
from xml.etree import ElementTree

from tracking.filing.spreadsheets import spreadsheet_xml, web_pages
from tracking.filing.spreadsheets.encodings import NotTextError, decode
from tracking.filing.spreadsheets.markup_kinds import is_archive
from tracking.filing.spreadsheets.sheets import MOST_SHEETS, Limits, UnreadableError

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD = 2_000
_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w-]{1,40})", re.IGNORECASE)
_NAME = re.compile(r"<x:Name>([^<]{1,200})</x:Name>")


def sheets(content: bytes, limits: Limits) -> list[dict[str, object]]:
    """What the grid of each sheet is made of. Raises UnreadableError."""
    if is_archive(content):
        return _of_archive(content, limits)
    text = _text(content, None)
    if spreadsheet_xml.is_workbook(text):
        try:
            return spreadsheet_xml.sheets(text, limits)
        except ElementTree.ParseError as error:
            raise UnreadableError("file-broken") from error
    return [web_pages.sheet(text, None, limits)]


def _of_archive(content: bytes, limits: Limits) -> list[dict[str, object]]:
    message = email.message_from_bytes(content.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=email.policy.default)
    parts = [part for part in message.walk() if isinstance(part, EmailMessage) and not part.is_multipart()]
    texts = [
        (part.get_content_type(), _text(_content(part), part.get_content_charset()))
        for part in parts
        if part.get_content_maintype() == "text"
    ]
    styles = "\n".join(text for kind, text in texts if kind == "text/css")
    pages = [text for kind, text in texts if kind == "text/html"]
    names = [name for page in pages for name in _NAME.findall(page)]
    tables = [page for page in pages if "<table" in page.casefold()]
    if not tables:
        raise UnreadableError("file-not-a-spreadsheet")
    if len(tables) > MOST_SHEETS:
        raise UnreadableError("file-too-many-sheets", sheets=len(tables), most=MOST_SHEETS)
    numbered = names if len(names) == len(tables) else [str(number) for number in range(1, len(tables) + 1)]
    return [web_pages.sheet(page, name, limits, styles) for name, page in zip(numbered, tables, strict=True)]


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(content: bytes, charset: str | None) -> str:
    """The text by the encoding that it names, else by those of every text."""
    named = _CHARSET.search(content[:_HEAD])
    name = charset or (named[1].decode("ascii") if named else "utf-8")
    try:
        name = codecs.lookup(name).name
        if name.startswith(("utf", "gb", "hz")) or content.startswith(_MARKS):
            return decode(content)
        return content.decode(name)
    except (LookupError, UnicodeDecodeError):
        raise UnreadableError("file-encoding", row=1) from None
    except NotTextError as error:
        raise UnreadableError(error.code, row=error.row) from error
