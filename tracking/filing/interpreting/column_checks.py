"""What is wrong with the columns of a table: missing, twice, of a plan or another year, unknown."""

from collections.abc import Callable, Sequence

import numpy as np

from tracking.filing.enrolled import Register
from tracking.filing.interpreting import cells, other_years, qualifiers
from tracking.filing.interpreting.findings import Findings, visible
from tracking.filing.interpreting.headers import KEYS, Words
from tracking.filing.interpreting.measured import place
from tracking.filing.interpreting.rows import Rows
from tracking.filing.spreadsheets.tables import Label, Table
from tracking.policy.vocabulary import Metric
from tracking.words import language, spelling
from tracking.words.language import LANGUAGES, Lang
from tracking.words.problems import Severity

# What a table with a row per figure has, and a table with a column per metric has not.
_LONG_ALONE = frozenset({"metric", "value", "unit", "evidence", "note"})


def missing(findings: Findings, codes: Sequence[str], words: Words, register: Register) -> None:
    """An error for each column that is not there, naming the one that looks like it."""
    table = findings.table
    for code in codes:
        index = next((each for each in _strange(table) if _like(table.cells(each), code, words, register)), None)
        near: dict[Lang, str] = dict.fromkeys(LANGUAGES, "")
        if index is not None:
            there = {"letter": table.letter(index), "header": visible(table.headers[index])}
            of_another = code == "year" and other_years.label(table.headers[index])
            sentence = "missing-column.another-year" if of_another else "missing-column.near"
            near = {lang: language.text(sentence, lang, **there) for lang in LANGUAGES}
        name = {"zh": dict(KEYS)[code][1], "en": code}
        findings.add("error", "missing-column", value=code, name=name, nearest=near)


def _strange(table: Table) -> list[int]:
    return [*table.unknown, *(each.column for each in table.passed_over if each.column is not None)]


def _like(texts: Sequence[str], code: str, words: Words, register: Register) -> bool:
    """Whether most cells of a column say what stands in the columns of a key."""
    filled = [spelling.tidy(text) for text in texts[:200] if text.strip()]
    known = {space_id.casefold() for space_id in register.names}
    fits: dict[str, Callable[[str], bool]] = {
        "space_id": lambda text: text.casefold() in known,
        "year": lambda text: 1900 <= (cells.year(text) or 0) <= 2200,
        "metric": lambda text: bool((name := words.names.read(text)) and words.names.is_metric(name.code)),
    }
    return code in fits and bool(filled) and 2 * sum(map(fits[code], filled)) > len(filled)


def once(findings: Findings) -> None:
    """Errors for columns that stand there twice."""
    table = findings.table
    seen: dict[str, int] = {}
    again = [index for index, label in table.columns.items() if seen.setdefault(label.code, index) != index]
    for index in table.first_filled(again):
        first = table.letter(seen[table.columns[index].code])
        findings.add("error", "column-twice", column=index, value=table.headers[index], first=first)


def qualified(findings: Findings, rows: Rows, words: Words) -> None:
    """Errors for columns of metrics that are not the year's own figures: a plan, last year's, a sum so far, a rate."""
    table = findings.table
    years = set(rows.years[rows.there & (rows.years > 0)].tolist())
    for remark in table.remarks:
        if remark.year is not None and remark.year not in years:
            continue
        where = place(table, remark.row, remark.column, remark.text, sheet=remark.sheet)
        at = (remark.row, remark.column, remark.text)
        severity: Severity = "warning" if remark.fear else "error"
        code = remark.fear or "remark-qualifies"
        findings.at_cell(severity, code, *at, sheet=remark.sheet, word=remark.word, where=where)
    for index in table.first_filled(table.qualified, rows.there):
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


def _key_names(code: str) -> dict[str, str]:
    return {"zh": dict(KEYS).get(code, (code, code))[1], "en": code}


def unknown(findings: Findings, rows: Rows, words: Words, long: bool) -> None:
    """Errors for every column that says something which no figure of this table could take."""
    table = findings.table
    unnamed = [index for index, header in enumerate(table.headers) if not spelling.folded(header)]
    unnamed += range(len(table.headers), max(map(len, table.grid.rows)))
    strange = [
        index
        for index, label in table.columns.items()
        if not _belongs(label.code, long) and not (label.code == "unit" and _says_units(table.cells(index), words))
    ]
    for index, at in table.first_filled([*unnamed, *table.unknown, *strange], rows.there).items():
        if index in table.columns:
            code = "mixed-forms" if long else "column-of-long-form"
            findings.add("error", code, column=index, value=table.headers[index])
        elif index in table.unknown:
            header = table.headers[index]
            # Beside the names of metrics a column 计划数 is one of figures, as 数值 is.
            divides = _divides(table, rows, index)
            if long and not divides and (word := qualifiers.alone(header)):
                _tell_qualified(findings, index, "value", word)
                continue
            code = "column-divides" if divides else "unknown-column"
            findings.add("error", code, column=index, value=header, nearest=words.nearest(header))
        else:
            text = table.grid.rows[table.first + at][index]
            findings.add("error", "unnamed-column", at=at, column=index, value=text)


def _divides(table: Table, rows: Rows, index: int) -> bool:
    """Whether a column tells several rows of one filing apart, as 季度 does: none of them may have the year's figure,
    and without the column nobody would see it."""
    others = [table.cells(each) for each in (index, table.index("metric")) if each is not None]
    first: dict[tuple[object, ...], str] = {}
    for at in np.flatnonzero(rows.valid).tolist():
        text, *of_metric = (texts[at].strip() for texts in others)
        if text and first.setdefault((rows.spaces[at], rows.years[at], *of_metric), text) != text:
            return True
    return False


def _says_units(texts: Sequence[str], words: Words) -> bool:
    """Whether a column beside metrics says their unit; 单位 may also head the names of firms."""
    return all(words.units.is_unit(text) for text in set(texts) if text.strip())


def _belongs(code: str, long: bool) -> bool:
    """Whether a known column has its place in this form of table."""
    if code in ("space_id", "space_name", "year"):
        return True
    return (code in _LONG_ALONE) == long
