"""The overview's charts: many spaces in one picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from tracking.charts.base import FAINT, LINE, beside, blank, lines, safe, short, words
from tracking.words import looks, numbers
from tracking.words.language import Lang

ROW, TWO_LINES = 24, 28
# Pixels from the sign of a cell to its corners, at most.
REACH = 40
# Of a requirement's name beside a row, so many letters a line: two lines then hold it whole.
NAME = 30
BAR = 20
# A part of a bar smaller than this has no room for its count; pointing at it tells it.
LEGIBLE = 0.05
# A count of few shortfalls, and what is written on it.
SHADE, INK = "#f3e3dc", "#3b1608"


@dataclass(frozen=True)
class _Heads:
    """How the columns of a heatmap are headed: angle, letters a line, lines, and the pixels they take."""

    angle: int
    length: int
    most: int
    above: int
    beside: int


# Four Chinese characters a line fit over a column; Latin words do not, and lean.
HEADS = {"zh": _Heads(0, 8, 4, 70, 12), "en": _Heads(-55, 31, 2, 172, 112)}


def heatmap(frame: pd.DataFrame, lang: Lang) -> go.Figure:
    """Space × requirement in the order of `overview.heatmap`: each cell the colour and sign of its status.

    What is asked of the most spaces stands first, then the policy's order. A cell's customdata is its space_id and
    requirement.
    """
    enrolments = frame.drop_duplicates(["space_id", "edition"])
    frequency = frame["requirement"].map(frame["requirement"].value_counts())
    requirements = (
        frame.assign(frequency=-frequency).drop_duplicates("requirement").sort_values(["frequency", "position"])
    )
    heads = HEADS[lang]
    keys = list(zip(frame["space_id"], frame["edition"], strict=True))
    row = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    column = {code: number for number, code in enumerate(requirements["requirement"])}
    codes = list(looks.STATUSES)
    cells: list[list[int | None]] = [[None] * len(column) for _ in row]
    for key, requirement, status in zip(keys, frame["requirement"], frame["status"], strict=True):
        cells[row[key]][column[requirement]] = codes.index(status)

    drawn = blank(ROW * len(row) + heads.above + 8)
    drawn.trace(
        "heatmap",
        z=cells,
        zmin=-0.5,
        zmax=len(codes) - 0.5,
        colorscale=_steps(codes),
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
    )
    drawn.trace(
        "scatter",
        x=[column[code] for code in frame["requirement"]],
        y=[row[key] for key in keys],
        # Without marks, each of which a browser would draw besides; a click beside a sign still finds it.
        mode="text",
        text=[looks.STATUSES[status].sign for status in frame["status"]],
        textfont={"color": [looks.STATUSES[status].ink for status in frame["status"]], "size": 12},
        customdata=frame[["space_id", "requirement"]].to_numpy(),
        hovertext=[_hover(row, lang) for row in frame.itertuples(index=False)],
        hoverinfo="text",
    )
    names = [short(name) for name in enrolments["space_name"]]
    drawn.lay(
        margin={"t": heads.above, "r": heads.beside, "l": beside(names)},
        hoverdistance=REACH,
        xaxis={
            "tickvals": list(column.values()),
            "ticktext": [lines(name, heads.length, heads.most) for name in requirements["metric_name"]],
            "tickfont": {"size": 11},
            "tickangle": heads.angle,
            "ticklabeloverflow": "allow",
            "side": "top",
            "range": [-0.5, len(column) - 0.5],
            "ticks": "",
            "showline": False,
        },
        yaxis={
            "tickvals": list(row.values()),
            "ticktext": names,
            "range": [len(row) - 0.5, -0.5],
            "ticks": "",
            "showline": False,
        },
    )
    return drawn.figure()


def where(frame: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """How many shortfalls each requirement has in each data year, as a table shaded by count, from `missed.where`.

    `names` are the tracks' by code: each heads its requirements where there are several. A cell's customdata is its
    year and requirement. A year in which a requirement has none is blank.
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
        text=[f"{count:,}" for count in frame["shortfalls"]],
        textfont={"color": [INK if count <= most * 0.7 else "#ffffff" for count in frame["shortfalls"]], "size": 12},
        marker={"opacity": 0, "size": 24},
        customdata=frame[["year", "requirement"]].astype("str").to_numpy(),
        hovertext=[
            f"{safe(name)}<br>{year}<br>{count:,}"
            for name, year, count in frame[["metric_name", "year", "shortfalls"]].itertuples(index=False)
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


def longest(frame: pd.DataFrame) -> int:
    """The enrolments of the longest bar of `statuses`."""
    return int(frame.groupby(["requirement", "year"])["enrolments"].sum().max())


def halves(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of two pictures of `statuses` side by side, about as high as each other, no requirement in both."""
    # A line for each requirement's name, and one for each of its bars.
    lines_of = frame.groupby("requirement", sort=False)["year"].nunique() + 1
    first = lines_of.index[lines_of.cumsum() - lines_of / 2 <= lines_of.sum() / 2]
    parts = [frame[frame["requirement"].isin(first)], frame[~frame["requirement"].isin(first)]]
    return [part for part in parts if len(part)]


def statuses(frame: pd.DataFrame, lang: Lang, most: int) -> go.Figure:
    """Each requirement's enrolments by status, a stacked bar per year, from `overview.statuses`.

    A bar of `most` is as long as the picture is wide, so that pictures side by side have one scale.
    """
    positions: dict[tuple[str, int], int] = {}
    titles: list[tuple[int, str]] = []
    line = 0
    for requirement, rows in frame.groupby("requirement", sort=False):
        titles.append((line, str(rows["metric_name"].iloc[0])))
        for year in sorted(rows["year"].unique()):
            line += 1
            positions[str(requirement), int(year)] = line
        line += 1

    drawn = blank(BAR * line + 16)
    for status, look in looks.STATUSES.items():
        rows = frame[frame["status"] == status]
        if rows.empty:
            continue
        keys = list(zip(rows["requirement"], rows["year"], strict=True))
        drawn.trace(
            "bar",
            orientation="h",
            x=rows["enrolments"],
            y=[positions[key] for key in keys],
            name=looks.mark("status", status, lang),
            marker={"color": look.colour, "line": {"width": 0}},
            text=[f"{count:,}" if count >= LEGIBLE * most else "" for count in rows["enrolments"]],
            textposition="inside",
            constraintext="none",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": look.ink, "size": 10},
            width=0.8,
            hovertext=[
                f"{safe(name)}<br>{year}<br>{looks.mark('status', status, lang)} {count:,}"
                for name, year, count in rows[["metric_name", "year", "enrolments"]].itertuples(index=False)
            ],
            hoverinfo="text",
        )
    # As one trace: a note by itself costs a browser as much as a bar.
    drawn.trace(
        "scatter",
        x=[0] * len(titles),
        y=[place for place, _ in titles],
        mode="text",
        text=[safe(title) for _, title in titles],
        textposition="middle right",
        textfont={"size": 12},
        hoverinfo="skip",
        name="names",
    )
    drawn.lay(
        barmode="stack",
        margin={"l": beside(["2000"])},
        xaxis={"visible": False, "range": [0, most]},
        yaxis={
            "tickvals": list(positions.values()),
            "ticktext": [str(year) for _, year in positions],
            "range": [line - 0.4, -0.6],
            "ticks": "",
            "tickfont": {"size": 11},
        },
    )
    return drawn.figure()


def received(frame: pd.DataFrame, as_of: date, lang: Lang) -> go.Figure:
    """Filings received so far by day, against all that are owed and the due dates, from `overview.received`."""
    arrivals = (
        frame.dropna(subset=["filed_on"]).groupby("filed_on", as_index=False)["filings"].sum().sort_values("filed_on")
    )
    total = int(frame["filings"].sum())
    dues = sorted(frame["due"].dropna().unique())
    today = pd.Timestamp(as_of)
    first = min([*arrivals["filed_on"], *dues], default=today)
    start = min(first, pd.Timestamp(year=first.year, month=1, day=1))
    end = min(today, max([*arrivals["filed_on"], *dues], default=today) + pd.Timedelta(days=30))
    days = [start, *arrivals["filed_on"], end]
    sums = [0, *arrivals["filings"].cumsum()]

    drawn = blank(300)
    drawn.trace(
        "scatter",
        x=days,
        y=[*sums, sums[-1]],
        mode="lines",
        line={"shape": "hv", "color": looks.FAIR, "width": 3},
        fill="tozeroy",
        fillcolor=FAINT,
        name=words("received", lang),
        hovertemplate="%{x|%Y-%m-%d}　%{y:,}<extra></extra>",
    )
    drawn.across(total, color=LINE, dash="dot")
    owed = words("owed", lang, count=f"{total:,}")
    drawn.note(owed, xref="paper", x=1, xanchor="right", y=total, yanchor="bottom")
    for due in dues:
        line = {"color": looks.WATCH, "dash": "dash"}
        drawn.shape("line", x0=due, x1=due, yref="paper", y0=0, y1=1, line=line)
        day = words("due", lang, day=pd.Timestamp(due).strftime("%Y-%m-%d"))
        drawn.note(day, x=due, y=total * 0.08, xanchor="left", xshift=4)
    last, top = max([end, *dues]), total * 1.15 or 1
    drawn.lay(
        margin={"l": beside([f"{top:,.0f}"]), "b": 32},
        xaxis={
            "tickformat": "%m-%d" if last - start < pd.Timedelta(days=366) else "%Y-%m",
            "range": [start, last + pd.Timedelta(days=6)],
        },
        yaxis={"range": [0, top], "tickformat": ",d", "nticks": 5},
    )
    return drawn.figure()


def districts(frame: pd.DataFrame, lang: Lang) -> go.Figure:
    """Each district's enrolments by result, worst first, from `overview.districts`."""
    table = frame.pivot_table(index="district", columns="result", values="enrolments", aggfunc="sum", fill_value=0)
    passed = table["pass"] if "pass" in table else table.sum(axis=1) * 0
    order = (passed / table.sum(axis=1)).sort_values(kind="stable").index
    drawn = blank(30 * len(order) + 24)
    for result, look in looks.RESULTS.items():
        if result not in table:
            continue
        counts = table.loc[order, result]
        drawn.trace(
            "bar",
            orientation="h",
            y=[safe(district) for district in order],
            x=counts,
            name=looks.mark("result", result, lang),
            marker={"color": look.colour},
            text=[f"{count:,}" if count else "" for count in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": look.ink},
            hovertemplate=f"%{{y}}<br>{looks.mark('result', result, lang)} %{{x:,}}<extra></extra>",
        )
    drawn.lay(
        barmode="stack",
        margin={"l": beside(map(str, order))},
        uniformtext={"mode": "hide", "minsize": 8},
        xaxis={"visible": False},
        yaxis={"type": "category", "autorange": "reversed", "ticks": ""},
    )
    return drawn.figure()


def _steps(codes: list[str]) -> list[tuple[float, str]]:
    """A colour scale with one flat step per status."""
    steps: list[tuple[float, str]] = []
    for number, code in enumerate(codes):
        colour = looks.STATUSES[code].colour
        steps += [(number / len(codes), colour), ((number + 1) / len(codes), colour)]
    return steps


def _hover(cell: tuple[object, ...], lang: Lang) -> str:
    """What a cell of the heatmap says when pointed at."""
    at = cell._asdict()  # type: ignore[attr-defined]
    lines = [safe(at["space_name"]), safe(at["metric_name"]), looks.mark("status", at["status"], lang)]
    actual = numbers.of_metric(at["actual"], at["basis"], at["required"])
    if at["basis"] != "attested" and actual:
        required = numbers.of_metric(at["required"], at["basis"], at["actual"])
        unit = "" if at["basis"] == "share" else safe(at["unit"])
        lines.append(words("against", lang, actual=actual, required=required, unit=unit))
    return "<br>".join(lines)
