"""What stands above a header, and in the sheet's name, about all figures below: units, and words such as 计划."""

from collections.abc import Iterator, Sequence

from tracking.filing.interpreting import qualifiers
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
    if word := word_of_all(grid.sheet or ""):
        yield Remark(word, grid.sheet or "", None)
    for number, row in enumerate(rows[:first]):
        for index, text in enumerate(row):
            if text.strip() and (word := word_of_all(text)):
                yield Remark(word, text.strip(), number, index)


def word_of_all(text: str) -> str:
    """The word by which a title or a sheet's name says what all figures are: 2024年计划表."""
    alone = qualifiers.alone(text.strip().rstrip("表单"))
    return alone or qualifiers.of_all(text) or qualifiers.of_title(text)
