"""From which row to which a header goes: groups above its names, more names, units and codes below them."""

from collections.abc import Mapping

from tracking.filing.interpreting import furniture, qualifiers
from tracking.filing.interpreting.naming import Name, Names
from tracking.filing.interpreting.units import Units
from tracking.filing.spreadsheets.grids import Grid
from tracking.words.spelling import folded

# Below the names of a header come others, units, codes of columns; nobody writes more. And so many groups above.
MOST_BELOW, _MOST_ABOVE = 4, 2
# What a cell says that says nothing.
NOTHING = frozenset({"", "-", "--", "—", "——", "–", "/"})
UNIT_NAMES = frozenset({"单位", "计量单位", "unit"})


class Extent:
    """The rows of a header around the one (`base`) that names its `keys`: columns of spaces, years and metrics.

    `first` and `last` are its rows, `codes` those of them that number the columns.
    """

    def __init__(
        self, grid: Grid, rows: list[list[str]], base: int, keys: Mapping[int, str], names: Names, units: Units
    ) -> None:
        self._grid = grid
        self._rows = rows
        self._base = base
        self._keys = keys
        self._names = names
        self._units = units
        self.codes: list[int] = []
        self.last = self._below()
        self.first = self._above()

    def _below(self) -> int:
        """The last row of the header."""
        last = self._base
        for number in range(self._base + 1, min(self._base + 1 + MOST_BELOW, len(self._rows))):
            row = self._rows[number]
            if furniture.codes(row):
                self.codes.append(number)
            elif not self._continues(number):
                break
            last = number
        return last

    def _continues(self, number: int) -> bool:
        """Whether a row below a header is more of it: names, units or words about them, and no figure."""
        fits = False
        for index, text in enumerate(self._rows[number]):
            name = folded(text)
            if name in NOTHING:
                continue
            above = self._name_above(number, index)
            again = self._names.known.get(name)
            if index in self._keys:
                if again != self._keys[index] and not self._units.is_unit(text) and name not in UNIT_NAMES:
                    return False
                fits = fits or again is None
                continue
            if (
                again is not None
                and (above is None or above.code == again or not self._names.is_metric(again))
                or self._names.read(text)
                and (above is None or above.code == self._code(text))
                or self._units.is_unit(text)
                or qualifiers.run(name) is not None
                and not name[0].isdigit()
            ):
                fits = True
            elif above is not None and not self._grouped(number, index) or name[0].isdigit():
                return False
        return fits

    def _code(self, text: str) -> str:
        name = self._names.read(text)
        return name.code if name else ""

    def _name_above(self, number: int, index: int) -> Name | None:
        """The name in the row above, where it is of this column alone."""
        row = self._rows[number - 1]
        above = row[index] if index < len(row) else ""
        return None if self._grouped(number, index) or not above.strip() else self._names.read(above)

    def _grouped(self, number: int, index: int) -> bool:
        """Whether the cell above is merged with those beside it."""
        return any(
            top <= number - 1 <= bottom and left <= index <= right and right > left
            for top, left, bottom, right in self._grid.merged
        )

    def _above(self) -> int:
        """The first row of groups above the names; a title is none."""
        first = self._base
        while first and self._base - first < _MOST_ABOVE:
            filled = [index for index, text in enumerate(self._rows[first - 1]) if text.strip()]
            if (
                not filled
                or len(filled) == 1
                and (filled[0] <= min(self._keys, default=0) or self._tells_units(first - 1))
            ):
                break
            first -= 1
        return first

    def _tells_units(self, number: int) -> bool:
        """Whether the one text of a row says units of the whole table, as it does on the right above many."""
        text = next(text for text in self._rows[number] if text.strip())
        grouped = any(top <= number <= bottom and right > left for top, left, bottom, right in self._grid.merged)
        announced = not grouped or self._units.announced(text)
        return announced and self._units.tells(text) and self._names.read(text) is None
