"""A closed year stays as it was decided, byte for byte; and what would change in it is listed by itself."""

import io
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests import databases
from tests.policies import SHANGHAI
from tests.tracking.closings.about import DAY, EDITION, ENROLLED, FUNDED, MENTORS, YEAR, file, filled
from tracking import api, database
from tracking.access import people
from tracking.closings import archive, closing, frozen, since
from tracking.database import Scope, schema
from tracking.exports import formats
from tracking.filing import register
from tracking.maintenance import backup, verify
from tracking.policy import loading as policies
from tracking.results import rejudging
from tracking.results.tables import attainment, changes, versions


def _exported(engine: Engine) -> dict[str, bytes]:
    """What the tables were as they went out that day, but for the closing's number in what they rest on."""
    found = {}
    with database.reading(engine, DAY) as connection:
        for table in archive.TABLES:
            out = io.BytesIO()
            chosen = archive.ClosedYear(EDITION, YEAR, DAY).chosen("zh")
            formats.export(connection, table, chosen, "csv", out)
            found[table] = out.getvalue()
    return found


def _given_back(engine: Engine) -> dict[str, bytes]:
    """A closing by every way, made from what is stored: its file, its tables as Parquet and, read again, as CSV."""
    frozen._kept.clear()
    with frozen.reading(engine, 1) as (connection, closed):
        found = {"file": closed.content}
        for table in archive.TABLES:
            out = io.BytesIO()
            formats.export(connection, table, {"lang": "zh"}, "csv", out)
            found[table] = out.getvalue()
    with TestClient(Starlette(routes=api.routes(lambda: engine))) as client:
        assert client.get(f"{api.PREFIX}/closings/1.zip").content == found["file"]
        for table in archive.TABLES:
            answer = client.get(f"{api.PREFIX}/{table}.parquet?closing=1&lang=zh")
            assert answer.content == archive.given_back(found["file"], table, "zh")
            assert client.get(f"{api.PREFIX}/{table}.csv?closing=1&lang=zh").content == found[table]
            assert answer.headers["Closing"] == "1"
    return found


def _read_otherwise(engine: Engine, folder: Path) -> None:
    """The policy with a lower threshold for mentors' cases: another reading in force."""
    folder = folder / EDITION
    folder.mkdir()
    for path in SHANGHAI.iterdir():
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(
            text.replace("funded_firms,annual,>=,5", "funded_firms,annual,>=,4"), encoding="utf-8"
        )
    assert policies.load(engine, folder, by="tests")


