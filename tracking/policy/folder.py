"""A policy's folder to typed rows that remember their place. What the rows say together is not looked at here."""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tracking.policy.cells import Column, UnfitError, code, words
from tracking.policy.rows import TABLES, EditionKeys, Policy, Row, columns
from tracking.words.problems import Problem, Refusal

EDITION_FILE = "edition.toml"
FILES = (EDITION_FILE, *(f"{table}.csv" for table in TABLES))
# Keys that may be left out: who publishes the data, under which licence and whom to ask.
IMPRINT = ("publisher_zh", "publisher_en", "licence", "contact")
# An enrolment has at most 10 years (reading.md, Words).
MOST_CONSTRUCTION_YEARS = 10

_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
_TOML_PLACE = re.compile(r"at line (\d+)")


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a policy by name, in the order of the names. Raises Refusal where one is missing."""
    if not folder.is_dir():
        raise Refusal([Problem("error", "policy-folder-missing", value=str(folder))])
    problems: list[Problem] = []
    found: dict[str, bytes] = {}
    for name in sorted(FILES):
        try:
            found[name] = (folder / name).read_bytes()
        except FileNotFoundError:
            problems.append(missing(name))
        except OSError:
            problems.append(Problem("error", "policy-file-unreadable", sheet=name))
    if problems:
        raise Refusal(problems)
    return found


def missing(name: str) -> Problem:
    """That a file of a policy is not there."""
    return Problem("error", "policy-file-missing", sheet=name)


def read(edition: str, files: Mapping[str, bytes]) -> Policy:
    """The typed rows of the files of an edition. Raises Refusal with everything that cannot be read in them."""
    problems: list[Problem] = []
    try:
        code(edition)
    except UnfitError:
        problems.append(Problem("error", "policy-folder-name", value=edition))
    keys = _keys(files[EDITION_FILE], problems)
    tables: dict[str, Any] = {name: tuple(_rows(f"{name}.csv", kind, files, problems)) for name, kind in TABLES.items()}
    if problems or keys is None:
        raise Refusal(problems)
    return Policy(edition=edition, keys=keys, **tables)


def _text(name: str, content: bytes, problems: list[Problem]) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem("error", "policy-file-not-utf-8", sheet=name, row=row))
        return None


def _rows(name: str, kind: type[Row], files: Mapping[str, bytes], problems: list[Problem]) -> Iterator[Row]:
    text = _text(name, files[name], problems)
    if text is None:
        return
    expected = columns(kind)
    lines = _lines(name, text, problems)
    number, header = next(lines, (0, []))
    if number != 1:
        details = {"columns": ",".join(expected)}
        problems.append(Problem("error", "policy-header-missing", name, 1, details=details))
        return
    faults = _header_problems(name, expected, header)
    problems.extend(faults)
    if not faults:
        for number, cells in lines:
            values, faults = _values(name, number, expected, header, cells)
            problems.extend(faults)
            if not faults:
                yield kind(row=number, **values)


def _lines(name: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, numbered as a spreadsheet shows them, cells without the spaces around them."""
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            trimmed = [cell.strip() for cell in cells]
            if any(trimmed):
                yield number, trimmed
    except csv.Error:
        problems.append(Problem("error", "policy-csv", sheet=name, row=number + 1))


def _header_problems(name: str, expected: Mapping[str, Column], found: Sequence[str]) -> list[Problem]:
    named = [column for column in found if column]
    twice = sorted({column for column in named if named.count(column) > 1})
    return [
        *(
            Problem("error", "policy-column-missing", name, 1, column)
            for column, kind in expected.items()
            if column not in named and not kind.optional
        ),
        *(Problem("error", "policy-column-unknown", name, 1, column) for column in named if column not in expected),
        *(Problem("error", "policy-column-twice", name, 1, column) for column in twice if column in expected),
    ]


def _values(
    sheet: str, number: int, expected: Mapping[str, Column], header: Sequence[str], cells: Sequence[str]
) -> tuple[dict[str, Any], list[Problem]]:
    """What the cells of a row say, by column, and what is wrong with them."""
    beyond = [cell for place, cell in enumerate(cells) if cell and (place >= len(header) or not header[place])]
    faults = [Problem("error", "policy-extra-cell", sheet, number, value=cell) for cell in beyond]
    texts = dict(zip(header, cells, strict=False))
    values = {}
    for name, column in expected.items():
        cell = texts.get(name, "")
        try:
            values[name] = column.value(cell)
        except UnfitError as unfit:
            faults.append(Problem("error", unfit.code, sheet, number, name, cell or None, details=unfit.details))
    return values, faults


def _keys(content: bytes, problems: list[Problem]) -> EditionKeys | None:
    text = _text(EDITION_FILE, content, problems)
    if text is None:
        return None
    try:
        written = tomllib.loads(text, parse_float=_exact)
    except (ValueError, RecursionError) as error:
        place = _TOML_PLACE.search(str(error))
        row = int(place[1]) if place else max(1, len(text.splitlines()))
        problems.append(Problem("error", "policy-toml", EDITION_FILE, row))
        return None
    faults: list[Problem] = []
    values: dict[str, Any] = {}
    for key, parse in _KEYS.items():
        if key not in written:
            if key in IMPRINT:
                continue
            faults.append(Problem("error", "policy-key-missing", EDITION_FILE, column=key))
            continue
        try:
            values[key] = parse(written[key])
        except UnfitError as unfit:
            faults.append(Problem("error", unfit.code, EDITION_FILE, _line_of(key, text), key, str(written[key])))
    for key in written:
        if key not in _KEYS:
            faults.append(Problem("error", "policy-key-unknown", EDITION_FILE, _line_of(key, text), key))
    problems.extend(faults)
    return None if faults else EditionKeys(**values)


def _exact(text: str) -> Decimal:
    """The number as it is written; NaN where it is beyond any that a decimal can be."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _line_of(key: str, text: str) -> int:
    """The line on which a key stands; the first, where it is spelt in a way that a search does not find."""
    found = re.search(rf"^[ \t\[\"']*{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UnfitError("policy-not-words")
    return words(value.strip())


def _imprint(value: object) -> str | None:
    """Words, or nothing: what is left empty is not said."""
    return None if value == "" else _words(value)


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise UnfitError("policy-not-true-or-false")
    return value


def _construction_years(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_CONSTRUCTION_YEARS:
        raise UnfitError("policy-construction-years")
    return value


def _due(value: object) -> tuple[int, int]:
    if not _DAY.fullmatch(str(value)):
        raise UnfitError("policy-due")
    try:
        # 2001 is no leap year, so a day that it has, every year has.
        due = date.fromisoformat(f"2001-{value}")
    except ValueError as error:
        raise UnfitError("policy-due") from error
    return due.month, due.day


def _pass_mark(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise UnfitError("policy-pass-mark")
    exact = Decimal(value)
    if not exact.is_finite() or not 0 < exact <= 1 or round(exact, 4) != exact:
        raise UnfitError("policy-pass-mark")
    return exact


_KEYS: Mapping[str, Callable[[object], Any]] = {
    "name_zh": _words,
    "name_en": _words,
    "source_zh": _words,
    "source_en": _words,
    "construction_years": _construction_years,
    "due": _due,
    "pass_mark": _pass_mark,
    "pass_mark_is_default": _boolean,
    **dict.fromkeys(IMPRINT, _imprint),
}
