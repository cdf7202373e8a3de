"""The tables of a file, whatever the layout: a sheet's own, or put together from what stands on it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracking.filing.enrolled import Register
from tracking.filing.interpreting import outside_table
from tracking.filing.interpreting.headers import KEYS, Words
from tracking.filing.interpreting.layouts import across, blocks, down, grouped, headings, keys
from tracking.filing.interpreting.layouts.canonical import Cell
from tracking.filing.interpreting.layouts.headings import Headings, Stated
from tracking.filing.interpreting.layouts.made import RecognisedTable
from tracking.filing.interpreting.layouts.sheets import Part, View
from tracking.filing.interpreting.layouts.signs import Sign, Signs
from tracking.filing.interpreting.layouts.understood import Understood
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Table
from tracking.words import spelling
from tracking.words.problems import Problem

_NAMES = frozenset(name for _, names in KEYS for name in names)
# A sheet of more cells is a table with a header, or it is none: nobody lays out a form of that size.
MOST_CELLS = 200_000
_LARGEST_COVER = 2_000


def tables(
    grids: Sequence[Grid], words: Words, register: Register, space: str | None = None, year: int | None = None
) -> list[list[RecognisedTable]]:
    """The tables of every sheet. `space` and `year` are a person's choice for all of them."""
    signs = Signs(words, register)
    covers = [each for grid in grids for each in _cover(grid, signs)] if len(grids) > 1 else []
    return [_sheet(grid, signs, Headings(signs, grid.sheet, covers, space, year)) for grid in grids]


def _cover(grid: Grid, signs: Signs) -> list[Stated]:
    """What a sheet that names no metric states for the others; a large one is no title page."""
    if grid.hidden or sum(map(len, grid.rows)) > _LARGEST_COVER:
        return []
    if any(signs.of(text).kind == "metric" for row in grid.rows for text in row if text):
        return []
    return headings.cover(View(grid, signs), signs)


def _sheet(grid: Grid, signs: Signs, beside: Headings) -> list[RecognisedTable]:
    table = signs.words.table(grid)
    large = sum(map(len, grid.rows)) > MOST_CELLS
    if table is not None and _is_whole(table) and (large or not _again(table)) and not _is_pairs(table, signs):
        return [_checked(self_contained(table), View(replace(grid, rows=grid.rows[: table.header]), signs), beside)]
    if large:
        table = signs.words.table_of_nobody(grid)
        if table is None:
            return []
        return across.read(table, Part.whole(grid), View(replace(grid, merged=()), signs), beside)
    view = View(grid, signs)
    found = [recognised for rows in blocks.split(view) for recognised in _block(grid, rows, view, beside, signs)]
    return found or ([self_contained(table)] if table else [])


def _block(grid: Grid, rows: range, view: View, beside: Headings, signs: Signs) -> Iterator[RecognisedTable]:
    """The tables of some rows: side by side metrics first, where they are those of a header."""
    whole = Part.whole(grid)
    part = grouped.years_into_names(whole if len(rows) == view.height else whole.cut(rows), signs)
    table = signs.words.table_of_nobody(part.grid)
    sideways = table is not None and _names_figures(table, signs) and not _is_pairs(table, signs)
    beside_names, below_names = _figures_about(view, rows) if table is None or not _is_long(table) else (0, 1)
    downwards = None
    if not sideways or beside_names >= below_names:
        downwards = down.read(view, rows, signs, beside)
    if sideways and downwards and beside_names and below_names:
        yield RecognisedTable(Understood(grid.sheet, "not_understood"), None, [_unclear(grid, rows)])
    elif downwards is not None:
        downwards.problems += outside_table.personal(
            grid, ((row, [view.own(row, c) for c in range(len(grid.rows[row]))]) for row in rows)
        )
        yield downwards
    elif sideways and table is not None:
        if _is_whole(table) and not table.qualified:
            recognised = self_contained(replace(table, places=None if part.grid is grid else part.places()))
            above = View(replace(part.grid, rows=part.grid.rows[: table.header], merged=()), signs)
            yield _checked(recognised, above, beside)
        else:
            yield from across.read(table, part, view, beside)


def _unclear(grid: Grid, rows: range) -> Problem:
    first = next(row for row in rows if any(text.strip() for text in grid.rows[row]))
    return Problem("error", "layout-unclear", grid.sheet, first + 1)


