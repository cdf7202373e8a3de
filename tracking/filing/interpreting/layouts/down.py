"""Metrics one under the other: years or spaces across, the form of one space, or figures right beside their names."""

from collections.abc import Iterator, Sequence

from tracking.filing.interpreting import cells, furniture
from tracking.filing.interpreting.findings import visible
from tracking.filing.interpreting.layouts import canonical, columns, keys, pairs
from tracking.filing.interpreting.layouts.canonical import NOWHERE, Cell, Figure, Roles
from tracking.filing.interpreting.layouts.columns import Column
from tracking.filing.interpreting.layouts.headings import Headings
from tracking.filing.interpreting.layouts.keys import Base
from tracking.filing.interpreting.layouts.made import Reading
from tracking.filing.interpreting.layouts.sheets import View
from tracking.filing.interpreting.layouts.signs import Sign, Signs
from tracking.filing.interpreting.layouts.understood import Layout, Role, Source, Understood
from tracking.filing.spreadsheets.grids import letter
from tracking.words import spelling
from tracking.words.problems import Problem


def read(view: View, rows: Sequence[int], signs: Signs, headings: Headings) -> Reading | None:
    """The figures of some rows of a sheet in which metrics stand one under the other; None where none does."""
    for row in rows:
        kinds = [view.sign(row, column) for column in view.said(row)]
        if any(sign.kind == "metric" for sign in kinds):
            return _Down(view, rows, row, signs, headings).read()
    # No metric is known, but a header says where they are.
    for row in rows:
        for column in view.said(row):
            sign = view.sign(row, column)
            if sign.kind == "key" and sign.code == "metric" and row < rows[-1]:
                return _Down(view, rows, row + 1, signs, headings, [column]).read()
    return None


_ROLES: dict[str, Role] = {"space_id": "space", "space_name": "name", "year": "year"}
_NO_UNIT = cells.BLANK | cells.YES | cells.NO


