"""One requirement of one space over its period, drawn in the form that fits its basis.

Rows are those of `attainment` for one requirement, a row per year. A year without a figure is a gap with the
sign of its status in it, never a column of height 0.
"""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from tracking import looks, numbers
from tracking.charts.base import FAINT, LINE, figure, safe, short, words, years
from tracking.language import Lang
from tracking.outlook import Hint

HEIGHT = 210
ROW = 30
# A year is as wide as 1 on the axis.
COLUMN = 0.46
BAND = 0.86


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
        return share(rows, lang)
    if basis == "growth":
        return growth(rows, filed, lang)
    return level(rows, peers, hint, lang)


def level(rows: pd.DataFrame, peers: pd.DataFrame, hint: Hint | None, lang: Lang) -> go.Figure:
    """Annual and stock: a column per year against the target line."""
    drawn = _period(rows, lang)
    _spread(drawn, rows, peers, lang)
    shown = rows[rows["actual"].notna()]
    _columns(drawn, shown, shown["actual"], [numbers.figure(a, r) for a, r in _pairs(shown)], lang)
    if hint is not None and str(hint.year) in drawn.layout.xaxis.categoryarray:
        drawn.add_scatter(
            x=[str(hint.year)],
            y=[hint.value],
            error_y={"array": [hint.spread], "color": LINE, "thickness": 1.5},
            mode="markers",
            marker={"symbol": "diamond-open", "size": 9, "color": LINE},
            hovertext=words(
                "hint",
                lang,
                value=numbers.figure(round(hint.value, 1)),
                spread=numbers.figure(round(hint.spread, 1)),
            ),
            hoverinfo="text",
            name="hint",
        )
    _target(drawn, rows)
    return _gaps(drawn, rows, lang)


def cumulative(rows: pd.DataFrame, filed: Mapping[int, float], peers: pd.DataFrame, lang: Lang) -> go.Figure:
    """Cumulative: what each year added, as a staircase against the pace, and what each remaining year must bring."""
    drawn = _period(rows, lang)
    _spread(drawn, rows, peers, lang)
    shown = rows[rows["actual"].notna()]
    added = [
        max(0.0, min(filed.get(year, 0.0), total)) for year, total in shown[["year", "actual"]].itertuples(index=False)
    ]
    before = shown["actual"] - added
    texts = [numbers.figure(a, r) for a, r in _pairs(shown)]
    _columns(drawn, shown, shown["actual"] - before, texts, lang, base=before)
    drawn.add_scatter(
        x=rows["year"].astype(str),
        y=rows["required"],
        mode="lines+markers",
        line={"color": LINE, "dash": "dot", "width": 2},
        marker={"size": 5, "color": LINE},
        name=words("pace", lang),
        hovertemplate=f"{words('pace', lang)} %{{y:,.4~f}}<extra></extra>",
    )
    needed = rows[rows["needed_per_year"].notna()]
    to_come = rows[rows["status"] == "upcoming"]
    if len(needed) and len(to_come):
        step = float(needed["needed_per_year"].iloc[-1])
        so_far = float(shown["actual"].iloc[-1]) if len(shown) else 0.0
        drawn.add_bar(
            x=to_come["year"].astype(str),
            y=[step] * len(to_come),
            base=[so_far + step * number for number in range(len(to_come))],
            width=COLUMN,
            marker={"color": "rgba(0,0,0,0)", "line": {"color": looks.WATCH, "width": 1.5}, "pattern": {"shape": ""}},
            text=[f"+{numbers.figure(step)}"] * len(to_come),
            textposition="inside",
            textangle=0,
            hoverinfo="text",
            hovertext=words("needed", lang, count=numbers.figure(step)),
            name="needed",
        )
    _target(drawn, rows)
    return _gaps(drawn, rows, lang)


