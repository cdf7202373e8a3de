"""Questions on a figure: asked by who reviews, answered by who files, resolved by who reviews; each sees all of it.

A thread is of a space, a data year and a metric; it may be asked again after it was resolved.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Literal

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, people
from tracking.access.acts import Act
from tracking.database import loads
from tracking.review.drafts import answers
from tracking.words import spelling
from tracking.words.language import Lang

Entry = Literal["ask", "answer", "resolve"]
LONGEST = answers.LONGEST
THREADS = {
    "space_id": "str",
    "space_name": "str",
    "year": "int64",
    "metric": "str",
    "metric_name": "str",
    "question_state": "str",
    "entries": "int64",
    "body": "str",
    "by": "str",
    "at": "datetime64[us]",
}
ENTRIES = {"act": "str", "body": "str", "by": "str", "at": "datetime64[us]"}
# Whose grants cover each: those of one of these acts.
_NEEDS: dict[Entry, Sequence[Act]] = {
    "ask": ("check", "approve"),
    "answer": ("file",),
    "resolve": ("check", "approve"),
}

_THREADS = """
SELECT
    question_thread.space_id,
    visible_space.space_name,
    question_thread.year,
    question_thread.metric,
    COALESCE(named_metric.name_{lang}, question_thread.metric) AS metric_name,
    question_thread.state AS question_state,
    question_thread.entries,
    question_thread.body,
    question_thread.written_by AS by,
    question_thread.written_at AS at
FROM question_thread
INNER JOIN visible_space
    ON question_thread.space_id = visible_space.space_id
LEFT JOIN named_metric
    ON question_thread.metric = named_metric.metric
WHERE
    (CAST(:space AS TEXT) IS NULL OR question_thread.space_id = :space)
    AND (CAST(:year AS INTEGER) IS NULL OR question_thread.year = :year)
    AND (:resolved OR NOT question_thread.closed)
    AND (question_thread.space_id, question_thread.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY
    question_thread.closed,
    question_thread.written_at,
    question_thread.space_id,
    question_thread.year,
    question_thread.metric
"""
_ENTRIES = """
SELECT
    question.act,
    question.body,
    load.loaded_by AS by,
    load.loaded_at AS at
FROM question
INNER JOIN load
    ON question.load_id = load.load_id
INNER JOIN visible_space
    ON question.space_id = visible_space.space_id
WHERE
    question.space_id = :space
    AND question.year = :year
    AND question.metric = :metric
    AND (question.space_id, question.year) NOT IN (SELECT space_id, year FROM withheld_year)
ORDER BY question.load_id
"""
_STANDING = sa.text("""
SELECT state
FROM question_thread
WHERE
    space_id = :space_id
    AND year = :year
    AND metric = :metric
""")
_KNOWN = sa.text("""
SELECT 1
FROM visible_space
WHERE
    space_id = :space_id
    AND EXISTS (SELECT 1 FROM current_metric WHERE metric = :metric AND kind <> 'share')
""")
_ALLOWED = sa.text("SELECT 1 FROM question_step WHERE state = :state AND act = :act")
_INSERT = sa.text("""
INSERT INTO question (load_id, space_id, year, metric, act, body)
VALUES (:load_id, :space_id, :year, :metric, :act, :body)
""")


class UnusableQuestion(Exception):
    """Nothing was written: `why` is account, unknown, state (nothing to answer or resolve), or body."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def write(engine: Engine, entry: Entry, space: str, year: int, metric: str, body: str = "") -> None:
    """Ask, answer or resolve. Raises UnusableQuestion, Forbidden, DatabaseUnavailable."""
    body = body.strip()

    def work(connection: Connection) -> int:
        person = people.person_of(engine)
        if person.account is None:
            raise UnusableQuestion("account")
        _check(connection, engine, entry, space)
        row = {"space_id": space, "year": year, "metric": metric, "act": entry, "body": body or None}
        about = {"space_id": space, "metric": metric}
        if database.value(connection, _KNOWN, about) is None:
            raise UnusableQuestion("unknown")
        state = database.value(connection, _STANDING, {**about, "year": year}) or "none"
        if database.value(connection, _ALLOWED, {"state": state, "act": entry}) is None:
            raise UnusableQuestion("state")
        missing = entry != "resolve" and not spelling.tidy(body)
        if missing or len(body) > LONGEST or spelling.misleading(body):
            raise UnusableQuestion("body")
        content = json.dumps(row, ensure_ascii=False, indent=1).encode()
        signed = acts.signature(engine, person.name)
        load_id = loads.record(connection, "review", f"{entry} {space} {year} {metric}", content, by=signed)
        acts.sign(connection, engine, load_id)
        connection.execute(_INSERT, {**row, "load_id": load_id})
        if entry == "answer":
            answers.end(connection, person, space, year, metric)
        return load_id

    acts.noted(engine, "question", f"{entry} {database.write(engine, work)}")


def threads(
    engine: Engine,
    _: date,
    *,
    space: str | None = None,
    year: int | None = None,
    resolved: bool = False,
    lang: Lang = "zh",
) -> pd.DataFrame:
    """The threads that may be seen, the open ones first, with their last entry: columns THREADS. No day is in it."""
    statement = sa.text(_THREADS.format(lang=lang))
    with database.reading(engine) as connection:
        rows = database.frame(connection, statement, space=space, year=year, resolved=resolved)
    return database.typed(rows, THREADS)


def entries(engine: Engine, _: date, *, space: str, year: int, metric: str) -> pd.DataFrame:
    """What was written in a thread, the first entry first: columns ENTRIES. No day is in it."""
    with database.reading(engine) as connection:
        rows = database.frame(connection, sa.text(_ENTRIES), space=space, year=year, metric=metric)
    return database.typed(rows, ENTRIES)


def may(engine: Engine, entry: Entry, space: str) -> bool:
    """Whether the grants of whoever looks cover an entry on a space: what a page offers."""
    if people.person_of(engine).account is None:
        return False
    with database.reading(engine) as connection:
        try:
            _check(connection, engine, entry, space)
        except acts.Forbidden:
            return False
    return True


def _check(connection: Connection, engine: Engine, entry: Entry, space: str) -> None:
    """Raises Forbidden unless the grants cover one of the acts by which an entry may be written."""
    refusals = []
    for act in _NEEDS[entry]:
        try:
            acts.check(connection, engine, act, [space])
        except acts.Forbidden as refusal:
            refusals.append(refusal)
        else:
            return
    raise refusals[-1]
