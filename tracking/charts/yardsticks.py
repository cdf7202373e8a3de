"""What a requirement's figures are held against: its target, its pace, the other spaces, a hint."""

import pandas as pd

from tracking.charts import period
from tracking.charts.base import FAINT, LINE, Drawing, words
from tracking.results.outlook import Hint
from tracking.words import numbers
from tracking.words.language import Lang

# A year is as wide as 1 on the axis.
BAND = 0.86


def target(drawn: Drawing, rows: pd.DataFrame) -> None:
    """A line at what is asked in the end, with the figure beside it."""
    threshold, basis = float(rows["threshold"].iloc[0]), rows["basis"].iloc[0]
    drawn.across(threshold, color=LINE, width=2)
    drawn.note(
        f"{numbers.comparison(rows['comparison'].iloc[0])} {numbers.of_metric(threshold, basis)}",
        x=1,
        xref="paper",
        xanchor="left",
        y=threshold,
        font={"size": 12},
    )


def pace(drawn: Drawing, rows: pd.DataFrame, lang: Lang) -> None:
    """What a sum should have come to by each year, as a dotted line."""
    drawn.trace(
        "scatter",
        x=rows["year"].astype(str),
        y=rows["required"],
        mode="lines+markers",
        line={"color": LINE, "dash": "dot", "width": 2},
        marker={"size": 5, "color": LINE},
        name="pace",
        hovertemplate=f"{words('pace', lang)} %{{y:,.4~f}}<extra></extra>",
    )


def spread(drawn: Drawing, rows: pd.DataFrame, peers: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """The middle half of the other spaces in the same year of their period, as a band behind the column; which."""
    band = rows.merge(peers, on=["requirement", "period_year"])
    if band.empty:
        return band
    drawn.trace(
        "bar",
        x=band["year"].astype(str),
        y=band["upper"] - band["lower"],
        base=band["lower"],
        width=BAND,
        # The edge shows a band of one value as a line.
        marker={"color": FAINT, "line": {"color": FAINT, "width": 2}},
        hovertext=[
            words(
                "peers",
                lang,
                spaces=numbers.figure(row.spaces),
                lower=numbers.figure(row.lower),
                median=numbers.figure(row.median),
                upper=numbers.figure(row.upper),
            )
            for row in band.itertuples(index=False)
        ],
        hoverinfo="text",
        name="peers",
    )
    return band


def hint(drawn: Drawing, given: Hint | None, lang: Lang, *, share: bool = False) -> None:
    """A hollow mark with its range, in no status's colour."""
    if given is None or str(given.year) not in period.years(drawn):
        return
    shown = numbers.share if share else numbers.figure
    drawn.trace(
        "scatter",
        x=[str(given.year)],
        y=[given.value],
        error_y={"array": [given.spread], "color": LINE, "thickness": 1.5},
        mode="markers",
        marker={"symbol": "diamond-open", "size": 9, "color": LINE},
        hovertext=words("hint", lang, value=shown(given.value), spread=shown(given.spread)),
        hoverinfo="text",
        name="hint",
    )


def reach(hint: Hint | None) -> list[float]:
    """The ends of a hint's range."""
    return [] if hint is None else [max(0.0, hint.value - hint.spread), hint.value + hint.spread]
