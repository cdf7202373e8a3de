"""The shortfalls of the whole programme in one picture."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from tracking.charts import provisional
from tracking.charts.base import beside, blank, lines, safe, short
from tracking.words import looks
from tracking.words.language import Lang

TWO_LINES = 28
# Of a requirement's name beside a row, so many letters a line: two lines then hold it whole.
NAME = 30
# A count of few shortfalls, and what is written on it.
SHADE, INK = "#f3e3dc", "#080200"
# From this part of the highest count on white reads better on the shade.
DARK = 0.88
_HOVERED = ["metric_name", "year", "shortfalls", "provisional"]


def where(frame: pd.DataFrame, names: Mapping[str, str], lang: Lang) -> go.Figure:
    """How many shortfalls each requirement has in each data year, as a table shaded by count, from `shortfalls.where`.

    `names` are the tracks' by code: each heads its requirements where there are several. A cell's customdata is its
    year and requirement. A year in which a requirement has none is blank. A count of which some are provisional has the
    sign for it, and how many.
    """
    labels: dict[str, str] = {}
    for track, rows in frame.drop_duplicates("requirement").groupby("track", sort=False):
        if frame["track"].nunique() > 1:
            labels[str(track)] = f"<b>{short(names.get(str(track), track))}</b>"
        labels |= {
            code: lines(name, NAME, 2) for code, name in zip(rows["requirement"], rows["metric_name"], strict=True)
        }
    row = {code: number for number, code in enumerate(labels)}
    shown = sorted(frame["year"].unique().tolist())
    counts: list[list[int | None]] = [[None] * len(shown) for _ in row]
    for code, year, count in frame[["requirement", "year", "shortfalls"]].itertuples(index=False):
        counts[row[code]][shown.index(year)] = count
    most = max(int(frame["shortfalls"].max()), 1)
    drawn = blank(TWO_LINES * len(row) + 70)
    drawn.trace(
        "heatmap",
        z=counts,
        x=list(range(len(shown))),
        y=list(range(len(row))),
        zmin=0,
        zmax=most,
        colorscale=[(0, SHADE), (1, looks.STATUSES["short"].colour)],
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
    )
    drawn.trace(
        "scatter",
        x=[shown.index(year) for year in frame["year"]],
        y=[row[code] for code in frame["requirement"]],
        mode="markers+text",
        text=[
            provisional.signed(f"{count:,}", rests)
            for count, rests in frame[["shortfalls", "provisional"]].itertuples(index=False)
        ],
        textfont={"color": [INK if count <= most * DARK else "#ffffff" for count in frame["shortfalls"]], "size": 12},
        marker={"opacity": 0, "size": 24},
        customdata=frame[["year", "requirement"]].astype("str").to_numpy(),
        hovertext=[
            f"{safe(name)}<br>{year}<br>{provisional.of(f'{count:,}', rests, lang)}"
            for name, year, count, rests in frame[_HOVERED].itertuples(index=False)
        ],
        hoverinfo="text",
    )
    drawn.lay(
        margin={"t": 30, "l": beside(labels.values())},
        xaxis={
            "tickvals": list(range(len(shown))),
            "ticktext": [str(year) for year in shown],
            "side": "top",
            "ticks": "",
            "showline": False,
        },
        yaxis={
            "tickvals": list(row.values()),
            "ticktext": list(labels.values()),
            "tickfont": {"size": 11},
            "range": [len(row) - 0.5, -0.5],
            "ticks": "",
            "showline": False,
        },
    )
    return drawn.figure()
