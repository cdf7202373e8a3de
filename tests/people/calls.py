"""How every public function of `tracking` that reads or acts for somebody is called: by the names of its parameters."""

import importlib
import inspect
import io
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

import tracking
from tests.people.ground import (
    APPROVED,
    DAY,
    EDITION,
    LAST,
    LONG_AHEAD,
    NORTH,
    OTHER,
    SOUTH,
    TRACK,
    UNREPORTED,
    YEAR,
    registered,
)
from tests.policies import SHANGHAI
from tracking import database
from tracking.database import CITY, Scope
from tracking.filing import choices as chosen
from tracking.filing import preview
from tracking.policy import folder as policy_folder
from tracking.policy.edited import Edit
from tracking.reminders.channels import Channels
from tracking.review.acting import Filing
from tracking.review.drafts import keeping
from tracking.review.measures import Subject
from tracking.review.rectifications import Written
from tracking.review.terms import Days

# The rooms below a person, and the gate's own: what they hold is reached through what is called here.
BELOW = ("tracking.database", "tracking.words", "tracking.commands", "tracking.__main__")
GATES = (
    "accounts",
    "acts",
    "authentication",
    "people",
    "sessions",
    "settings",
    "tokens",
    "trail",
    "sign_in",
    "gate",
    "open_id",
    "codes",
    "providers",
)
# Functions, and modules of them, on a connection that a caller has opened for somebody: steps of one called here.
STEPS = {
    "tracking.closings.archive.make": "closing.close",
    "tracking.closings.frozen.find": "frozen.reading, since.since and the address of the file",
    "tracking.closings.frozen.opened": "frozen.reading",
    "tracking.closings.since.between": "since.since and closing.close",
    "tracking.exports.covers.cover": "formats.export",
    "tracking.filing.choice_records.keep": "loading.load",
    "tracking.filing.locks.held": "loading.load",
    "tracking.filing.revisions": "loading.load",
    "tracking.filing.staging": "loading.load",
    "tracking.filing.warned.keep": "loading.load",
    "tracking.filing.stored": "loading.check and preview.preview",
    "tracking.filing.loading.take_in": "loading.load",
    "tracking.filing.loading.compared": "loading.check and loading.load",
    "tracking.filing.loading.carry": "preview.preview and what_if.outcome",
    "tracking.filing.loading.to_store": "loading.load",
    "tracking.filing.loading.replaced": "loading.load",
    "tracking.filing.loading.places": "returned.workbook",
    "tracking.filing.rereading.places": "returned.workbook",
    "tracking.filing.register.new": "register.load",
    "tracking.filing.register.take_in": "register.load",
    "tracking.filing.register.store": "register.load",
    "tracking.filing.rereading.registered": "rereading.differing",
    "tracking.filing.rereading.filed": "rereading.differing",
    "tracking.review.drafts.answers.end": "answers.keep and questions.write",
    "tracking.review.exceptions.keep": "acting.act and windows.extend",
    "tracking.review.drafts.rows": "everything else in tracking.review.drafts",
    "tracking.review.drafts.scope": "everything else in tracking.review.drafts",
    "tracking.maintenance.packages.describe": "copies.write",
    "tracking.maintenance.verify.as_sealed": "verify.verify",
    "tracking.policy.loading.take_in": "loading.load",
    "tracking.results.tables.changes.count": "changes.changes",
    "tracking.results.tables.changes.read": "changes.changes",
    "tracking.results.tables.changes.frames": "changes.changes",
    "tracking.results.tables.dictionary.comment": "dictionary.describe",
    "tracking.results.tables.changes.replayed": "changes.changes",
    "tracking.results.tables.replay.replay": "changes.changes",
    "tracking.results.tables.replay.batches": "changes.changes",
    "tracking.results.differences.in_memory": "readings.difference and sandbox.difference",
    "tracking.results.overview.rows.read": "everything else in tracking.results.overview",
    "tracking.review.waiting.named": "waiting.overdue and inbox.events",
    "tracking.review.measures.found": "waivers and rectifications",
    "tracking.review.measures.actor": "waivers and rectifications",
    "tracking.review.measures.filed_by": "rectifications",
    "tracking.review.measures.keep": "waivers and rectifications",
    "tracking.access.grants.give": "looking_after.give",
    "tracking.access.grants.take": "looking_after.take",
    "tracking.access.grants.standing": "looking_after.standing",
    "tracking.reminders.outbox": "run.remind",
    "tracking.reminders.receivers.all_of": "run.remind",
    "tracking.reminders.receivers.choose": "of whoever looks alone: tests/tracking/reminders/test_run.py",
    # The server itself, of which nobody is told more than whether it is well.
    "tracking.operations.readiness": "/readyz",
    "tracking.operations.running": "the server",
    # A request stands behind the gate: the addresses are tried one by one.
    "tracking.api.answers.answer": "addresses",
    "tracking.api.answers.archived": "addresses",
    "tracking.api.application.routes": "addresses",
    "tracking.api.application.application": "addresses",
    "tracking.api.attachments.answer": "addresses",
    "tracking.api.briefings.answer": "addresses",
}


