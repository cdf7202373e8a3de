"""No check may go: with any one of them taken out, somebody is let through.

A check is a call of `acts`, a query's join to the visible spaces, or a condition on a session, a token or a grant. Each
is taken out in this very process, so that all of them take seconds.
"""

import ast
import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

import tracking
from tests.people import calls, ground
from tests.people.ground import OWN
from tracking import database
from tracking.access import accounts, acts, people, sessions, tokens
from tracking.access.accounts import UnknownAccount
from tracking.access.acts import Forbidden
from tracking.access.grants import UnusableScope
from tracking.closings.closing import NothingToClose
from tracking.closings.frozen import UnknownClosing
from tracking.database import Scope
from tracking.filing.templates import UnknownSpaceError
from tracking.maintenance.backup import NotEmptyError
from tracking.maintenance.sample import NotMadeUpError
from tracking.review import papers
from tracking.review.evidence_files import UnusableEvidence
from tracking.review.measures import UnusableMeasure
from tracking.review.questions import UnusableQuestion

ROOT = Path(tracking.__file__).parent
FUNCTIONS = {full: each for full, each in calls.functions() if not calls.is_step(full)}
Site = tuple[str, int]


def sites() -> Iterator[Site]:
    """Every call of a check: its file and the line where it begins."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = isinstance(node.func.value, ast.Name) and node.func.value.id == "acts"
                if named and node.func.attr in ("check", "keepers"):
                    yield str(path.relative_to(ROOT)), node.lineno


class Checks:
    """The checks of `acts`, of which only some are there; which of them were met."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.met: set[Site] = set()
        self.there: set[Site] = set()
        self.check, self.keepers = acts.check, acts.keepers
        monkeypatch.setattr(acts, "check", self._check)
        monkeypatch.setattr(acts, "keepers", self._keepers)

    def _check(self, connection: Connection, engine: Engine, *arguments: Any, **named: Any) -> people.Person:
        return self.check(connection, engine, *arguments, **named) if self._meets() else people.person_of(engine)

    def _keepers(self, engine: Engine) -> None:
        if self._meets():
            self.keepers(engine)
        else:
            raise Passed

    def _meets(self) -> bool:
        frame = sys._getframe(2)
        path = Path(frame.f_code.co_filename)
        if not path.is_relative_to(ROOT):
            return True
        site = (str(path.relative_to(ROOT)), frame.f_lineno)
        self.met.add(site)
        return site in self.there


class Passed(Exception):
    """A check of what is the keeper's was taken out: what follows takes long, and is not looked at."""


# Where it counts over which spaces a role is held.
BY_PLACE = ("tracking.access.looking_after", "tracking.review")
# What may come of a call that no check refuses.
PAST = (
    Passed,
    LookupError,
    NotEmptyError,
    NothingToClose,
    NotMadeUpError,
    UnusableEvidence,
    UnusableMeasure,
    UnusableQuestion,
    UnusableScope,
    UnknownSpaceError,
    UnknownClosing,
)


