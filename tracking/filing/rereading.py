"""A document that was loaded, read once more as this release reads it: the rows that it would store of it now."""

from collections.abc import Sequence

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection

from tracking import database
from tracking.filing import choice_records, loading, register
from tracking.filing.choices import Choices
from tracking.filing.spreadsheets.grids import Grid, read
from tracking.words.problems import Refusal

_CHOICES = sa.text("SELECT * FROM choice WHERE load_id = :load_id ORDER BY position")


def registered(connection: Connection, content: bytes, name: str, load_id: int) -> dict[str, pd.DataFrame]:
    """By table, the rows of a register, in a database that stands as it did before it came. Raises Refusal."""
    found = register.new(connection, read(content, name))
    if found.refused:
        raise Refusal(found.problems)
    return {"space": found.spaces.assign(load_id=load_id), "enrolment": found.enrolments.assign(load_id=load_id)}


def filed(connection: Connection, kept: Connection, content: bytes, name: str, load_id: int) -> dict[str, pd.DataFrame]:
    """By table, the rows of a file of filings, in a database that stands as it did before it came; `kept` is where the
    choices of it were kept. Raises Refusal."""
    grids = read(content, name)
    choices = _chosen(connection, kept, grids, load_id)
    report, found = loading.to_store(connection, grids, content, name, choices, load_id)
    if report.refused:
        raise Refusal(report.problems)
    return found


def places(connection: Connection, content: bytes, name: str, load_id: int) -> tuple[Sequence[Grid], pd.DataFrame]:
    """A file of filings as it came, and where each figure of it stands: space_id, year, metric, sheet, row, letter.

    By the policy and the register of now; figures that are not understood any more, or stand in no cell, are not among
    them. Raises Refusal.
    """
    grids = read(content, name)
    return grids, loading.places(connection, grids, _chosen(connection, connection, grids, load_id))


def _chosen(connection: Connection, kept: Connection, grids: Sequence[Grid], load_id: int) -> Choices:
    rows = database.frame(kept, _CHOICES, load_id=load_id)
    return choice_records.choices(rows, lambda without: loading.replaced(connection, grids, without))
