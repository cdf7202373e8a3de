"""A grid to filings, figures and problems, by the policy's own words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from tracking.filing import choices as chosen
from tracking.filing.choices import Choices
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import across_cells, fitting, shifted_rows, surroundings
from tracking.filing.interpreting import figures as interpreting_figures
from tracking.filing.interpreting import rows as rows_read
from tracking.filing.interpreting.findings import Findings, Problems
from tracking.filing.interpreting.headers import KEYS, Words
from tracking.filing.interpreting.layouts.understood import Understood, of_form
from tracking.filing.interpreting.rows import Rows
from tracking.filing.spreadsheets.grids import MOST_COLUMNS, Grid, letter
from tracking.policy.vocabulary import Vocabulary
from tracking.words import spelling
from tracking.words.problems import Problem

# What a table with a row per figure has, and a table with a column per metric has not.
_LONG_ALONE = frozenset({"metric", "value", "evidence", "note"})

Previous = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Interpretation:
    """What a file says.

    filings: space_id, year, sheet, row: a row per space and year in the file, and where it first stands.
    observations: space_id, year, metric, value (ten-thousandths, Int64, missing where only explained), evidence,
    note, sheet, row, letter: a row per figure, or blank with a word about it.
    understood: what every table of the file was taken for, cell by cell, in the order of the sheets; also where the
    file has errors.
    """

    filings: pd.DataFrame
    observations: pd.DataFrame
    problems: list[Problem]
    understood: tuple[Understood, ...] = ()


def interpret(
    grids: Sequence[Grid],
    vocabulary: Vocabulary,
    register: Register,
    today: date,
    previous: Previous | None = None,
    choices: Choices = chosen.NONE,
) -> Interpretation:
    """Understand every table of a file, and tell every problem, errors first.

    `choices` are what a person decided where the file does not say it.
    `previous` gives what is stored for the years before those of some filings (space_id, year): space_id,
    year, metric, value in ten-thousandths.
    """
    if not vocabulary.metrics:
        return Interpretation(_NO_FILINGS, _NO_OBSERVATIONS, [Problem("error", "no-edition")])
    words = Words(vocabulary, choices.columns)
    problems = Problems()
    grids, kept = fitting.applied(grids, choices)
    problems.extend(kept)
    problems.extend(fitting.unfit(choices, words, register, today))
    grids, shifted = shifted_rows.set_apart(grids, words.table)
    problems.extend(shifted)
    in_grids = [words.table(grid) for grid in grids]
    if not any(in_grids):
        in_grids = [words.table_of_nobody(grid) for grid in grids]
    found, beside = surroundings.tables_to_read(grids, in_grids, register)
    problems.extend(beside)
    if not found:
        problems.add(Problem("error", "no-header"))
        return Interpretation(_NO_FILINGS, _NO_OBSERVATIONS, problems.all())
    # What is said alike of millions of figures is not said in each by itself.
    sheets = [grid.sheet for grid in grids if grid.sheet is not None]
    kinds = {
        "space_id": pd.CategoricalDtype(list(register.names)),
        "metric": pd.CategoricalDtype(list(words.metrics)),
        "sheet": pd.CategoricalDtype(list(dict.fromkeys([*sheets, fitting.ON_THE_PAGE]))),
        "letter": pd.CategoricalDtype(list(map(letter, range(MOST_COLUMNS)))),
    }
    whole: list[pd.DataFrame] = []
    figures: list[pd.DataFrame] = []
    understood: list[Understood] = []
    for table in found:
        findings = Findings(table, problems, choices)
        filings_read, figures_read = _read(findings, words, register, today, kinds, understood)
        whole.append(filings_read)
        figures += figures_read
    filings = pd.concat(whole, ignore_index=True)
    observations = pd.concat(figures, ignore_index=True) if figures else _NO_OBSERVATIONS
    if typed := fitting.typed(choices, filings):
        on_the_page = Words(vocabulary).table(typed)
        assert on_the_page
        _, typed_figures = _read(Findings(on_the_page, problems), words, register, today, kinds, [])
        kept = observations[~fitting.without(observations, choices)]
        observations = pd.concat([kept, *typed_figures], ignore_index=True)
    if filings.empty and not any(problem.severity == "error" for problem in problems.all()):
        problems.add(Problem("error", "no-figures", found[0].grid.sheet, found[0].header + 1))
    before = len(problems)
    problems.extend(across_cells.twice(filings, observations, words.metrics))
    twice = len(problems) > before
    filings = filings.drop_duplicates(["space_id", "year"], ignore_index=True)
    if twice:
        observations = observations.drop_duplicates(["space_id", "year", "metric"], ignore_index=True)
    by_metric = across_cells.by_metric(observations)
    problems.extend(across_cells.parts(observations, by_metric, words.metrics, vocabulary.rules))
    if previous is not None:
        problems.extend(across_cells.tenfold(observations, by_metric, words.metrics, previous(filings)))
    return Interpretation(
        filings[["space_id", "year", "sheet", "row"]], observations, problems.all(), tuple(understood)
    )


_NO_FILINGS = pd.DataFrame(
    {
        "space_id": pd.Series(dtype="category"),
        "year": pd.Series(dtype="int64"),
        "sheet": pd.Series(dtype="str"),
        "row": pd.Series(dtype="int64"),
        # Whether a row is a whole filing, so that there may be no second one.
        "once": pd.Series(dtype="bool"),
    }
)
_NO_OBSERVATIONS = pd.DataFrame(
    {name: pd.Series(dtype="category") for name in ("space_id", "metric", "sheet", "letter")}
    | {name: pd.Series(dtype="str") for name in ("evidence", "note")}
    | {"year": pd.Series(dtype="int64"), "row": pd.Series(dtype="int64"), "value": pd.Series(dtype="Int64")}
)


def _read(
    findings: Findings,
    words: Words,
    register: Register,
    today: date,
    kinds: Mapping[str, pd.CategoricalDtype],
    understood: list[Understood],
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The filings of one table, as _NO_FILINGS has them, and frames of its figures; what is wrong is put to the
    findings."""
    table = findings.table
    long = any(table.index(code) is not None for code in ("metric", "value"))
    wanted = ("space_id", "year", "metric", "value") if long else ("space_id", "year")
    for code in wanted:
        if table.index(code) is None and not findings.choices.of_file(code):
            findings.add("error", "missing-column", value=code, name={"zh": dict(KEYS)[code][1], "en": code})
    table.fill(("space_id", "space_name", "year", "metric"))
    _columns_once(findings)
    rows = rows_read.read(findings, register, today)
    findings.problems.extend(surroundings.beside(table, rows.there))
    understood.append(_by_choice(of_form(table, rows.there, long), findings))
    if long and (table.index("metric") is None or table.index("value") is None):
        figures = []
    else:
        figures = interpreting_figures.read(findings, rows, words, kinds, long=long)
    _unknown_columns(findings, rows, words, long)
    valid = np.flatnonzero(rows.valid)
    filings = {
        "space_id": pd.Categorical.from_codes(rows.spaces[valid], dtype=kinds["space_id"]),
        "year": rows.years[valid],
        "sheet": table.grid.sheet,
        "row": table.numbers(valid, table.index("space_id") or 0),
        "once": not long,
    }
    return pd.DataFrame(filings), figures


