"""The tables as frames: what each filter keeps, labels by language, columns without rows."""

from collections.abc import Iterator
from fractions import Fraction

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests import databases
from tests.answers import TABLES
from tests.entering import enter
from tests.judgement.cases import ALL_DUE, FILED_ON, LAST_YEAR_OPEN, annual
from tests.oracle.programme import Edition, Enrolment, File, Register, Step
from tracking import database
from tracking.database import rows
from tracking.results.tables import attainment
from tracking.results.tables.columns import COLUMNS, STATUS
from tracking.words.language import Lang

CHOSEN_BY = {
    "spaces": "space_id",
    "districts": "district",
    "tracks": "track",
    "editions": "edition",
    "years": "year",
    "phases": "phase",
    "requirements": "requirement",
}
TWO_OF_EACH: list[Step] = [
    Edition("first", (annual("5", track="north"), annual("5", track="south"))),
    Edition("second", (annual("5", track="north"), annual("5", track="south"))),
    Register(
        (
            Enrolment("A1", "north", "first", 2020, 2021),
            Enrolment("A1", "south", "second", 2021, 2022),
            Enrolment("B2", "north", "second", 2020, 2022),
        )
    ),
    File({("A1", 2020): {"cases": Fraction(4)}, ("B2", 2021): {"cases": Fraction(5)}}, FILED_ON),
]


@pytest.fixture(scope="module")
def filled() -> Iterator[Engine]:
    """A DuckDB with two spaces, tracks, editions and filings."""
    engine = databases.empty()
    enter(engine, TWO_OF_EACH)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("table", "chosen", "column"),
    [
        (table, chosen, column)
        for table in COLUMNS
        for chosen, column in [*CHOSEN_BY.items(), ("statuses", STATUS.get(table))]
        if column in COLUMNS[table]
    ],
)
def test_a_filter_keeps_its_rows_in_their_order(filled: Engine, table: str, chosen: str, column: str) -> None:
    read = getattr(attainment, table)
    whole = read(filled, LAST_YEAR_OPEN)
    for value in whole[column].unique().tolist():
        kept = whole[whole[column] == value].reset_index(drop=True)
        pd.testing.assert_frame_equal(read(filled, LAST_YEAR_OPEN, **{chosen: [value]}), kept)


def test_a_year_chooses_the_periods_that_have_it(filled: Engine) -> None:
    chosen = attainment.verdicts(filled, ALL_DUE, years=[2022])
    assert [*zip(chosen["space_id"], chosen["track"], strict=True)] == [("A1", "south"), ("B2", "north")]


def test_a_track_chooses_the_filings_that_it_covers(filled: Engine) -> None:
    chosen = attainment.filings(filled, ALL_DUE, tracks=["south"])
    assert [*zip(chosen["space_id"], chosen["year"], strict=True)] == [("A1", 2021), ("A1", 2022)]


@pytest.mark.parametrize(
    ("lang", "name", "unit"), [("zh", "指标 cases", "单位 firms"), ("en", "Metric cases", "unit firms")]
)
def test_metrics_are_named_in_the_language_asked_for(filled: Engine, lang: Lang, name: str, unit: str) -> None:
    rows = attainment.attainment(filled, ALL_DUE, lang=lang)
    assert {*rows["metric_name"]} == {name}
    assert {*rows["unit"]} == {unit}


def test_a_table_without_rows_has_its_columns(engine: Engine) -> None:
    for table, columns in COLUMNS.items():
        empty = getattr(attainment, table)(engine, ALL_DUE)
        assert (len(empty), [*empty.columns]) == (0, [*columns])


def test_a_table_in_frames_is_the_table(any_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "CHUNK", 3)
    enter(any_engine, TWO_OF_EACH)
    for table in TABLES:
        with database.reading(any_engine, LAST_YEAR_OPEN) as connection:
            whole = attainment.read(connection, table, {})
            frames = list(attainment.frames(connection, table, {}))
        assert [len(frame) for frame in frames[:-1]] == [3] * ((len(whole) - 1) // 3)
        pd.testing.assert_frame_equal(pd.concat(frames, ignore_index=True), whole)


@pytest.mark.parametrize("batch", [1, 2])
def test_a_table_in_parts_of_the_spaces_is_the_table(
    any_engine: Engine, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    enter(any_engine, TWO_OF_EACH)
    monkeypatch.setattr(attainment, "BATCH", batch)
    for table in COLUMNS:
        with database.reading(any_engine, LAST_YEAR_OPEN) as connection:
            whole = attainment.read(connection, table, {})
            parts = attainment.frames(connection, table, {})
            pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
