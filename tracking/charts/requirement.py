"""One requirement of one space over its period, drawn in the form that fits its basis.

Rows are those of `attainment` for one requirement, a row per year. A year without a figure is a gap with the
sign of its status in it, never a column of height 0.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from tracking.charts import period
from tracking.charts.base import FAINT, LINE, Drawing, beside, words
from tracking.results.outlook import Hint
from tracking.words import language, looks, numbers
from tracking.words.language import Lang

HEIGHT = 230
# The signs that a legend explains, by the name of what draws them.
SIGNS = ("pace", "before", "needed", "peers", "hint", "value")
# A spread that would dwarf the space's own columns is cut off at this many times the highest of them.
DWARFED = 3
# A figure stands in its column, not over it, where the target's line is nearer than this part of the height.
NEAR = 0.25
# What a figure over a column takes of the height of a chart, a status's sign and word in a year without a figure, and
# these where they stand upright because years are many.
LABEL, GAP, GAP_UPRIGHT = 0.1, 0.22, 0.45
# Half of what the line of the pace takes, with its marks.
PACE = 0.025
# A year is as wide as 1 on the axis.
COLUMN = 0.46
BAND = 0.86
# What stands over a share's column in lines of its own takes this much more of the height.
LINES_OVER = 1.2
# A step that an earlier year brought, beside the one of the year itself.
EARLIER = 0.35


def draw(
    rows: pd.DataFrame, filed: Mapping[int, float], peers: pd.DataFrame, hint: Hint | None, lang: Lang
) -> go.Figure:
    """The chart of a requirement of any basis but attested.

    `filed` has by year what was filed for its metric, `peers` the rows of `story.peers` for it.
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
    spread = _spread(drawn, rows, peers, lang)
    shown = rows[rows["actual"].notna()]
    top = _room(drawn, rows, spread["upper"], _reach(hint))
    _columns(drawn, shown, shown["actual"], lang, over=_over(drawn, shown, spread, top))
    _hint(drawn, hint, lang)
    _target(drawn, rows)
    period.gaps(drawn, rows, lang, [hint.year] if hint else (), _in_gaps(drawn, rows, spread, top))
    return drawn.figure()