class _Down:
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
        self.sheet = view.grid.sheet
        self.roles = Roles()
        self.problems: list[Problem] = []
        self.figures: list[Figure] = []
        names = [(row, at) for row in rows for at in view.said(row) if view.sign(row, at).kind == "metric"]
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

    def read(self) -> Reading:
        """The table of the figures; every problem of the layout."""
        headed = bool(self.head.band) or any(column.role == "figure" for column in self.columns)
        self.space, self.year = self._bases(headed)
        if headed:
            layout: Layout = "form" if self._is_form() else "transposed"
            self._columns()
            self._years()
            # A column without a figure, as of a year that is still to come, is no filing.
            inside = list(self._body())
            self.filled = {
                column.index
                for column in self.columns
                if any(self.view.own(row, column.index).strip() for row in inside)
            }
            for row in self.rows:
                if row >= self.start and row not in self.head.keys:
                    self._row(row)
        else:
            layout = "label_value"
            self._pairs()
        self._hidden()
        return self._reading(layout, self._lacking())

    # -- whose figures ---------------------------------------------------------------------------

    def _bases(self, headed: bool) -> tuple[Base | None, Base | None]:
        header = {*self.head.band, *self.head.keys}
        above = [
            row for row in self.rows if row not in header and (row < self.start or not headed and row < self.first)
        ]
        stated = self.headings.around(self.view, above)
        after = [row for row in self.rows if row not in header and row not in above]
        notes = [row for row in after if row not in self.labelled and not self._signed(row)]
        alone = {row for row in notes if len(self.view.said(row)) == 1}
        stated += [each for each in self.headings.inside(self.view, after) if each.labelled or each.row in alone]
        self.names = [each for each in stated if each.code == "space_name"]
        for each in stated:
            if each.source == "heading":
                self.roles.add(_ROLES[each.code], each.row, each.column)
        found = [keys.base(code, stated, self.headings, self.sheet, self.problems) for code in ("space_id", "year")]
        return found[0], found[1]

    def _lacking(self) -> frozenset[str]:
        """The keys that no cell gives to any figure; an error for each that no person chose either."""
        lacking = set()
        for code, base in (("space_id", self.space), ("year", self.year)):
            given = [getattr(each, code) for each in self.figures]
            # A year that a person chose for the whole file, the rows themselves are read by.
            chosen = code == "year" and base is not None and base.source == "choice" and {base.cell} == set(given)
            if given and (chosen or not any(cell.text or cell.row >= 0 for cell in given)):
                lacking.add(code)
                if not chosen:
                    self.problems.append(keys.missing(code, self.sheet, self.first))
        return frozenset(lacking)

    def _hidden(self) -> None:
        """Warnings for hidden rows and columns whose figures are read all the same."""
        grid = self.view.grid
        rows = sorted({each.value.row for each in self.figures} & grid.hidden_rows)
        hidden = sorted({each.value.column for each in self.figures} & grid.hidden_columns)
        if rows:
            self.problems.append(
                Problem("warning", "hidden-rows", self.sheet, rows[0] + 1, details={"rows": len(rows)})
            )
        if hidden:
            cell = next(each.value for each in self.figures if each.value.column == hidden[0])
            header = next((each.header for each in self.columns if each.index == hidden[0]), cell)
            self._tell("warning", "hidden-columns", header if header.text else cell, columns=len(hidden))

    def _is_form(self) -> bool:
        figures = [column for column in self.columns if column.role == "figure"]
        return not any(column.space.text or column.name.text for column in figures) and not any(
            column.year.text and column.ago is None for column in figures
        )

    # -- columns ---------------------------------------------------------------------------------

    def _columns(self) -> None:
        """Errors for columns that say something and are not understood, warnings for those of no figures."""
        for column in self.columns:
            said = [row for row in self._body() if self.view.own(row, column.index).strip()]
            if column.otherwise.text:
                code = "year" if cells.year(column.otherwise.text) else "space_id"
                told = column.year if code == "year" else column.space
                self.problems.append(
                    keys.disagreeing(code, told, keys.cell_words(told), keys.cell_words(column.otherwise), self.sheet)
                )
            if column.role == "blank" and said and column.index < self.stubs[0]:
                self._left(column, said)
            elif column.role == "blank" and said:
                if all(self.view.sign(row, column.index).kind == "unit" for row in said):
                    column.role = "unit"
                else:
                    text = self.view.own(said[0], column.index)
                    self._tell("error", "unnamed-column", Cell(text, said[0], column.index))
            elif column.role == "metric" and any(self.view.sign(row, column.index).figure for row in said):
                # 指标 stands over figures: the header is a cell further than the rows.
                self._tell("error", "cell-out-of-place", column.header)
            elif column.role == "unknown" and said:
                nearest = self.signs.words.nearest(column.header.text)
                self._tell("error", "unknown-column", column.header, nearest=nearest)
            elif column.role == "left_out" and said:
                self._tell("warning", "column-no-figures", column.header, figures=len(said))
            if column.role in ("left_out", "passed_over"):
                self.roles.add(column.role, column.header.row, column.header.column)
                for row in said:
                    self.roles.add(column.role, row, column.index)

    def _left(self, column: Column, said: list[int]) -> None:
        """A column before the metrics without a name: numbers of rows, or groups of metrics; no figures."""
        figures = [row for row in said if self.view.sign(row, column.index).figure]
        if not pairs.are_numbered([self.view.own(row, column.index) for row in figures]):
            cell = Cell(self.view.own(figures[0], column.index), figures[0], column.index)
            self._tell("error", "unnamed-column", cell)
        for row in figures:
            self.roles.add("passed_over", row, column.index)

    def _years(self) -> None:
        """Leave out the columns of other years than the one that the file is about."""
        figures = [column for column in self.columns if column.role == "figure"]
        absolute = [column for column in figures if column.year.text]
        year = self.year.value if self.year else None
        kept = [each for each in absolute if year is None or self._spelled(each) == year]
        if absolute and not kept and not any(each.ago == 0 and not each.year.text for each in figures):
            assert self.year is not None
            cell = absolute[0].year
            self.problems.append(keys.disagreeing("year", cell, keys.cell_words(cell), self.year.words, self.sheet))
            return
        for column in figures:
            others = column.ago is not None and column.ago < 0
            if others or column.year.text and column not in kept:
                column.role = "left_out"
                said = [row for row in self._body() if self.view.own(row, column.index).strip()]
                if said:
                    told = year or ""
                    self._tell("warning", "column-of-another-year", column.header, figures=len(said), year=told)
                for row in [column.header.row, *said]:
                    self.roles.add("left_out", row, column.index)
            elif column.ago == 0:
                self.roles.add("year", column.header.row, column.header.column)

    def _spelled(self, column: Column) -> str:
        return str(cells.year(column.year.text) or column.year.text)

    # -- figures ---------------------------------------------------------------------------------

    def _body(self) -> Iterator[int]:
        for row in self.rows:
            inside = row >= self.start and row not in self.head.keys
            if inside and not columns.is_codes(self.view, row) and not self._signed(row):
                yield row

    def _row(self, row: int) -> None:
        view, said = self.view, self.view.said(row)
        if not said:
            return
        if columns.is_codes(view, row) or self._signed(row):
            self._pass_over(row)
            return
        for number, stub in enumerate(self.stubs):
            until = self.stubs[number + 1] if number + 1 < len(self.stubs) else view.width
            beside = [column for column in self.columns if stub < column.index < until]
            figures = [column for column in beside if column.role == "figure"]
            self._figures(row, view.first(row, stub), figures, beside)

    def _figures(self, row: int, name: tuple[int, int], figures: list[Column], beside: list[Column]) -> None:
        view = self.view
        label = Cell(view.own(*name), *name)
        sign = view.sign(*name)
        values = [(column, Cell(view.own(row, column.index), row, column.index)) for column in figures]
        said = [(column, cell) for column, cell in values if cell.text.strip()]
        if sign.kind == "total":
            self._tell("warning", "totals-row", label)
            self._pass_over(row)
            return
        unit, evidence, note = (self._beside(row, beside, role) for role in ("unit", "evidence", "note"))
        if self.signs.of(unit.text).figure and spelling.tidy(unit.text).casefold() not in _NO_UNIT:
            self._tell("error", "cell-out-of-place", unit)
        # A key that stands in the column of the metrics gives one value to all, and is read with the heading.
        if sign.kind != "metric" and (not said or sign.kind == "key"):
            self._another_header(sign, said)
            if self.signs.glued(label.text):
                self._tell("error", "cell-out-of-place", label)
            return
        if not said:
            self._shifted(row, beside)
        self._shorter(row, beside)
        if (evidence.text or note.text) and len({column.index for column in figures}) > 1:
            self._tell("error", "evidence-of-which", evidence if evidence.text else note)
            evidence = note = NOWHERE
        self.roles.add("metric", *name)
        filed = values if sign.kind == "metric" else said
        for column, cell in [each for each in filed if each[0].index in self.filled or evidence.text or note.text]:
            self._merged(cell, figures, label)
            self.figures.append(self._figure(column, label, cell, unit, evidence, note, row))

    def _another_header(self, sign: Sign, said: list[tuple[Column, Cell]]) -> None:
        """An error for a header within the table, but for its own once more, as on every page of a print."""
        other = [cell for column, cell in said if cell.text.strip() != column.header.text.strip()]
        if sign.code == "metric" and other:
            self._tell("error", "second-table", other[0])

    def _shifted(self, row: int, beside: list[Column]) -> None:
        """An error where a row without a figure has one in a column of codes that follow each other: 01, 02, 6."""
        for column in beside:
            number, before = (self.view.own(each, column.index).strip() for each in (row, row - 1))
            codes = column.role == "passed_over" and number.isdecimal() and before.isdecimal()
            if codes and int(number) != int(before) + 1:
                self._tell("error", "cell-out-of-place", Cell(number, row, column.index))

    def _shorter(self, row: int, beside: list[Column]) -> None:
        """A warning where a line of a text ends before the last column of figures: two of them may have become one."""
        sums = (column.index for column in beside if column.role in ("figure", "left_out"))
        count, expected = len(self.view.grid.rows[row]), max((at + 1 for at in sums if at in self.filled), default=0)
        if self.view.grid.delimiter and count < expected:
            details = {"cells": count, "expected": expected, "header": self.start}
            self.problems.append(Problem("warning", "row-shorter", self.sheet, row + 1, details=details))

    def _figure(
        self,
        column: Column,
        label: Cell,
        cell: Cell,
        unit: Cell,
        evidence: Cell,
        note: Cell,
        row: int,
    ) -> Figure:
        own = {each.key: self._filled(row, each.index) for each in self.columns if each.role == "key"}
        spaces = any(each.space.text for each in self.columns if each.role in ("figure", "left_out"))
        space = own.get("space_id") or column.space
        if not space.text and not spaces and not own.get("space_id"):
            space = keys.of(self.space)
            if column.name.text and (space_id := self.signs.space(column.name.text)):
                space = column.name._replace(text=space_id)
        year = own.get("year") or column.year
        if not year.text and "year" not in own:
            year = keys.of(self.year)
        name = own.get("space_name") or column.name
        if not name.text and not spaces and self.names and "space_id" not in own:
            name = Cell(self.names[0].text, self.names[0].row, self.names[0].column)
        return Figure(space, year, label, cell, name, self._unit(label, unit, column), evidence, note)

    def _unit(self, label: Cell, unit: Cell, column: Column) -> Cell:
        """The unit of a figure: its row's, else its column's where that can measure the metric."""
        metric = self.signs.words.metrics.get(self.signs.of(label.text).code)
        if spelling.tidy(unit.text).casefold() not in cells.BLANK:
            return unit
        measures = metric is not None and self.signs.words.units.factor(column.unit.text, metric) is not None
        return column.unit if column.unit.text and measures else NOWHERE

    def _filled(self, row: int, index: int) -> Cell:
        place = self.view.first(row, index)
        return Cell(self.view.own(*place), *place)

    def _beside(self, row: int, beside: list[Column], role: str) -> Cell:
        cell = next((self._filled(row, column.index) for column in beside if column.role == role), NOWHERE)
        return cell if cell.text.strip() else NOWHERE

    def _merged(self, cell: Cell, figures: list[Column], label: Cell) -> None:
        """An error for a figure in merged cells that are several figures' places."""
        view = self.view
        right = view.span(cell.row, cell.column)
        bottom = cell.row
        while view.first(bottom + 1, cell.column) == (cell.row, cell.column) and bottom + 1 < view.height:
            bottom += 1
        across = [column for column in figures if cell.column <= column.index < right]
        down = [row for row in range(cell.row, bottom + 1) if view.sign(row, label.column).kind == "metric"]
        labels = {view.first(row, label.column) for row in down}
        if len(across) > 1 or len(labels) > 1:
            cellswide = f"{letter(cell.column)}{cell.row + 1}:{letter(right - 1)}{bottom + 1}"
            self._tell("error", "merged-figure", cell, metric=visible(label.text), cells=cellswide)

    def _pairs(self) -> None:
        found = pairs.read(self.view, [row for row in self.rows if not self._signed(row)], self.stubs)
        for pair in found.pairs if any(pair.value.text for pair in found.pairs) else ():
            name = self.names[0] if self.names else None
            if pair.value.text:
                self._merged(pair.value, [], pair.metric)
            self.figures.append(
                Figure(
                    keys.of(self.space),
                    keys.of(self.year),
                    pair.metric,
                    pair.value,
                    Cell(name.text, name.row, name.column) if name else NOWHERE,
                    pair.unit,
                )
            )
        for pair in found.pairs:
            self.roles.add("metric", pair.metric.row, pair.metric.column)
        for metric, cell in found.unclear:
            self._tell("error", "figures-unclear", cell, metric=visible(metric.text))
        alone = [Cell(self.view.own(row, at), row, at) for row in self.rows for at in self.view.said(row)]
        for cell in alone:
            if self.signs.glued(cell.text):
                self._tell("error", "cell-out-of-place", cell)
        for cell in found.strays:
            self._tell("error", "unnamed-column", cell)
        for row in self.rows:
            if self._signed(row):
                self._pass_over(row)

    # -- words -----------------------------------------------------------------------------------

    def _signed(self, row: int) -> bool:
        """Whether a row is signed, dated or a note, and holds no metric."""
        said = self.view.said(row)
        if any(self.view.sign(row, column).kind == "metric" for column in said):
            return False
        texts = [self.view.own(row, column) for column in said]
        return furniture.signatures(texts) or furniture.remark(texts)

    def _pass_over(self, row: int) -> None:
        for column in self.view.said(row):
            self.roles.add("passed_over", row, column)

    def _tell(self, severity: str, code: str, cell: Cell, **details: object) -> None:
        shown = visible(cell.text)
        self.problems.append(
            Problem(
                severity,  # type: ignore[arg-type]
                code,
                self.sheet,
                cell.row + 1,
                shown,
                shown,
                letter(max(cell.column, 0)),
                {"header": shown, "name": shown, **details},
            )
        )

    def _reading(self, layout: Layout, lacking: frozenset[str]) -> Reading:
        table = None
        if self.figures:
            inside = {*(figure.value.row for figure in self.figures), *self.head.band, *self.head.keys, *self.labelled}
            heading = [
                [Cell(self.view.own(row, column), row, column) for column in self.view.said(row)]
                for row in self.rows
                if row not in inside and self.view.said(row)
            ]
            units = self.signs.words.units
            table = canonical.table(
                self.view.grid,
                heading,
                self.figures,
                self.roles,
                units,
                lacking,
                top=self._below_titles(),
                beside=self._remarks_beside(),
            )
        sources = self._sources()
        understood = Understood(
            self.sheet,
            layout,
            self.roles.areas(),
            *sources,
            self.space.value if self.space and sources[0] != "cells" else None,
            int(self.year.value) if self.year and sources[1] != "cells" and self.year.value.isdigit() else None,
        )
        return Reading(understood, table, self.problems, lacking)

    def _remarks_beside(self) -> list[Cell]:
        """The cells beside the figures in columns that are passed over, one of each text: 备注 may say a unit."""
        aside = [column.index for column in self.columns if column.role == "passed_over"]
        said = {
            text: Cell(text, row, index)
            for row in {figure.value.row for figure in self.figures if figure.value.text.strip()}
            for index in aside
            if (text := self.view.own(row, index)).strip()
        }
        return list(said.values())

    def _below_titles(self) -> int:
        """The first row that is no title's: of the header, or the first with a metric."""
        return min([self.first, *self.head.band, *self.head.keys])

    def _sources(self) -> tuple[Source | None, Source | None]:
        def source(base: Base | None, cells_: list[Cell]) -> Source | None:
            if base and any(cell == base.cell for cell in cells_):
                return base.source
            return "cells" if any(cell.text for cell in cells_) else None

        return (
            source(self.space, [each.space_id for each in self.figures]),
            source(self.year, [each.year for each in self.figures]),
        )
