"""In which styles of an .xlsx nobody sees what a cell says: letters white as the page, or of the colour behind them."""

from xml.etree.ElementTree import Element

# Colours by their number in the oldest palette, and in the theme that every program begins with.
_INDEXED = {"0": "000000", "1": "FFFFFF", "8": "000000", "9": "FFFFFF", "64": "000000", "65": "FFFFFF"}
_THEMED = {"0": "FFFFFF", "1": "000000"}
WHITE, BLACK = "FFFFFF", "000000"
# A part of a colour from here on is as good as all of it.
_FULL = 0xF5


def ink(font: Element) -> str:
    """The colour of a font's letters: six digits, or what stands for a colour that is not known."""
    return next((_colour(each) for each in font if _local(each) == "color"), BLACK)


def ground(fill: Element) -> str:
    """The colour of a fill, white where there is none; empty for a pattern, before which letters are seen."""
    pattern = next((each for each in fill if _local(each) == "patternFill"), None)
    kind = "" if pattern is None else pattern.attrib.get("patternType", "none")
    if pattern is not None and kind == "solid":
        return next((_colour(each) for each in pattern if _local(each) == "fgColor"), BLACK)
    return WHITE if kind == "none" else ""


def _plain(colour: str) -> str:
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return WHITE if min(parts) >= _FULL else colour.upper()


def _colour(element: Element) -> str:
    said = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    tint = said.get("tint", "0")
    if said.get("rgb") and len(said["rgb"]) in (6, 8) and all(sign in "0123456789abcdefABCDEF" for sign in said["rgb"]):
        return _plain(said["rgb"][-6:])
    if "theme" in said:
        known = _THEMED.get(said["theme"]) if tint in ("0", "0.0", "-0") else None
        return known or f"theme {said['theme']} {tint}"
    if "indexed" in said:
        return _INDEXED.get(said["indexed"], f"indexed {said['indexed']}")
    return BLACK


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
