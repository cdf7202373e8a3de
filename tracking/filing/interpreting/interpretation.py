"""What a file says: its filings and figures, and what was made of each part of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from tracking.filing.interpreting.findings import visible
from tracking.filing.interpreting.layouts.made import Passed
from tracking.filing.interpreting.layouts.understood import Understood
from tracking.filing.spreadsheets.tables import Mention, Table
from tracking.policy.vocabulary import Metric
from tracking.words.problems import Problem

NO_FILINGS = pd.DataFrame(
    {
        "space_id": pd.Series(dtype="category"),
        "year": pd.Series(dtype="int64"),
        "sheet": pd.Series(dtype="str"),
        "row": pd.Series(dtype="int64"),
        # Whether a row is a whole filing, so that there may be no second one.
        "once": pd.Series(dtype="bool"),
    }
)
NO_OBSERVATIONS = pd.DataFrame(
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
    kept: pd.DataFrame = field(default_factory=lambda: NO_OBSERVATIONS)
    replaced: pd.DataFrame = field(default_factory=lambda: NO_OBSERVATIONS)


def units_read(table: Table, measured: Sequence[tuple[Metric, Mention]]) -> list[UnitRead]:
    """The units that were read for the metrics of a table, each place once."""
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


def furniture(sheet: str | None, passed: Sequence[Passed]) -> list[Over]:
    """The furniture of a form around and within a table."""
    return [Over(sheet, each.cell, visible(each.text)) for each in passed]
