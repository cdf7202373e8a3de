"""A grid to filings, figures and problems, by the policy's own words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from tracking.filing import choices as chosen
from tracking.filing.choices import Choices
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import (
    across_cells,
    column_checks,
    fitting,
    notes,
    outside_table,
    passed_over,
    shifted_rows,
)
from tracking.filing.interpreting import figures as interpreting_figures
from tracking.filing.interpreting import rows as rows_read
from tracking.filing.interpreting.among_others import Peers, no_peers
from tracking.filing.interpreting.findings import Findings, Problems
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.interpretation import (
    NO_FILINGS,
    NO_OBSERVATIONS,
    Interpretation,
    Over,
    UnitRead,
    furniture,
    units_read,
)
from tracking.filing.interpreting.layouts import recognise
from tracking.filing.interpreting.layouts.made import Reading
from tracking.filing.interpreting.layouts.understood import Understood, of_form
from tracking.filing.spreadsheets.grids import MOST_COLUMNS, Grid, letter
from tracking.filing.spreadsheets.tables import HEADER_WITHIN, Mention, Table
from tracking.policy.vocabulary import Metric, Vocabulary
from tracking.words.problems import Problem

Previous = Callable[[pd.DataFrame], pd.DataFrame]


def interpret(
    grids: Sequence[Grid],
    vocabulary: Vocabulary,
    register: Register,
    today: date,
    previous: Previous | None = None,
    choices: Choices = chosen.NONE,
    peers: Peers = no_peers,
    filed: Previous | None = None,
) -> Interpretation:
    """Understand every table of a file, and tell every problem, errors first.

    `choices` are what a person decided where the file does not say it.
    `previous` gives what is stored for the years before those of some filings (space_id, year): space_id,
    year, metric, value in ten-thousandths; `filed` what is stored of the filings themselves, with evidence and note.
    `peers` gives what other spaces of the same tracks have stored.
    """
    if not vocabulary.metrics:
        return Interpretation(NO_FILINGS, NO_OBSERVATIONS, [Problem("error", "no-edition")])
    words = Words(vocabulary, choices.columns, choices.units)
    problems = Problems()
    grids, lost = fitting.applied(grids, choices)
    problems.extend(lost)
    problems.extend(fitting.unfit(choices, words, register, today))
    grids, shifted = shifted_rows.set_apart(grids, words.table)
    problems.extend(shifted)
    found, beside, understood = _tables(grids, words, register, choices)
    problems.extend(beside)
    if not found:
        if not understood:
            problems.add(Problem("error", "no-header"))
        elif not any(problem.severity == "error" for problem in problems.all()):
            problems.add(Problem("error", "form-without-figures", understood[0].sheet))
        return Interpretation(NO_FILINGS, NO_OBSERVATIONS, problems.all(), tuple(understood))
    kinds = _kinds(grids, words, register)
    whole: list[pd.DataFrame] = []
    figures: list[pd.DataFrame] = []
    units: list[UnitRead] = []
    over: list[Over] = []
    for made, table in found:
        findings = Findings(table, problems, choices)
        filings_read, figures_read, measured = _read(findings, words, register, today, kinds, made)
        understood.append(made.understood)
        whole.append(filings_read)
        figures += figures_read
        units += units_read(table, measured)
        over += furniture(table.grid.sheet, made.passed_over)
    filings = pd.concat(whole, ignore_index=True)
    # Of the one table that a file mostly is, no copy.
    observations = figures[0] if len(figures) == 1 else pd.concat(figures or [NO_OBSERVATIONS], ignore_index=True)
    replaced = observations.iloc[:0]
    if typed := fitting.typed(choices, filings):
        on_the_page = Words(vocabulary).table(typed)
        assert on_the_page
        made = recognise.self_contained(on_the_page)
        _, typed_figures, _ = _read(Findings(on_the_page, problems), words, register, today, kinds, made)
        again = fitting.without(observations, choices)
        replaced = observations[again]
        observations = pd.concat([observations[~again], *typed_figures], ignore_index=True)
    if filings.empty and not any(problem.severity == "error" for problem in problems.all()):
        first = found[0][1]
        problems.add(Problem("error", "no-figures", first.grid.sheet, first.number(None, 0)))
    observations, joined = across_cells.twice(filings, observations, words.metrics)
    problems.extend(joined)
    filings = filings.drop_duplicates(["space_id", "year"], ignore_index=True)
    by_metric = across_cells.by_metric(observations)
    if previous is not None:
        money = {metric.code for metric in words.metrics.values() if words.units.money(metric)}
        before = previous(filings)
        problems.extend(across_cells.leaps(observations, by_metric, words.metrics, money, before, peers))
    kept = observations.iloc[:0]
    if choices.keep and filed is not None:
        kept = fitting.beside(observations, filed(filings))
        observations = pd.concat([observations, kept], ignore_index=True)
        by_metric = across_cells.by_metric(observations)
    parts = across_cells.parts(observations, by_metric, words.metrics, vocabulary.rules)
    problems.extend(fitting.of_kept(problem, kept) for problem in parts)
    return Interpretation(
        filings[["space_id", "year", "sheet", "row"]],
        observations,
        [*fitting.still_there(problems.all(), replaced), *fitting.typed_twice(choices, replaced)],
        tuple(understood),
        tuple(units),
        tuple(over),
        kept,
        replaced,
    )


def _tables(
    grids: Sequence[Grid], words: Words, register: Register, choices: Choices
) -> tuple[list[tuple[Reading, Table]], list[Problem], list[Understood]]:
    """The tables that are filings, what is to be told of the others, and what those were taken for of which no figure
    can be read."""
    made = recognise.readings(grids, words, register, choices.space, choices.year)
    every: list[tuple[Grid, Reading | None]] = []
    for grid, readings in zip(grids, made, strict=True):
        every += [(grid, each) for each in readings] or [(grid, None)]
    read, problems = outside_table.tables_to_read(
        [grid for grid, _ in every], [each.table if each else None for _, each in every], register
    )
    wanted = set(map(id, read))
    found = [(each, each.table) for _, each in every if each and each.table and id(each.table) in wanted]
    # A guide to the form may say the unit of its figures.
    elsewhere = [
        each for grid, readings in zip(grids, made, strict=True) if not readings for each in _guide(grid, words)
    ]
    for _, table in found:
        table.mentions += elsewhere
    for grid, each in every:
        if each and each.table and id(each.table) in wanted:
            notes.put(each.table, grid, words.units)
    without = [each for _, each in every if each and each.table is None]
    for each in (*(each for each, _ in found), *without):
        problems += each.problems
    return found, problems, [each.understood for each in without]


def _kinds(grids: Sequence[Grid], words: Words, register: Register) -> dict[str, pd.CategoricalDtype]:
    """By column what it can say: what is said alike of millions of figures is not said in each by itself."""
    sheets = [grid.sheet for grid in grids if grid.sheet is not None]
    return {
        "space_id": pd.CategoricalDtype(list(register.names)),
        "metric": pd.CategoricalDtype(list(words.metrics)),
        "sheet": pd.CategoricalDtype(list(dict.fromkeys([*sheets, fitting.ON_THE_PAGE, fitting.FILED_BEFORE]))),
        "letter": pd.CategoricalDtype(list(map(letter, range(MOST_COLUMNS)))),
    }


def _read(
    findings: Findings,
    words: Words,
    register: Register,
    today: date,
    kinds: Mapping[str, pd.CategoricalDtype],
    made: Reading,
) -> tuple[pd.DataFrame, list[pd.DataFrame], list[tuple[Metric, Mention]]]:
    """The filings of one table, as NO_FILINGS has them, frames of its figures, and the units read for them; what is
    wrong is put to the findings."""
    table = findings.table
    codes = {*(label.code for label in table.columns.values()), *(each.code for each in table.qualified.values())}
    long = not codes.isdisjoint(("metric", "value"))
    wanted = ("space_id", "year", "metric", "value") if long else ("space_id", "year")
    missing = [code for code in wanted if code not in {*codes, *made.missing} and not findings.choices.of_file(code)]
    column_checks.missing(findings, missing, words, register)
    table.fill(("space_id", "space_name", "year", "metric"))
    column_checks.once(findings)
    rows = rows_read.read(findings, register, words, today)
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


def _guide(grid: Grid, words: Words) -> Iterator[Mention]:
    """The units that a sheet without a table declares, as a guide to the form does: what they are meant of, it cannot
    be certain."""
    for row, texts in enumerate(grid.rows[:HEADER_WITHIN]):
        for column, text in enumerate(texts):
            for unit in words.units.declared(text) if text else ():
                yield Mention(unit, text, row, column, clear=False, sheet=grid.sheet)
