"""What every chart has in common: calm axes, years as categories, nothing from the data read as markup."""

import html
import re
import unicodedata
from collections.abc import Sequence

import plotly.graph_objects as go

from tracking import language
from tracking.language import Lang

# Seen on a white page and on a dark one alike.
LINE = "#7a8591"
FAINT = "rgba(122, 133, 145, 0.22)"
# Longer names end in an ellipsis on an axis, counted in Latin letters; the hover has them whole.
LABEL = 24
# What a line is not broken within: a Latin word, a sign of another script.
_UNBROKEN = re.compile(r"[\x21-\x7e]+ *|.")


def figure(height: int) -> go.Figure:
    """An empty chart of a height in pixels, without grid, zoom or ornament."""
    axis = {"fixedrange": True, "showgrid": False, "zeroline": False, "automargin": True}
    # All at once: each update of a figure costs as much as making it.
    return go.Figure(
        layout={
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "hovermode": "closest",
            "dragmode": False,
            "bargap": 0.35,
            "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0},
            "modebar": {"remove": ["zoom", "pan", "select", "lasso", "zoomIn", "zoomOut", "autoScale", "resetScale"]},
            "xaxis": axis,
            "yaxis": axis,
        }
    )


def years(drawn: go.Figure, shown: Sequence[int]) -> None:
    """Make the x axis one of data years, as categories: as numbers, Plotly draws 2,020.5."""
    texts = [str(year) for year in shown]
    drawn.update_xaxes(type="category", categoryorder="array", categoryarray=texts, range=[-0.5, len(texts) - 0.5])


def safe(text: object) -> str:
    """A text from the data so that Plotly shows it as it is."""
    return html.escape(str(text), quote=False)


def short(text: object, length: int = LABEL) -> str:
    """A name that fits an axis; a Chinese character takes the room of two letters."""
    whole = str(text)
    if _length(whole) <= length:
        return safe(whole)
    kept, room = "", length - 1
    for sign in whole:
        room -= _room(sign)
        if room < 0:
            break
        kept += sign
    return safe(f"{kept}…")


def lines(text: object, length: int, most: int) -> str:
    """A name on up to `most` lines of a length; Latin words stay whole, and what does not fit is an ellipsis."""
    told = [""]
    for part in _UNBROKEN.findall(str(text)):
        if told[-1] and _length(told[-1] + part.rstrip()) > length:
            told.append("")
        told[-1] += part
    kept = [safe(line.strip()) for line in told[:most]]
    return "<br>".join(kept) + ("…" if len(told) > most else "")


def _length(text: str) -> int:
    return sum(map(_room, text))


def _room(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def words(key: str, lang: Lang, **values: object) -> str:
    """A sentence of charts.csv."""
    return language.text(f"chart.{key}", lang, **values)
