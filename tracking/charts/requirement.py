"""One requirement of one space over its period, drawn in the form that fits its basis.

Rows are those of `attainment` for one requirement, a row per year. A year without a figure is a gap with the
sign of its status in it, never a column of height 0.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from tracking.charts import columns, period, yardsticks
from tracking.charts.base import LINE, Drawing, beside, words
from tracking.results.outlook import Hint
from tracking.words import language, looks, numbers
from tracking.words.language import Lang

HEIGHT = 230
# The signs that a legend explains, by the name of what draws them.
SIGNS = ("pace", "before", "needed", "peers", "hint", "value")
# A spread that would dwarf the space's own columns is cut off at this many times the highest of them.
DWARFED = 3
# What stands over a share's column in lines of its own takes this much more of the height.
LINES_OVER = 1.2
# A step that an earlier year brought, beside the one of the year itself.
EARLIER = 0.35


def draw(
    rows: pd.DataFrame, filed: Mapping[int, float], peers: pd.DataFrame, hint: Hint | None, lang: Lang
) -> go.Figure:
    """The chart of a requirement of any basis but attested.

    `filed` has by year what was filed for its metric, `peers` the rows of `one_space.peers` for it.
    """
    basis = rows["basis"].iloc[0]
    if basis == "cumulative":
        return cumulative(rows, filed, peers, lang)
    if basis == "share":
        return share(rows, hint, lang)
    if basis == "growth":
        return growth(rows, filed, hint, lang)
    return level(rows, peers, hint, lang)


def key(drawn: go.Figure, basis: str, lang: Lang) -> str:
    """What the signs of a chart mean besides the statuses, those that are drawn."""
    names = {trace.name for trace in drawn.data}
    shown = [*([] if basis == "growth" else ["target"]), *(name for name in SIGNS if name in names)]
    return language.text("chart.key.and", lang).join(words(f"key.{name}", lang) for name in shown)


def level(rows: pd.DataFrame, peers: pd.DataFrame, hint: Hint | None, lang: Lang) -> go.Figure:
    """Annual and stock: a column per year against the target line."""
    drawn = period.period(rows, lang, HEIGHT)
    spread = yardsticks.spread(drawn, rows, peers, lang)
    shown = rows[rows["actual"].notna()]
    top = _room(drawn, rows, spread["upper"], yardsticks.reach(hint))
    columns.columns(drawn, shown, shown["actual"], lang, over=columns.over(drawn, shown, spread, top))
    yardsticks.hint(drawn, hint, lang)
    yardsticks.target(drawn, rows)
    period.gaps(drawn, rows, lang, [hint.year] if hint else (), columns.in_gaps(drawn, rows, spread, top))
    return drawn.figure()


def cumulative(rows: pd.DataFrame, filed: Mapping[int, float], peers: pd.DataFrame, lang: Lang) -> go.Figure:
    """Cumulative: what each year added, as a staircase against the pace, and what each remaining year must bring."""
    drawn = period.period(rows, lang, HEIGHT)
    spread = yardsticks.spread(drawn, rows, peers, lang)
    shown = rows[rows["actual"].notna()]
    added = [
        max(0.0, min(filed.get(year, 0.0), total)) for year, total in shown[["year", "actual"]].itertuples(index=False)
    ]
    before = shown["actual"] - added
    _brought(drawn, shown, before)
    top = _room(drawn, rows, spread["upper"])
    over = columns.over(drawn, shown, spread, top)
    columns.columns(drawn, shown, shown["actual"] - before, lang, base=before, over=over)
    yardsticks.pace(drawn, rows, lang)
    needed = rows[rows["needed_per_year"].notna()]
    to_come = rows[rows["status"] == "upcoming"]
    if len(needed) and len(to_come):
        so_far = float(shown["actual"].iloc[-1]) if len(shown) else 0.0
        _needed(drawn, to_come, so_far, float(needed["needed_per_year"].iloc[-1]), lang)
    yardsticks.target(drawn, rows)
    period.gaps(
        drawn, rows, lang, list(to_come["year"]) if len(needed) else (), columns.in_gaps(drawn, rows, spread, top)
    )
    return drawn.figure()


def share(rows: pd.DataFrame, hint: Hint | None, lang: Lang) -> go.Figure:
    """Share: a column per year in per cent against the target line, with its two counts and the k that is missing."""
    drawn = period.period(rows, lang, HEIGHT)
    shown = rows[rows["actual"].notna()]
    counts = [
        f"{numbers.figure(part)}/{numbers.figure(whole)}" + (f"<br>+{numbers.figure(k)}" if k else "")
        for part, whole, k in zip(
            shown["numerator"], shown["denominator"], shown["short_by"].fillna(0).astype(int), strict=True
        )
    ]
    columns.columns(drawn, shown, shown["actual"], lang)
    # Over the column and over the target's line, which would cross them out.
    drawn.trace(
        "scatter",
        x=shown["year"].astype(str),
        y=shown[["actual", "threshold"]].max(axis=1),
        mode="text",
        text=[
            f"{period.lines(drawn, looks.STATUSES[status].sign, numbers.share(actual, required))}<br>{count}"
            for status, actual, required, count in zip(
                shown["status"], shown["actual"], shown["required"], counts, strict=True
            )
        ],
        textposition="top center",
        cliponaxis=False,
        hoverinfo="skip",
        name="figures",
    )
    yardsticks.hint(drawn, hint, lang, share=True)
    highest = max([*shown["actual"], float(rows["threshold"].iloc[0]), *yardsticks.reach(hint)])
    # The counts take a line or two of their own over the percentage.
    period.room(drawn, [highest * LINES_OVER])
    drawn.lay(margin={"l": beside(["100%"])}, yaxis={"tickformat": ",.0%"})
    yardsticks.target(drawn, rows)
    period.gaps(drawn, rows, lang, but=[hint.year] if hint else ())
    return drawn.figure()


def growth(rows: pd.DataFrame, filed: Mapping[int, float], hint: Hint | None, lang: Lang) -> go.Figure:
    """Growth: the figures as a line that breaks where a year is missing, each with its change, baselines marked."""
    first = int(rows["year"].min())
    before = [first - 1] if first - 1 in filed else []
    drawn = period.period(rows, lang, HEIGHT, before)
    shown = [*before, *map(int, rows["year"])]
    status = dict(zip(rows["year"], rows["status"], strict=True))
    change = dict(zip(rows["year"], rows["actual"], strict=True))
    marks = [looks.STATUSES[status.get(year, "baseline")] for year in shown]
    drawn.trace(
        "scatter",
        x=[str(year) for year in shown],
        y=[filed.get(year) for year in shown],
        mode="lines+markers+text",
        connectgaps=False,
        line={"color": LINE, "width": 2},
        marker={"size": 13, "color": [look.colour for look in marks], "line": {"color": LINE, "width": 1}},
        text=[_changed(drawn, filed.get(year), change.get(year), lang) for year in shown],
        textposition=_aside(shown, filed),
        cliponaxis=False,
        hoverinfo="skip",
        name="value",
    )
    yardsticks.hint(drawn, hint, lang)
    figures = [filed[year] for year in shown if year in filed]
    if figures:
        low, high = min([*figures, *yardsticks.reach(hint)]), max([*figures, *yardsticks.reach(hint)])
        room = ((high - low) or high or 1) * 0.6
        period.reach(drawn, low - room, high + room)
    period.gaps(drawn, rows, lang, but=[hint.year] if hint else ())
    return drawn.figure()


def _brought(drawn: Drawing, rows: pd.DataFrame, before: pd.Series) -> None:
    """What the years before had brought, pale below the step of each year."""
    drawn.trace(
        "bar",
        x=rows["year"].astype(str),
        y=before,
        width=columns.COLUMN,
        marker={"color": [looks.STATUSES[status].colour for status in rows["status"]], "line": {"width": 0}},
        opacity=EARLIER,
        hoverinfo="skip",
        name="before",
    )


def _needed(drawn: Drawing, to_come: pd.DataFrame, so_far: float, step: float, lang: Lang) -> None:
    """What each year to come must bring, hollow, from what there is so far on."""
    drawn.trace(
        "bar",
        x=to_come["year"].astype(str),
        y=[step] * len(to_come),
        base=[so_far + step * number for number in range(len(to_come))],
        width=columns.COLUMN,
        marker={"color": "rgba(0,0,0,0)", "line": {"color": looks.WATCH, "width": 1.5}, "pattern": {"shape": ""}},
        text=[f"+{numbers.needed(step)}"] * len(to_come),
        # In the middle: the pace and the target run along the top.
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": looks.WATCH},
        constraintext="none",
        hoverinfo="text",
        hovertext=words("needed", lang, count=numbers.needed(step)),
        name="needed",
    )


def _room(drawn: Drawing, rows: pd.DataFrame, others: pd.Series, hinted: Sequence[float] = ()) -> float:
    own = max([*rows["actual"].dropna(), *rows["threshold"], *hinted])
    return period.room(drawn, [own], others.clip(upper=own * DWARFED) if own else others)


def _aside(shown: Sequence[int], filed: Mapping[int, float]) -> list[str]:
    """Where a year's figure stands: on the side of its point that the line leaves free."""
    sides = []
    for year in shown:
        beside = [filed[other] for other in (year - 1, year + 1) if other in filed]
        low = year in filed and beside and sum(beside) / len(beside) > filed[year]
        sides.append("bottom center" if low else "top center")
    return sides


def _changed(drawn: Drawing, value: float | None, change: float | None, lang: Lang) -> str:
    if value is None:
        return ""
    if change is None or pd.isna(change):
        named = "" if period.count(drawn) > period.FEW else f" {words('baseline', lang)}"
        return f"{numbers.figure(value)}<br>{looks.STATUSES['baseline'].sign}{named}"
    return f"{numbers.figure(value)}<br>{numbers.sign(change, 'growth')}{numbers.figure(change)}"
