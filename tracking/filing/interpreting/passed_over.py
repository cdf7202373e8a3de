"""The furniture of a form, told: what was passed over in a table, in one warning; and the units that stand in it."""

from collections.abc import Sequence

import numpy as np

from tracking.filing.interpreting import qualifiers
from tracking.filing.interpreting.findings import Findings, visible
from tracking.filing.interpreting.layouts.made import Passed
from tracking.filing.interpreting.units import Units, beside
from tracking.filing.spreadsheets.tables import PassedOver, Remark, Table
from tracking.words import language
from tracking.words.language import LANGUAGES, Lang
from tracking.words.problems import Problem

# So many are listed; who needs more looks into the file.
_LISTED = 12


def columns(table: Table, there: np.ndarray, years: np.ndarray, units: Units) -> None:
    """Keep of the columns that are passed over those that say something, and note the units that are said in them,
    and that the figures beside them are none of the year, which is that of their row in `years`."""
    filled = table.first_filled([each.column for each in table.passed_over if each.column is not None], there)
    table.passed_over = [each for each in table.passed_over if each.column is None or each.column in filled]
    for index in filled:
        seen: set[tuple[str, int]] = set()
        for at, text in enumerate(table.cells(index)):
            if there[at] and (text, int(years[at])) not in seen:
                seen.add((text, int(years[at])))
                table.mentions += beside(units, text, table.first + at, index, here=True)
                if word := qualifiers.of_a_figure_in(text, int(years[at])):
                    table.remarks.append(Remark(word, text.strip(), table.first + at, index))


def listed(table: Table, around: Sequence[Passed]) -> list[Passed]:
    """All that was passed over in a table, and `around` it where the table was put together from a form: columns
    first, then rows from top to bottom."""
    own = (_placed(table, each) for each in table.passed_over)
    return sorted([*own, *around], key=lambda each: (not each.column, 0 if each.column else each.row))


def _placed(table: Table, each: PassedOver) -> Passed:
    row, letter = table.place(table.header if each.row is None else each.row, each.column or 0)
    return Passed(each.text, row, letter, each.row is None)


def tell(findings: Findings, over: Sequence[Passed]) -> None:
    """One warning that lists all that was passed over in a table."""
    if not over:
        return
    first, shown = over[0], visible(over[0].text)
    details = {
        "header": shown,
        "name": shown,
        "all": len(over),
        "listed": {lang: _list(over[:_LISTED], lang) for lang in LANGUAGES},
    }
    findings.problems.add(
        Problem(
            "warning", "passed-over", findings.table.grid.sheet, first.row, None, shown, first.letter, details=details
        )
    )


def _list(over: Sequence[Passed], lang: Lang) -> str:
    return language.text("list.and", lang).join(
        language.text(
            "passed-over.column" if each.column else "passed-over.row",
            lang,
            row=each.row,
            letter=each.letter,
            text=visible(each.text),
        )
        for each in over
    )
