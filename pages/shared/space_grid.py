"""The grid of a space: a row per requirement, a column per year, then what the next year must bring and the peers.

A row is a link that opens its card right below it, and closes it again.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
import streamlit as st

from pages.shared import html_table, provisional, words
from pages.shared.html_table import Html, escaped, joined, link
from tracking.charts import provisional as signs
from tracking.charts import sentences, to_come
from tracking.charts.period import FEW
from tracking.charts.strip import strip
from tracking.results import one_enrolment, one_space
from tracking.words import looks

# Scrolls to the row whose card is open, wherever the person came from.
_TO_THE_OPEN_ROW = (
    '<script>requestAnimationFrame(() => document.getElementById("open-row")?.scrollIntoView({{block: "center"}}))'
    "/* {requirement} */</script>"
)


# A sign of comparison stays on the line of its figure.
_KEPT, _NO_BREAK = re.compile(r"(?<=[≥>]) "), "\u00a0"


@dataclass(frozen=True)
class SpaceGrid:
    """What the grid of one enrolment is drawn from, each a frame of `one_space` or `attainment` with its meanings."""

    enrolment: str
    rows: pd.DataFrame
    evaluations: pd.DataFrame
    demands: pd.DataFrame
    peers: pd.DataFrame
    latest: dict[str, pd.Series]
    # What stands beside a cell, by requirement (empty: the year as a whole) and year.
    beside: Mapping[tuple[str, int], Html] = field(default_factory=dict)
    # Whether a year's result is left out where it rests on a filing that is not approved; such rows are not among them.
    approved_only: bool = False

    @cached_property
    def years(self) -> pd.DataFrame:
        """The rows of `evaluations`, in the order of the columns."""
        return self.evaluations.sort_values("year")

    @cached_property
    def by_cell(self) -> dict[tuple[str, int], sentences.Row]:
        """The rows, by requirement and year. At once: row by row it took a quarter of the grid."""
        return {(row["requirement"], row["year"]): row for row in self.rows.to_dict("records")}


def show(grid: SpaceGrid, opened: str | None, card: Callable[[pd.DataFrame], None]) -> None:
    """Draw the grid, and below the row of the requirement `opened` what `card` draws of its part of the rows."""
    parts = [part for stage in one_space.STAGES for part in one_enrolment.cards(grid.rows[grid.rows["stage"] == stage])]
    part = next((each for each in parts if opened in set(each["requirement"])), None)
    lines = _lines(grid, opened if part is not None else None)
    cut = next((at + 1 for at, (code, _) in enumerate(lines) if part is not None and code == opened), len(lines))
    _draw(grid, lines[:cut], head=True)
    if part is not None:
        st.html(_TO_THE_OPEN_ROW.format(requirement=opened), unsafe_allow_javascript=True)
        with st.container(border=True, key=f"card_{part['requirement'].iloc[0]}"):
            card(part)
    if lines[cut:]:
        _draw(grid, lines[cut:], head=False)
    provisional.legend(grid.rows["provisional"].any())


def _draw(grid: SpaceGrid, lines: list[tuple[str, str]], *, head: bool) -> None:
    shown = f"<thead>{_head(grid)}</thead>" if head else ""
    body = "".join(line for _, line in lines)
    caption = escaped(words.text("grid.caption"))
    # The same columns in the parts above and below an open card.
    widths = "".join(f'<col class="{name}"/>' for name in _columns(grid))
    many = " many" if len(grid.years) > FEW else ""
    table = f'<table aria-label="{caption}">{widths}{shown}<tbody>{body}</tbody></table>'
    st.html(f'<div class="read grid{many}">{table}</div>')


def _columns(grid: SpaceGrid) -> list[str]:
    """The classes of the columns; a narrow screen does without the minor ones."""
    owed = ["next"] if len(grid.demands) else []
    return ["clause minor", "name", "target minor", *["year"] * len(grid.years), *owed, "peers minor"]


def _head(grid: SpaceGrid) -> str:
    heads = [words.text("column.clause"), words.text("pick.only"), words.text("column.target")]
    heads += [_year(year, grid.beside.get(("", year["year"])), grid.approved_only) for _, year in grid.years.iterrows()]
    if len(grid.demands):
        heads.append(words.text("grid.next", year=grid.demands["year"].iloc[0]))
    heads.append(words.text("grid.peers"))
    named = zip(_columns(grid), heads, strict=True)
    cells = "".join(f'<th scope="col" class="{name}">{escaped(head)}</th>' for name, head in named)
    return f"<tr>{cells}</tr>"


def _year(year: pd.Series, beside: Html | None, approved_only: bool) -> Html:
    """Over a year's column: the year, its phase and evaluation, its result, and when its filing came or is due."""
    rests = year["provisional"]
    result = "" if approved_only and rests else html_table.mark("result", year["result"], provisional=rests)
    filed = not pd.isna(year["filed_at"])
    day = year["filed_at"] if filed else year["due"]
    lines = [
        joined(
            [
                Html("<b>"),
                year["year"],
                Html('</b> <span class="phase">'),
                words.text(f"phase.{year['phase']}"),
                Html("</span>"),
            ]
        ),
        joined([result, beside or ""], " "),
    ]
    if not pd.isna(day):
        sentence = escaped(words.text("grid.filed" if filed else "grid.due", day=day.date()))
        lines.append(Html(sentence.replace(str(day.date()), f'<span class="day">{day.date()}</span>')))
    return joined(lines, "<br>")


