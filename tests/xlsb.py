"""Workbooks in the binary form (.xlsb), which no library for Python writes: records as [MS-XLSB] lays them out."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
ERRORS = {"#DIV/0!": 0x07, "#REF!": 0x17}


def record(kind: int, body: bytes = b"") -> bytes:
    """A record: its kind and its length seven bits at a time, and what is in it."""
    return _sevens(kind) + _sevens(len(body)) + body


def _sevens(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def wide(text: str) -> bytes:
    content = text.encode("utf-16-le")
    return struct.pack("<I", len(content) // 2) + content


@dataclass(frozen=True)
class Rich:
    """A text that changes its font: from which half sign on, to which font."""

    text: str
    changes: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Styled:
    """What a cell says in a style of the workbook's."""

    says: object
    style: int


@dataclass(frozen=True)
class Formula:
    """A formula by its result."""

    result: object


@dataclass
class Sheet:
    """A sheet by its cells; None is a blank. Rows and columns count from 0."""

    rows: Sequence[Sequence[object]]
    name: str = "填报"
    state: int = 0
    hidden_rows: Iterable[int] = ()
    flat_rows: Iterable[int] = ()
    hidden_columns: Iterable[int] = ()
    merged: Iterable[tuple[int, int, int, int]] = ()
    short: bool = False
    ends: bytes = record(146)


@dataclass
class Book:
    """A workbook: its fonts as (struck, raised), its styles as (number format, font), and its formats by number."""

    sheets: Sequence[Sheet]
    fonts: Sequence[tuple[bool, bool]] = ((False, False),)
    styles: Sequence[tuple[int, int]] = ((0, 0),)
    formats: Mapping[int, str] = field(default_factory=dict)
    parts: Mapping[str, bytes] = field(default_factory=dict)
    flags: int = 0

    def content(self) -> bytes:
        """The file."""
        texts: list[str | Rich] = []
        parts: dict[str, bytes | str] = {
            f"xl/worksheets/sheet{number}.bin": _sheet(sheet, texts) for number, sheet in enumerate(self.sheets, 1)
        }
        parts |= {
            "xl/workbook.bin": self._workbook(),
            "xl/styles.bin": self._styles(),
            "xl/sharedStrings.bin": _sst(texts),
        }
        parts["[Content_Types].xml"] = _TYPES
        parts["_rels/.rels"] = _relationships([("rId1", "officeDocument", "xl/workbook.bin")])
        sheets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(self.sheets) + 1)]
        shared = [("rId901", "styles", "styles.bin"), ("rId902", "sharedStrings", "sharedStrings.bin")]
        parts["xl/_rels/workbook.bin.rels"] = _relationships(sheets + shared)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in (parts | dict(self.parts)).items():
                archive.writestr(name, part)
        return out.getvalue()

    def _workbook(self) -> bytes:
        listed = b"".join(
            record(156, struct.pack("<II", sheet.state, number) + wide(f"rId{number}") + wide(sheet.name))
            for number, sheet in enumerate(self.sheets, 1)
        )
        properties = record(153, struct.pack("<II", self.flags, 0) + wide(""))
        return record(131) + properties + record(143) + listed + record(144) + record(157, bytes(26)) + record(132)

    def _styles(self) -> bytes:
        formats = [record(44, struct.pack("<H", number) + wide(code)) for number, code in self.formats.items()]
        fonts = [
            record(43, struct.pack("<HHHHBBBx8sB", 220, struck << 3, 400, raised, 0, 2, 0, b"", 0) + wide("宋体"))
            for struck, raised in self.fonts
        ]
        styles = [record(47, struct.pack("<HHH10x", 0, code, font)) for code, font in self.styles]
        # A style of styles comes before, in records of the same kind: no cell points to it.
        of_styles = record(626, struct.pack("<I", 1)) + record(47, struct.pack("<HHH10x", 0xFFFF, 9, 0)) + record(627)
        return (
            record(278)
            + _group(615, formats, 616)
            + _group(611, fonts, 612)
            + of_styles
            + _group(617, styles, 618)
            + record(279)
        )


def _group(start: int, records: Sequence[bytes], end: int) -> bytes:
    return record(start, struct.pack("<I", len(records))) + b"".join(records) + record(end)


def _relationships(related: Iterable[tuple[str, str, str]]) -> str:
    each = "".join(f'<Relationship Id="{n}" Type="{_OFFICE}/{kind}" Target="{part}"/>' for n, kind, part in related)
    return f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _sst(texts: Sequence[str | Rich]) -> bytes:
    items = b"".join(record(19, _rich(each)) for each in texts)
    return record(159, struct.pack("<II", len(texts), len(texts))) + items + record(160)


def _rich(text: str | Rich) -> bytes:
    if isinstance(text, str):
        return b"\0" + wide(text)
    changes = b"".join(struct.pack("<HH", *change) for change in text.changes)
    return b"\1" + wide(text.text) + struct.pack("<I", len(text.changes)) + changes


def _sheet(sheet: Sheet, texts: list[str | Rich]) -> bytes:
    width = max(map(len, sheet.rows), default=1)
    columns = [record(60, struct.pack("<IIIIH", each, each, 2304, 0, 1)) for each in sheet.hidden_columns]
    out = [record(129), record(148, struct.pack("<IIII", 0, max(len(sheet.rows) - 1, 0), 0, width - 1))]
    out += [record(390), *columns, record(391)] if columns else []
    out.append(record(145))
    for number, row in enumerate(sheet.rows):
        out.append(_row_header(number, hidden=number in sheet.hidden_rows, flat=number in sheet.flat_rows))
        out += [_cell(column, each, texts, short=sheet.short and column > 0) for column, each in enumerate(row)]
    merged = [record(176, struct.pack("<IIII", top, bottom, left, right)) for top, left, bottom, right in sheet.merged]
    return b"".join([*out, sheet.ends, _group(177, merged, 178), record(130)])


def _row_header(number: int, *, hidden: bool, flat: bool) -> bytes:
    flags = (0x10 if hidden else 0) | (0x20 if flat else 0)
    return record(0, struct.pack("<IIHBBBI", number, 0, 0 if flat else 288, 0, flags, 0, 0))


def _cell(column: int, says: object, texts: list[str | Rich], *, short: bool) -> bytes:
    says, style = (says.says, says.style) if isinstance(says, Styled) else (says, 0)
    formula = isinstance(says, Formula)
    kind, body = _content(says.result if isinstance(says, Formula) else says, texts, formula=formula)
    head = struct.pack("<I", style) if short else struct.pack("<II", column, style)
    # A formula that does nothing but stand behind its result.
    return record(kind + 11 if short else kind, head + body + (struct.pack("<HII", 0, 0, 0) if formula else b""))


def _content(says: object, texts: list[str | Rich], *, formula: bool) -> tuple[int, bytes]:
    match says:
        case None:
            return 1, b""
        case bool():
            return 10 if formula else 4, bytes([says])
        case int() if not formula:
            return 2, struct.pack("<i", says << 2 | 2)
        case int() | float():
            return 9 if formula else 5, struct.pack("<d", says)
        case str() if says in ERRORS:
            return 11 if formula else 3, bytes([ERRORS[says]])
        case str() if formula:
            return 8, wide(says)
        case str() | Rich():
            texts.append(says)
            return 7, struct.pack("<I", len(texts) - 1)
    raise TypeError(type(says))
