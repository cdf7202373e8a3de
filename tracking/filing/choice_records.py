"""What people decided about files, kept beside the files themselves: told in the history, and offered the next time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.filing.choices import Choices, Figure, Place, Typed
from tracking.filing.interpreting import fitting
from tracking.filing.spreadsheets import grids as spreadsheets
from tracking.filing.spreadsheets.grids import Grid

_OF_FIGURES = ("value", "evidence", "note")
_KINDS = ("space", "year", "unit", "column", "left_out", "cell", "keep", "again")
COLUMNS = ("kind", "sheet", "place", "space_id", "year", "metric", "before", "after")
HISTORY = {name: "int64" if name == "revision" else "str" for name in ("revision", "kind", "place", "metric_name")} | {
    "before": "str",
    "after": "str",
}

# Of a filing's revisions: what was decided about the whole file, and the figures that were typed for this filing.
_HISTORY = """
WITH named AS (
    SELECT
        metric.metric,
        MIN(metric.name_{lang}) AS metric_name
    FROM metric
    INNER JOIN current_edition
        ON metric.edition = current_edition.edition
        AND metric.load_id = current_edition.load_id
    GROUP BY metric.metric
)

SELECT
    filing.revision,
    choice.kind,
    choice.sheet,
    choice.place,
    COALESCE(named.metric_name, choice.metric) AS metric_name,
    choice.before,
    choice.after
FROM visible_filing AS filing
INNER JOIN choice
    ON filing.load_id = choice.load_id
LEFT JOIN named
    ON COALESCE(choice.metric, CASE WHEN choice.kind = 'column' THEN choice.after END) = named.metric
WHERE
    filing.space_id = :space
    AND filing.year = :year
    AND (choice.space_id IS NULL OR choice.space_id = filing.space_id)
    AND (choice.year IS NULL OR choice.year = filing.year)
ORDER BY
    filing.revision DESC,
    choice.position
"""

# What was chosen for headers in files of these spaces, the latest last.
_HEADERS = """
SELECT
    choice.place AS header,
    choice.after AS chosen,
    choice.load_id
FROM choice
INNER JOIN visible_filing AS filing
    ON choice.load_id = filing.load_id
WHERE
    choice.kind = :kind
    AND choice.place IS NOT NULL
    AND filing.space_id IN :spaces
GROUP BY
    choice.place,
    choice.after,
    choice.load_id