def share(rows: pd.DataFrame, lang: Lang) -> go.Figure:
    """Share: the numerator in its denominator, the count that the target asks, and how many are missing to it."""
    drawn = _period(rows, lang)
    shown = rows[rows["actual"].notna()]
    drawn.add_bar(
        x=shown["year"].astype(str),
        y=shown["denominator"],
        width=BAND,
        marker={"color": FAINT},
        text=[f"{numbers.figure(n)} / {numbers.figure(d)}" for n, d in shown[["numerator", "denominator"]].to_numpy()],
        textposition="outside",
        hoverinfo="skip",
        name="denominator",
    )
    _columns(drawn, shown, shown["numerator"], [numbers.share(a, r) for a, r in _pairs(shown)], lang)
    drawn.add_scatter(
        x=shown["year"].astype(str),
        y=shown["denominator"] * shown["threshold"],
        mode="markers+text",
        marker={"symbol": "line-ew-open", "size": 44, "line": {"width": 2}, "color": LINE},
        text=[f"+{k}" if k else "" for k in shown["short_by"].fillna(0)],
        textposition="top center",
        hovertemplate=f"{words('target', lang)} %{{y:,.2~f}}<extra></extra>",
        name="target",
    )
    return _gaps(drawn, rows, lang)


def growth(rows: pd.DataFrame, filed: Mapping[int, float], lang: Lang) -> go.Figure:
    """Growth: the figures as a line that breaks where a year is missing, each with its change, baselines marked."""
    first = int(rows["year"].min())
    before = [first - 1] if first - 1 in filed else []
    drawn = _period(rows, lang, before)
    shown = [*before, *rows["year"]]
    status = dict(zip(rows["year"], rows["status"], strict=True))
    change = dict(zip(rows["year"], rows["actual"], strict=True))
    marks = [looks.STATUSES[status.get(year, "baseline")] for year in shown]
    drawn.add_scatter(
        x=[str(year) for year in shown],
        y=[filed.get(year) for year in shown],
        mode="lines+markers+text",
        connectgaps=False,
        line={"color": LINE, "width": 2},
        marker={"size": 13, "color": [look.colour for look in marks], "line": {"color": LINE, "width": 1}},
        text=[_changed(filed.get(year), change.get(year), lang) for year in shown],
        textposition="top center",
        hoverinfo="skip",
        name="value",
    )
    figures = [filed[year] for year in shown if year in filed]
    if figures:
        room = (max(figures) - min(figures) or max(figures) or 1) * 0.35
        drawn.update_yaxes(range=[min(figures) - room, max(figures) + room])
    return _gaps(drawn, rows, lang, at=min(figures) if figures else 0)


def attested(rows: pd.DataFrame, lang: Lang) -> go.Figure:
    """Attested: a row of yes and no per requirement, a column per year. Rows of several requirements."""
    names = rows.drop_duplicates("requirement")
    place = {code: number for number, code in enumerate(names["requirement"])}
    drawn = figure(ROW * len(place) + 70)
    years(drawn, sorted(rows["year"].unique()))
    for status, look in looks.STATUSES.items():
        part = rows[rows["status"] == status]
        if part.empty:
            continue
        drawn.add_scatter(
            x=part["year"].astype(str),
            y=[place[code] for code in part["requirement"]],
            mode="markers+text",
            marker={"symbol": "square", "size": ROW - 6, "color": look.colour},
            text=look.sign,
            textfont={"color": look.ink},
            name=looks.told("status", status, lang),
            hovertext=[f"{safe(name)}<br>{looks.told('status', status, lang)}" for name in part["metric_name"]],
            hoverinfo="text",
            showlegend=False,
        )
    drawn.update_xaxes(side="top")
    drawn.update_yaxes(
        tickvals=list(place.values()),
        ticktext=[short(name, 26) for name in names["metric_name"]],
        range=[len(place) - 0.5, -0.5],
        ticks="",
    )
    return drawn


def _period(rows: pd.DataFrame, lang: Lang, before: list[int] | None = None) -> go.Figure:
    """An empty chart over the period's data years, its phases shaded and named."""
    drawn = figure(HEIGHT)
    shown = [*(before or []), *map(int, rows["year"])]
    years(drawn, shown)
    drawn.update_xaxes(
        tickvals=[str(year) for year in shown],
        ticktext=[f"{year}<br><sup>{words('evaluated', lang, year=year + 1)}</sup>" for year in shown],
    )
    drawn.update_layout(barmode="overlay", showlegend=False, margin={"t": 22, "r": 44})
    drawn.update_yaxes(rangemode="tozero", nticks=4, tickformat=",~f")
    offset = len(before or [])
    for phase, part in rows.reset_index(drop=True).groupby("phase", sort=False):
        first, last = part.index.min() + offset - 0.5, part.index.max() + offset + 0.5
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
    return drawn


