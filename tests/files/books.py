"""Workbooks built cell by cell, for tests that need one small file of a kind."""

import io
from collections.abc import Callable, Sequence

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Rows = Sequence[Sequence[object]]
More = Callable[[Workbook, Worksheet], object]


def book(*, merged: Sequence[str] = (), more: More | None = None, **sheets: Rows) -> bytes:
    """A workbook of these sheets; in the first one `merged` ranges, and what `more` does to it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            first = page if page.index == 0 else None
            for where in merged if first else ():
                page.merge_range(where, "")
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        page.write(number, column, value)
            if first and more:
                more(made, first)
    return out.getvalue()


def sheet(rows: Rows, *, merged: Sequence[str] = (), more: More | None = None) -> bytes:
    """A workbook with the one sheet 填报."""
    return book(merged=merged, more=more, 填报=rows)
