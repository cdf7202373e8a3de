"""A seal is of the rows alone, and of all that they say: the same on every engine, release after release."""

import hashlib

import sqlalchemy as sa
from sqlalchemy import Engine

from tracking.database import seals

ROWS = """
INSERT INTO observation (load_id, space_id, year, metric, value, evidence, note) VALUES
(7, 'S2', 2024, 'mentors', 12.5, NULL, '约 12|13'),
(7, 'S1', 2024, 'mentors', NULL, 'list', NULL),
(7, 'S1', 2023, 'mentors', -0.0001, '', '𠀀')
"""
FILING = "INSERT INTO filing (load_id, space_id, year, revision, figures) VALUES (7, 'S1', 2024, 1, 20)"

# Table by table, row by row, cell by cell: a column's name, how many signs the cell has, and the cell.
SEALED = (
    "filing|figures=2:20|revision=1:1|space_id=2:S1|year=4:2024\n"
    "observation|evidence=0:|metric=7:mentors|note=1:𠀀|space_id=2:S1|value=7:-0.0001|year=4:2023\n"
    "observation|evidence=4:list|metric=7:mentors|space_id=2:S1|year=4:2024\n"
    "observation|metric=7:mentors|note=7:约 12|13|space_id=2:S2|value=7:12.5000|year=4:2024\n"
)


def test_a_load_is_sealed_by_its_rows_written_out_in_their_order(any_engine: Engine) -> None:
    with any_engine.connect() as connection:
        connection.execute(sa.text(FILING))
        connection.execute(sa.text(ROWS))
        assert seals.contents(connection) == {7: hashlib.sha256(SEALED.encode()).hexdigest()}
        connection.rollback()