def _figures_about(view: View, rows: range) -> tuple[int, int]:
    """How many metrics have a figure beside their name, and how many below it; of a form without figures, whether more
    names stand one under the other or side by side."""
    beside = below = in_row = 0
    in_column: Counter[int] = Counter()
    for row in rows:
        filled = view.filled(row)
        metrics = [column for column in filled if view.sign(row, column).kind == "metric"]
        in_column.update(metrics)
        in_row = max(in_row, len(metrics))
        for column in metrics:
            right = next((view.sign(row, each) for each in filled if each > column), None)
            beside += right is not None and right.figure
            signs = (_name(view, each, column) for each in range(row + 1, min(row + 6, rows[-1] + 1)))
            under = next((sign for sign in signs if sign), None)
            below += under is not None and under.figure and under.kind != "year"
    if beside or below:
        return beside, below
    return (1, 0) if max(in_column.values(), default=0) >= in_row else (0, 1)


def _name(view: View, row: int, column: int) -> Sign | None:
    """What a cell can be, but for a blank one and a unit."""
    sign = view.sign(row, column) if view.own(row, column).strip() else None
    return None if sign is None or sign.kind == "unit" else sign


def self_contained(table: Table) -> RecognisedTable:
    """A table that says itself whose figures it has."""
    long = table.index("value") is not None
    return RecognisedTable(
        Understood(table.grid.sheet, "long" if long else "wide", space_from="cells", year_from="cells"), table
    )


def _checked(recognised: RecognisedTable, above: View, beside: Headings) -> RecognisedTable:
    """A table with its own spaces and years, with errors where its heading says otherwise."""
    table = recognised.table
    assert table is not None
    for stated in beside.labelled(above):
        index = table.index(stated.code)
        if index is None:
            continue
        texts = table.cells(index)
        understood = [text for text in dict.fromkeys(texts) if beside.understood(stated.code, text)]
        other = next((text for text in understood if beside.named(stated.code, text) != beside.value(stated)), None)
        if other is not None:
            at = texts.index(other)
            cell = Cell(other, table.number(at, index) - 1, index)
            problem = keys.disagreeing(stated.code, cell, keys.cell_words(cell), keys.words(stated), table.grid.sheet)
            recognised.problems.append(problem)
    recognised.problems += _named_otherwise(table, beside)
    return recognised


def _named_otherwise(table: Table, beside: Headings) -> Iterator[Problem]:
    """Warnings where no row is of the year, or of the space, that the sheet is named for: the rows count, but a sheet
    copied from last year's and not filled anew looks the same."""
    for stated in beside.of_sheet():
        index = table.index(stated.code)
        texts = table.cells(index) if index is not None else []
        rows = [at for at, text in enumerate(texts) if beside.understood(stated.code, text)]
        if rows and all(beside.named(stated.code, texts[at]) != beside.value(stated) for at in rows):
            assert index is not None
            cell = Cell(texts[rows[0]], table.number(rows[0], index) - 1, index)
            yield keys.named_otherwise(stated, cell, table.grid.sheet)


def _is_whole(table: Table) -> bool:
    """Whether a header says whose figures stand below it."""
    return all(table.index(code) is not None for code in ("space_id", "year"))


def _names_figures(table: Table, signs: Signs) -> bool:
    """Whether a header names figures at all: metrics, or the columns of a table with a row per figure."""
    codes = {*(label.code for label in table.columns.values()), *(each.code for each in table.qualified.values())}
    return bool(codes & signs.words.metrics.keys()) or _is_long(table)


def _is_long(table: Table) -> bool:
    """Whether a table has a row per figure, and says at least whose or of which year each is."""
    there = [code for code in ("space_id", "year", "metric", "value") if table.index(code) is not None]
    return len(there) > 2 and {"metric", "value"} <= set(there)


def _is_pairs(table: Table, signs: Signs) -> bool:
    """Whether what was taken for a header is labels with their values beside them: 空间编号 | SL1 | 年度 | 2024."""
    row = table.grid.rows[table.header]
    for index, label in table.columns.items():
        behind = signs.of(row[index + 1]) if index + 1 < len(row) else None
        if behind is None or table.named_in.get(index, table.header) != table.header:
            continue
        wanted = {"space_id": ("space",), "space_name": ("space",), "year": ("year",)}.get(label.code, ("figure",))
        if behind.kind in wanted:
            return True
    return False


def _again(table: Table) -> bool:
    """Whether another header stands below a table's own; the same one, on every page of a print, is passed over."""
    column = table.index("space_id")
    assert column is not None
    texts = table.cells(column)
    if _NAMES.isdisjoint(texts):
        return False
    own = _trimmed(table.grid.rows[table.header])
    others = (table.grid.rows[table.first + at] for at, text in enumerate(texts) if text in _NAMES)
    return any(_trimmed(row) != own for row in others)


def _trimmed(row: Sequence[str]) -> list[str]:
    texts = [spelling.folded(text) for text in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts
