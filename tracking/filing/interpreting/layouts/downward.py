"""A sheet in which metrics stand one under the other: its header, its columns, and what is told of it."""

from collections.abc import Iterator, Sequence

from tracking.filing.interpreting import furniture
from tracking.filing.interpreting.findings import visible
from tracking.filing.interpreting.layouts import columns
from tracking.filing.interpreting.layouts.canonical import NOWHERE, Cell, Figure, Roles
from tracking.filing.interpreting.layouts.columns import Column
from tracking.filing.interpreting.layouts.headings import Headings, Stated
from tracking.filing.interpreting.layouts.keys import Base
from tracking.filing.interpreting.layouts.made import Passed
from tracking.filing.interpreting.layouts.sheets import View
from tracking.filing.interpreting.layouts.signs import Signs
from tracking.filing.spreadsheets.grids import letter
from tracking.words.problems import Problem


class Downward:
    """The rows of a sheet that are read, where their header is, and whose figures they are.

    `first` is the first row with a metric, `stubs` the columns in which metrics are named, `labelled` their rows.
    Whose figures they are (`space`, `year`, `names`) and which columns are `filled` is put to it as it is read, and so
    are the figures, the roles of cells, the problems and what is passed over.
    """

    def __init__(
        self,
        view: View,
        rows: Sequence[int],
        first: int,
        signs: Signs,
        headings: Headings,
        stubs: Sequence[int] = (),
    ) -> None:
        self.view, self.rows, self.first = view, rows, first
        self.signs, self.headings = signs, headings
        self.sheet_name = view.grid.sheet
        self.roles = Roles()
        self.problems: list[Problem] = []
        self.passed_over: list[Passed] = []
        self.figures: list[Figure] = []
        names = [(row, at) for row in rows for at in view.filled(row) if view.sign(row, at).kind == "metric"]
        self.stubs = sorted({at for _, at in names}) or list(stubs)
        self.labelled = {row for row, _ in names}
        self.head = columns.header(view, rows, first, self.stubs[0])
        above = [row for row in (*self.head.band, *self.head.keys) if row < first]
        self.start = max(above) + 1 if above else rows[0]
        self.columns = [
            columns.column(view, index, self.stubs[0], self.head, signs.words.units.declared)
            for index in range(view.width)
            if index not in self.stubs
        ]
        self.space: Base | None = None
        self.year: Base | None = None
        self.names: Sequence[Stated] = ()
        # The columns in which some cell says something.
        self.filled: set[int] = set()

    def body(self) -> Iterator[int]:
        """The rows below the header that may hold figures."""
        for row in self.rows:
            inside = row >= self.start and row not in self.head.keys
            if inside and not columns.is_codes(self.view, row) and not self.signed(row):
                yield row

    def signed(self, row: int) -> bool:
        """Whether a row is signed, dated or a note, and holds no metric."""
        filled = self.view.filled(row)
        if any(self.view.sign(row, column).kind == "metric" for column in filled):
            return False
        texts = [self.view.own(row, column) for column in filled]
        return furniture.signatures(texts) or furniture.remark(texts)

    def no_figures(self, row: int) -> None:
        """Note that the cells of a row are no figures of their own."""
        for column in self.view.filled(row):
            self.roles.add("passed_over", row, column)

    def pass_over(self, row: int) -> None:
        """Note the cells of a row as furniture of the form."""
        self.no_figures(row)
        first = self.view.filled(row)[0]
        text = " ".join(self.view.own(row, column).strip() for column in self.view.filled(row))
        self.passed_over.append(Passed(text, row + 1, letter(first)))

    def pass_over_column(self, index: int, rows: Sequence[int], header: Cell = NOWHERE) -> None:
        """Note the cells of a column in some rows, and its header, as furniture of the form."""
        self.roles.add("passed_over", header.row, header.column)
        for row in rows:
            self.roles.add("passed_over", row, index)
        if rows:
            first = header if header.text.strip() else Cell(self.view.own(rows[0], index), rows[0], index)
            self.passed_over.append(Passed(first.text.strip(), first.row + 1, letter(index), column=True))

    def filled_cell(self, row: int, index: int) -> Cell:
        """A cell, in merged ones the first of them."""
        place = self.view.first(row, index)
        return Cell(self.view.own(*place), *place)

    def beside(self, row: int, beside: list[Column], role: str) -> Cell:
        """The cell of a row in the column of a role, NOWHERE where it is blank."""
        cell = next((self.filled_cell(row, column.index) for column in beside if column.role == role), NOWHERE)
        return cell if cell.text.strip() else NOWHERE

    def tell(self, severity: str, code: str, cell: Cell, **details: object) -> None:
        """A problem at a cell."""
        shown = visible(cell.text)
        self.problems.append(
            Problem(
                severity,  # type: ignore[arg-type]
                code,
                self.sheet_name,
                cell.row + 1,
                shown,
                shown,
                letter(max(cell.column, 0)),
                {"header": shown, "name": shown, **details},
            )
        )
