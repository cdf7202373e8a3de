"""A column for each year of a requirement, with its figure where no line and no band crosses it out."""

from collections.abc import Iterable, Sequence
from itertools import compress

import pandas as pd

from tracking.charts import period
from tracking.charts.base import Drawing
from tracking.words import looks, numbers
from tracking.words.language import Lang

# A figure stands in its column, not over it, where the target's line is nearer than this part of the height.
NEAR = 0.25
# What a figure over a column takes of the height of a chart, a status's sign and word in a year without a figure, and
# these where they stand upright because years are many.
LABEL, GAP, GAP_UPRIGHT = 0.1, 0.22, 0.45
# Half of what the line of the pace takes, with its marks.
PACE = 0.025
# A year is as wide as 1 on the axis.
COLUMN = 0.46


def columns(
    drawn: Drawing,
    rows: pd.DataFrame,
    heights: pd.Series,
    lang: Lang,
    *,
    base: pd.Series | None = None,
    over: Sequence[float] | None = None,
) -> None:
    """A column per year in its status's colour; with sign and figure over it, at the heights `over` where they tell."""
    looked = [looks.STATUSES[status] for status in rows["status"]]
    # In its column a figure needs some height; over it, the line of a target just missed would cross it out.
    near = (rows["actual"] < rows["threshold"]) & (rows["actual"] > (1 - NEAR) * rows["threshold"])
    texts = [
        numbers.of_metric(actual, basis, required)
        for actual, basis, required in rows[["actual", "basis", "required"]].itertuples(index=False)
    ]
    labels = [period.lines(drawn, look.sign, text) for look, text in zip(looked, texts, strict=True)]
    inside = [base is None and each for each in near]
    raised = [
        not within and height > actual
        for within, height, actual in zip(inside, over or rows["actual"], rows["actual"], strict=True)
    ]
    drawn.trace(
        "bar",
        x=rows["year"].astype(str),
        y=heights,
        base=base,
        width=COLUMN,
        marker={"color": [look.colour for look in looked], "line": {"width": 0}},
        text=None if over is None else ["" if up else label for up, label in zip(raised, labels, strict=True)],
        textposition=["inside" if each else "outside" for each in inside],
        insidetextfont={"color": [look.ink for look in looked]},
        insidetextanchor="end",
        textangle=0,
        # Else a figure is made as small as its column is narrow.
        constraintext="none",
        cliponaxis=False,
        hovertext=[
            f"{year}<br>{looks.mark('status', status, lang)}<br>{text}"
            for year, status, text in zip(rows["year"], rows["status"], texts, strict=True)
        ],
        hoverinfo="text",
        name="actual",
    )
    if any(raised) and over is not None:
        _raised(drawn, rows["year"].astype(str)[raised], compress(over, raised), compress(labels, raised))


def _raised(drawn: Drawing, years: pd.Series, heights: Iterable[float], labels: Iterable[str]) -> None:
    """Figures that stand higher than right over their columns."""
    drawn.trace(
        "scatter",
        x=years,
        y=list(heights),
        mode="text",
        text=list(labels),
        textposition="top center",
        cliponaxis=False,
        hoverinfo="skip",
        name="over",
    )


def over(drawn: Drawing, rows: pd.DataFrame, spread: pd.DataFrame, top: float) -> list[float]:
    """The heights, from its column on, over which the figure of each year stands on no band and no line."""
    room = top * LABEL * (2 if period.count(drawn) > period.FEW else 1)
    return list(_free(rows, rows["actual"], spread, room, top).values())


def in_gaps(drawn: Drawing, rows: pd.DataFrame, spread: pd.DataFrame, top: float) -> dict[int, float]:
    """The heights over which the word in each year without a figure stands on no band and no line, by year."""
    missing = rows[rows["actual"].isna()]
    room = top * (GAP_UPRIGHT if period.count(drawn) > period.FEW else GAP)
    return _free(missing, missing["actual"].fillna(0.0), spread, room, top)


def _free(rows: pd.DataFrame, begin: pd.Series, spread: pd.DataFrame, room: float, top: float) -> dict[int, float]:
    """By year, the first height from where it begins on that has so much room between bands and lines below the top.

    Where there is none, where it begins.
    """
    bands = {row.year: (row.lower, row.upper) for row in spread.itertuples(index=False)}
    heights = {}
    for row, start in zip(rows.itertuples(index=False), begin, strict=True):
        ways = [(row.threshold, row.threshold), *([bands[row.year]] if row.year in bands else [])]
        if row.basis == "cumulative":
            ways.append((row.required - top * PACE, row.required + top * PACE))
        height = float(start)
        for low, high in sorted(ways):
            if low < height + room and high > height:
                height = float(high)
        heights[int(row.year)] = height if height + room <= top else float(start)
    return heights
