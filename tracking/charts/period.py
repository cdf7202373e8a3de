"""A chart's ground: the data years of one period, each with its evaluation year, phases shaded, gaps in sight."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from tracking import looks
from tracking.charts.base import FAINT, LINE, figure, words, years
from tracking.language import Lang

# With more years than these, what stands over a year takes two lines and less room.
FEW = 5
SMALL = 10
# What stands in two lines over the highest mark takes this part of a chart's height.
ROOM = 1.3


def period(rows: pd.DataFrame, lang: Lang, height: int, before: Sequence[int] = ()) -> go.Figure:
    """An empty chart over the data years of rows of `attainment`, and `before` them those that lead up to it."""
    phases = rows.drop_duplicates("year").sort_values("year", ignore_index=True)
    shown = [*before, *map(int, phases["year"])]
    drawn = figure(height)
    years(drawn, shown)
    crowded = len(shown) > FEW
    drawn.update_xaxes(
        tickvals=[str(year) for year in shown],
        ticktext=[_year(year, crowded, lang) for year in shown],
        tickangle=0,
        title={"text": words("both_years", lang) if crowded else None, "font": {"size": SMALL}, "standoff": 4},
    )
    drawn.update_layout(barmode="overlay", showlegend=False, margin={"t": 22, "r": 48})
    drawn.update_yaxes(nticks=4, tickformat=",~f")
    for phase, part in phases.groupby("phase", sort=False):
        first, last = (part.index[end] + len(before) for end in (0, -1))
        _phase(drawn, str(phase), first - 0.5, last + 0.5, lang)
    return drawn


def _phase(drawn: go.Figure, phase: str, first: float, last: float, lang: Lang) -> None:
    drawn.add_vrect(
        x0=first,
        x1=last,
        fillcolor=FAINT if phase == "construction" else "rgba(0,0,0,0)",
        opacity=0.5,
        line_width=0,
        layer="below",
    )
    drawn.add_annotation(
        x=(first + last) / 2,
        y=1.0,
        yref="paper",
        yanchor="bottom",
        text=words(f"phase_{phase}", lang),
        showarrow=False,
        font={"size": 11, "color": LINE},
    )


def _year(year: int, crowded: bool, lang: Lang) -> str:
    evaluated = str(year + 1) if crowded else words("evaluated", lang, year=year + 1)
    return f'{year}<br><span style="font-size:{SMALL}px">{evaluated}</span>'


def count(drawn: go.Figure) -> int:
    """How many years the chart has."""
    return len(drawn.layout.xaxis.categoryarray)


def lines(drawn: go.Figure, *parts: str) -> str:
    """What stands over a year: in one line, or where years are many in a line for each part."""
    return ("<br>" if count(drawn) > FEW else " ").join(parts)


def room(drawn: go.Figure, *heights: pd.Series | Sequence[float]) -> None:
    """Let the y axis begin at 0 and leave room for what stands over the highest of these."""
    most = max((float(height) for several in heights for height in several if not pd.isna(height)), default=0.0)
    drawn.update_yaxes(range=[0, (most or 1.0) * ROOM])


def gaps(drawn: go.Figure, rows: pd.DataFrame, lang: Lang, but: Sequence[int] = ()) -> go.Figure:
    """The sign and word of its status in every year that has no figure, but for years in which something is drawn."""
    places = {year: place for place, year in enumerate(drawn.layout.xaxis.categoryarray)}
    missing = rows[rows["actual"].isna() & (rows["status"] != "baseline") & ~rows["year"].isin(but)]
    for year, status in missing[["year", "status"]].itertuples(index=False):
        crowded = count(drawn) > FEW
        drawn.add_annotation(
            # A place, not a name: a name of digits alone would be taken for a place.
            x=places[str(year)],
            y=0.02,
            yref="paper",
            yanchor="bottom",
            text=f"{looks.STATUSES[status].sign}{' ' if crowded else '<br>'}{looks.word('status', status, lang)}",
            textangle=-90 if crowded else 0,
            showarrow=False,
            font={"size": 11, "color": LINE},
        )
    return drawn
