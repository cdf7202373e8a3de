"""A grid to filings, figures and problems, by the policy's own words."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pandas as pd

from tracking.filing import choices as chosen
from tracking.filing.choices import Choices
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import (
    across_cells,
    duplicates,
    fitting,
    notes,
    outside_table,
    shifted_rows,
    table_readings,
)
from tracking.filing.interpreting.among_others import Peers, no_peers
from tracking.filing.interpreting.findings import Problems
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.interpretation import (
    NO_FILINGS,
    NO_OBSERVATIONS,
    Interpretation,
)
from tracking.filing.interpreting.layouts import recognise
from tracking.filing.interpreting.layouts.made import RecognisedTable
from tracking.filing.interpreting.layouts.understood import Understood
from tracking.filing.spreadsheets.grids import Grid
from tracking.filing.spreadsheets.tables import HEADER_WITHIN, Mention, Table
from tracking.policy.vocabulary import Vocabulary
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
    grids, problems = _prepared(grids, words, register, today, choices)
    found, beside, understood = _tables(grids, words, register, choices)
    problems.extend(beside)
    if not found:
        return _without_figures(understood, problems)
    against = table_readings.Against(
        vocabulary, words, register, today, table_readings.kinds(grids, words, register), problems
    )
    read = table_readings.read_all(found, against, choices)
    understood += read.understood
    filings, (observations, replaced) = read.filings, table_readings.with_typed(read, against, choices)
    if filings.empty and not _refused(problems):
        first = found[0][1]
        problems.add(Problem("error", "no-figures", first.grid.sheet, first.number(None, 0)))
    observations, by_metric = _joined(filings, observations, words, problems)
    filings = filings.drop_duplicates(["space_id", "year"], ignore_index=True)
    if previous is not None:
        money, before = _money(words), previous(filings)
        problems.extend(across_cells.leaps(observations, by_metric, words.metrics, money, before, peers))
    kept = observations.iloc[:0]
    if choices.keep and filed is not None:
        kept = fitting.beside(observations, filed(filings))
        observations = pd.concat([observations, kept], ignore_index=True)
        by_metric = across_cells.by_metric(observations)
    parts = across_cells.parts(observations, by_metric, words.metrics, vocabulary.rules)
    problems.extend(fitting.of_kept(problem, kept) for problem in parts)
    listed = [*fitting.still_there(problems.all(), replaced), *fitting.typed_twice(choices, replaced)]
    if filings["year"].nunique() > 1:
        # Of several years it has the figures of each.
        listed = [each for each in listed if each.code != "years-feared"]
    of_file = tuple(understood), tuple(read.units), tuple(read.over)
    return Interpretation(filings[["space_id", "year", "sheet", "row"]], observations, listed, *of_file, kept, replaced)


def _prepared(
    grids: Sequence[Grid], words: Words, register: Register, today: date, choices: Choices
) -> tuple[Sequence[Grid], Problems]:
    """The sheets as a person changed them and with shifted rows set apart, and what there is to tell of that."""
    problems = Problems()
    grids, lost = fitting.applied(grids, choices)
    problems.extend(lost)
    problems.extend(fitting.unfit(choices, words, register, today))
    grids, shifted = shifted_rows.set_apart(grids, words.table, words.limits)
    problems.extend(shifted)
    return grids, problems


def _joined(
    filings: pd.DataFrame, observations: pd.DataFrame, words: Words, problems: Problems
) -> tuple[pd.DataFrame, across_cells.Figures]:
    """The figures, each once, and the same by metric; what is said twice is told of."""
    observations, joined = duplicates.join(filings, observations, words.metrics)
    problems.extend(joined)
    return observations, across_cells.by_metric(observations)


def _money(words: Words) -> set[str]:
    return {metric.code for metric in words.metrics.values() if words.units.money(metric)}


def _without_figures(understood: Sequence[Understood], problems: Problems) -> Interpretation:
    if not understood:
        problems.add(Problem("error", "no-header"))
    elif not _refused(problems):
        problems.add(Problem("error", "form-without-figures", understood[0].sheet))
    return Interpretation(NO_FILINGS, NO_OBSERVATIONS, problems.all(), tuple(understood))


def _refused(problems: Problems) -> bool:
    return any(problem.severity == "error" for problem in problems.all())


def _tables(
    grids: Sequence[Grid], words: Words, register: Register, choices: Choices
) -> tuple[list[tuple[RecognisedTable, Table]], list[Problem], list[Understood]]:
    """The tables that are filings, what is to be told of the others, and what those were taken for of which no figure
    can be read."""
    made = recognise.tables(grids, words, register, choices.space, choices.year)
    every: list[tuple[Grid, RecognisedTable | None]] = []
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


def _guide(grid: Grid, words: Words) -> Iterator[Mention]:
    """The units that a sheet without a table declares, as a guide to the form does: what they are meant of, it cannot
    be certain."""
    for row, texts in enumerate(grid.rows[:HEADER_WITHIN]):
        for column, text in enumerate(texts):
            for unit in words.units.declared(text) if text else ():
                yield Mention(unit, text, row, column, clear=False, sheet=grid.sheet)
