"""The table person by action by surface, generated from one declaration; every cell is tried, the denied ones first.

Who may do what is said here by hand, as it was promised to the city. Pages, callbacks and fragments ask the functions
(`tests/pages/test_access.py` holds them to it); every function is called in `test_every_function.py`.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import Connection, Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.people import ground
from tests.people.ground import DAY, EDITION, NOBODYS, OTHER, OWN, PEOPLE, YEAR
from tests.policies import SHANGHAI
from tracking import api, database
from tracking.access import looking_after, people, sessions, tokens
from tracking.access.acts import Forbidden
from tracking.access.gate import Gate
from tracking.api import prepared
from tracking.closings import closing
from tracking.commands import group
from tracking.filing import loading, preview, register, templates
from tracking.maintenance import backup
from tracking.policy import loading as policies
from tracking.results import history, receipts
from tracking.review import acting, evidence, rectifications, terms, waivers, windows
from tracking.review.acting import ReviewAct
from tracking.review.evidence import UnusableEvidence
from tracking.review.measures import Subject, UnusableMeasure
from tracking.review.rectifications import RectificationAct, Written

FREE = "/api/v1"
# Whose own space the other one is, and who sees it all.
SEE_OTHER = {name for name, place in PEOPLE.items() if OTHER in place.sees}
SEE_ALL = {"manager"}
NOBODY: set[str] = set()
# Who is tried on the server too, and where a database is made for each answer.
FEW = ("operator", "analyst", "manager")


@dataclasses.dataclass(frozen=True)
class Cell:
    """An action on a surface: who may, and what trying it comes to for somebody: whether it was answered or done."""

    action: str
    surface: str
    may: set[str]
    attempt: Callable[["Trial"], bool]


@dataclasses.dataclass(frozen=True)
class Trial:
    """Somebody at the doors of the programme."""

    name: str
    whole: Engine
    seen: Engine
    client: TestClient
    cookie: str
    token: str
    load_id: int
    sha256: str
    closed: str
    newest: int
    folder: Path
    tags: Mapping[str, str]

    def fetched(self, path: str, *, token: bool = False, tag: str = "") -> tuple[int, bytes]:
        """What an address answers, by one's session or by one's token."""
        headers = {"Authorization": f"Bearer {self.token}"} if token else {"Cookie": self.cookie}
        answer = self.client.get(path, headers={**headers, "If-None-Match": tag})
        return answer.status_code, answer.content

    def ran(self, *words: str) -> tuple[int, str]:
        """What a command comes to, for somebody."""
        url = self.whole.url.render_as_string(hide_password=False)
        environment = {"TRACKING_DATABASE": url, "TRACKING_LANG": "en", "TRACKING_AS": self.name}
        done = CliRunner().invoke(group, list(words), env=environment)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output


def of_other(answer: object) -> bool:
    return OTHER in ground.told_of(answer, [OTHER])


def fetches(path: str, *, token: bool = False) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        asked = path.format(first=3, before=trial.newest - 1, newest=trial.newest)
        status, content = trial.fetched(asked, token=token)
        if status >= 400 and OTHER in asked:
            # What may not be seen and what is not there are answered alike.
            nobodys = trial.fetched(asked.replace(OTHER, NOBODYS), token=token)
            assert (status, content.replace(OTHER.encode(), NOBODYS.encode())) == nobodys
        return of_other(content)

    return attempt


def held_copy(trial: Trial) -> bool:
    """Whether a copy that the manager's browser keeps is good for somebody else."""
    return trial.fetched(f"{FREE}/observations.csv", tag=trial.tags["observations"])[0] == 304


def runs(*words: str) -> Callable[[Trial], bool]:
    return lambda trial: of_other(trial.ran(*words)[1])


def answers(question: Callable[[Trial], object]) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        try:
            return of_other(question(trial))
        except (LookupError, templates.UnknownSpaceError):
            return False

    return attempt


