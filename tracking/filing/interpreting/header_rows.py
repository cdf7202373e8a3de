"""The header of a table of filings: names in one row or several, groups above them, units and codes below them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tracking.filing.interpreting import above_header, furniture, qualifiers
from tracking.filing.interpreting.header_extent import MOST_BELOW, NOTHING, UNIT_NAMES, Extent
from tracking.filing.interpreting.naming import Name, Names
from tracking.filing.interpreting.units import Units
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import (
    FOR_REFERENCE,
    HEADER_WITHIN,
    LEFT_OUT,
    Label,
    Mention,
    PassedOver,
    Qualified,
    Table,
    fill,
)
from tracking.words.spelling import folded

KEYS = ("space_id", "year", "metric")


@dataclass(frozen=True, slots=True)
class _Text:
    """What stands over some columns in a row: where, and whether merged cells say over which."""

    text: str
    row: int
    column: int
    columns: frozenset[int]
    merged: bool


@dataclass(slots=True)
class _Read:
    """What the texts over one column, from top to bottom, say together."""

    text: str
    row: int
    lowest: str = ""
    name: Name | None = None
    units: list[tuple[str, _Text]] = field(default_factory=list)
    word: str = ""
    year: int | None = None


def find(grid: Grid, names: Names, units: Units, *, keyless: bool = False) -> Table | None:
    """The table whose header names most columns; None where no row names a space, a year or a column of metrics.

    Where it may be `keyless`, a row that names metrics alone is a header too.
    """
    rows = [list(row) for row in grid.rows[: HEADER_WITHIN + MOST_BELOW]]
    fill(rows, grid.merged)
    best: Table | None = None
    for number in range(min(len(rows), HEADER_WITHIN)):
        row = rows[number]
        codes = {index: names.known.get(folded(text).strip("*:"), "") for index, text in enumerate(row) if text}
        keys = {index: code for index, code in codes.items() if code in KEYS}
        if not keys and not (keyless and _names_metrics(row, names)):
            continue
        if best is not None and number < best.first:
            continue
        table = _Header(grid, rows, number, keys, names, units).table()
        if best is None or len(table.columns) > len(best.columns):
            best = table
    return best


def _names_metrics(row: Sequence[str], names: Names) -> bool:
    filled = [text for text in row if text.strip()]
    figures = any(text.strip()[:1].isdigit() for text in filled)
    return not figures and any((name := names.read(text)) and names.is_metric(name.code) for text in filled)


class _Header:
    """The header around one row of a grid; `keys` are its columns of spaces, years and metrics."""

    def __init__(
        self, grid: Grid, rows: list[list[str]], base: int, keys: dict[int, str], names: Names, units: Units
    ) -> None:
        self._grid = grid
        self._rows = rows
        self._base = base
        self._keys = keys
        self._names = names
        self._units = units
        self._extent = Extent(grid, rows, base, keys, names, units)

    def table(self) -> Table:
        """The table below, with all that its header says."""
        extent = self._extent
        named = [number for number in range(extent.first, extent.last + 1) if number not in extent.codes]
        texts = [self._texts(number) for number in named]
        width = max(len(row) for row in self._rows[self._base : self._extent.last + 1])
        table = Table(self._grid, self._base, self._extent.last + 1, [""] * width)
        for index in range(width):
            over = [text for row in texts if (text := row.get(index))]
            if over and not folded(over[-1].text).startswith(FOR_REFERENCE):
                self._column(table, index, list(dict.fromkeys(over)))
            elif over:
                table.headers[index] = over[-1].text
        for number in self._extent.codes:
            codes = " ".join(text.strip() for text in self._rows[number] if text.strip())
            table.passed_over.append(PassedOver(codes, row=number))
        table.mentions += above_header.mentions(self._grid, self._rows, self._base, self._extent.first, self._units)
        table.remarks += above_header.remarks(self._grid, self._rows, self._extent.first)
        return table

    def _column(self, table: Table, index: int, over: list[_Text]) -> None:
        read = self._read(over)
        table.headers[index] = read.text
        if read.row != self._base:
            table.named_in[index] = read.row
        name = read.name
        for unit, text in read.units:
            mention = self._mention(unit, text, index)
            # Beside the table, over no figures, it is of all of them.
            beside = name is None and len(text.columns) == 1 and not table.first_filled([index])
            table.mentions.append(replace(mention, columns=None) if beside else mention)
        if name is not None and name.code == LEFT_OUT:
            table.left_out.append(index)
        elif name is None:
            if furniture.column(read.lowest):
                table.passed_over.append(PassedOver(read.lowest, column=index))
            else:
                table.unknown.append(index)
        elif name.code == "value" and name.bracket:
            table.qualified[index] = Qualified(name.code, read.word or name.bracket, read.year)
        elif name.code not in KEYS and (read.word or read.year) and not name.bracket:
            table.qualified[index] = Qualified(name.code, read.word, read.year)
        else:
            table.columns[index] = Label(name.code, name.bracket)

    def _read(self, over: list[_Text]) -> _Read:
        """What the texts over a column say: the lowest that is a name, with units and other words about it."""
        read = _Read(over[0].text.strip(), over[0].row)
        names = list(over)
        while names and self._adds(names[-1], read, alone=len(names) == 1):
            names.pop()
        if names:
            text = read.lowest = names[-1].text.strip()
            read.name = self._names.read(text)
            if len(names) > 1 and (read.name is None or not self._names.is_metric(read.name.code)):
                read.name = self._names.read(names[-2].text.strip() + text) or read.name
            read.text = text if read.name else " ".join(dict.fromkeys(each.text.strip() for each in over))
            read.row = names[-1].row
            if read.name and read.name.unit:
                read.units.append((read.name.unit, names[-1]))
        for group in names[:-1]:
            read.units += [(unit, group) for unit in self._units.declared(group.text)]
            self._adds_words(group.text, read)
            for content in _in_brackets(group.text):
                self._adds_words(content, read)
        if read.name:
            read.word, read.year = read.word or read.name.qualifier, read.year or read.name.year
        return read

    def _adds(self, text: _Text, read: _Read, *, alone: bool) -> bool:
        """Whether a text is no name, but a unit or a word about the one above it, which is noted."""
        content = text.text.strip()
        if folded(content) in UNIT_NAMES and not alone:
            return True
        # 目标值 is the planned value where nothing stands above it, and the plan of what does.
        if folded(content) in self._names.known or alone and self._names.read(content):
            return False
        if self._units.is_unit(content):
            read.units += [(unit, text) for unit in self._units.declared(content) or [content]]
            return True
        return folded(content) in NOTHING or self._adds_words(content, read)

    def _adds_words(self, text: str, read: _Read) -> bool:
        name = folded(text)
        found = qualifiers.run(name) if len(name) < 40 else None
        if found is None:
            return False
        read.word, read.year = read.word or found[0], read.year or found[1]
        return True

    def _mention(self, unit: str, text: _Text, index: int) -> Mention:
        # A bare announcement above a table holds for all of it, wherever it is put: right-aligned over the last column.
        above = not text.merged and text.row < self._base
        everywhere = above and (self._units.announced(text.text) or index in self._keys)
        # One that stands alone, below the header or beside it, is of no other column.
        alone = len(text.columns) == 1 and sum(map(bool, map(str.strip, self._rows[text.row]))) == 1
        everywhere = everywhere or alone and index in self._keys
        return Mention(unit, text.text, text.row, text.column, None if everywhere else frozenset({index}))

    def _texts(self, number: int) -> dict[int, _Text]:
        """What stands over each column in a row: a merged cell over all of its columns, another one over its own and
        over those to its right that are blank, but have something below."""
        found: dict[int, _Text] = {}
        row = self._rows[number]
        merges = [merge for merge in self._grid.merged if merge[0] <= number <= merge[2]]
        for top, left, _, right in merges:
            text = self._rows[top][left] if top < len(self._rows) and left < len(self._rows[top]) else ""
            if text.strip():
                columns = frozenset(range(left, right + 1))
                found |= dict.fromkeys(columns, _Text(text, top, left, columns, right > left))
        in_merges = {index for _, left, _, right in merges for index in range(left, right + 1)}
        below = self._rows[number + 1] if number < self._extent.last else []
        for index, text in enumerate(row):
            if not text.strip() or index in in_merges:
                continue
            columns = frozenset(self._spanned(row, below, index, in_merges))
            found |= dict.fromkeys(columns, _Text(text, number, index, columns, merged=False))
        return found

    def _spanned(self, row: Sequence[str], below: Sequence[str], index: int, merged: set[int]) -> Iterator[int]:
        yield index
        if index in self._keys or not (index < len(below) and below[index].strip()):
            return
        for beside in range(index + 1, len(below)):
            if beside in merged or beside < len(row) and row[beside].strip() or not below[beside].strip():
                return
            yield beside


def _in_brackets(text: str) -> list[str]:
    name = folded(text)
    start = next((at for at, sign in enumerate(name) if sign in "([【〔"), None)
    return [] if start is None else [name[start + 1 :].rstrip(")]】〕")]
