"""The space and the year of a table's figures where its heading gives them; two that differ are an error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracking.filing.interpreting.findings import visible
from tracking.filing.interpreting.headers import KEYS
from tracking.filing.interpreting.layouts.canonical import NOWHERE, Cell
from tracking.filing.interpreting.layouts.headings import Headings, Stated
from tracking.filing.interpreting.layouts.understood import Source
from tracking.filing.spreadsheets.grids import letter
from tracking.words import language
from tracking.words.language import LANGUAGES, Lang
from tracking.words.problems import Problem

_OPTIONS = {"space_id": "--space", "year": "--year"}


@dataclass(frozen=True)
class Base:
    """What is stated for all figures of a table: the cell to put beside each, its spelling, where it stands, in words
    too."""

    cell: Cell
    value: str
    source: Source
    words: Mapping[Lang, str]


def base(
    code: str, stated: Sequence[Stated], headings: Headings, sheet: str | None, problems: list[Problem]
) -> Base | None:
    """What is stated for all figures, None where nothing is; an error where two statements differ."""
    first, other = headings.of(code, stated)
    if first is None:
        return None
    if other is not None:
        problems.append(disagreeing(code, Cell(first.text, first.row, first.column), words(first), words(other), sheet))
    value = headings.value(first)
    # A title's words are no year; an ID stays as it was typed.
    text = value if code == "year" or first.code == "space_name" or not first.plainly else first.text
    return Base(Cell(text, first.row, first.column), value, first.source, words(first))


def disagreeing(
    code: str, cell: Cell, first: Mapping[Lang, str], other: Mapping[Lang, str], sheet: str | None
) -> Problem:
    """An error at a cell: the space, or the year, is said twice, and not the same."""
    return Problem(
        "error",
        "keys-disagree",
        sheet,
        cell.row + 1 if cell.row >= 0 else None,
        code,
        visible(cell.text),
        letter(cell.column) if cell.column >= 0 else None,
        {"name": name_of(code), "first": dict(first), "other": dict(other)},
    )


def named_otherwise(stated: Stated, cell: Cell, sheet: str | None) -> Problem:
    """A warning at the first cell of a table of which every row is of another year, or space, than its sheet's name."""
    details = {"name": name_of(stated.code), "header": stated.text, "first": cell_words(cell)}
    return Problem(
        "warning",
        "sheet-named-otherwise",
        sheet,
        cell.row + 1,
        stated.code,
        visible(cell.text),
        letter(cell.column),
        details,
    )


def missing(code: str, sheet: str | None, row: int) -> Problem:
    """An error for a table of which nothing says the space, or the year; row counts from 0."""
    example = {lang: language.text(f"stated.example.{code}", lang) for lang in LANGUAGES}
    details = {"name": name_of(code), "example": example, "option": _OPTIONS[code]}
    return Problem("error", "key-missing", sheet, row + 1, code, details=details)


def words(stated: Stated) -> dict[Lang, str]:
    """A statement and where it stands, in words."""
    if stated.source == "heading":
        return cell_words(Cell(stated.text, stated.row, stated.column))
    values = {"value": visible(stated.text), "sheet": stated.sheet}
    return {lang: language.text(f"stated.{stated.source}", lang, **values) for lang in LANGUAGES}


def cell_words(cell: Cell) -> dict[Lang, str]:
    """What a cell says and where it stands, in words."""
    values = {"value": visible(cell.text), "row": cell.row + 1, "letter": letter(max(cell.column, 0))}
    return {lang: language.text("stated.heading", lang, **values) for lang in LANGUAGES}


def name_of(code: str) -> dict[Lang, str]:
    """What a key is called."""
    return {"zh": dict(KEYS)[code][1], "en": code}


def of(base_: Base | None) -> Cell:
    """The cell of what is stated, blank where nothing is."""
    return base_.cell if base_ else NOWHERE
