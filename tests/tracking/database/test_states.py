"""An earlier data version is had again as it was, whatever came after it."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from tests import entering, programmes
from tests.conftest import SHANGHAI
from tests.oracle.programme import Edition, Requirement, Step
from tracking import database
from tracking.database import states
from tracking.exports import formats
from tracking.filing import loading, register
from tracking.maintenance import backup, copies, verify
from tracking.policy import loading as policies
from tracking.results.tables import attainment
from tracking.results.tables.columns import COLUMNS

EDITION = Edition("first", (Requirement("north", "target", "1", "cases", "annual", threshold=Fraction(10)),))


# The database is emptied for every example, so one serves them all. Each brings back some five states.
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=settings().max_examples // 15,
)
@given(programmes.readings())
def test_a_data_version_gives_back_the_export_taken_at_that_time(
    any_engine: Engine, reading: tuple[list[Step], date]
) -> None:
    steps, as_of = reading
    entering.clear(any_engine)
    taken = dict(_exports_as_it_went(any_engine, steps, as_of))
    for version, export in taken.items():
        earlier = states.state(any_engine, version)
        assert _export(earlier, as_of) == export
        earlier.dispose()


def _exports_as_it_went(engine: Engine, steps: list[Step], as_of: date) -> Iterable[tuple[int, dict[str, bytes]]]:
    for step in steps:
        entering.enter(engine, [step])
        with database.reading(engine) as connection:
            version = database.data_version(connection)
        yield version, _export(engine, as_of)


def _export(engine: Engine, as_of: date) -> dict[str, bytes]:
    with database.reading(engine, as_of) as connection:
        return {name: formats.to_csv(attainment.read(connection, name, {})) for name in COLUMNS}


def test_version_0_is_the_empty_database(engine: Engine) -> None:
    entering.enter(engine, [EDITION])
    assert attainment.attainment(states.state(engine, 0), date.max).empty


@pytest.mark.parametrize("version", [-1, 2, 10**9])
def test_a_version_that_is_not_there_is_refused_with_the_newest(engine: Engine, version: int) -> None:
    entering.enter(engine, [EDITION])
    with pytest.raises(states.UnknownVersion) as refused:
        states.state(engine, version)
    assert refused.value.newest == 1


def test_the_data_version_changes_with_every_load_and_only_then(any_engine: Engine, tmp_path: Path) -> None:
    enrolled = b"space_id,space_name,track,start_year,end_year\nS1,A,branding,2022,2024\n"
    filed = b"space_id,year,funded_firms\nS1,2022,3\n"

    def version(work: Callable[[], object]) -> int:
        work()
        with database.reading(any_engine) as connection:
            return database.data_version(connection)

    def file(content: bytes) -> None:
        loading.load(any_engine, content, "2022.csv", by="tests")

    def read_all() -> None:
        for name in COLUMNS:
            getattr(attainment, name)(any_engine, date(2025, 1, 1))
        verify.verify(any_engine)
        backup.backup(any_engine, tmp_path / "backup")
        copies.write(any_engine, tmp_path / "copy", date(2025, 1, 1), lang="zh")

    steps: list[tuple[int, Callable[[], object]]] = [
        (1, lambda: policies.load(any_engine, SHANGHAI, by="tests")),
        (2, lambda: register.load(any_engine, enrolled, "register.csv", by="tests")),
        (3, lambda: file(filed)),
        (3, lambda: file(filed)),
        (3, lambda: file(filed.replace(b"3", b"about 3"))),
        (3, lambda: loading.check(any_engine, filed.replace(b",3", b",4"), "2022.csv")),
        (3, read_all),
        (3, lambda: policies.load(any_engine, SHANGHAI, by="tests")),
        (3, lambda: register.load(any_engine, enrolled, "register.csv", by="tests")),
        (4, lambda: file(filed.replace(b",3", b",4"))),
        (5, lambda: register.load(any_engine, enrolled.replace(b"2024", b"2025"), "register.csv", by="tests")),
    ]
    assert [version(work) for _, work in steps] == [expected for expected, _ in steps]
