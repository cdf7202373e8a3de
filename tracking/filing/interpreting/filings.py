"""A grid to filings, figures and problems, by the policy's own words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from tracking.filing import choices as chosen
from tracking.filing.choices import Choices
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import (
    across_cells,
    cells,
    fitting,
    passed_over,
    qualifiers,
    shifted_rows,
    surroundings,
)
from tracking.filing.interpreting import figures as interpreting_figures
from tracking.filing.interpreting import rows as rows_read
from tracking.filing.interpreting.across_cells import Peers, no_peers
from tracking.filing.interpreting.findings import Findings, Problems, visible
from tracking.filing.interpreting.headers import KEYS, Words
from tracking.filing.interpreting.layouts import recognise
from tracking.filing.interpreting.layouts.made import Reading
from tracking.filing.interpreting.layouts.understood import Understood, of_form
from tracking.filing.interpreting.measured import place
from tracking.filing.interpreting.rows import Rows
from tracking.filing.spreadsheets.grids import MOST_COLUMNS, Grid, letter
from tracking.filing.spreadsheets.tables import HEADER_WITHIN, Label, Mention, Table
from tracking.policy.vocabulary import Metric, Vocabulary
from tracking.words import language, spelling
from tracking.words.language import LANGUAGES, Lang
from tracking.words.problems import Problem

# What a table with a row per figure has, and a table with a column per metric has not.
_LONG_ALONE = frozenset({"metric", "value", "unit", "evidence", "note"})

Previous = Callable[[pd.DataFrame], pd.DataFrame]


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


@dataclass(frozen=True)
class UnitRead:
    """A unit that some metrics' figures were taken to be in, and the cell that says so; None for the sheet's name."""

    unit: str
    sheet: str | None
    cell: str | None
    text: str
    metrics: tuple[str, ...]


@dataclass(frozen=True)
class Over:
    """A row or a column of a form that was passed over: its sheet, where it begins, and what stands there."""

    sheet: str | None
    cell: str
    text: str


@dataclass(frozen=True)
class Interpretation:
    """What a file says.

    filings: space_id, year, sheet, row: a row per space and year in the file, and where it first stands.
    observations: space_id, year, metric, value (ten-thousandths, Int64, missing where only explained), evidence,
    note, sheet, row, letter: a row per figure, or blank with a word about it.
    understood: what every table of the file was taken for, cell by cell, in the order of the sheets; also where the
    file has errors. units: the units that were read for figures, and where; passed_over: the furniture of forms.
    kept: of the observations, those filed before of which the file says nothing; replaced: what the file says of
    figures that were typed on the page.
    """

    filings: pd.DataFrame
    observations: pd.DataFrame
    problems: list[Problem]
    understood: tuple[Understood, ...] = ()
    units: tuple[UnitRead, ...] = ()
    passed_over: tuple[Over, ...] = ()
    kept: pd.DataFrame = field(default_factory=lambda: _NO_OBSERVATIONS)
    replaced: pd.DataFrame = field(default_factory=lambda: _NO_OBSERVATIONS)


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
        return Interpretation(_NO_FILINGS, _NO_OBSERVATIONS, [Problem("error", "no-edition")])
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
        return Interpretation(_NO_FILINGS, _NO_OBSERVATIONS, problems.all(), tuple(understood))
    # What is said alike of millions of figures is not said in each by itself.
    sheets = [grid.sheet for grid in grids if grid.sheet is not None]
    kinds = {
        "space_id": pd.CategoricalDtype(list(register.names)),
        "metric": pd.CategoricalDtype(list(words.metrics)),
        "sheet": pd.CategoricalDtype(list(dict.fromkeys([*sheets, fitting.ON_THE_PAGE, fitting.FILED_BEFORE]))),
        "letter": pd.CategoricalDtype(list(map(letter, range(MOST_COLUMNS)))),
    }
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
        units += _units_read(table, measured)
        over += _passed_over(table)
    filings = pd.concat(whole, ignore_index=True)
    observations = pd.concat(figures, ignore_index=True) if figures else _NO_OBSERVATIONS
    replaced = observations.iloc[:0]
    if typed := fitting.typed(choices, filings):
        on_the_page = Words(vocabulary).table(typed)
        assert on_the_page
        made = recognise.plain(on_the_page)
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
    read, problems = surroundings.tables_to_read(
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
    without = [each for _, each in every if each and each.table is None]
    for each in (*(each for each, _ in found), *without):
        problems += each.problems
    return found, problems, [each.understood for each in without]


def _read(
    findings: Findings,
    words: Words,
    register: Register,
    today: date,
    kinds: Mapping[str, pd.CategoricalDtype],
    made: Reading,
) -> tuple[pd.DataFrame, list[pd.DataFrame], list[tuple[Metric, Mention]]]:
    """The filings of one table, as _NO_FILINGS has them, frames of its figures, and the units read for them; what is
    wrong is put to the findings."""
    table = findings.table
    codes = {*(label.code for label in table.columns.values()), *(each.code for each in table.qualified.values())}
    long = not codes.isdisjoint(("metric", "value"))
    wanted = ("space_id", "year", "metric", "value") if long else ("space_id", "year")
    missing = [code for code in wanted if code not in {*codes, *made.missing} and not findings.choices.of_file(code)]
    _missing(findings, missing, words, register)
    table.fill(("space_id", "space_name", "year", "metric"))
    _columns_once(findings)
    rows = rows_read.read(findings, register, words, today)
    passed_over.columns(table, rows.there, words.units)
    _qualified(findings, rows, words)
    findings.problems.extend(surroundings.beside(table, rows.there))
    passed_over.tell(findings)
    if not made.understood.areas:
        made.understood = of_form(table, rows.there, made.understood)
    figures, measured = interpreting_figures.read(findings, rows, words, kinds, long=long)
    _unknown_columns(findings, rows, words, long)
    valid = np.flatnonzero(rows.valid)
    filings = {
        "space_id": pd.Categorical.from_codes(rows.spaces[valid], dtype=kinds["space_id"]),
        "year": rows.years[valid],
        "sheet": table.grid.sheet,
        "row": table.numbers(valid, table.index("space_id") or 0),
        "once": not long,
    }
    return pd.DataFrame(filings), figures, measured


def _missing(findings: Findings, codes: Sequence[str], words: Words, register: Register) -> None:
    """An error for each column that is not there, naming the one that looks like it."""
    table = findings.table
    for code in codes:
        index = next((each for each in _strange(table) if _like(table.cells(each), code, words, register)), None)
        near: dict[Lang, str] = dict.fromkeys(LANGUAGES, "")
        if index is not None:
            there = {"letter": table.letter(index), "header": visible(table.headers[index])}
            near = {lang: language.text("missing-column.near", lang, **there) for lang in LANGUAGES}
        name = {"zh": dict(KEYS)[code][1], "en": code}
        findings.add("error", "missing-column", value=code, name=name, nearest=near)


def _strange(table: Table) -> list[int]:
    return [*table.unknown, *(each.column for each in table.passed_over if each.column is not None)]


def _like(texts: Sequence[str], code: str, words: Words, register: Register) -> bool:
    """Whether most cells of a column say what stands in the columns of a key."""
    said = [spelling.tidy(text) for text in texts[:200] if text.strip()]
    known = {space_id.casefold() for space_id in register.names}
    fits: dict[str, Callable[[str], bool]] = {
        "space_id": lambda text: text.casefold() in known,
        "year": lambda text: 1900 <= (cells.year(text) or 0) <= 2200,
        "metric": lambda text: bool((name := words.names.read(text)) and words.names.is_metric(name.code)),
    }
    return code in fits and bool(said) and 2 * sum(map(fits[code], said)) > len(said)


def _qualified(findings: Findings, rows: Rows, words: Words) -> None:
    """Errors for columns of metrics that are not the year's own figures: a plan, last year's, a sum so far, a rate."""
    table = findings.table
    for remark in table.remarks:
        where = place(table, remark.row, remark.column, remark.text)
        findings.at_cell(
            "error", "remark-qualifies", remark.row, remark.column, remark.text, word=remark.word, where=where
        )
    years = set(rows.years[rows.there & (rows.years > 0)].tolist())
    for index in table.first_said(table.qualified, rows.there):
        column = table.qualified[index]
        metric = words.metrics.get(column.code)
        if metric and not column.word and years == {column.year} and table.index(column.code) is None:
            table.columns[index] = Label(column.code)
            continue
        _tell_qualified(findings, index, column.code, column.word or str(column.year), metric)


def _tell_qualified(findings: Findings, index: int, code: str, word: str, metric: Metric | None = None) -> None:
    table = findings.table
    actual = table.index(code)
    findings.add(
        "error",
        "qualified-column" if actual is None else "two-columns-of-metric",
        column=index,
        value=table.headers[index],
        word=word,
        metric={"zh": metric.name_zh, "en": metric.name_en} if metric else _key_names(code),
        first="" if actual is None else table.letter(actual),
    )


def _guide(grid: Grid, words: Words) -> Iterator[Mention]:
    """The units that a sheet without a table declares, as a guide to the form does: what they are meant of, it cannot
    be certain."""
    for row, texts in enumerate(grid.rows[:HEADER_WITHIN]):
        for column, text in enumerate(texts):
            for unit in words.units.declared(text) if text else ():
                yield Mention(unit, text, row, column, clear=False, sheet=grid.sheet)


def _key_names(code: str) -> dict[str, str]:
    return {"zh": dict(KEYS).get(code, (code, code))[1], "en": code}


def _units_read(table: Table, measured: Sequence[tuple[Metric, Mention]]) -> list[UnitRead]:
    found: dict[tuple[str, str | None, str], list[str]] = {}
    for metric, mention in measured:
        cell = None
        if mention.row is not None:
            row, letter = table.place(mention.row, mention.column)
            cell = f"{letter}{row}"
        found.setdefault((mention.unit, cell, visible(mention.text)), []).append(metric.code)
    return [
        UnitRead(unit, table.grid.sheet, cell, text, tuple(dict.fromkeys(codes)))
        for (unit, cell, text), codes in found.items()
    ]


def _passed_over(table: Table) -> list[Over]:
    found = []
    for each in table.passed_over:
        row, letter = table.place(table.header if each.row is None else each.row, each.column or 0)
        found.append(Over(table.grid.sheet, f"{letter}{row}", visible(each.text)))
    return found


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
    strange = [
        index
        for index, label in table.columns.items()
        if not _belongs(label.code, long) and not (label.code == "unit" and _says_units(table.cells(index), words))
    ]
    for index, at in table.first_said([*unnamed, *table.unknown, *strange], rows.there).items():
        if index in table.columns:
            code = "mixed-forms" if long else "column-of-long-form"
            findings.add("error", code, column=index, value=table.headers[index])
        elif index in table.unknown:
            header = table.headers[index]
            # Beside the names of metrics a column 计划数 is one of figures, as 数值 is.
            if long and (word := qualifiers.alone(header)):
                _tell_qualified(findings, index, "value", word)
                continue
            findings.add("error", "unknown-column", column=index, value=header, nearest=words.nearest(header))
        else:
            told = table.grid.rows[table.first + at][index]
            findings.add("error", "unnamed-column", at=at, column=index, value=told)


def _says_units(texts: Sequence[str], words: Words) -> bool:
    """Whether a column beside metrics says their unit; 单位 may also head the names of firms."""
    return all(words.units.is_unit(text) for text in set(texts) if text.strip())


def _belongs(code: str, long: bool) -> bool:
    """Whether a known column has its place in this form of table."""
    if code in ("space_id", "space_name", "year"):
        return True
    return (code in _LONG_ALONE) == long