def does(act: Callable[[Trial], object]) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        try:
            act(trial)
        except Forbidden:
            return False
        except (closing.NothingToClose, terms.UnusableTerm):
            # It was asked for a year that nobody filed for, or for too many days: the grants have let it come to that.
            return True
        return True

    return attempt


def files(space: str) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        try:
            return loading.load(trial.seen, ground.filing(space), "own.csv", by="x").loaded
        except Forbidden:
            return False

    return attempt


def reviews(act: ReviewAct, space: str) -> Callable[[Trial], bool]:
    """Whether somebody's grants let it come to that, whatever the state of the filing says to it."""

    def attempt(trial: Trial) -> bool:
        filing = acting.Filing(space, YEAR, 1)
        done = acting.act(trial.seen, act, [filing], acting.Given("why"))
        return bool(done.moved) or {each.why for each in done.refused} == {"state"}

    return attempt


def measured(act: Callable[[Trial], None]) -> Callable[[Trial], bool]:
    """Whether somebody's grants let it come to that; what is not theirs to see is not there."""

    def attempt(trial: Trial) -> bool:
        try:
            act(trial)
        except Forbidden:
            return False
        except UnusableMeasure as refused:
            return refused.why == "state"
        return True

    return attempt


def rectifies(step: RectificationAct, space: str) -> Callable[[Trial], bool]:
    written = Written("why", ground.LONG_AHEAD, "who") if step != "report" else Written("why")
    return measured(lambda trial: rectifications.write(trial.seen, step, missed(space), written))


def missed(space: str) -> Subject:
    return Subject(space, YEAR, ground.UNREPORTED)


def fetches_evidence(trial: Trial) -> bool:
    with database.reading(trial.whole) as connection:
        number = connection.execute(sa.text("SELECT MIN(load_id) FROM evidence")).scalar_one()
    return of_other(trial.fetched(f"{FREE}/evidence/{number}")[1])


def attaches(space: str) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        try:
            evidence.attach(trial.seen, space, YEAR, "mentors", f"name\n{trial.name}\n".encode(), "list.csv")
        except Forbidden:
            return False
        except UnusableEvidence as refused:
            return refused.why in ("there", "locked")
        return True

    return attempt


def commanded(*words: str) -> Callable[[Trial], bool]:
    def attempt(trial: Trial) -> bool:
        code, output = trial.ran(*(each.format(folder=trial.folder) for each in words))
        assert code in (0, 1)
        return code == 0 or "no filing" in output

    return attempt


def fetches_prepared(trial: Trial) -> bool:
    """What the manager had made, by its address."""
    made = prepared.prepare(lambda out: out.write(b"x") and None, "a.csv", ground.person(trial.whole, "manager"))
    return trial.fetched(FREE + made.address)[0] == 200


def document(trial: Trial) -> bytes:
    return receipts.document(trial.seen, trial.sha256)


