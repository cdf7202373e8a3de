"""The person's own sheet as it was understood: every cell in its place, coloured and named by what it was taken for."""

from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from pages.shared import words
from tracking.filing.interpreting import fitting
from tracking.filing.interpreting.layouts.understood import ROLES, Role, Understood
from tracking.filing.preview import Preview
from tracking.filing.spreadsheets.grids import Grid, index_of, letter

# So much of a sheet is drawn; below and beside it, it goes on in the same way or is told in the problems.
_ROWS, _COLUMNS, _SHEETS, _SIGNS = 40, 24, 6, 40
# Light enough for dark ink, and told apart by grey value too; the word in the first cell of an area tells it alone.
_COLOURS: dict[Role, str] = {
    "space": "#cfe3f4",
    "name": "#e3eef8",
    "year": "#fde3b5",
    "metric": "#d8cdee",
    "unit": "#f6cfd9",
    "figure": "#cdebd0",
    "evidence": "#e4f2cf",
    "note": "#e9f4dc",
    "passed_over": "#e4e6e8",
    "left_out": "#c9cdd1",
}
_STYLE = """<style>
.understood {overflow: auto; max-height: 32rem; border: 1px solid #8a949e66; border-radius: 4px}
.understood table {border-collapse: collapse; font-size: .8125rem; line-height: 1.35}
.understood td, .understood th {border: 1px solid #8a949e55; padding: .15rem .45rem; white-space: nowrap;
    vertical-align: top; text-align: left}
.understood th {font-weight: 400; opacity: .75; text-align: center}
.understood td[data-role] {color: #0d1620}
.understood .left_out {text-decoration: line-through}
.understood small {display: block; font-size: .6875rem; font-weight: 600; color: #0d1620cc}
.understood-legend {display: flex; flex-wrap: wrap; gap: .35rem .9rem; font-size: .8125rem; margin: .35rem 0}
.understood-legend em {opacity: .75; font-style: normal}
.understood-legend span::before {content: ""; display: inline-block; width: .9em; height: .9em; margin-right: .35em;
    border: 1px solid #8a949e; vertical-align: -.1em; background: var(--role)}
</style>"""


def show(seen: Preview) -> None:
    """A picture of each sheet of which a table was understood, with its legend; nothing where none was."""
    drawn = [each for each in seen.report.understood if each.areas][:_SHEETS]
    if not drawn:
        return
    simple = len(drawn) == 1 and drawn[0].layout in ("wide", "long")
    with st.expander(
        words.text("filing.understood"), expanded=not simple or seen.report.refused, icon=":material/grid_on:"
    ):
        by_sheet = {grid.sheet: grid for grid in seen.grids if grid.sheet != fitting.ON_THE_PAGE}
        # Each year of a table is one of its own, and says the same.
        for sentence in dict.fromkeys(map(_sentence, drawn)):
            st.markdown(sentence)
        units = [each for each in _units(seen) if not any(_covers(understood, each) for understood in drawn)]
        roles = [role for role in ROLES if any(role in each.areas for each in drawn) or role == "unit" and units]
        st.html(_STYLE + _legend(roles))
        for sheet in dict.fromkeys(each.sheet for each in drawn):
            if sheet in by_sheet:
                of_sheet = [each for each in drawn if each.sheet == sheet]
                st.html(_table(by_sheet[sheet], of_sheet, {at: "unit" for where, at in units if where == sheet}))


def _covers(understood: Understood, place: tuple[str | None, tuple[int, int]]) -> bool:
    """Whether a cell is one of a table's own: the name of a metric says its unit too, and is its name first of all."""
    sheet, (row, column) = place
    return sheet == understood.sheet and any(
        area.top <= row <= area.bottom and area.left <= column <= area.right
        for areas in understood.areas.values()
        for area in areas
    )


def _units(seen: Preview) -> Iterator[tuple[str | None, tuple[int, int]]]:
    """The cells that say a unit of figures: their sheet, row and column."""
    for each in seen.report.units:
        if each.cell is not None:
            letters = each.cell.rstrip("0123456789")
            yield each.sheet, (int(each.cell.removeprefix(letters)) - 1, index_of(letters))


def _sentence(understood: Understood) -> str:
    """Of a table: its sheet, how it is laid out, and where its space and its year stand."""
    parts = [words.text(f"layout.{understood.layout}")]
    for kind, source, value in (
        ("space", understood.space_from, understood.space),
        ("year", understood.year_from, understood.year),
    ):
        if source not in (None, "cells"):
            parts.append(
                words.text(f"understood.{kind}.{source}", value=words.plain(value if value is not None else "—"))
            )
    sheet = f"**{words.plain(understood.sheet)}**　" if understood.sheet else ""
    sentence = words.text("filing.comma").join(parts)
    return sheet + sentence[:1].upper() + sentence[1:]


def _legend(roles: Sequence[Role]) -> str:
    items = (f'<span style="--role: {_COLOURS[role]}">{escape(_word(role))}</span>' for role in roles)
    rest = escape(words.text("filing.understood_rest"))
    return f'<div class="understood-legend">{"".join(items)}<em>{rest}</em></div>'


def _word(role: Role) -> str:
    return words.text(f"role.{role}")


def _table(grid: Grid, tables: Sequence[Understood], units: dict[tuple[int, int], Role]) -> str:
    rows = grid.rows[:_ROWS]
    width = min(max(map(len, rows), default=0), _COLUMNS)
    taken = dict(_roles(tables, len(rows), width)) | units
    firsts = {(area.top, area.left) for each in tables for areas in each.areas.values() for area in areas}
    head = "".join(f"<th>{letter(column)}</th>" for column in range(width))
    body = "".join(
        f"<tr><th>{number + 1}</th>{''.join(_cell(row, number, column, taken, firsts) for column in range(width))}</tr>"
        for number, row in enumerate(rows)
    )
    more = ""
    if len(grid.rows) > _ROWS or max(map(len, grid.rows), default=0) > _COLUMNS:
        more = f"<p>{escape(words.text('filing.understood_more', rows=len(rows), columns=width))}</p>"
    caption = escape(words.text("filing.understood"))
    table = f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="understood" tabindex="0" role="region" aria-label="{caption}">{table}</div>{more}'


def _roles(tables: Sequence[Understood], rows: int, width: int) -> Iterator[tuple[tuple[int, int], Role]]:
    for each in tables:
        for role, areas in each.areas.items():
            for area in areas:
                for row in range(area.top, min(area.bottom + 1, rows)):
                    for column in range(area.left, min(area.right + 1, width)):
                        yield (row, column), role


def _cell(
    row: Sequence[str], number: int, column: int, taken: dict[tuple[int, int], Role], firsts: set[tuple[int, int]]
) -> str:
    text = row[column] if column < len(row) else ""
    shown = escape(text if len(text) <= _SIGNS else text[: _SIGNS - 1] + "…")
    role = taken.get((number, column))
    if role is None:
        return f"<td>{shown}</td>"
    word = f"<small>{escape(_word(role))}</small>" if (number, column) in firsts else ""
    title = f"{letter(column)}{number + 1} {_word(role)}"
    style = f"background: {_COLOURS[role]}"
    return f'<td data-role="{role}" class="{role}" style="{style}" title="{escape(title)}">{word}{shown}</td>'
