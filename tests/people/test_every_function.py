"""No public function answers or acts for somebody without asking who it is: each is called, none is left out.

A function that is new is called by the names of its parameters; where they do not tell how, `calls` has to say it.
"""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.people import calls, ground
from tests.people.ground import OTHER, OWN
from tracking import database
from tracking.access.acts import Forbidden
from tracking.exports import typesetting
from tracking.filing.templates import UnknownSpaceError
from tracking.review.evidence_files import UnusableEvidence
from tracking.review.measures import UnusableMeasure

FUNCTIONS = {full: each for full, each in calls.functions() if not calls.is_step(full)}
# What a function may raise instead of answering: that it is forbidden, or what it raises of a space that is not there.
REFUSALS = (Forbidden, LookupError, UnknownSpaceError, UnusableMeasure, UnusableEvidence, typesetting.NoChineseFont)
# What gives back what somebody has named before.
ECHOES = ("tracking.review.inbox.marked",)
# Where the keeper is told what the operator must not be: so that silence is not for want of a question.
TELLING = (
    "results.history",
    "results.one_space",
    "results.receipts",
    "results.shortfalls",
    "results.tables.attainment",
    "filing.templates",
)


@pytest.mark.parametrize("full", FUNCTIONS)
def test_an_operator_is_told_of_nobody_elses_space_and_changes_none(
    laid: Engine, known: dict[str, object], full: str
) -> None:
    before = standing(laid)
    try:
        answer, unknown = calls.call(full, FUNCTIONS[full], ground.seen(laid, "operator"), known)
    except REFUSALS as refusal:
        answer, unknown = str(refusal), []
    assert not unknown, f"say in calls.py what these are called with: {unknown}"
    # Who names no space is not told the ID of one either.
    given = [OTHER] if calls.names(full, FUNCTIONS[full], known, OTHER) or full in ECHOES else []
    assert ground.told_of(answer, given) <= {OWN}
    for name in ("path", "folder"):
        written = known[name]
        assert isinstance(written, Path)
        assert not written.exists()
    assert standing(laid) == before


def test_the_keeper_is_told_by_the_same_calls(laid: Engine, known: dict[str, object]) -> None:
    told = {}
    for full, function in FUNCTIONS.items():
        if full.startswith(TELLING):
            told[full] = ground.told_of(calls.call(full, function, laid, known)[0], [OTHER])
    silent = {full.rpartition(".")[2] for full, spaces in told.items() if OTHER not in spaces}
    # These tell counts, codes and words of the policy alone.
    assert silent <= {"clauses", "revisions", "where", "count"}, silent


def test_what_stands_for_others_is_there() -> None:
    """A step named here that is gone, or is called here by itself, would let its successor through."""
    functions = dict(calls.functions())
    assert calls.STEPS.keys() <= functions.keys() | {full.rpartition(".")[0] for full in functions}
    assert not calls.OTHERWISE.keys() - FUNCTIONS.keys()


def standing(engine: Engine) -> tuple[int, ...]:
    with database.reading(engine) as connection:
        counted = "SELECT COUNT(*) FROM {}"
        tables = ("load", "account", "access_grant", "audit_event", "document", "draft")
        return tuple(connection.exec_driver_sql(counted.format(each)).scalar_one() for each in tables)
