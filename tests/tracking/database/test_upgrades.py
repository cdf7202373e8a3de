"""A database of every earlier shape is brought up, and answers as it did in its day."""

import csv
import io
import lzma
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.database import placing, refresh, schema, steps
from tracking.exports import formats
from tracking.maintenance import verify
from tracking.results import rejudging
from tracking.results.tables import attainment

FIXTURES = Path(__file__).parent / "fixtures"
SHAPES = sorted(folder.name for folder in FIXTURES.iterdir() if folder.is_dir())
DAY = date(2026, 5, 1)


def embedded(shape: str, folder: Path) -> str:
    """The address of an embedded database of that shape."""
    file = folder / "kept.duckdb"
    file.write_bytes(lzma.decompress((FIXTURES / shape / "database.duckdb.xz").read_bytes()))
    return f"duckdb:///{file}"


def served(shape: str, postgres: Engine) -> str:
    """The address of a database of that shape on a server."""
    address = postgres.url.render_as_string(hide_password=False)
    with postgres.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    other = sa.create_engine(address)
    with other.begin() as connection:
        dump = (FIXTURES / shape / "database.sql").read_text(encoding="utf-8").replace("CREATE SCHEMA public;", "")
        connection.connection.cursor().execute(dump)
    other.dispose()
    return address


