"""The table of locks: what is shut or approved takes nothing in, by no way and from nobody, on either engine."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import Connection, Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests import databases, reviewed
from tests.policies import SHANGHAI
from tests.reviewed import by, file
from tracking import api, database
from tracking.access import accounts, people, tokens
from tracking.access.acts import Forbidden
from tracking.access.gate import Gate
from tracking.commands import group
from tracking.filing import loading
from tracking.filing.choices import Choices, Typed
from tracking.review import acting, again, evidence, windows
from tracking.review.acting import Filing, Given
from tracking.review.again import NotReturned
from tracking.review.evidence_files import UnusableEvidence

# Returned, and then its window closed; and approved, of a year without a window.
SHUT, APPROVED = ("S1", 2022), ("T00", 2023)
CODES = {SHUT: "filing-locked-after", APPROVED: "filing-locked-approved"}
# The last one holds every role that files or reviews.
PEOPLE = ("operator", "reviewer", "manager", "everything")
FIGURES = "space_id,year,mentors\nS1,2022,20\nT00,2023,20\n"
Way = Callable[[Engine, str, int], object]


@pytest.fixture(params=["duckdb", "postgresql"])
def locked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Both filings, each with a file that backs a figure."""
    if request.param == "duckdb":
        engine = database.connect(databases.shanghai_at(tmp_path / "locks.duckdb"))
    else:
        engine = request.getfixturevalue("postgres")
    reviewed.enrolled(engine)
    file(engine, FIGURES)
    for space, year in (SHUT, APPROVED):
        evidence.attach(by(engine, "operator"), space, year, "mentors", b"name\nLi\n", "list.csv")
    acting.act(by(engine, "reviewer"), "return", [Filing(*SHUT, 1)], Given("why"))
    acting.act(by(engine, "reviewer"), "check", [Filing(*APPROVED, 1)])
    acting.act(by(engine, "manager"), "approve", [Filing(*APPROVED, 1)])
    yesterday = date.today() - timedelta(days=2)
    windows.set_window(engine, SHANGHAI.name, SHUT[1], None, yesterday, "Asia/Shanghai", by="city")
    yield engine
    engine.dispose()


def _loads(content: str, choices: Callable[[str, int], Choices] = lambda *_: Choices()) -> Way:
    def way(engine: Engine, space: str, year: int) -> object:
        raw = content.format(space=space, year=year).encode()
        return loading.load(engine, raw, "f.csv", by="x", choices=choices(space, year))

    return way


def _attaches(engine: Engine, space: str, year: int) -> object:
    return evidence.attach(engine, space, year, "mentors", b"name\nWang\n", "other.csv")


def _removes(engine: Engine, space: str, year: int) -> object:
    of_figure = sa.text("SELECT load_id FROM evidence WHERE space_id = :space AND year = :year")
    with database.reading(engine) as connection:
        number = connection.execute(of_figure, {"space": space, "year": year}).scalar_one()
    return evidence.remove(engine, int(number))


WAYS: dict[str, Way] = {
    "upload": _loads("space_id,year,mentors\n{space},{year},31\n"),
    "long form": _loads("space_id,year,metric,value\n{space},{year},mentors,31\n"),
    "file of several spaces": _loads("space_id,year,mentors\nT01,2024,9\n{space},{year},31\n"),
    "correction": _loads(
        "space_id,year,mentors\n{space},{year},20\n",
        lambda space, year: Choices(figures={(space, year, "mentors"): Typed("31")}),
    ),
    "explanation": _loads("space_id,year,metric,value,note\n{space},{year},mentors,20,因为\n"),
    "answer with a new figure": _loads(
        "space_id,year,mentors\n{space},{year},31\n", lambda space, year: Choices(again={(space, year): "因为"})
    ),
    "answer as it stands": lambda engine, space, year: again.file_again(engine, space=space, year=year, answer="因为"),
    "evidence attached": _attaches,
    "evidence removed": _removes,
}


def test_nothing_comes_in_by_any_way_from_anybody(locked: Engine, tmp_path: Path) -> None:
    before = loaded(locked)
    # On a server, what a lock says to who may do all else; whom roles refuse is held on it by the table of people.
    names = PEOPLE if locked.dialect.name == "duckdb" else PEOPLE[-1:]
    for (of, code), name in product(CODES.items(), names):
        person = by(locked, name)
        refused = {way: refusal(person, attempt, *of) for way, attempt in WAYS.items()}
        files = name in ("operator", "everything")
        expected = dict.fromkeys(WAYS, code if files else "forbidden")
        if files:
            expected |= {"evidence attached": "locked", "evidence removed": "locked"}
            if of is APPROVED:
                expected["answer as it stands"] = "not returned"
        assert refused == expected, (of, name)
        assert commanded(locked, name, tmp_path, *of) == {1}, (of, name)
        assert loaded(locked) == before, (of, name)
    # Who needs no account may file, and not this.
    for of, code in CODES.items():
        assert {refusal(locked, WAYS[way], *of) for way in ("upload", "correction", "explanation")} == {code}
    # A token reads; for anything else it is nobody's.
    assert by_token(locked, "everything") == [200, 401, 401, 401, 401]
    assert loaded(locked) == before


def refusal(engine: Engine, way: Way, space: str, year: int) -> str:
    """Why nothing was taken in."""
    try:
        report = way(engine, space, year)
    except Forbidden:
        return "forbidden"
    except NotReturned:
        return "not returned"
    except UnusableEvidence as unusable:
        return unusable.why
    assert isinstance(report, loading.FilingReport)
    assert report.load_id is None
    return " ".join(sorted({each.code for each in report.problems if each.severity == "error"}))


def commanded(engine: Engine, name: str, folder: Path, space: str, year: int) -> set[int]:
    """The exit codes of the command line, as somebody."""
    path = folder / "filed.csv"
    path.write_text(f"space_id,year,mentors\n{space},{year},31\n", encoding="utf-8")
    attach = ["review", "attach", "--space", space, "--year", str(year), "--cell", "mentors"]
    url = engine.url.render_as_string(hide_password=False)
    environment = {"TRACKING_DATABASE": url, "TRACKING_AS": name}
    commands = [["load", str(path)], *([[*attach, str(path)]] if name == "operator" else [])]
    return {CliRunner().invoke(group, each, env=environment).exit_code for each in commands}


def by_token(engine: Engine, name: str) -> list[int]:
    """What an address answers to who asks it, and sends figures to it, with a token of theirs."""

    def make(connection: Connection) -> str:
        return tokens.make(connection, accounts.number_of(connection, name), "tool")

    head = {"Authorization": f"Bearer {database.write_beside(engine, make)}"}
    gate = Gate(Starlette(routes=api.routes(lambda: people.seen_by(engine, people.current.get()))), lambda: engine)
    path = f"/api/v1/observations.csv?space={SHUT[0]}"
    with TestClient(gate, "http://localhost", client=("127.0.0.1", 1)) as client:
        methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
        return [client.request(each, path, headers=head, content=FIGURES).status_code for each in methods]


def loaded(engine: Engine) -> list[tuple[object, ...]]:
    """Everything that came in, by number and content."""
    with database.reading(engine) as connection:
        rows = connection.execute(sa.text("SELECT load_id, kind, sha256 FROM load ORDER BY load_id")).all()
    return [tuple(row) for row in rows]
