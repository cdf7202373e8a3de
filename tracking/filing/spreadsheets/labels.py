"""Which row of a grid is a table's header, and which column is which: by the names that columns may have."""

import re
from collections.abc import Iterable, Mapping, Sequence

from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import FOR_REFERENCE, HEADER_WITHIN, LEFT_OUT, Label, Table, fill
from tracking.words.spelling import folded

# NFKC has made full-width brackets plain, but not those of Chinese typography.
_BRACKETED = re.compile(r"(.+)[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_IN_BRACKETS = re.compile(r"[(\[【〔].*[)\]】〕]")


def names(labels: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """A look-up of codes by every name of theirs, as `folded` has it. The first to claim a name keeps it."""
    found: dict[str, str] = {}
    for code, written in labels:
        for each in written:
            found.setdefault(folded(each), code)
    return found


def label(text: str, known: Mapping[str, str]) -> Label | None:
    """The code that a header or a metric's name stands for, and what its brackets say; None where unknown."""
    # A form marks what must be filled in with an asterisk, and may end a name with a colon.
    name = folded(text).strip("*:")
    if name in known:
        return Label(known[name])
    outside, bracket = split(name)
    return Label(known[outside], bracket) if outside in known else None


def split(name: str) -> tuple[str, str]:
    """A header and what its brackets say, blank where it has none."""
    parts = _BRACKETED.fullmatch(name)
    return (parts[1], parts[2]) if parts else (name, "")


def find(grid: Grid, known: Mapping[str, str], keys: Sequence[str]) -> Table | None:
    """The table whose header row names most columns; None where no row names one of `keys`.

    `known` is what `names` made. A header in two rows is read as one: groups above and columns below, or the same
    names in two languages.
    """
    rows = [list(row) for row in grid.rows[: HEADER_WITHIN + 1]]
    fill(rows, grid.merged)
    best: Table | None = None
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        table = _table(grid, number, number + 1, row, known)
        if not any(label.code in keys for label in table.columns.values()):
            continue
        if number + 1 < len(rows):
            table = _double(table, row, rows[number + 1], known)
        if best is None or len(table.columns) > len(best.columns):
            best = table
    return best


def _double(table: Table, row: Sequence[str], below: Sequence[str], known: Mapping[str, str]) -> Table:
    """The table with a header of two rows, where the second one is more of the header; else as it is."""
    headers, more = _joined(row, below), False
    for index, label_above in table.columns.items():
        content = _at(below, index)
        headers[index] = row[index]
        if not content:
            continue
        more = True
        again = label(content, known)
        if again and again.code == label_above.code and again.bracket in ("", label_above.bracket):
            continue
        if not _IN_BRACKETS.fullmatch(folded(content)):
            return table
        headers[index] += f"({content.strip('()（）[]【】〔〕')})"
    double = _table(table.grid, table.header, table.header + 2, headers, known)
    return double if more or len(double.columns) > len(table.columns) else table


def _table(grid: Grid, header: int, first: int, headers: Sequence[str], known: Mapping[str, str]) -> Table:
    table = Table(grid, header, first, list(headers))
    for index, text in enumerate(headers):
        name = folded(text)
        if not name or name.startswith(FOR_REFERENCE):
            continue
        found = label(text, known)
        if found is None:
            table.unknown.append(index)
        elif found.code == LEFT_OUT:
            table.left_out.append(index)
        else:
            table.columns[index] = found
    return table


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    width = max(len(above), len(below))
    return [_at(below, index) or _at(above, index) for index in range(width)]


def _at(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""
