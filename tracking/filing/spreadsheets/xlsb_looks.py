"""What the cells of an .xlsb look like: number formats, text struck through, superscripts. Its sheets share styles and
texts."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tracking.filing.spreadsheets import number_formats
from tracking.filing.spreadsheets.sheets import Run
from tracking.filing.spreadsheets.xlsb_records import records, text, wide

_FONT, _FORMAT, _STYLE, _TEXT = 43, 44, 47, 19
# Records of the same kinds stand elsewhere too: in these they are what a cell points to.
_FONTS, _END_OF_FONTS, _STYLES, _END_OF_STYLES = 611, 612, 617, 618
_STRUCK, _SUPERSCRIPT, _SUBSCRIPT = 0x08, 1, 2
_RICH = 1
_COUNT, _RUN = struct.Struct("<I"), struct.Struct("<HH")
# The built-in formats that are seen otherwise than as the number; a file need not spell them out.
_DATES = (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
_BUILT_IN: Mapping[int, str] = {**dict.fromkeys(_DATES, "yyyy-m-d"), 46: "[h]:mm:ss", **number_formats.PERCENTS}


class Look(NamedTuple):
    """What a font does to a text."""

    struck: bool = False
    raised: bool = False
    lowered: bool = False


class Style(NamedTuple):
    """What a cell looks like; the code of a number format is blank where every number is seen as itself."""

    code: str = ""
    of_time: bool = False
    struck: bool = False


# A text, or its pieces, each with the look of its own; one that has none looks as its cell does.
Text = str | Sequence[tuple[Look | None, str]]


@dataclass(slots=True)
class Book:
    """What the cells of all sheets have in common."""

    fonts: Sequence[Look] = ()
    styles: Sequence[Style] = ()
    texts: Sequence[Text] = ()

    def style(self, number: int) -> Style:
        """The style of a cell; a workbook without styles has plain ones. Raises IndexError."""
        return self.styles[number] if self.styles else Style()


def book(styles: bytes, texts: bytes) -> Book:
    """Read it from the two parts, either of which may be empty. Raises ValueError, struct.error, IndexError."""
    found = _styles(styles)
    found.texts = [rich(body, 0, found.fonts) for kind, body in records(texts) if kind == _TEXT]
    return found


def rich(body: bytes, at: int, fonts: Sequence[Look]) -> Text:
    """The text of several looks at a place. Raises ValueError, struct.error, IndexError."""
    content, end = wide(body, at + 1)
    if not body[at] & _RICH:
        return text(content)
    (count,) = _COUNT.unpack_from(body, end)
    changes = body[end + _COUNT.size :][: count * _RUN.size]
    if len(changes) < count * _RUN.size:
        raise ValueError("the looks of a text are cut off")
    # Places are counted in halves of a sign, as the text is stored.
    starts: list[tuple[Look | None, int]] = [(None, 0)]
    starts += [(fonts[font], 2 * place) for place, font in _RUN.iter_unpack(changes)]
    places = [place for _, place in starts]
    if places != sorted(places):
        raise ValueError("the looks of a text overlap")
    ends = [*places[1:], len(content)]
    return [(look, text(content[start:stop])) for (look, start), stop in zip(starts, ends, strict=True)]


def runs(content: Text, style: Style) -> list[Run]:
    """The runs of a text in a cell of this style."""
    if isinstance(content, str):
        return [Run(content, style.struck)]
    return [Run(piece, *(look or (style.struck,))) for look, piece in content]


def _styles(part: bytes) -> Book:
    codes, fonts, styles = dict(_BUILT_IN), list[Look](), list[tuple[int, int]]()
    within = 0
    for kind, body in records(part):
        if kind in (_FONTS, _STYLES):
            within = kind
        elif kind in (_END_OF_FONTS, _END_OF_STYLES):
            within = 0
        elif kind == _FORMAT:
            codes[int.from_bytes(body[:2], "little")] = text(wide(body, 2)[0])
        elif kind == _FONT and within == _FONTS:
            flags, script = struct.unpack_from("<2xH2xH", body)
            fonts.append(Look(bool(flags & _STRUCK), script == _SUPERSCRIPT, script == _SUBSCRIPT))
        elif kind == _STYLE and within == _STYLES:
            styles.append(struct.unpack_from("<2xHH", body))
    return Book(fonts, [_style(codes.get(code, ""), fonts[font]) for code, font in styles])


def _style(code: str, font: Look) -> Style:
    of_time = number_formats.of_time(code)
    return Style(code if of_time or not number_formats.shows_itself(code) else "", of_time, font.struck)