def _by_choice(understood: Understood, findings: Findings) -> Understood:
    """The same, where the space or the year stands nowhere but in a person's choice."""
    table, choices = findings.table, findings.choices
    if table.index("space_id") is None:
        understood = replace(understood, space_from="choice" if choices.space else None, space=choices.space)
    if table.index("year") is None:
        understood = replace(understood, year_from="choice" if choices.year else None, year=choices.year)
    return understood


def _columns_once(findings: Findings) -> None:
    table = findings.table
    seen: dict[str, int] = {}
    again = [index for index, label in table.columns.items() if seen.setdefault(label.code, index) != index]
    for index in table.first_said(again):
        first = table.letter(seen[table.columns[index].code])
        findings.add("error", "column-twice", column=index, value=table.headers[index], first=first)


def _unknown_columns(findings: Findings, rows: Rows, words: Words, long: bool) -> None:
    """Errors for every column that says something which no figure of this table could take."""
    table = findings.table
    unnamed = [index for index, header in enumerate(table.headers) if not spelling.plain(header)]
    unnamed += range(len(table.headers), max(map(len, table.grid.rows)))
    strange = [index for index, label in table.columns.items() if not _belongs(label.code, long)]
    for index, at in table.first_said([*unnamed, *table.unknown, *strange], rows.there).items():
        if index in table.columns:
            code = "mixed-forms" if long else "column-of-long-form"
            findings.add("error", code, column=index, value=table.headers[index])
        elif index in table.unknown:
            header = table.headers[index]
            findings.add("error", "unknown-column", column=index, value=header, nearest=words.nearest(header))
        else:
            told = table.grid.rows[table.first + at][index]
            findings.add("error", "unnamed-column", at=at, column=index, value=told)


def _belongs(code: str, long: bool) -> bool:
    """Whether a known column has its place in this form of table."""
    if code in ("space_id", "space_name", "year"):
        return True
    return (code in _LONG_ALONE) == long