@pytest.fixture(params=["embedded", "served"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def address_of(kind: str, shape: str, folder: Path, request: pytest.FixtureRequest) -> str:
    return embedded(shape, folder) if kind == "embedded" else served(shape, request.getfixturevalue("postgres"))


@pytest.mark.parametrize("shape", SHAPES)
def test_an_older_database_is_brought_up_and_answers_as_in_its_day(
    kind: str, shape: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = address_of(kind, shape, tmp_path, request)
    with pytest.raises(database.DatabaseUnavailable) as before:
        database.connect(address)
    assert before.value.reason == "older"
    engine = database.connect(address, create=True)
    # Its own tables and views are asked who changes status, before anything of it is changed.
    rejudged = rejudging.difference(engine)
    assert rejudged is not None
    assert not rejudging.changed(rejudged).any()
    upgrade = database.initialise(engine)
    refresh.follow_schema(engine)
    assert upgrade is not None
    assert (upgrade.before, upgrade.now) == (int(shape), steps.newest())
    assert [finding for finding in verify.verify(engine) if finding.broken] == []
    for answer in sorted((FIXTURES / shape).glob("*.csv")):
        with database.reading(engine, DAY) as connection:
            now = formats.to_csv(attainment.read(connection, answer.stem, {"lang": "en"}))
        assert of_the_day(now, answer.read_bytes()) == read_since(answer.read_bytes()), answer.stem
    assert database.initialise(engine) is None
    engine.dispose()
    database.connect(address).dispose()


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def read_since(content: bytes) -> list[dict[str, str]]:
    """The rows of then, as the policy was read since: a met sum has no figure in a year without one of its own."""
    then = rows(content)
    for row in then:
        if row.get("status") == "met" and not row["revision"]:
            row["actual"] = ""
    return then


def of_the_day(now: bytes, then: bytes) -> list[dict[str, str]]:
    """The rows of now in the columns of then."""
    return [{name: row[name] for name in rows(then)[0]} for row in rows(now)]


def test_the_file_is_saved_as_it_was_before(tmp_path: Path) -> None:
    engine = database.connect(embedded("0", tmp_path), create=True)
    upgrade = database.initialise(engine)
    engine.dispose()
    assert upgrade is not None
    assert upgrade.saved == tmp_path / "kept.schema-0.duckdb"
    assert upgrade.saved.stat().st_mode & 0o777 == 0o600
    with duckdb.connect(str(upgrade.saved), read_only=True) as saved:
        assert saved.execute("SELECT COUNT(*), MAX(load_id) FROM load").fetchall() == [(10, 10)]
        assert saved.execute("SELECT COUNT(*) FROM asked_day").fetchall() == [(0,)]


def test_a_disk_without_room_for_the_saved_file_stops_it_before_the_first_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = database.connect(embedded(SHAPES[0], tmp_path), create=True)
    monkeypatch.setattr(placing, "placed", lambda *_: nullcontext(Path("/dev/full")))
    with pytest.raises(database.DatabaseUnavailable) as told:
        database.initialise(engine)
    assert told.value.reason == "full"
    with engine.connect() as connection:
        assert steps.version(connection) == int(SHAPES[0])


def test_what_stops_halfway_is_gone_on_with(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address_of(kind, "0", tmp_path, request)
    engine = database.connect(address, create=True)
    whole = steps.steps()
    monkeypatch.setattr(steps, "steps", lambda: [*whole[:-1], steps.Step(len(whole), "SELECT no_such_column")])
    with pytest.raises(database.DatabaseUnavailable):
        database.initialise(engine)
    monkeypatch.undo()
    engine.dispose()
    with pytest.raises(database.DatabaseUnavailable, match="older"):
        database.connect(address)
    again = database.connect(address, create=True)
    upgrade = database.initialise(again)
    assert upgrade is not None
    assert (upgrade.before, upgrade.now) == (len(whole) - 1, len(whole))
    assert len(attainment.verdicts(again, DAY)) == 2
    again.dispose()


def test_a_stop_before_the_views_were_made_is_gone_on_with(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address_of(kind, "0", tmp_path, request)
    engine = database.connect(address, create=True)
    script = schema.FILE.read_text(encoding="utf-8")
    (tmp_path / "schema.sql").write_text(f"{script}\nSELECT no_such_column;", encoding="utf-8")
    monkeypatch.setattr(schema, "FILE", tmp_path / "schema.sql")
    with pytest.raises(database.DatabaseUnavailable):
        database.initialise(engine)
    monkeypatch.undo()
    engine.dispose()
    with pytest.raises(database.DatabaseUnavailable, match="older"):
        database.connect(address)
    again = database.connect(address, create=True)
    database.initialise(again)
    assert len(attainment.verdicts(again, DAY)) == 2
    again.dispose()


def test_a_database_of_the_first_months_gets_the_columns_that_came_since(tmp_path: Path) -> None:
    address = embedded("0", tmp_path)
    with duckdb.connect(str(tmp_path / "kept.duckdb")) as connection:
        connection.execute("ALTER TABLE stored_outcome DROP COLUMN best")
    engine = database.connect(address, create=True)
    database.initialise(engine)
    refresh.follow_schema(engine)
    with database.reading(engine) as connection:
        assert refresh.differences(connection) == {}
    engine.dispose()


@pytest.mark.parametrize("create", [False, True])
def test_a_newer_database_is_refused(kind: str, create: bool, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    address = address_of(kind, SHAPES[-1], tmp_path, request)
    engine = database.connect(address, create=True)
    database.initialise(engine)
    with engine.begin() as connection:
        steps.note(connection, steps.newest() + 1)
    engine.dispose()
    with pytest.raises(database.DatabaseUnavailable) as refused:
        database.connect(address, create=create)
    assert (refused.value.reason, refused.value.detail) == ("newer", str(steps.newest() + 1))


def test_views_that_others_built_upon_ours_are_named_and_stay(postgres: Engine) -> None:
    address = served("0", postgres)
    engine = database.connect(address, create=True)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE VIEW theirs AS SELECT verdict FROM verdicts"))
    with pytest.raises(database.DatabaseUnavailable) as refused:
        database.initialise(engine)
    assert refused.value.reason == "built-upon"
    assert "theirs" in refused.value.detail
    with engine.begin() as connection:
        assert connection.execute(sa.text("SELECT COUNT(*) FROM theirs")).scalar_one() == 2
        connection.execute(sa.text("DROP VIEW theirs"))
    assert database.initialise(engine) is not None
    engine.dispose()
