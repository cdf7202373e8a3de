"""What every chart has in common: calm axes, years as categories, nothing from the data read as markup."""

import html
from collections.abc import Sequence

import plotly.graph_objects as go

from tracking import language
from tracking.language import Lang

# Seen on a white page and on a dark one alike.
LINE = "#7a8591"
FAINT = "rgba(122, 133, 145, 0.22)"
# Longer names end in an ellipsis on an axis; the hover has them whole.
LABEL = 14


def figure(height: int) -> go.Figure:
    """An empty chart of a height in pixels, without grid, zoom or ornament."""
    drawn = go.Figure()
    drawn.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        hovermode="closest",
        dragmode=False,
        bargap=0.35,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "title": None},
        modebar={"remove": ["zoom", "pan", "select", "lasso", "zoomIn", "zoomOut", "autoScale", "resetScale"]},
    )
    drawn.update_xaxes(fixedrange=True, showgrid=False, zeroline=False, automargin=True)
    drawn.update_yaxes(fixedrange=True, showgrid=False, zeroline=False, automargin=True)
    return drawn


def years(drawn: go.Figure, shown: Sequence[int]) -> None:
    """Make the x axis one of data years, as categories: as numbers, Plotly draws 2,020.5."""
    texts = [str(year) for year in shown]
    drawn.update_xaxes(type="category", categoryorder="array", categoryarray=texts, range=[-0.5, len(texts) - 0.5])


def safe(text: object) -> str:
    """A text from the data so that Plotly shows it as it is."""
    return html.escape(str(text), quote=False)


def short(text: object, length: int = LABEL) -> str:
    """A name that fits an axis."""
    whole = str(text)
    return safe(whole if len(whole) <= length else f"{whole[: length - 1]}…")


def words(key: str, lang: Lang, **values: object) -> str:
    """A sentence of charts.csv."""
    return language.text(f"chart.{key}", lang, **values)
