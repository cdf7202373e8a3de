"""What comments, text boxes, the head and foot of a page and the file's name and properties say of the figures of a
table: their unit, and that they are none of the year."""

from collections.abc import Iterator

from tracking.filing.interpreting import above_header, periods, qualifiers
from tracking.filing.interpreting.units import Units
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.sheets import OF_THE_FILE, OF_THE_PAGE, Note
from tracking.filing.spreadsheets.tables import Mention, Remark, Table

_MOST = 5_000


def put(table: Table, grid: Grid, units: Units) -> None:
    """Note in a table what the notes on its sheet say. Whether a unit holds for all of it, nobody knows: one that is
    not read anyway is an error."""
    if not grid.notes:
        return
    # What is said over and over is looked at once for each column, and nobody has more to say.
    different = {(note.text, note.column): note for note in reversed(grid.notes)}
    cells = _cells(table) if any(note.row >= 0 for note in grid.notes) else set()
    for note in list(reversed(different.values()))[:_MOST]:
        if not _concerns(table, note, cells):
            continue
        for line in filter(str.strip, note.own.splitlines()):
            row, column = note.row, note.column
            # A file may be named, and say of itself, what it was made of: what its own cells say then holds.
            here = row != OF_THE_FILE
            table.mentions += (
                Mention(unit, line, row, column, clear=False, here=here, sheet=grid.sheet)
                for unit in units.declared(line)
            )
            table.remarks += _remarks(line, note, grid.sheet) if here else _of_the_file(line)


def _remarks(line: str, note: Note, sheet: str | None) -> Iterator[Remark]:
    word = qualifiers.of_a_figure_in(line, 0)
    of_all = qualifiers.of_heading(line) if note.row == OF_THE_PAGE else qualifiers.of_all(line)
    qualifier, year = (word, None) if word else of_all
    if qualifier:
        yield Remark(qualifier, line.strip(), note.row, note.column, year, sheet)


def _of_the_file(line: str) -> Iterator[Remark]:
    """What the file's name and properties let one fear: no more than that, since they may be those of another file. A
    month in them is the one of the filing."""
    word, year = qualifiers.of_heading(line)
    if word and not periods.month(line):
        yield Remark(word, line.strip(), OF_THE_FILE, OF_THE_FILE, year, fear="plan-feared")
    else:
        yield from above_header.fears(line, OF_THE_FILE, OF_THE_FILE)


def _cells(table: Table) -> set[tuple[int, int]]:
    """Where the cells stand on the person's sheet of which a table was put together; none for one as it stands."""
    if table.places is None:
        return set()
    rows, columns = table.places.rows[table.first :], table.places.columns[table.first :]
    return set(zip(rows.ravel().tolist(), columns.ravel().tolist(), strict=True))


def _concerns(table: Table, note: Note, cells: set[tuple[int, int]]) -> bool:
    """Whether a note stands at a table's own columns or above them, and at none that is left out."""
    if note.row < 0:
        return True
    if table.places is None:
        return note.row < table.header or note.column in table.columns or note.column >= len(table.headers)
    return (note.row, note.column) in cells or note.row < min((row for row, _ in cells if row >= 0), default=0)
