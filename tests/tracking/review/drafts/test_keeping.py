"""Drafts: kept until filed or thrown away, in no figure, of who files for every space in it, nothing overwritten."""

import threading
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import by
from tests.tracking.review.drafts.about import EVERYTHING, OWN, SPACELESS, WRONG, figures, offered, save, seen
from tracking import database
from tracking.access import trail
from tracking.access.acts import Forbidden
from tracking.filing import choices as chosen
from tracking.filing import loading
from tracking.filing.choices import Choices, Typed
from tracking.maintenance import backup, verify
from tracking.review.drafts import keeping
from tracking.review.drafts.handles import DraftMoved, Handle, NoDraft

FOREIGN = b"space_id,year,mentors\nS1,2022,20\nS3,2022,20\n"


def test_a_draft_is_in_no_figure_and_ends_with_its_filing(enrolled: Engine) -> None:
    operator = by(enrolled, "operator")
    before = figures(enrolled)
    typed = Choices(figures={("S1", 2022, "mentors"): Typed("21")})
    handle = save(operator, OWN, save(operator, OWN), typed)
    for one, other in zip(before, figures(enrolled), strict=True):
        pd.testing.assert_frame_equal(one, other)
    with database.reading(enrolled) as connection:
        version = database.data_version(connection)
    up = keeping.take_up(operator, handle.draft)
    assert (up.content, up.source, up.choices, up.started_by) == (OWN, "filed.csv", typed, "operator")
    ending = keeping.ended_by_filing(up.handle)
    with pytest.raises(Forbidden):
        loading.load(by(enrolled, "southern"), OWN, "filed.csv", by="x", choices=typed, ending=ending)
    assert offered(operator) == [handle.draft]
    report = loading.load(operator, OWN, "filed.csv", by="x", choices=typed, ending=ending)
    assert report.load_id == version + 1
    assert offered(operator) == []
    assert [finding for finding in verify.verify(enrolled) if finding.broken] == []


def test_who_files_for_every_space_goes_on_with_it_and_nobody_else(enrolled: Engine) -> None:
    operator, colleague = by(enrolled, "operator"), by(enrolled, "everything")
    both = save(operator, b"space_id,year,mentors\nS1,2022,20\nS2,2022,20\n")
    own = save(operator, WRONG)
    foreign, spaceless = save(operator, FOREIGN), save(operator, SPACELESS)
    assert set(offered(operator)) == {both.draft, own.draft, foreign.draft, spaceless.draft}
    # Who goes on files for S1 and not for S2; S3 is nobody's of the two, so that file stays the uploader's own.
    assert offered(colleague) == [own.draft]
    assert keeping.take_up(colleague, own.draft).started_by == "operator"
    for other in (both, foreign, spaceless):
        for refused in (keeping.take_up, lambda engine, draft: keeping.throw_away(engine, Handle(draft, 1))):
            with pytest.raises(NoDraft):
                refused(colleague, other.draft)
    for nobody in ("reviewer", "southern", "manager", "analyst", "administrator"):
        engine = by(enrolled, nobody)
        assert offered(engine) == []
        assert keeping.save(engine, None, OWN, "filed.csv", chosen.NONE, seen(engine, OWN)) is None
    with enrolled.begin() as connection:
        connection.execute(sa.text("UPDATE access_grant SET ended_at = LOCALTIMESTAMP WHERE code = 'S1'"))
    assert offered(by(enrolled, "operator")) == [spaceless.draft]
    assert offered(by(enrolled, "everything")) == []


def test_the_later_of_two_is_told_and_overwrites_nothing(enrolled: Engine) -> None:
    operator, colleague = by(enrolled, "operator"), by(enrolled, "everything")
    handle = save(operator, OWN)
    theirs = Choices(figures={("S1", 2022, "mentors"): Typed("30")})
    save(colleague, OWN, keeping.take_up(colleague, handle.draft).handle, theirs)
    mine = Choices(figures={("S1", 2022, "mentors"): Typed("40")})
    with pytest.raises(DraftMoved) as moved:
        save(operator, OWN, handle, mine)
    assert moved.value.by == "everything"
    with pytest.raises(DraftMoved):
        keeping.throw_away(operator, handle)
    with pytest.raises(DraftMoved):
        loading.load(operator, OWN, "f.csv", by="x", choices=mine, ending=keeping.ended_by_filing(handle))
    with database.reading(enrolled) as connection:
        assert database.value(connection, sa.text("SELECT COUNT(*) FROM filing")) == 0
    up = keeping.take_up(operator, handle.draft)
    assert up.choices == theirs
    keeping.throw_away(operator, up.handle)
    with database.reading(enrolled) as connection:
        line = trail.lines(connection, 1, events=["draft-ended"])[0]
    assert (line["account"], line["subject"]) == (1, handle.draft)
    with pytest.raises(NoDraft):
        save(operator, OWN, up.handle, mine)
    assert save(operator, OWN, None, mine).draft != handle.draft


def test_saving_waits_for_no_load_and_stops_none(enrolled: Engine) -> None:
    operator = by(enrolled, "operator")
    handle = save(operator, OWN)
    looked = seen(operator, OWN)
    within, on = threading.Event(), threading.Event()

    def long(connection: sa.Connection) -> int:
        connection.execute(sa.text("SELECT COUNT(*) FROM draft")).scalar_one()
        within.set()
        assert on.wait(60)
        return database.data_version(connection)

    done: list[int] = []
    load = threading.Thread(target=lambda: done.append(database.write(enrolled, long)))
    load.start()
    try:
        assert within.wait(60)
        # While the load holds its turn.
        assert keeping.save(operator, handle, OWN, "filed.csv", EVERYTHING, looked) == Handle(handle.draft, 2)
        assert keeping.save(operator, None, WRONG, "filed.csv", chosen.NONE, looked) is not None
        assert done == []
    finally:
        on.set()
        load.join()
    assert len(done) == 1


def test_a_backup_brings_drafts_back(enrolled: Engine, tmp_path: Path) -> None:
    operator = by(enrolled, "operator")
    handle = save(operator, OWN, save(operator, OWN), EVERYTHING)
    backup.backup(enrolled, tmp_path / "kept.zip")
    into = database.connect("duckdb://", create=True)
    database.initialise(into)
    backup.restore(into, tmp_path / "kept.zip")
    with database.reading(into) as connection:
        kept = connection.execute(sa.text("SELECT * FROM draft_space")).all()
    assert [tuple(row) for row in kept] == [(handle.draft, "S1")]
    with into.begin() as connection:
        reviewed._account(connection, 1, "operator")
    up = keeping.take_up(by(into, "operator"), handle.draft)
    assert (up.handle, up.content, up.choices) == (handle, OWN, EVERYTHING)