def values(engine: Engine, folder: Path) -> dict[str, Any]:
    """What each parameter is called with, by its name: always about the space that is another's."""
    with database.reading(engine) as connection:
        load_id, sha256 = connection.exec_driver_sql(
            "SELECT load.load_id, load.sha256 FROM load INNER JOIN filing ON load.load_id = filing.load_id "
            f"WHERE filing.space_id = '{OTHER}' ORDER BY load.load_id LIMIT 1"
        ).one()
        newest = database.data_version(connection)
        attached = connection.exec_driver_sql("SELECT MIN(load_id) FROM evidence").scalar_one()
        rectified = connection.exec_driver_sql("SELECT MIN(load_id) FROM rectification_file").scalar_one()
        closed = connection.exec_driver_sql("SELECT sha256 FROM load WHERE kind = 'closing'").scalar_one()
        scanned = connection.exec_driver_sql("SELECT MIN(load_id) FROM scan").scalar_one()
    # Nothing in it is what is stored already: whatever is told of that comes from the database.
    content = f"space_id,year,metric,value\n{OTHER},{YEAR},mentor_services,51\n".encode()
    seen = preview.preview(engine, content, "filing.csv", DAY, "zh")
    handle = keeping.save(engine, None, content, "filing.csv", chosen.NONE, seen)
    assert handle is not None
    return {
        "as_of": DAY,
        "_": DAY,
        "lang": "zh",
        "space": OTHER,
        "spaces": (OTHER,),
        "mentioned": (OTHER,),
        "year": YEAR,
        "start": 2022,
        "end": 2024,
        "edition": EDITION,
        "track": TRACK,
        "editions": (EDITION,),
        "load_id": load_id,
        "sha256": sha256,
        "number": 1,
        "closing": 1,
        "verdict": "at_risk",
        "over": False,
        "order": None,
        "descending": False,
        "by": "space",
        "most": 100,
        "chosen": {"lang": "zh"},
        "table": "attainment",
        "name": "filing.csv",
        "source": "filing.csv",
        "content": content,
        "form": "csv",
        "folder": folder / "folder",
        "path": folder / "file.zip",
        "headers": ("mentors",),
        "kind": "column",
        "figures": {"mentors": "25"},
        "due": DAY,
        "reading": "most-requirements",
        "edits": (Edit("", "pass_mark", "0.5"),),
        "role": "operator",
        "roles": ["operator"],
        "scope": CITY,
        "rows": [{"name": "x", "display": "", "role": "operator", "scope": "space", "code": OTHER}],
        "earlier": newest - 2,
        "later": newest,
        "without": "",
        "limit": 10_000,
        "offset": 0,
        "scopes": (Scope("space", OTHER),),
        "district": NORTH,
        "needs": "check",
        "done": "check",
        "filings": [Filing(OTHER, YEAR, 1)],
        "opens": DAY,
        "closes": DAY,
        "zone": None,
        "day": DAY,
        "until": DAY,
        "days": Days(3),
        "reason": "why",
        "entry": "ask",
        "subject": Subject(OTHER, YEAR, UNREPORTED, EDITION, TRACK),
        "act": "rectify",
        "query": "SELECT * FROM weighed",
        "written": Written("why", date.today()),
        "metric": "mentors",
        "body": "why",
        "answer": "why",
        "brand": "brandother",
        "seen": seen,
        "handle": handle,
        "draft": handle.draft,
        "version": 0,
        "at": datetime.combine(DAY, time.min),
        "now": datetime.combine(DAY, time.min),
        "names": (f"returned:{load_id}:{OTHER}:{YEAR}",),
        "channels": Channels("https://city.example", None, ()),
        "mail": "li@city.example",
        "fingerprint": "0" * 64,
        # By the name of a function, what it alone is called with.
        "tracking.review.evidence.content": {"load_id": attached},
        "tracking.review.evidence.remove": {"load_id": attached},
        "tracking.review.rectification_files.remove": {"load_id": rectified},
        "tracking.review.papers.content": {"load_id": scanned},
        "tracking.review.drafts.since.loads_since": {"version": 0},
        "tracking.review.inbox.events": {"at": datetime.combine(LONG_AHEAD - timedelta(days=3), time.min)},
        "tracking.review.waiting.overdue": {"at": datetime.combine(LONG_AHEAD, time.min)},
        # And what it is called with a second time, where a check is taken out of it.
        "a second time": {
            "tracking.results.receipts.document": {"sha256": closed},
            "tracking.results.one_space.actuals": {"approved_only": True},
        },
    }