def _rule_otherwise(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules by which just reaching a threshold is not enough, brought into force."""
    text = schema.FILE.read_text(encoding="utf-8")
    changed = text.replace("comparison = '>=' AND achieved >= demanded", "comparison = '>=' AND achieved > demanded")
    assert changed != text
    path = folder / "schema.sql"
    path.write_text(changed, encoding="utf-8")
    monkeypatch.setattr(schema, "FILE", path)
    monkeypatch.setattr(database, "SCHEMA", path)
    rows = rejudging.difference(engine)
    database.initialise(engine)
    rejudging.follow(engine, rows, by="tests")


def test_a_closed_year_comes_back_byte_for_byte_and_what_changes_in_it_is_listed(
    decided: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _given_back(decided)
    assert {table: kept[table] for table in archive.TABLES} == _exported(decided)
    # A filing for a later year is no revision of what was decided.
    file(decided, b"space_id,year,mentors\nS1,2023,1\n")
    assert _told(decided) == []
    # A later revision, another reading, other rules, a register.
    file(decided, b"space_id,year,mentors,funded_firms,representative_cases\nS2,2022,19,5,2\n")
    _read_otherwise(decided, tmp_path)
    told = _told(decided)
    assert {(MENTORS, "S2", "met", "short", "filing"), (FUNDED, "S3", "short", "met", "policy")} <= {*told}
    _rule_otherwise(decided, tmp_path, monkeypatch)
    assert (MENTORS, "S1", "met", "short", "rules") in _told(decided)
    assert register.load(
        decided, ENROLLED.replace(b"S3,C,Y,specialization,2022", b"S3,C,Y,specialization,2021"), "r", by="t"
    ).loaded
    rows = _rows(decided)
    assert "register" in set(rows.loc[rows["space_id"] == "S3", "load_kind"])
    _agrees(decided, rows)
    # The file itself and what is read of it are as they were that day.
    assert _given_back(decided) == kept
    again = closing.close(decided, edition=EDITION, year=YEAR, by="Ms Li", as_of=DAY)
    assert (again.number, again.before) == (2, 1)
    assert len(again.differing) == len(rows)
    backup.backup(decided, tmp_path / "all.backup")
    restored = database.connect("duckdb://", create=True)
    database.initialise(restored)
    backup.restore(restored, tmp_path / "all.backup")
    assert _given_back(restored) == kept
    assert [finding for finding in verify.verify(restored) if finding.broken] == []
    restored.dispose()


def _rows(engine: Engine) -> pd.DataFrame:
    return since.since(engine, DAY, closing=1, lang="en")


def _told(engine: Engine) -> list[tuple[str, ...]]:
    rows = _rows(engine)
    rows = rows[rows["part"] == "status"]
    columns = ["requirement", "space_id", "decided_before", "decided_after", "load_kind"]
    return list(rows[columns].itertuples(index=False, name=None))


def _agrees(engine: Engine, rows: pd.DataFrame) -> None:
    """Since the closing is what a comparison of the two tables finds, that knows nothing of loads."""
    keys = ["space_id", "track", "requirement"]
    with frozen.reading(engine, 1) as (connection, _):
        before = attainment.read(connection, "attainment", {"lang": "en"})
    now = attainment.attainment(engine, DAY, editions=[EDITION], years=[YEAR], lang="en")
    sides = [each.set_index(keys)[["status", "required", "actual"]].astype(object) for each in (before, now)]
    told = [{key: tuple(row.where(row.notna(), None)) for key, row in side.iterrows()} for side in sides]
    expected = {key for key in told[0].keys() | told[1].keys() if told[0].get(key) != told[1].get(key)}
    assert set(rows.loc[rows["part"] == "status", keys].itertuples(index=False, name=None)) == expected


def test_who_brought_what_is_of_a_whole_city_is_told_to_who_sees_it(engine: Engine, tmp_path: Path) -> None:
    databases.filled(engine, filled)
    assert closing.close(engine, edition=EDITION, year=YEAR, by="Ms Li", as_of=DAY).number == 1
    _read_otherwise(engine, tmp_path)
    file(engine, b"space_id,year,mentors,funded_firms\nS3,2022,19,4\n")

    def seen(scope: Scope) -> Engine:
        return people.seen_by(engine, people.seen_as(people.LOCAL, "manager", scope))

    def named(scope: Scope) -> tuple[set[object], set[object]]:
        with database.reading(seen(scope)) as connection:
            of_closings, of_versions = frozen.closings(connection), versions.versions(connection)
        return set(of_closings["closed_by"]), set(of_versions["loaded_by"].dropna())

    assert named(database.CITY) == ({"Ms Li"}, {"Ms Li", "tests"})
    assert named(Scope("edition", EDITION))[0] == {"Ms Li"}
    # Who filed one's own is told; who closed, and who brought the policy, is not.
    own = seen(Scope("space", "S3"))
    with database.reading(own) as connection:
        assert frozen.closings(connection)["closed_by"].isna().tolist() == [True]
    for rows in (_rows(own), changes.changes(own, 2, None, DAY)):
        assert {"filing", "policy"} == set(rows["load_kind"])
        assert (rows["loaded_by"].notna() == (rows["load_kind"] == "filing")).all()
    with database.reading(people.seen_by(engine, people.NOBODY)) as connection:
        assert frozen.closings(connection).empty