BY_ADDRESS = (
    "observations.csv?space=SPOTHER",
    "observations_wide.csv",
    "attainment.json?paged=no&space=SPOTHER",
    "filings.csv?district=南区",
    "shortfalls.csv?search=SPOTHER",
    "evaluations.csv?edition=shanghai-sanhua",
    "verdicts.csv",
    "observations.csv?data_version={before}",
    "attainment.csv?closing=1",
    "changes.csv?from={first}&to={newest}",
)
CELLS = [
    *(Cell(f"see another's: {path}", "address", SEE_OTHER, fetches(f"{FREE}/{path}")) for path in BY_ADDRESS),
    Cell("see another's", "token", SEE_OTHER, fetches(f"{FREE}/observations.csv?space=SPOTHER", token=True)),
    Cell("see an earlier state of another's", "token", SEE_OTHER, fetches(f"{FREE}/{BY_ADDRESS[7]}", token=True)),
    Cell("see another's", "command line", SEE_OTHER, runs("observations")),
    Cell(
        "see the file of a closing", "address", SEE_ALL, lambda trial: trial.fetched(f"{FREE}/closings/1.zip")[0] == 200
    ),
    Cell("see the manager's copy", "address", SEE_ALL, held_copy),
    Cell("fetch what the manager prepared", "address", SEE_ALL, fetches_prepared),
    Cell("see another's document", "page", SEE_OTHER, answers(document)),
    Cell(
        "see a closing by its hash", "page", SEE_ALL, answers(lambda trial: receipts.document(trial.seen, trial.closed))
    ),
    Cell(
        "see another's receipt", "page", SEE_OTHER, answers(lambda t: receipts.receipt(t.seen, DAY, load_id=t.load_id))
    ),
    Cell(
        "see another's figures of a receipt",
        "page",
        SEE_OTHER,
        answers(lambda trial: receipts.stored(trial.seen, DAY, load_id=trial.load_id, lang="zh")),
    ),
    Cell(
        "see another's revision",
        "page",
        SEE_OTHER,
        answers(lambda trial: history.compared(trial.seen, DAY, space=OTHER, year=YEAR, earlier=1, later=1, lang="zh")),
    ),
    Cell(
        "have another's template",
        "page",
        SEE_OTHER,
        answers(lambda trial: templates.template(trial.seen, "specialization", "csv", space=OTHER, year=YEAR)),
    ),
    Cell(
        "be told of another's figures by a draft",
        "page",
        SEE_OTHER,
        answers(
            lambda trial: preview.preview(
                trial.seen, f"space_id,year,mentors\n{OTHER},{YEAR},9\n".encode(), "d.csv", DAY, "zh", lambda _: None
            )
        ),
    ),
    Cell("file for one's own", "page", {"operator"}, files(OWN)),
    Cell("file for another", "page", NOBODY, files(OTHER)),
    Cell(
        "register",
        "page",
        {"manager"},
        does(lambda trial: register.load(trial.seen, ground.registered(), "register.csv", by="x")),
    ),
    Cell("load a policy", "function", {"administrator"}, does(lambda t: policies.load(t.seen, SHANGHAI, by="x"))),
    Cell("look after people", "page", {"administrator", "reviewer"}, does(lambda t: looking_after.standing(t.seen))),
    Cell("read the trail", "page", {"administrator"}, does(lambda trial: looking_after.trail(trial.seen))),
    Cell(
        "close",
        "page",
        {"manager"},
        does(lambda trial: closing.close(trial.seen, edition=EDITION, year=1999, by="x")),
    ),
    Cell("back up", "function", NOBODY, does(lambda trial: backup.backup(trial.seen, trial.folder / "b.zip"))),
    Cell("file for another", "command line", NOBODY, commanded("load", "{folder}/other.csv")),
    Cell("back up", "command line", NOBODY, commanded("backup", "{folder}/b.zip")),
    Cell("check or return at the first step", "page", {"reviewer"}, reviews("check", OWN)),
    Cell("approve", "page", {"manager"}, reviews("approve", OWN)),
    Cell("reopen", "page", {"manager"}, reviews("reopen", OTHER)),
    Cell("check another's", "page", NOBODY, reviews("check", OTHER)),
    Cell("see another's waiver", "address", SEE_OTHER, fetches(f"{FREE}/waivers.csv")),
    Cell("see another's rectification", "address", SEE_OTHER, fetches(f"{FREE}/rectifications.csv?space=SPOTHER")),
    Cell("see another's rectification", "command line", SEE_OTHER, runs("rectifications")),
    Cell("fetch another's evidence", "address", SEE_OTHER, fetches_evidence),
    Cell("attach evidence", "page", {"operator"}, attaches(OWN)),
    Cell("attach evidence to another's", "page", NOBODY, attaches(OTHER)),
    Cell(
        "waive",
        "page",
        {"manager"},
        measured(lambda trial: waivers.waive(trial.seen, missed(OWN), ground.LONG_AHEAD, "why")),
    ),
    Cell("end a waiver", "page", {"manager"}, measured(lambda trial: waivers.unwaive(trial.seen, missed(OWN), "why"))),
    Cell("demand a rectification", "page", {"reviewer", "manager"}, rectifies("rectify", OWN)),
    Cell("demand another's", "page", {"manager"}, rectifies("rectify", OTHER)),
    Cell("answer with a plan", "page", {"operator"}, rectifies("plan", OWN)),
    Cell("report what was done", "page", {"operator"}, rectifies("report", OWN)),
    Cell("accept a report", "page", {"reviewer", "manager"}, rectifies("accept", OWN)),
    Cell(
        "set a window",
        "page",
        {"administrator", "manager"},
        does(lambda trial: windows.set_window(trial.seen, EDITION, 1999, None, DAY, None, by="x")),
    ),
    Cell(
        "name the days of review",
        "page",
        {"administrator", "manager"},
        does(lambda trial: terms.set_days(trial.seen, EDITION, terms.Days(400), by="x")),
    ),
    Cell(
        "file outside of a window",
        "page",
        {"administrator", "manager"},
        does(lambda trial: windows.extend(trial.seen, OTHER, 1999, DAY, "why", by="x")),
    ),
    Cell("look after people", "command line", {"administrator", "reviewer"}, commanded("access", "list")),
]