def is_step(full: str) -> bool:
    """Whether a function is a step of another one."""
    return full in STEPS or full.rpartition(".")[0] in STEPS


# Where a name means something else.
OTHERWISE: Mapping[str, Mapping[str, Any]] = {
    "tracking.policy.loading.load": {"folder": SHANGHAI},
    "tracking.closings.closing.close": {"with_unapproved": True},
    "tracking.review.drafts.keeping.save": {"choices": chosen.NONE},
    "tracking.results.history.compared": {"earlier": 1, "later": 1},
    "tracking.filing.register.load": {"content": registered().replace(b",2024,", b",2025,"), "name": "register.csv"},
    "tracking.filing.edition_preview.preview": {"files": policy_folder.contents(SHANGHAI)},
    "tracking.policy.loading.load_files": {"files": policy_folder.contents(SHANGHAI)},
    "tracking.access.looking_after.add": {"name": "somebody"},
    "tracking.access.looking_after.end": {"name": "operator"},
    "tracking.access.looking_after.reset": {"name": "operator"},
    "tracking.access.looking_after.turn_off_codes": {"name": "operator"},
    "tracking.access.looking_after.give": {"name": "nobody"},
    "tracking.access.looking_after.take_roles": {"name": "manager"},
    "tracking.reminders.receivers.set_for": {"name": "operator"},
    "tracking.review.standing.offered": {"year": APPROVED},
    "tracking.review.papers.approved": {"year": APPROVED},
    "tracking.review.papers.compare": {"year": APPROVED},
    "tracking.review.papers.keep": {"year": APPROVED, "content": b"%PDF-1.4"},
    "tracking.review.papers.scans": {"year": APPROVED},
    "tracking.review.rectification_files.attached": {"year": LAST},
    "tracking.review.windows.last_day_for": {"ends": datetime.combine(DAY, time.min)},
    "tracking.exports.papers.filing": {"year": APPROVED},
    "tracking.exports.papers.district": {"district": SOUTH},
}


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function above the database's room that takes the database, by its full name."""
    for found in pkgutil.walk_packages(tracking.__path__, "tracking."):
        if found.name.startswith(BELOW):
            continue
        module = importlib.import_module(found.name)
        if found.name.startswith("tracking.access.") and found.name.rpartition(".")[2] in GATES:
            continue
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == found.name and not name.startswith("_")
            takes = {str(each.annotation) for each in inspect.signature(function).parameters.values()}
            if own and any("Engine" in each or "Connection" in each for each in takes):
                yield f"{found.name}.{name}", function


def call(full: str, function: Callable[..., Any], engine: Engine, known: Mapping[str, Any]) -> tuple[object, list[str]]:
    """What a function answers through an engine, and the parameters that nobody here knows how to fill."""
    filled: dict[str, Any] = {}
    unknown: list[str] = []
    positional: list[Any] = []
    out: io.BytesIO | None = None
    with ExitStack() as stack:
        for name, parameter in inspect.signature(function).parameters.items():
            hint = str(parameter.annotation)
            value: Any
            if parameter.kind is parameter.VAR_KEYWORD:
                continue
            if parameter.kind is parameter.VAR_POSITIONAL:
                positional += known[name]
                continue
            if "Engine" in hint:
                value = engine
            # What is to be called with a connection is none.
            elif "Connection" in hint and "Callable" not in hint:
                value = stack.enter_context(database.reading(engine, DAY))
            elif name in (otherwise := {**OTHERWISE.get(full, {}), **known.get(full, {})}):
                value = otherwise[name]
            elif name == "out":
                value = out = io.BytesIO()
            elif name in known and not (parameter.default is not parameter.empty and name in _LEFT):
                value = known[name]
            elif parameter.default is not parameter.empty:
                continue
            else:
                unknown.append(name)
                continue
            if parameter.kind is parameter.KEYWORD_ONLY:
                filled[name] = value
            else:
                positional.append(value)
        if unknown:
            return None, unknown
        answer = function(*positional, **filled)
        if hasattr(answer, "__enter__") and not isinstance(answer, Connection):
            answer = stack.enter_context(answer)
        if inspect.isgenerator(answer):
            answer = list(answer)
        return (out.getvalue() if out else answer), []


def names(full: str, function: Callable[..., Any], known: Mapping[str, Any], space: str) -> bool:
    """Whether a call gives the ID of a space itself."""
    filled = {**known, **OTHERWISE.get(full, {}), **known.get(full, {})}
    return any(space in repr(filled.get(each)) for each in inspect.signature(function).parameters)


# Optional parameters that are best left as they are.
_LEFT = {"number", "order", "descending", "closing", "by", "form", "kind"}