def cumulative(rows: pd.DataFrame, filed: Mapping[int, float], peers: pd.DataFrame, lang: Lang) -> go.Figure:
    """Cumulative: what each year added, as a staircase against the pace, and what each remaining year must bring."""
    drawn = period.period(rows, lang, HEIGHT)
    spread = _spread(drawn, rows, peers, lang)
    shown = rows[rows["actual"].notna()]
    added = [
        max(0.0, min(filed.get(year, 0.0), total)) for year, total in shown[["year", "actual"]].itertuples(index=False)
    ]
    before = shown["actual"] - added
    drawn.trace(
        "bar",
        x=shown["year"].astype(str),
        y=before,
        width=COLUMN,
        marker={"color": [looks.STATUSES[status].colour for status in shown["status"]], "line": {"width": 0}},
        opacity=EARLIER,
        hoverinfo="skip",
        name="before",
    )
    top = _room(drawn, rows, spread["upper"])
    over = _over(drawn, shown, spread, top)
    _columns(drawn, shown, shown["actual"] - before, lang, base=before, over=over)
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
    needed = rows[rows["needed_per_year"].notna()]
    to_come = rows[rows["status"] == "upcoming"]
    if len(needed) and len(to_come):
        step = float(needed["needed_per_year"].iloc[-1])
        so_far = float(shown["actual"].iloc[-1]) if len(shown) else 0.0
        drawn.trace(
            "bar",
            x=to_come["year"].astype(str),
            y=[step] * len(to_come),
            base=[so_far + step * number for number in range(len(to_come))],
            width=COLUMN,
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
    _target(drawn, rows)
    period.gaps(drawn, rows, lang, list(to_come["year"]) if len(needed) else (), _in_gaps(drawn, rows, spread, top))
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
    _columns(drawn, shown, shown["actual"], lang)
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
    _hint(drawn, hint, lang, share=True)
    highest = max([*shown["actual"], float(rows["threshold"].iloc[0]), *_reach(hint)])
    # The counts take a line or two of their own over the percentage.
    period.room(drawn, [highest * LINES_OVER])
    drawn.lay(margin={"l": beside(["100%"])}, yaxis={"tickformat": ",.0%"})
    _target(drawn, rows)
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
    _hint(drawn, hint, lang)
    figures = [filed[year] for year in shown if year in filed]
    if figures:
        low, high = min([*figures, *_reach(hint)]), max([*figures, *_reach(hint)])
        room = ((high - low) or high or 1) * 0.6
        period.reach(drawn, low - room, high + room)
    period.gaps(drawn, rows, lang, but=[hint.year] if hint else ())
    return drawn.figure()


def _columns(
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
        drawn.trace(
            "scatter",
            x=rows["year"].astype(str)[raised],
            y=[height for up, height in zip(raised, over, strict=True) if up],
            mode="text",
            text=[label for up, label in zip(raised, labels, strict=True) if up],
            textposition="top center",
            cliponaxis=False,
            hoverinfo="skip",
            name="over",
        )


def _over(drawn: Drawing, rows: pd.DataFrame, spread: pd.DataFrame, top: float) -> list[float]:
    """The heights, from its column on, over which the figure of each year stands on no band and no line."""
    room = top * LABEL * (2 if period.count(drawn) > period.FEW else 1)
    return list(_free(rows, rows["actual"], spread, room, top).values())


def _in_gaps(drawn: Drawing, rows: pd.DataFrame, spread: pd.DataFrame, top: float) -> dict[int, float]:
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


def _hint(drawn: Drawing, hint: Hint | None, lang: Lang, *, share: bool = False) -> None:
    """A hollow mark with its range, in no status's colour."""
    if hint is None or str(hint.year) not in period.years(drawn):
        return
    shown = numbers.share if share else numbers.figure
    drawn.trace(
        "scatter",
        x=[str(hint.year)],
        y=[hint.value],
        error_y={"array": [hint.spread], "color": LINE, "thickness": 1.5},
        mode="markers",
        marker={"symbol": "diamond-open", "size": 9, "color": LINE},
        hovertext=words("hint", lang, value=shown(hint.value), spread=shown(hint.spread)),
        hoverinfo="text",
        name="hint",
    )


def _room(drawn: Drawing, rows: pd.DataFrame, others: pd.Series, hinted: Sequence[float] = ()) -> float:
    own = max([*rows["actual"].dropna(), *rows["threshold"], *hinted])
    return period.room(drawn, [own], others.clip(upper=own * DWARFED) if own else others)


def _reach(hint: Hint | None) -> list[float]:
    """The ends of a hint's range."""
    return [] if hint is None else [max(0.0, hint.value - hint.spread), hint.value + hint.spread]


def _aside(shown: Sequence[int], filed: Mapping[int, float]) -> list[str]:
    """Where a year's figure stands: on the side of its point that the line leaves free."""
    sides = []
    for year in shown:
        beside = [filed[other] for other in (year - 1, year + 1) if other in filed]
        low = year in filed and beside and sum(beside) / len(beside) > filed[year]
        sides.append("bottom center" if low else "top center")
    return sides


def _target(drawn: Drawing, rows: pd.DataFrame) -> None:
    threshold, basis = float(rows["threshold"].iloc[0]), rows["basis"].iloc[0]
    sign = "≥" if rows["comparison"].iloc[0] == ">=" else ">"
    drawn.across(threshold, color=LINE, width=2)
    drawn.note(
        f"{sign} {numbers.of_metric(threshold, basis)}",
        x=1,
        xref="paper",
        xanchor="left",
        y=threshold,
        font={"size": 12},
    )


def _spread(drawn: Drawing, rows: pd.DataFrame, peers: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """The middle half of the other spaces in the same year of their period, as a band behind the column; which."""
    spread = rows.merge(peers, on=["requirement", "period_year"])
    if spread.empty:
        return spread
    drawn.trace(
        "bar",
        x=spread["year"].astype(str),
        y=spread["upper"] - spread["lower"],
        base=spread["lower"],
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
            for row in spread.itertuples(index=False)
        ],
        hoverinfo="text",
        name="peers",
    )
    return spread


def _changed(drawn: Drawing, value: float | None, change: float | None, lang: Lang) -> str:
    if value is None:
        return ""
    if change is None or pd.isna(change):
        named = "" if period.count(drawn) > period.FEW else f" {words('baseline', lang)}"
        return f"{numbers.figure(value)}<br>{looks.STATUSES['baseline'].sign}{named}"
    return f"{numbers.figure(value)}<br>{numbers.sign(change, 'growth')}{numbers.figure(change)}"
