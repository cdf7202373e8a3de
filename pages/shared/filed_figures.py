"""The figures of a filing as they are reviewed: marked where a return names them or they were changed."""

from collections.abc import Sequence

import pandas as pd

from pages.shared import html_table, tables, words
from pages.shared.html_table import Column, Html
from tracking.words import numbers

_OVER = (
    "metric_name",
    "value",
    "unit",
    "cell",
    "year_before",
    "approved",
    "owed_name",
    "required",
    "actual",
    "status",
)
_FIGURES = frozenset({"value", "year_before", "approved", "required", "actual"})
# What a telephone does without; a figure never stands without its unit.
_MINOR = frozenset({"year_before", "owed_name"})


def show(figures: pd.DataFrame, caption: str, space: str, *, over: Sequence[str] = _OVER) -> None:
    """Draw them, a row per figure and requirement that it serves, which it leads to; columns that say nothing are left
    out."""
    rows = [_cells(row, space) for _, row in figures.iterrows()]
    shown = [name for name in (*over, "note", "evidence") if any(row[name] for row in rows)]
    heads = [Column(tables.heading(name), figures=name in _FIGURES, minor=name in _MINOR) for name in shown]
    html_table.show(heads, [[row[name] for name in shown] for row in rows], caption=caption)


def _cells(row: "pd.Series[object]", space: str) -> dict[str, Html]:
    lang, kind = words.lang(), row["kind"] if isinstance(row["kind"], str) else "decimal"
    figures = {name: numbers.filed(row[name], kind, lang) for name in ("value", "year_before", "approved")}
    basis = row["basis"]
    if isinstance(basis, str):
        beside = row["required"]
        figures["required"] = numbers.judged(row["required"], basis, None, lang)
        figures["actual"] = numbers.judged(row["actual"], basis, beside, lang)
    marks = [html_table.mark("cell", name) for name in ("named", "changed") if row[name]]
    cells = {name: html_table.escaped(figures.get(name, "")) for name in _FIGURES}
    texts = ("metric_name", "unit", "owed_name", "note", "evidence")
    cells |= {name: html_table.escaped(row[name] if isinstance(row[name], str) else "") for name in texts}
    if isinstance(row["requirement"], str):
        goal = {"space": space, "enrolment": str(row["track"]), "requirement": row["requirement"]}
        cells["metric_name"] = html_table.link("space", cells["metric_name"], row=True, **goal)
    status = row["status"]
    cells["status"] = html_table.mark("status", status) if isinstance(status, str) else Html("")
    cells["cell"] = html_table.joined(marks, " ")
    return cells
