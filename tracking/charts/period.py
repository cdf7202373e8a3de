"""A chart's ground: the data years of one period, each with its evaluation year, phases shaded, gaps in sight."""

from collections.abc import Mapping, Sequence

import pandas as pd

from tracking.charts import provisional
from tracking.charts.base import FAINT, LINE, Drawing, beside, blank, words
from tracking.words import looks
from tracking.words.language import Lang

# With more years than these, what stands over a year takes two lines and less room.
FEW = 5
SMALL = 10
# What stands in two lines over the highest mark takes this part of a chart's height.
ROOM = 1.3


def period(rows: pd.DataFrame, lang: Lang, height: int, before: Sequence[int] = ()) -> Drawing:
    """An empty chart over the data years of rows of `attainment`, and `before` them those that lead up to it.

    A year whose row is provisional has the sign for it.
    """
    open_years = set(rows.loc[rows["provisional"], "year"])
    phases = rows.drop_duplicates("year").sort_values("year", ignore_index=True)
    shown = [*before, *map(int, phases["year"])]
    texts = [str(year) for year in shown]
    crowded = len(shown) > FEW
    drawn = blank(height)
    drawn.lay(
        barmode="overlay",
        margin={"t": 22, "r": 48, "b": 58 if crowded else 42},
        xaxis={
            # As categories: of years as numbers, Plotly draws 2,020.5.
            "type": "category",
            "categoryorder": "array",
            "categoryarray": texts,
            "range": [-0.5, len(texts) - 0.5],
            "tickvals": texts,
            "ticktext": [_year(year, year in open_years, crowded, lang) for year in shown],
            "tickangle": 0,
            "title": {"text": words("both_years", lang) if crowded else None, "font": {"size": SMALL}, "standoff": 4},
        },
        yaxis={"nticks": 4, "tickformat": ",~f"},
    )
    for phase, part in phases.groupby("phase", sort=False):
        first, last = (part.index[end] + len(before) for end in (0, -1))
        _phase(drawn, str(phase), first - 0.5, last + 0.5, lang)
    return drawn


def _phase(drawn: Drawing, phase: str, first: float, last: float, lang: Lang) -> None:
    drawn.shape(
        "rect",
        x0=first,
        x1=last,
        yref="paper",
        y0=0,
        y1=1,
        fillcolor=FAINT if phase == "construction" else "rgba(0,0,0,0)",
        opacity=0.5,
        line={"width": 0},
        layer="below",
    )
    drawn.note(
        words(f"phase_{phase}", lang),
        x=(first + last) / 2,
        y=1.0,
        yref="paper",
        yanchor="bottom",
        font={"size": 11, "color": LINE},
    )


def _year(year: int, is_open: bool, crowded: bool, lang: Lang) -> str:
    evaluated = str(year + 1) if crowded else words("evaluated", lang, year=year + 1)
    return f'{provisional.signed(str(year), is_open)}<br><span style="font-size:{SMALL}px">{evaluated}</span>'


def count(drawn: Drawing) -> int:
    """How many years the chart has."""
    return len(years(drawn))


def years(drawn: Drawing) -> list[str]:
    """The chart's years, from left to right."""
    categories: list[str] = drawn.layout["xaxis"]["categoryarray"]
    return categories


def lines(drawn: Drawing, *parts: str) -> str:
    """What stands over a year: in one line, or where years are many in a line for each part."""
    return ("<br>" if count(drawn) > FEW else " ").join(parts)


def room(drawn: Drawing, *heights: pd.Series | Sequence[float]) -> float:
    """Let the y axis begin at 0 and leave room for what stands over the highest of these; where it ends."""
    most = max((float(height) for several in heights for height in several if not pd.isna(height)), default=0.0)
    top = (most or 1.0) * ROOM
    reach(drawn, 0, top)
    return top


def reach(drawn: Drawing, low: float, high: float) -> None:
    """Let the y axis go from one figure to another, with room for their digits, or for those of a part, beside it."""
    margin = beside([f"{low:,.0f}", f"{high:,.0f}", "0.5"])
    drawn.lay(margin={"l": margin}, yaxis={"range": [low, high]})


def gaps(
    drawn: Drawing, rows: pd.DataFrame, lang: Lang, but: Sequence[int] = (), over: Mapping[int, float] | None = None
) -> None:
    """The sign and word of its status in every year that has no figure, but for years in which something is drawn.

    They stand at the bottom, or at the height that `over` has for the year.
    """
    places = {year: place for place, year in enumerate(years(drawn))}
    crowded = len(places) > FEW
    missing = rows[rows["actual"].isna() & (rows["status"] != "baseline") & ~rows["year"].isin(but)]
    for year, status in missing[["year", "status"]].itertuples(index=False):
        height = (over or {}).get(year, 0.0)
        drawn.note(
            f"{looks.STATUSES[status].sign}{' ' if crowded else '<br>'}{looks.word('status', status, lang)}",
            # A place, not a name: a name of digits alone would be taken for a place.
            x=places[str(year)],
            y=height or 0.02,
            yref="y" if height else "paper",
            yanchor="bottom",
            textangle=-90 if crowded else 0,
            font={"size": 11, "color": LINE},
        )