def _columns(
    drawn: go.Figure,
    rows: pd.DataFrame,
    heights: pd.Series,
    texts: list[str],
    lang: Lang,
    base: pd.Series | None = None,
) -> None:
    looked = [looks.STATUSES[status] for status in rows["status"]]
    drawn.add_bar(
        x=rows["year"].astype(str),
        y=heights,
        base=base,
        width=COLUMN,
        marker={"color": [look.colour for look in looked], "line": {"width": 0}},
        text=[f"{look.sign} {text}" for look, text in zip(looked, texts, strict=True)],
        textposition="inside" if rows["basis"].iloc[:1].isin(["share"]).any() else "outside",
        # A target line crosses a share where it ends; below it the figure can be read.
        insidetextanchor="start",
        textangle=0,
        textfont={"color": [look.ink for look in looked]} if rows["basis"].iloc[:1].isin(["share"]).any() else None,
        cliponaxis=False,
        hovertext=[
            f"{year}<br>{looks.told('status', status, lang)}<br>{text}"
            for year, status, text in zip(rows["year"], rows["status"], texts, strict=True)
        ],
        hoverinfo="text",
        name="actual",
    )


def _target(drawn: go.Figure, rows: pd.DataFrame) -> None:
    threshold = float(rows["threshold"].iloc[0])
    sign = "≥" if rows["comparison"].iloc[0] == ">=" else ">"
    drawn.add_hline(y=threshold, line={"color": LINE, "width": 2})
    drawn.add_annotation(
        x=1,
        xref="paper",
        xanchor="left",
        y=threshold,
        text=f"{sign} {numbers.figure(threshold)}",
        showarrow=False,
        font={"size": 12},
    )


def _spread(drawn: go.Figure, rows: pd.DataFrame, peers: pd.DataFrame, lang: Lang) -> None:
    """The middle half of the other spaces in the same year of their period, as a band behind the column."""
    told = rows.merge(peers, on=["requirement", "period_year"])
    if told.empty:
        return
    drawn.add_bar(
        x=told["year"].astype(str),
        y=told["upper"] - told["lower"],
        base=told["lower"],
        width=BAND,
        marker={"color": FAINT},
        hovertext=[
            words(
                "peers",
                lang,
                spaces=numbers.figure(row.spaces),
                lower=numbers.figure(row.lower),
                median=numbers.figure(row.median),
                upper=numbers.figure(row.upper),
            )
            for row in told.itertuples(index=False)
        ],
        hoverinfo="text",
        name="peers",
    )


def _gaps(drawn: go.Figure, rows: pd.DataFrame, lang: Lang, at: float = 0.0) -> go.Figure:
    """The sign and word of its status in every year that has no figure."""
    missing = rows[rows["actual"].isna() & (rows["status"] != "baseline")]
    for year, status in missing[["year", "status"]].itertuples(index=False):
        drawn.add_annotation(
            x=str(year),
            y=at,
            yanchor="bottom",
            text=f"{looks.STATUSES[status].sign}<br>{looks.word('status', status, lang)}",
            showarrow=False,
            font={"size": 11, "color": LINE},
        )
    return drawn


def _changed(value: float | None, change: float | None, lang: Lang) -> str:
    if value is None:
        return ""
    if change is None or pd.isna(change):
        return f"{numbers.figure(value)}<br>{looks.STATUSES['baseline'].sign} {words('baseline', lang)}"
    sign = "+" if change > 0 else ""
    return f"{numbers.figure(value)}<br>{sign}{numbers.figure(change)}"


def _pairs(rows: pd.DataFrame) -> list[tuple[float, float]]:
    return list(zip(rows["actual"], rows["required"], strict=True))
