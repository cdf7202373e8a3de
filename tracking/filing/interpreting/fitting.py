"""A person's choices fitted to the file that they are for: its cells, its headers, and what it says itself."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from tracking.filing.choices import Choices, Typed
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import cells, headers
from tracking.filing.interpreting.findings import visible
from tracking.filing.interpreting.headers import Words
from tracking.filing.spreadsheets import grids as spreadsheets
from tracking.filing.spreadsheets.grids import Grid
from tracking.words import language, personal_data, spelling
from tracking.words.language import LANGUAGES
from tracking.words.problems import Problem

# No spreadsheet allows such a name, so that no sheet of the person's own has it.
ON_THE_PAGE = "页面更正 / on the page"
FILED_BEFORE = "原有填报 / filed before"
COLUMNS = ("space_id", "year", "metric", "value", "evidence", "note")


def applied(grids: Sequence[Grid], choices: Choices) -> tuple[list[Grid], list[Problem]]:
    """The sheets as they are meant: every cell in its place, corrected, and blank where it is left out.

    With them, an error for each choice that must not be: a unit left out, and personal data in a cell that is read no
    more, since the file itself is kept as it came.
    """
    changed = [_changed(grid, choices) for grid in grids]
    problems = [problem for before, after in zip(grids, changed, strict=True) for problem in _lost(before, after)]
    return changed, problems


def _changed(grid: Grid, choices: Choices) -> Grid:
    corrected = {place: text for place, text in choices.cells.items() if place[0] == grid.sheet}
    out = {each for sheet, each in choices.left_out if sheet == grid.sheet}
    if not corrected and not out:
        return grid
    rows = [[] if number in out else list(row) for number, row in enumerate(grid.rows, start=1)]
    for column in (spreadsheets.index_of(each) for each in out if isinstance(each, str)):
        for row in rows:
            if column < len(row):
                row[column] = ""
    for (_, number, letter), text in corrected.items():
        rows += [[] for _ in range(number - len(rows))]
        row, column = rows[number - 1], spreadsheets.index_of(letter)
        row += [""] * (column + 1 - len(row))
        row[column] = text
    return replace(grid, rows=rows)


def _lost(before: Grid, after: Grid) -> Iterator[Problem]:
    """Errors for what no cell may lose by being left out or corrected."""
    if before is after:
        return
    for number, (was, now) in enumerate(zip(before.rows, after.rows, strict=False), start=1):
        for column, text in enumerate(was):
            left = now[column] if column < len(now) else ""
            if left == text:
                continue
            letter = spreadsheets.letter(column)
            if kind := personal_data.kind(spelling.tidy(text)):
                details: dict[str, object] = {
                    "header": {lang: language.text("outside-the-table.told", lang) for lang in LANGUAGES},
                    "kind": {lang: language.text(f"personal-data.{kind}", lang) for lang in LANGUAGES},
                }
                yield Problem("error", "personal-data", before.sheet, number, None, "***", letter, details)
            elif _names_a_unit(text) and not _names_a_unit(left):
                yield Problem("error", "unit-left-out", before.sheet, number, None, visible(text), letter)


def _names_a_unit(text: str) -> bool:
    """Whether a cell says in which unit figures are, or over which column of the table units stand."""
    name = spelling.folded(text)
    return name in ("单位", "计量单位", "unit") or any(f"{word}:" in name for word in ("单位", "unit"))


def unfit(choices: Choices, words: Words, register: Register, today: date) -> Iterator[Problem]:
    """Errors for choices that name no space, year, metric or unit that there is."""
    known = {space_id.casefold() for space_id in register.names}
    if choices.space is not None and choices.space.casefold() not in known:
        near = register.nearest(choices.space)
        details = {"nearest": headers.nearest((near, near) if near else None)}
        yield Problem("error", "chosen-space", value=visible(choices.space), details=details)
    if choices.year is not None and not 1000 <= choices.year <= today.year:
        yield Problem("error", "chosen-year", value=str(choices.year), details={"this_year": today.year})
    if choices.unit is not None and not words.units.is_unit(choices.unit):
        yield Problem("error", "chosen-unit", value=visible(choices.unit))
    for header, unit in choices.units.items():
        # A header that says its unit itself means it.
        if not words.units.is_unit(unit) or words.units.declared(header):
            yield Problem("error", "chosen-unit", value=visible(unit))
    for header in words.unit_columns:
        yield Problem("error", "unit-column-chosen", value=visible(header))
    for header, code in choices.columns.items():
        if code not in words.targets:
            about = {"header": visible(header), "nearest": words.nearest(code)}
            yield Problem("error", "chosen-metric", value=visible(code), details=about)


def as_meant(grids: Sequence[Grid], choices: Choices) -> list[Grid]:
    """The sheets as `applied` has them, and behind them the figures typed on the page, if there are any."""
    sheet = typed(choices)
    return [*applied(grids, choices)[0], *([sheet] if sheet else [])]


def typed(choices: Choices, filings: pd.DataFrame | None = None) -> Grid | None:
    """The figures that were typed on the page as a sheet in long form, in their order; None for none.

    With the filings that a file has, the rows of others are blank: what was typed makes no filing by itself.
    """
    if not choices.figures:
        return None
    there = None if filings is None else set(zip(filings["space_id"], filings["year"], strict=True))
    rows = [
        [space, str(year), metric, *map(_line, (figure.value, figure.evidence, figure.note))]
        if there is None or (space, year) in there
        else []
        for (space, year, metric), figure in choices.figures.items()
    ]
    return Grid(ON_THE_PAGE, [list(COLUMNS), *rows]) if any(rows) else None


def _line(text: str) -> str:
    """A text without the signs that no cell of a file can have."""
    return "".join(sign for sign in text if sign in "\t\n" or unicodedata.category(sign) not in ("Cc", "Cs"))


def without(observations: pd.DataFrame, choices: Choices) -> pd.Series:
    """Which figures of a file a person typed anew."""
    figures = pd.MultiIndex.from_tuples(choices.figures, names=["space_id", "year", "metric"])
    return pd.Series(pd.MultiIndex.from_frame(observations[list(figures.names)]).isin(figures), observations.index)


def still_there(problems: Sequence[Problem], replaced: pd.DataFrame) -> list[Problem]:
    """The problems without warnings about cells in whose place a person typed another figure."""
    places = set(zip(replaced["sheet"].astype("object"), replaced["row"], replaced["letter"], strict=True))
    places = {(sheet if isinstance(sheet, str) else None, int(row), letter) for sheet, row, letter in places}
    return [each for each in problems if each.severity == "error" or (each.sheet, each.row, each.letter) not in places]


def typed_twice(choices: Choices, replaced: pd.DataFrame) -> Iterator[Problem]:
    """A warning for every figure that was typed anew where it is listed, and otherwise in its own cell: the list's
    counts."""
    if not choices.cells:
        return
    for figure in replaced.itertuples():
        sheet = figure.sheet if isinstance(figure.sheet, str) else None
        typed = choices.cells.get((sheet, int(figure.row), str(figure.letter)))
        listed = choices.figures[str(figure.space_id), int(figure.year), str(figure.metric)].value
        if typed is not None and spelling.tidy(typed) != spelling.tidy(listed):
            details = {"typed": visible(listed)}
            yield Problem(
                "warning", "typed-twice", sheet, int(figure.row), None, visible(typed), str(figure.letter), details
            )


def as_typed(figure: Any) -> Typed:  # noqa: ANN401 - a row of observations, as itertuples gives it
    """A figure of a file as a person would type it; blank where there is none."""
    if figure is None:
        return Typed("")
    value = "" if pd.isna(figure.value) else f"{Decimal(int(figure.value)) / cells.SCALE:f}"
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    return Typed(value, *("" if pd.isna(text) else str(text) for text in (figure.evidence, figure.note)))


def beside(observations: pd.DataFrame, stored: pd.DataFrame) -> pd.DataFrame:
    """The figures filed before about which a file says nothing, as observations that stand on a sheet of their own."""
    stored = stored.astype({name: observations[name].dtype for name in ("space_id", "metric")})
    keys = ["space_id", "year", "metric"]
    known = pd.MultiIndex.from_frame(observations[keys])
    kept = stored[~pd.MultiIndex.from_frame(stored[keys]).isin(known) & stored["metric"].notna()]
    where = {"sheet": pd.Categorical([FILED_BEFORE] * len(kept), dtype=observations["sheet"].dtype)}
    nowhere = {"letter": pd.Categorical([None] * len(kept), dtype=observations["letter"].dtype)}
    return kept.assign(**where, **nowhere, row=range(1, len(kept) + 1)).reset_index(drop=True)


def of_kept(problem: Problem, kept: pd.DataFrame) -> Problem:
    """A problem of a figure that was kept, told by whose and of which year it is: it stands in no file."""
    if problem.sheet != FILED_BEFORE or problem.row is None:
        return problem
    row = kept.iloc[problem.row - 1]
    details = {**problem.details, "space": row["space_id"], "year": int(row["year"])}
    return replace(problem, code=f"kept-{problem.code}", sheet=None, row=None, letter=None, details=details)