ORDER BY choice.load_id
"""


def rows(choices: Choices, grids: Sequence[Grid], replaced: pd.DataFrame) -> pd.DataFrame:
    """What is to be kept of the choices for a file, columns COLUMNS.

    grids: the file as it came. replaced: what it said itself of figures that were typed, as observations.
    """
    each = [*_of_file(choices), *_of_cells(choices, grids), *_of_figures(choices, replaced)]
    return pd.DataFrame([{name: row.get(name) for name in COLUMNS} for row in each], columns=list(COLUMNS))


def keep(connection: Connection, load_id: int, kept: pd.DataFrame) -> None:
    """Store the rows of a load."""
    database.append(connection, "choice", numbered(load_id, kept))


def numbered(load_id: int, kept: pd.DataFrame) -> pd.DataFrame:
    """The rows as the table `choice` has them of a load."""
    years = kept["year"].astype("Int64") if "year" in kept else None
    return kept.assign(load_id=load_id, position=range(1, len(kept) + 1), **({} if years is None else {"year": years}))


def choices(kept: pd.DataFrame, file_says: Callable[[Choices], pd.DataFrame]) -> Choices:
    """The choices of which a load kept these rows, in their order.

    `file_says` gives what the file itself says of the figures that some choices type anew: of a figure, only what a
    person changed of it was kept.
    """
    records: list[dict[str, Any]] = kept.to_dict("records")
    rows: list[dict[str, Any]]
    rows = [{name: None if pd.isna(value) else value for name, value in row.items()} for row in records]
    of = {kind: [row for row in rows if row["kind"] == kind] for kind in _KINDS}
    whole = {kind: of[kind][0]["after"] if of[kind] else None for kind in ("space", "year", "unit")}
    chosen = Choices(
        space=whole["space"],
        year=int(whole["year"]) if whole["year"] else None,
        unit=whole["unit"],
        columns={row["place"]: row["after"] for row in of["column"]},
        left_out=frozenset((row["sheet"], _row_or_column(row["place"])) for row in of["left_out"]),
        cells={_place(row["sheet"], row["place"]): row["after"] for row in of["cell"]},
        keep=bool(of["keep"]),
        again={(row["space_id"], int(row["year"])): row["after"] for row in of["again"]},
    )
    changed: dict[Figure, dict[str, str]] = {}
    for row in rows:
        if row["kind"] in _OF_FIGURES:
            figure = (row["space_id"], int(row["year"]), row["metric"])
            changed.setdefault(figure, {})[row["kind"]] = row["after"] or ""
    if not changed:
        return chosen
    in_file = file_says(replace(chosen, figures=dict.fromkeys(changed, Typed(""))))
    was = {(row.space_id, int(row.year), row.metric): row for row in in_file.itertuples()}
    figures = {figure: replace(fitting.as_typed(was.get(figure)), **now) for figure, now in changed.items()}
    return replace(chosen, figures=figures)


def _row_or_column(place: str) -> int | str:
    return int(place) if place.isdecimal() else place


def _place(sheet: str | None, place: str) -> Place:
    letters = place.rstrip("0123456789")
    return sheet, int(place[len(letters) :]), letters


def of_filing(engine: Engine, as_of: date, *, space: str, year: int, lang: str) -> pd.DataFrame:
    """What was decided on the way to each revision of a filing, columns HISTORY, the latest revision first."""
    with database.reading(engine, as_of) as connection:
        found = database.frame(connection, sa.text(_HISTORY.format(lang=lang)), space=space, year=year)
    places = [
        f"{sheet} {place}" if isinstance(sheet, str) and sheet else place
        for sheet, place in zip(found["sheet"], found["place"], strict=True)
    ]
    return database.typed(found.assign(place=pd.Series(places, dtype="object"))[list(HISTORY)], HISTORY)


def headers(engine: Engine, spaces: Sequence[str], kind: str = "column") -> dict[str, str]:
    """What headers were last chosen for in files of these spaces: by header the code, or the unit."""
    if not spaces:
        return {}
    statement = sa.text(_HEADERS).bindparams(sa.bindparam("spaces", list(spaces), expanding=True))
    with database.reading(engine) as connection:
        return {header: chosen for header, chosen, _ in connection.execute(statement, {"kind": kind}).all()}


def _of_file(choices: Choices) -> Iterator[dict[str, object]]:
    for kind, chosen in (("space", choices.space), ("year", choices.year), ("unit", choices.unit)):
        if chosen is not None:
            yield {"kind": kind, "after": str(chosen)}
    for kind, by_header in (("column", choices.columns), ("unit", choices.units)):
        for header, chosen in by_header.items():
            yield {"kind": kind, "place": header, "after": chosen}
    for sheet, place in sorted(choices.left_out, key=lambda each: (each[0] or "", str(each[1]))):
        yield {"kind": "left_out", "sheet": sheet, "place": str(place)}
    if choices.keep:
        yield {"kind": "keep"}
    for (space, year), answer in choices.again.items():
        yield {"kind": "again", "space_id": space, "year": year, "after": answer}


def _of_cells(choices: Choices, grids: Sequence[Grid]) -> Iterator[dict[str, object]]:
    for (sheet, row, letter), text in choices.cells.items():
        before = spreadsheets.cell(grids, (sheet, row, letter))
        if before != text:
            yield {"kind": "cell", "sheet": sheet, "place": f"{letter}{row}", "before": before, "after": text}


def _of_figures(choices: Choices, replaced: pd.DataFrame) -> Iterator[dict[str, object]]:
    was = {(row.space_id, int(row.year), row.metric): row for row in replaced.itertuples()}
    for (space, year, metric), typed in choices.figures.items():
        row = was.get((space, year, metric))
        before = fitting.as_typed(row)
        for kind in _OF_FIGURES:
            old, new = getattr(before, kind), getattr(typed, kind)
            if old != new:
                about = {"space_id": space, "year": year, "metric": metric}
                yield {"kind": kind, **about, "before": old or None, "after": new or None}
