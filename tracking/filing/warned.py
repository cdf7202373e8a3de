"""The warnings that a file was taken in with, each of the filing that it is about: reviewers see them."""

import json
from collections.abc import Sequence, Set

import pandas as pd
from sqlalchemy import Connection

from tracking import database
from tracking.filing.interpreting.interpretation import Interpretation
from tracking.words.problems import Problem

COLUMNS = ("code", "space_id", "year", "metric", "sheet", "place", "value", "details")


def rows(problems: Sequence[Problem], interpretation: Interpretation) -> pd.DataFrame:
    """What is to be kept of the warnings among some problems, columns COLUMNS.

    One that stands at a figure or in the row of a filing is that filing's; any other is the whole file's.
    """
    warnings = [each for each in problems if each.severity == "warning"]
    if not warnings:
        return pd.DataFrame(columns=list(COLUMNS))
    by_place = _filings_at({each.row for each in warnings if each.row is not None}, interpretation)
    of_file: list[tuple[str | None, int | None]] = [(None, None)]
    kept = [_row(each, *filing) for each in warnings for filing in by_place.get((each.sheet, each.row), of_file)]
    return pd.DataFrame(kept, columns=list(COLUMNS))


def _filings_at(
    numbers: Set[int], interpretation: Interpretation
) -> dict[tuple[str | None, int | None], list[tuple[str | None, int | None]]]:
    """By sheet and row the filings that stand there, of rows that have one of these numbers."""
    found: dict[tuple[str | None, int | None], dict[tuple[str | None, int | None], None]] = {}
    for frame in (interpretation.filings, interpretation.observations):
        # Of few rows, of which most are in no such row: to join the frames took longer than all the rest.
        there = frame["row"].isin(numbers).to_numpy(bool)
        columns = (frame[name][there] for name in ("space_id", "year", "sheet", "row"))
        for space_id, year, sheet, row in zip(*columns, strict=True):
            place = (sheet if isinstance(sheet, str) else None, int(row))
            found.setdefault(place, {})[str(space_id), int(year)] = None
    return {place: list(filings) for place, filings in found.items()}


def keep(connection: Connection, load_id: int, kept: pd.DataFrame) -> None:
    """Store the rows of a load."""
    if kept.empty:
        return
    numbered = kept.assign(load_id=load_id, position=range(1, len(kept) + 1), year=kept["year"].astype("Int64"))
    database.append(connection, "warning", numbered)


def problem(row: "pd.Series[object]") -> Problem:
    """A kept warning as it was told, to be worded in any language."""
    details = row["details"]
    place = {name: None if pd.isna(row[name]) else str(row[name]) for name in ("sheet", "place", "value", "metric")}
    letter, number = _taken_apart(place["place"] or "")
    return Problem(
        "warning",
        str(row["code"]),
        sheet=place["sheet"],
        row=number,
        column=place["metric"],
        value=place["value"],
        letter=letter,
        details=json.loads(str(details)) if isinstance(details, str) else {},
    )


def _row(each: Problem, space_id: str | None, year: int | None) -> dict[str, object]:
    place = f"{each.letter or ''}{'' if each.row is None else each.row}"
    return {
        "code": each.code,
        "space_id": space_id,
        "year": year,
        "metric": each.column,
        "sheet": each.sheet,
        "place": place or None,
        "value": each.value,
        "details": json.dumps(each.details, ensure_ascii=False, default=str, sort_keys=True),
    }


def _taken_apart(place: str) -> tuple[str | None, int | None]:
    letter = place.rstrip("0123456789")
    return letter or None, int(place[len(letter) :]) if place[len(letter) :] else None
