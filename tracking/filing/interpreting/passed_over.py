"""The furniture of a form, told: what was passed over in a table, in one warning; and the units that stand in it."""

from collections.abc import Sequence

import numpy as np

from tracking.filing.interpreting import qualifiers
from tracking.filing.interpreting.findings import Findings, visible
from tracking.filing.interpreting.units import Units, beside
from tracking.filing.spreadsheets.tables import PassedOver, Remark, Table
from tracking.words import language
from tracking.words.language import LANGUAGES, Lang

# So many are listed; who needs more looks into the file.
_LISTED = 12


def columns(table: Table, there: np.ndarray, units: Units) -> None:
    """Keep of the columns that are passed over those that say something, and note the units that are said in them,
    and that the figures beside them are none of the year."""
    filled = table.first_filled([each.column for each in table.passed_over if each.column is not None], there)
    table.passed_over = [each for each in table.passed_over if each.column is None or each.column in filled]
    for index in filled:
        seen: set[str] = set()
        for at, text in enumerate(table.cells(index)):
            if there[at] and text not in seen:
                seen.add(text)
                table.mentions += beside(units, text, table.first + at, index, here=True)
                if word := qualifiers.of_a_figure(text):
                    table.remarks.append(Remark(word, text.strip(), table.first + at, index))


def tell(findings: Findings) -> None:
    """One warning that lists all that was passed over in a table."""
    table = findings.table
    listed = sorted(table.passed_over, key=lambda each: (each.row is not None, each.row or 0, each.column or 0))
    if not listed:
        return
    first = listed[0]
    findings.at_cell(
        "warning",
        "passed-over",
        table.header if first.row is None else first.row,
        first.column or 0,
        first.text,
        all=len(listed),
        listed={lang: _list(table, listed[:_LISTED], lang) for lang in LANGUAGES},
    )


def _list(table: Table, listed: Sequence[PassedOver], lang: Lang) -> str:
    return language.text("list.and", lang).join(
        language.text(
            "passed-over.column" if each.row is None else "passed-over.row",
            lang,
            **dict(zip(("row", "letter"), table.place(each.row or table.header, each.column or 0), strict=True)),
            text=visible(each.text),
        )
        for each in listed
    )
