"""The tables of a file to filings and figures, each by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from tracking.filing.choices import Choices
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import (
    column_checks,
    fitting,
    outside_table,
    passed_over,
)
from tracking.filing.interpreting import figures as interpreting_figures
from tracking.filing.interpreting import rows as rows_read
from tracking.filing.interpreting.findings import Findings, Problems
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.interpretation import (
    NO_OBSERVATIONS,
    Over,
    UnitRead,
    furniture,
    units_read,
)
from tracking.filing.interpreting.layouts import recognise
from tracking.filing.interpreting.layouts.made import RecognisedTable
from tracking.filing.interpreting.layouts.understood import Understood, of_form
from tracking.filing.spreadsheets.grids import MOST_COLUMNS, Grid, letter
from tracking.filing.spreadsheets.tables import Mention, Table
from tracking.policy.vocabulary import Metric, Vocabulary


@dataclass(frozen=True)
class Against:
    """What the tables of a file are read against, and where what is wrong with them is told."""

    vocabulary: Vocabulary
    words: Words
    register: Register
    today: date
    kinds: Mapping[str, pd.CategoricalDtype]
    problems: Problems


@dataclass(frozen=True)
class Whole:
    """What was read of all tables of a file: filings as NO_FILINGS, figures as NO_OBSERVATIONS have them."""

    filings: pd.DataFrame
    observations: pd.DataFrame
    understood: Sequence[Understood]
    units: Sequence[UnitRead]
    over: Sequence[Over]


def read_all(found: Sequence[tuple[RecognisedTable, Table]], against: Against, choices: Choices) -> Whole:
    """Read every table of a file; what is wrong with one is put to the problems."""
    whole: list[pd.DataFrame] = []
    figures: list[pd.DataFrame] = []
    units: list[UnitRead] = []
    over: list[Over] = []
    understood: list[Understood] = []
    for made, table in found:
        filings_read, figures_read, measured = _read(Findings(table, against.problems, choices), against, made)
        understood.append(made.understood)
        whole.append(filings_read)
        figures += figures_read
        units += units_read(table, measured)
        over += furniture(table.grid.sheet, made.passed_over)
    # Of the one table that a file mostly is, no copy.
    observations = figures[0] if len(figures) == 1 else pd.concat(figures or [NO_OBSERVATIONS], ignore_index=True)
    return Whole(pd.concat(whole, ignore_index=True), observations, understood, units, over)


def with_typed(read: Whole, against: Against, choices: Choices) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures with those that were typed on the page in the place of the file's; and the file's that these were."""
    observations = read.observations
    typed = fitting.typed(choices, read.filings)
    if not typed:
        return observations, observations.iloc[:0]
    table = Words(against.vocabulary).table(typed)
    assert table
    _, figures, _ = _read(Findings(table, against.problems), against, recognise.self_contained(table))
    again = fitting.without(observations, choices)
    return pd.concat([observations[~again], *figures], ignore_index=True), observations[again]


def kinds(grids: Sequence[Grid], words: Words, register: Register) -> dict[str, pd.CategoricalDtype]:
    """By column what it can say: what is said alike of millions of figures is not said in each by itself."""
    sheets = [grid.sheet for grid in grids if grid.sheet is not None]
    return {
        "space_id": pd.CategoricalDtype(list(register.names)),
        "metric": pd.CategoricalDtype(list(words.metrics)),
        "sheet": pd.CategoricalDtype(list(dict.fromkeys([*sheets, fitting.ON_THE_PAGE, fitting.FILED_BEFORE]))),
        "letter": pd.CategoricalDtype(list(map(letter, range(MOST_COLUMNS)))),
    }


def _read(
    findings: Findings, against: Against, made: RecognisedTable
) -> tuple[pd.DataFrame, list[pd.DataFrame], list[tuple[Metric, Mention]]]:
    """The filings of one table, as NO_FILINGS has them, frames of its figures, and the units read for them; what is
    wrong is put to the findings."""
    words, register, kinds = against.words, against.register, against.kinds
    table = findings.table
    codes = {*(label.code for label in table.columns.values()), *(each.code for each in table.qualified.values())}
    long = not codes.isdisjoint(("metric", "value"))
    wanted = ("space_id", "year", "metric", "value") if long else ("space_id", "year")
    missing = [code for code in wanted if code not in {*codes, *made.missing} and not findings.choices.of_file(code)]
    column_checks.missing(findings, missing, words, register)
    table.fill(("space_id", "space_name", "year", "metric"))
    column_checks.once(findings)
    rows = rows_read.read(findings, register, words, against.today)
    passed_over.columns(table, rows.there, rows.years, words.units)
    column_checks.qualified(findings, rows, words)
    findings.problems.extend(outside_table.beside(table, rows.there))
    made.passed_over = passed_over.listed(table, made.passed_over)
    passed_over.tell(findings, made.passed_over)
    if not made.understood.areas:
        made.understood = of_form(table, rows.there, made.understood)
    figures, measured = interpreting_figures.read(findings, rows, words, kinds, long=long)
    column_checks.unknown(findings, rows, words, long)
    valid = np.flatnonzero(rows.valid)
    filings = {
        "space_id": pd.Categorical.from_codes(rows.spaces[valid], dtype=kinds["space_id"]),
        "year": rows.years[valid],
        "sheet": table.grid.sheet,
        "row": table.numbers(valid, table.index("space_id") or 0),
        "once": not long,
    }
    return pd.DataFrame(filings), figures, measured