def test_each_check_of_an_act_refuses_by_itself(
    laid: Engine, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whose page still knows of roles that have all ended since: nothing but the checks can tell.
    somebody = ground.person(laid, "nobody")
    reviewer = people.Grant("district_reviewer", Scope("district", ground.NORTH))
    ended = [
        people.seen_by(laid, dataclasses.replace(somebody, grants=grants))
        for grants in (people.KEEPER.grants, (reviewer,))
    ]
    monkeypatch.setattr(papers, "_read", lambda _: ("application/pdf", []))
    checks = Checks(monkeypatch)
    # What is not refused is rolled back.
    monkeypatch.setattr(database, "write", database.rehearse)
    monkeypatch.setattr(database, "write_beside", database.rehearse)
    called: dict[Site, list[tuple[str, Engine]]] = {}
    for full, function in FUNCTIONS.items():
        if "acts." in inspect.getsource(sys.modules[function.__module__]) or ".access." in full:
            for engine in ended if full.startswith(BY_PLACE) else ended[:1]:
                checks.met = set()
                outcome(full, engine, known)
                for site in checks.met:
                    called.setdefault(site, []).append((full, engine))
    assert set(sites()) - called.keys() == set()
    for site, tries in called.items():
        assert any(differs(checks, site, *each, known) for each in tries), f"{site} changes nothing of {tries}"


def differs(checks: Checks, site: Site, full: str, engine: Engine, known: dict[str, Any]) -> bool:
    """Whether a call comes to something else with a check than without; most refuse, some offer or tell less."""
    checks.there = set()
    without = outcome(full, engine, known)
    checks.there = {site}
    return outcome(full, engine, known) != without


def outcome(full: str, engine: Engine, known: dict[str, Any]) -> list[str]:
    """What comes of a call: what it says, or that it is refused, or how else it ends."""
    try:
        return list(ground.texts(calls.call(full, FUNCTIONS[full], engine, known)[0]))
    except (Forbidden, *PAST) as end:
        return [type(end).__name__]


# What makes a query one of what the reader may see, and what stands there without it.
SIGNS = (
    (re.compile("visible_space"), "current_space"),
    (re.compile(r"EXISTS \(SELECT 1 FROM viewer.*\)"), "TRUE"),
)
# What puts it there.
BELOW = ("tracking.database.transactions", "tracking.database.states")


def constants() -> Iterator[tuple[ModuleType, str, Any]]:
    """Every query of a module that names what the reader may see."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("tracking.") and module.__name__ not in BELOW:
            for name, value in vars(module).items():
                query = isinstance(value, (str, sa.TextClause)) and name != "__doc__"
                if query and any(sign.search(str(value)) for sign, _ in SIGNS):
                    yield module, name, value


def without(query: str | sa.TextClause, sign: re.Pattern[str], instead: str) -> str | sa.TextClause:
    """A query with what the reader may see taken out of it."""
    if isinstance(query, str):
        return _whole(sign.sub(instead, query))
    return sa.text(_whole(sign.sub(instead, query.text))).bindparams(*query._bindparams.values())


def _whole(query: str) -> str:
    """The register says of no space that approved filings alone are seen."""
    return re.sub(r"(\bcurrent_space\.)\bapproved_only\b|(?<=NOT )\bapproved_only\b", "FALSE", query)


_FOUND = list(constants())
# Behind another join or check, which is tried: each of these shows nothing by itself alone.
BEHIND = (
    "tracking.exports.papers._DISTRICT",
    "tracking.exports.papers._FIGURES",
    "tracking.exports.papers._HEAD",
    # Asked of who sees what is approved alone, whom the views show none of it.
    "tracking.filing.preview._APPROVED_ONLY",
    "tracking.results.receipts._DOCUMENT current_space",
    "tracking.review.again._WAITING",
    "tracking.review.evidence._OF",
    "tracking.review.papers._SCANS",
    "tracking.review.questions._KNOWN",
    # What the queries of these files are made of, each of which is tried.
    "tracking.review.rectification_files._FILES",
    "tracking.review.rectification_files._OF",
    "tracking.review.returned._FILED",
    "tracking.review.standing._OFFERED",
    "tracking.review.waiting._WAITING",
    # What queries are made of when they are asked: who brought a load has a test of its own (closings).
    "tracking.results.tables.changes.NAMED",
    "tracking.results.tables.versions.NAMED",
)
# What hides the best of few has a test of its own.
APART = (*BEHIND, "tracking.results.outlook._BEST_SEEN", "tracking.results.outlook._BEST_APPROVED")
# A module that others' queries are made of when they are asked, and one of these.
ASKED_BY = {"tracking.review.weighing": "tracking.review.standing"}
# What another query is made of is tried within that one.
QUERIES = {
    f"{module.__name__}.{name} {instead}": (module, name, without(value, sign, instead))
    for module, name, value in _FOUND
    for sign, instead in SIGNS
    if sign.search(str(value))
    and not {f"{module.__name__}.{name}", f"{module.__name__}.{name} {instead}"} & {*APART}
    and not any(str(value) in str(other) and str(value) != str(other) for _, _, other in _FOUND)
}


@pytest.mark.parametrize("query", QUERIES)
def test_each_query_tells_of_others_without_the_visible_spaces(
    laid: Engine, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    module, name, spoilt = QUERIES[query]
    monkeypatch.setattr(database, "write", database.rehearse)
    monkeypatch.setattr(database, "write_beside", database.rehearse)
    also = known["a second time"]
    asked_by = ASKED_BY.get(module.__name__, module.__name__)
    own = [(full, each) for full, each in FUNCTIONS.items() if each.__module__ == asked_by]

    def answers(name: str) -> list[str]:
        seen = ground.seen(laid, name)
        calls_of = [(full, each, known) for full, each in own]
        calls_of += [(full, each, {**known, full: also[full]}) for full, each in own if full in also]
        return [text for each in calls_of for text in ground.texts(answered(*each[:2], seen, each[2]))]

    # What is told to an operator of one's own may be the same as of all; who sees nothing is told of none.
    whole = getattr(module, name)
    for somebody in ("operator", "nobody"):
        monkeypatch.setattr(module, name, whole)
        before = answers(somebody)
        monkeypatch.setattr(module, name, spoilt)
        if answers(somebody) != before:
            return
    pytest.fail("nobody is told more without it")


def answered(full: str, function: Callable[..., Any], engine: Engine, known: dict[str, Any]) -> object:
    try:
        return calls.call(full, function, engine, known)[0]
    except (Forbidden, *PAST) as end:
        return type(end).__name__


# The views of schema.sql that join the visible spaces, each with what makes it.
VIEWS = {
    name: statement
    for name, statement in re.findall(
        r"^CREATE OR REPLACE VIEW (\w+) AS\n(.*?);$",
        database.SCHEMA.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    # Of a brand its spaces together are told, to who sees each: tests/tracking/results/test_brands.py.
    # What is withheld is so of a space that is seen.
    if re.search(r"\bvisible_space\b", statement) and name not in ("brand_requirement", "withheld_year")
}


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_tells_of_others_without_the_visible_spaces(laid: Engine, view: str) -> None:
    spoilt = _whole(re.sub(r"\bvisible_space\b", "current_space", VIEWS[view]))
    with database.reading(ground.seen(laid, "operator"), ground.DAY) as connection:
        connection.exec_driver_sql(f"CREATE OR REPLACE VIEW {view} AS {spoilt}")
        rows = database.frame(connection, sa.select(sa.text("*")).select_from(sa.table(view)))
    assert ground.told_of(rows) - {OWN}


# What keeps what is not approved from an analyst of approved filings alone, and what stands there without it.
NOTHING = "(SELECT space_id, year FROM filing WHERE FALSE)"
EVERY_FILING = "(SELECT filing.*, space_name FROM filing INNER JOIN current_space USING (space_id))"
OPEN_SIGNS = (
    (re.compile(r"FROM\s+withheld_year\b"), f"FROM {NOTHING} AS withheld_year"),
    (re.compile(r"\b(FROM|JOIN) visible_filing AS\b"), rf"\1 {EVERY_FILING} AS"),
    (re.compile(r"\b(FROM|JOIN) visible_filing(?! AS)\b"), rf"\1 {EVERY_FILING} AS visible_filing"),
)
# Behind another check, which is tried, or asked of nobody but who acts: each of these keeps nothing back by itself.
OPEN_BEHIND = (
    "tracking.closings.since._VISIBLE",
    "tracking.filing.locks._WITHHELD",
    "tracking.results.overview.queue._MEMBERS",
    "tracking.results.overview.misses._MISSED",
    "tracking.review.figures._FIGURES",
    "tracking.review.papers._CONTENT",
    "tracking.review.papers._SCANS",
    "tracking.review.inbox._HAPPENED",
    # Here no such file is of a year that is held back; `rectifications` is.
    "tracking.review.rectification_files._ATTACHED",
    "tracking.review.rectification_files._OF_YEAR",
    "tracking.review.returned._FIGURES",
    "tracking.review.returned._FILED",
    "tracking.review.waiting._NAMED",
    "tracking.review.waiting._WAITING",
)
OPEN_QUERIES = {
    f"{module.__name__}.{name}": (module, name, value)
    for module in list(sys.modules.values())
    if getattr(module, "__name__", "").startswith("tracking.")
    for name, value in vars(module).items()
    if isinstance(value, (str, sa.TextClause)) and any(sign.search(str(value)) for sign, _ in OPEN_SIGNS)
}


@pytest.mark.parametrize("query", [each for each in OPEN_QUERIES if each not in OPEN_BEHIND])
def test_each_query_tells_of_what_is_not_approved_without_its_guard(
    laid: Engine, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    module, name, whole = OPEN_QUERIES[query]
    spoilt = whole
    for sign, instead in OPEN_SIGNS:
        spoilt = without(spoilt, sign, instead)
    own = [(full, each) for full, each in FUNCTIONS.items() if each.__module__ == module.__name__]
    own = own or [(full, each) for full, each in FUNCTIONS.items() if module.__name__.rpartition(".")[0] in full]
    monkeypatch.setattr(database, "write", database.rehearse)
    told = []
    for query_now in (whole, spoilt):
        monkeypatch.setattr(module, name, query_now)
        seen = ground.seen(laid, "analyst")
        # What is asked of a year to come tells of the one before it.
        years = [known, {**known, "year": ground.YEAR + 1}]
        told.append([text for of in years for each in own for text in ground.texts(answered(*each, seen, of))])
    assert told[0] != told[1]


# The views that keep it back, by what each says of a space.
OPEN_VIEWS = {
    name: statement
    for name, statement in re.findall(
        r"^CREATE OR REPLACE VIEW (\w+) AS\n(.*?);$",
        database.SCHEMA.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    if re.search(r"\bapproved_only\b(?!,)", statement.partition("FROM current_space")[0])
    and name not in ("visible_space", "brand_requirement")
}


@pytest.mark.parametrize("view", OPEN_VIEWS)
def test_each_view_tells_of_what_is_not_approved_without_its_guard(laid: Engine, view: str) -> None:
    spoilt = re.sub(r"(\w+\.)?\bapproved_only\b(?!,)", "FALSE", OPEN_VIEWS[view])
    with database.reading(ground.seen(laid, "analyst"), ground.DAY) as connection:
        every = sa.select(sa.text("*")).select_from(sa.table(view))
        before = database.frame(connection, every)
        connection.exec_driver_sql(f"CREATE OR REPLACE VIEW {view} AS {spoilt}")
        after = database.frame(connection, every)
    assert len(before) != len(after) or not before.equals(after)


# The statements that decide who somebody is, and what each condition of them keeps out.
DECIDE = ((sessions, "_OPEN"), (tokens, "_LIVE"), (people, "_AS_OF_NOW"), (accounts, "KNOWN"))
CONDITIONS = [
    (module, name, line.strip())
    for module, name in DECIDE
    for line in re.split(r"\bON\b|\bWHERE\b", str(getattr(module, name)), maxsplit=1)[1]
    .partition("ORDER BY")[0]
    .splitlines()
    if line.strip() and line.strip() != "WHERE"
]
PAST_DAY, COMING_DAY = "DATE '2020-01-01'", "DATE '2999-01-01'"
ENDED = {
    "nothing": "SELECT 1",
    "session ended": "UPDATE session SET ended_at = CURRENT_TIMESTAMP",
    "session idle": "UPDATE session SET seen_at = TIMESTAMP '2020-01-01 00:00:00'",
    "session old": "UPDATE session SET begun_at = TIMESTAMP '2020-01-01 00:00:00'",
    "account ended": f"UPDATE account SET ended_at = CURRENT_TIMESTAMP WHERE account = {ground.number('manager')}",
    "token ended": "UPDATE token SET ended_at = CURRENT_TIMESTAMP",
    "token over": f"UPDATE token SET until_day = {PAST_DAY}",
    "grant ended": f"UPDATE access_grant SET ended_at = CURRENT_TIMESTAMP WHERE account = {ground.number('manager')}",
    "grant over": f"UPDATE access_grant SET until_day = {PAST_DAY}",
    "grant to come": f"UPDATE access_grant SET from_day = {COMING_DAY}",
}


def let_in(connection: Connection, secret: str, token: str, account: int) -> tuple[bool, ...]:
    """Whether somebody comes in by a session, by a token, with a role, as an account, by a name."""
    person = people.as_of_now(connection, account)
    try:
        named = bool(accounts.number_of(connection, "manager" if account == ground.number("manager") else "x"))
    except UnknownAccount:
        named = False
    by = (sessions.of(connection, secret), tokens.person(connection, token))
    return (*(each is not None for each in by), person is not None and bool(person.roles), person is not None, named)


def every_way(engine: Engine) -> dict[str, tuple[bool, ...]]:
    """Who comes in how, after each thing has ended; with a wrong secret; and as somebody who holds nothing."""
    account = ground.number("manager")
    found = {}
    for name, statement in ENDED.items():
        with engine.connect() as connection:
            secret, token = sessions.begin(connection, account), tokens.make(connection, account, "tool")
            connection.exec_driver_sql(statement)
            found[name] = let_in(connection, secret, token, account)
            if name == "nothing":
                found["wrong"] = let_in(connection, "x", "x", 99)
            connection.rollback()
    return found


EVERY = (True,) * 5
KEPT_OUT = {
    "nothing": EVERY,
    "wrong": (False,) * 5,
    "session ended": (False, *EVERY[1:]),
    "session idle": (False, *EVERY[1:]),
    "session old": (False, *EVERY[1:]),
    "account ended": (False,) * 5,
    "token ended": (True, False, *EVERY[2:]),
    "token over": (True, False, *EVERY[2:]),
    "grant ended": (True, True, False, True, True),
    "grant over": (True, True, False, True, True),
    "grant to come": (True, True, False, True, True),
}


def test_nobody_comes_in_by_what_has_ended(laid: Engine) -> None:
    assert every_way(laid) == KEPT_OUT


@pytest.mark.parametrize(("module", "name", "line"), CONDITIONS)
def test_each_condition_keeps_somebody_out(
    laid: Engine, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, line: str
) -> None:
    statement = str(getattr(module, name))
    assert statement.count(line) == 1
    without = re.sub(r"^(AND )?.*", r"\g<1>1 = 1", line)
    # A parameter that nothing names any more is none of the statement's.
    named = [f"(:{each} = :{each} OR TRUE)" for each in re.findall(r"(?<!:):(\w+)", line)]
    monkeypatch.setattr(module, name, sa.text(statement.replace(line, " AND ".join([without, *named]))))
    try:
        assert every_way(laid) != KEPT_OUT
    except sa.exc.MultipleResultsFound:
        # It was no longer one person's.
        return
