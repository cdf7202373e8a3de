"""What stands above a header, and in the sheet's name, about all figures below: units, and words such as 计划."""

from collections.abc import Iterator, Sequence

from tracking.filing.interpreting import hinted, qualifiers
from tracking.filing.interpreting.units import Units
from tracking.filing.interpreting.units import beside as units_beside
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import Mention, Remark


def mentions(grid: Grid, rows: Sequence[Sequence[str]], base: int, first: int, units: Units) -> Iterator[Mention]:
    """The units that the sheet's name, the title and the remarks above the header say."""
    yield from units_beside(units, grid.sheet or "", None)
    for number, row in enumerate(rows[:base]):
        filled = [(index, text.strip()) for index, text in enumerate(row) if text.strip()]
        for (index, text), (_, behind) in zip(filled, [*filled[1:], (0, "")], strict=False):
            # 单位： in one cell and 千元 in the next.
            if units.announces(text):
                yield from units_beside(units, text + behind, number, index)
            elif number < first:
                yield from units_beside(units, text, number, index)


def remarks(grid: Grid, rows: Sequence[Sequence[str]], first: int) -> Iterator[Remark]:
    """What the sheet's name and the title say of all figures."""
    yield from remark(grid.sheet or "", None)
    for number, row in enumerate(rows[:first]):
        for index, text in enumerate(row):
            yield from remark(text, number, index)


def remark(text: str, row: int | None, column: int = 0, *, heading: bool = True) -> Iterator[Remark]:
    """What a heading, or a sentence elsewhere, says of all figures: that they are a plan's, or of a part of a year."""
    if not text.strip():
        return
    word, year = qualifiers.of_heading(text) if heading else qualifiers.of_all(text)
    if word:
        yield Remark(word, text.strip(), row, column, year)
    elif heading or hinted.of_figures(text):
        yield from fears(text, row, column)


def fears(text: str, row: int | None, column: int) -> Iterator[Remark]:
    """What a heading or a name lets one fear of all figures."""
    for code, word in (("plan-feared", hinted.plan(text)), ("years-feared", hinted.several_years(text))):
        if word:
            yield Remark(word, text.strip(), row, column, fear=code)
