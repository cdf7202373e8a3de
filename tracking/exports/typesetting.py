"""Printed pages as PDF: a template, what it says as data, and a font that has Chinese characters.

NoChineseFont    the machine has no font with Chinese characters; nothing is printed rather than boxes
"""

import importlib.util
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import typst

# The fonts with Chinese characters that machines have, best first.
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "SimHei",
    "SimSun",
)


class NoChineseFont(Exception):
    """The machine has no font with Chinese characters."""


def check() -> None:
    """Make sure that something can be printed here. Raises NoChineseFont."""
    _compiler()


def pdf(template: Path, data: Mapping[str, object], as_of: date) -> bytes:
    """A template filled with data, the same bytes for the same day and data. Raises NoChineseFont."""
    compiler, font = _compiler()
    content = json.dumps({**data, "font": font}, ensure_ascii=False)
    made = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    printed = compiler.compile(template.read_bytes(), format="pdf", sys_inputs={"data": content}, timestamp=made)
    assert isinstance(printed, bytes)
    return printed


@cache
def _compiler() -> tuple[typst.Compiler, str]:
    """The typesetter with the machine's fonts, and the Chinese one among them. Raises NoChineseFont."""
    # The package mplfonts carries Noto Sans CJK SC, for a machine that has no Chinese font of its own.
    carried = importlib.util.find_spec("mplfonts")
    folders = [Path(place) for place in carried.submodule_search_locations or ()] if carried else []
    fonts = typst.Fonts(font_paths=folders)
    found = next((font for font in CHINESE_FONTS if font in fonts.families()), None)
    if found is None:
        raise NoChineseFont
    return typst.Compiler(font_paths=fonts), found
