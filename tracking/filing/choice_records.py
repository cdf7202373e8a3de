"""What people decided about files, kept beside the files themselves: told in the history, and offered the next time."""

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.filing.choices import Choices
from tracking.filing.interpreting import fitting
from tracking.filing.spreadsheets import grids as spreadsheets
from tracking.filing.spreadsheets.grids import Grid

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
FROM filing
INNER JOIN choice
    ON filing.load_id = choice.load_id
INNER JOIN visible_space
    ON filing.space_id = visible_space.space_id
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

# The latest choice for each header in files of these spaces.
_HEADERS = """
SELECT
    choice.place AS header,
    choice.after AS code,
    choice.load_id
FROM choice
INNER JOIN filing
    ON choice.load_id = filing.load_id
INNER JOIN visible_space
    ON filing.space_id = visible_space.space_id
WHERE
    choice.kind = 'column'
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
    if len(kept):
        numbered = [
            {name: None if pd.isna(value) else value for name, value in row.items()} | {"load_id": load_id, "at": at}
            for at, row in enumerate(kept.to_dict("records"), start=1)
        ]
        values = ", ".join(f":{name}" for name in ("load_id", "at", *COLUMNS))
        connection.execute(sa.text(f"INSERT INTO choice VALUES ({values})"), numbered)


def of_filing(engine: Engine, as_of: date, *, space: str, year: int, lang: str) -> pd.DataFrame:
    """What was decided on the way to each revision of a filing, columns HISTORY, the latest revision first."""
    with database.reading(engine, as_of) as connection:
        found = database.frame(connection, sa.text(_HISTORY.format(lang=lang)), space=space, year=year)
    places = [
        f"{sheet} {place}" if isinstance(sheet, str) and sheet else place
        for sheet, place in zip(found["sheet"], found["place"], strict=True)
    ]
    return database.typed(found.assign(place=pd.Series(places, dtype="object"))[list(HISTORY)], HISTORY)


def headers(engine: Engine, spaces: Sequence[str]) -> dict[str, str]:
    """What headers were last chosen for in files of these spaces: codes by header."""
    if not spaces:
        return {}
    statement = sa.text(_HEADERS).bindparams(sa.bindparam("spaces", list(spaces), expanding=True))
    with database.reading(engine) as connection:
        return {header: code for header, code, _ in connection.execute(statement).all()}


def _of_file(choices: Choices) -> Iterator[dict[str, object]]:
    for kind, chosen in (("space", choices.space), ("year", choices.year), ("unit", choices.unit)):
        if chosen is not None:
            yield {"kind": kind, "after": str(chosen)}
    for header, code in choices.columns.items():
        yield {"kind": "column", "place": header, "after": code}
    for sheet, place in sorted(choices.left_out, key=lambda each: (each[0] or "", str(each[1]))):
        yield {"kind": "left_out", "sheet": sheet, "place": str(place)}
    if choices.keep:
        yield {"kind": "keep"}


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
        for kind in ("value", "evidence", "note"):
            old, new = getattr(before, kind), getattr(typed, kind)
            if old != new:
                about = {"space_id": space, "year": year, "metric": metric}
                yield {"kind": kind, **about, "before": old or None, "after": new or None}