def _lines(grid: SpaceGrid, opened: str | None) -> list[tuple[str, str]]:
    """The rows of the table, each with its requirement's code; a stage begins with a row of its own."""
    lines = []
    for stage in one_space.STAGES:
        of_stage = grid.rows[grid.rows["stage"] == stage]
        if len(of_stage):
            minor = sum("minor" in name for name in _columns(grid))
            title = escaped(words.text(f"grid.{stage}"))
            # What spans columns that a narrow screen has not would make them anew.
            head = f'<th colspan="{len(_columns(grid)) - minor}" scope="colgroup">{title}</th>'
            rest = '<td class="minor"></td>' * minor
            lines.append(("", f'<tr class="stage">{head}{rest}</tr>'))
        for code, rows in of_stage.groupby("requirement", sort=False):
            lines.append((str(code), _line(grid, rows, opened)))
    return lines


def _line(grid: SpaceGrid, rows: pd.DataFrame, opened: str | None) -> str:
    code, first = rows["requirement"].iloc[0], rows.iloc[0]
    lang, is_open = words.lang(), code == opened
    latest = grid.latest.get(code)
    to = {"space": first["space_id"], "enrolment": grid.enrolment, "requirement": None if is_open else code}
    arrow = words.text("grid.close" if is_open else "grid.open")
    name = link(
        "space", joined([first["metric_name"], Html(f' <span class="more">{escaped(arrow)}</span>')]), row=True, **to
    )
    preferred = "" if first["mandatory"] else words.text("space.preferred")
    cells = [
        f'<td class="clause minor">{escaped(first["clause"])}</td>',
        f'<th scope="row">{name}{escaped(preferred)}</th>',
        f'<td class="minor">{escaped(_KEPT.sub(_NO_BREAK, sentences.aim(first, lang)))}</td>',
        *(_cell(grid.by_cell.get((code, year)), grid.beside.get((code, year))) for year in grid.years["year"]),
    ]
    if len(grid.demands):
        cells.append(_next(grid, code, latest))
    cells.append(f'<td class="minor">{_peers(grid, latest)}</td>')
    hot = "hot" if latest is not None and latest["missed"] else ""
    mark = ' id="open-row"' if is_open else ""
    return f'<tr class="{hot}{" open" if is_open else ""}"{mark}>{"".join(cells)}</tr>'


def _cell(row: sentences.Row | None, beside: Html | None) -> str:
    """A year of a requirement: sign and figure on the colour of its status, whose word is read out and hovers.

    What was agreed is a mark behind it, and that it is provisional another: the status stays what it is.
    """
    if row is None:
        return "<td></td>"
    lang, look = words.lang(), looks.STATUSES[row["status"]]
    shown = escaped(sentences.cell(row, lang))
    sentence = escaped(sentences.requirement(row, lang))
    open_yet = signs.mark(lang) if row["provisional"] else ""
    return (
        f'<td class="status" style="background:{look.colour};color:{look.ink}" title="{sentence}">{shown}{open_yet}'
        f'<span class="unseen"> {escaped(looks.word("status", row["status"], lang))}</span>{beside or ""}</td>'
    )


def _next(grid: SpaceGrid, code: str, latest: pd.Series | None) -> str:
    owed = grid.demands[grid.demands["requirement"] == code]
    if owed.empty:
        return "<td></td>"
    sentence = escaped(to_come.next_year(owed.iloc[0], latest, words.lang()))
    return f"<td>{f'<b>{sentence}</b>' if owed['missed'].iloc[0] else sentence}</td>"


def _peers(grid: SpaceGrid, latest: pd.Series | None) -> str:
    """The strip of the latest year known; of an answer of yes or no there is none."""
    if latest is None or latest["basis"] == "attested":
        return ""
    same = grid.peers[
        (grid.peers["requirement"] == latest["requirement"]) & (grid.peers["period_year"] == latest["period_year"])
    ]
    spread = same.iloc[0] if len(same) else None
    sentence = sentences.requirement(latest, words.lang())
    if spread is not None:
        others = sentences.peers(spread, latest["year"], latest["basis"], latest["unit"], words.lang())
        sentence = f"{sentence}; {others}"
    return strip(latest, spread, sentence)
