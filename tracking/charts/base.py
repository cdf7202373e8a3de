"""What every chart has in common: calm axes, no zoom, no ornament."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from tracking.words import language
from tracking.words.language import Lang

# Seen on a white page and on a dark one alike.
LINE = "#7a8591"
FAINT = "rgba(122, 133, 145, 0.22)"
# Pixels of a Latin letter, and around a label.
LETTER, AROUND = 6, 14


@dataclass
class Drawing:
    """A chart while it is drawn, in Plotly's own words; `figure` makes it at once.

    Each change to a figure that is made costs as much as making it.
    """

    layout: dict[str, Any]
    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def trace(self, kind: str, **options: Any) -> None:  # noqa: ANN401 - whatever Plotly takes
        """Add a trace: bar, scatter, heatmap."""
        self.traces.append({"type": kind, **options})

    def note(self, text: str, **options: Any) -> None:  # noqa: ANN401
        """Add words at a place in the chart."""
        self.notes.append({"text": text, "showarrow": False, **options})

    def shape(self, kind: str, **options: Any) -> None:  # noqa: ANN401
        """Add a shape: rect, line."""
        self.shapes.append({"type": kind, **options})

    def across(self, height: float, **line: Any) -> None:  # noqa: ANN401
        """Add a line at a height, from side to side."""
        self.shape("line", xref="paper", x0=0, x1=1, y0=height, y1=height, line=line)

    def lay(self, **options: Any) -> None:  # noqa: ANN401
        """Say more about the layout; what is said of an axis or the margin is added to what was."""
        for name, value in options.items():
            self.layout[name] = {**self.layout.get(name, {}), **value} if isinstance(value, dict) else value

    def figure(self) -> go.Figure:
        """The chart."""
        return go.Figure(self.traces, {**self.layout, "shapes": self.shapes, "annotations": self.notes})


def blank(height: int) -> Drawing:
    """An empty chart of a height in pixels, without grid, zoom or ornament."""
    # Where Plotly finds the room for labels itself, it draws everything twice: a third of what a page costs a browser.
    axis = {"fixedrange": True, "showgrid": False, "zeroline": False, "automargin": False}
    return Drawing(
        {
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "hovermode": "closest",
            "dragmode": False,
            "bargap": 0.35,
            "showlegend": False,
            "modebar": {"remove": ["zoom", "pan", "select", "lasso", "zoomIn", "zoomOut", "autoScale", "resetScale"]},
            "xaxis": axis,
            "yaxis": axis,
        }
    )


def beside(labels: Iterable[object]) -> int:
    """The pixels that the longest of these labels of an axis takes, with what stands around it."""
    return max((_length(line) for label in labels for line in str(label).split("<br>")), default=0) * LETTER + AROUND


def _length(text: str) -> int:
    return sum(map(_room, text))


def _room(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def phrase(key: str, lang: Lang, **values: object) -> str:
    """A phrase of told.csv in a language."""
    return language.text(f"told.{key}", lang, **values)


def words(key: str, lang: Lang, **values: object) -> str:
    """A sentence of charts.csv."""
    return language.text(f"chart.{key}", lang, **values)