@pytest.fixture
def trials(any_laid: Engine, tmp_path: Path) -> Iterator[list[Trial]]:
    """Everybody at the doors, with a session and a token each."""
    routes = api.routes(lambda: people.seen_by(any_laid, people.current.get()))
    gate = Gate(Starlette(routes=routes), lambda: any_laid)
    (tmp_path / "other.csv").write_bytes(ground.filing(OTHER).replace(b"25", b"26"))
    with database.reading(any_laid) as connection:
        found = sa.text(
            "SELECT load.load_id, load.sha256 FROM load INNER JOIN filing ON load.load_id = filing.load_id "
            "WHERE filing.space_id = :other ORDER BY load.load_id LIMIT 1"
        )
        load_id, sha256 = connection.execute(found, {"other": OTHER}).one()
        closed = connection.execute(sa.text("SELECT sha256 FROM load WHERE kind = 'closing'")).scalar_one()
        newest = database.data_version(connection)
    tags: dict[str, str] = {}
    made = []

    def begun(connection: Connection, account: int) -> tuple[str, str]:
        return sessions.begin(connection, account), tokens.make(connection, account, "tool")

    with TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False) as client:
        for name in PEOPLE if any_laid.dialect.name == "duckdb" else FEW:
            account = ground.number(name)
            secret, token = database.write_beside(any_laid, partial(begun, account=account))
            cookie = f"tracking-session={secret}"
            seen = ground.seen(any_laid, name)
            at = (client, cookie, token, load_id, sha256, closed, newest, tmp_path, tags)
            made.append(Trial(name, any_laid, seen, *at))
        answer = client.get(f"{FREE}/observations.csv", headers={"Cookie": made[-1].cookie})
        tags["observations"] = answer.headers["ETag"]
        client.cookies.clear()
        yield made


def test_everybody_sees_and_does_what_was_granted_and_nothing_else(trials: list[Trial]) -> None:
    cells = [(cell, trial) for cell in CELLS for trial in trials if trial.name in FEW or "closing=" not in cell.action]
    denied = [(cell, trial) for cell, trial in cells if trial.name not in cell.may]
    granted = [(cell, trial) for cell, trial in cells if trial.name in cell.may]
    wrong = [
        (cell.action, cell.surface, trial.name, expected)
        for expected, cells in ((False, denied), (True, granted))
        for cell, trial in cells
        if cell.attempt(trial) != expected
    ]
    assert wrong == []
