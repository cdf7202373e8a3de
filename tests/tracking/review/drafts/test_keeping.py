"""Drafts: kept until filed or thrown away, in no figure, of who files for every space in it, nothing overwritten."""

import threading
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import DAY, by
from tracking import database
from tracking.access import trail
from tracking.access.acts import Forbidden
from tracking.filing import choices as chosen
from tracking.filing import loading, preview
from tracking.filing.choices import Choices, Typed
from tracking.filing.preview import Preview
from tracking.maintenance import backup, verify
from tracking.results.tables import attainment
from tracking.review.drafts import keeping, rows, since, written
from tracking.review.drafts.handles import DraftMoved, Handle, NoDraft, UnkeptDraft

OWN = b"space_id,year,mentors,funded_firms\nS1,2022,20,5\n"
WRONG = "space_id,year,mentors,funded_firms\nS1,2022,约20,5\n".encode()
FOREIGN = b"space_id,year,mentors\nS1,2022,20\nS3,2022,20\n"
SPACELESS = b"year,mentors\n2022,20\n"
EVERYTHING = Choices(
    space="S1",
    year=2022,
    unit="千元",
    columns={"导师": "mentors", "备注2": "leave out"},
    units={"融资": "千元"},
    left_out=frozenset({(None, 3), ("表", "B")}),
    cells={(None, 2, "C"): "20", ("表", 7, "AA"): ""},
    figures={("S1", 2022, "mentors"): Typed("21", "附件", "已更正")},
    keep=True,
    again={("S1", 2022): "属实"},
)


@pytest.fixture
def enrolled(any_engine: Engine) -> Engine:
    return reviewed.enrolled(any_engine)


def seen(engine: Engine, content: bytes, choices: Choices = chosen.NONE) -> Preview:
    return preview.preview(engine, content, "filed.csv", DAY, "zh", choices=choices)


def save(engine: Engine, content: bytes, handle: Handle | None = None, choices: Choices = chosen.NONE) -> Handle:
    made = keeping.save(engine, handle, content, "filed.csv", choices, seen(engine, content, choices))
    assert made is not None
    return made


def offered(engine: Engine) -> list[str]:
    return keeping.offered(engine)["draft"].tolist()


def figures(engine: Engine) -> list[pd.DataFrame]:
    tables = (attainment.attainment, attainment.evaluations, attainment.filings)
    return [table(engine, DAY) for table in tables]


def test_what_was_decided_is_read_back_as_it_was() -> None:
    assert written.choices_of(written.choices_text(EVERYTHING)) == EVERYTHING
    assert written.choices_of(written.choices_text(chosen.NONE)) == chosen.NONE


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


def test_drafts_are_bounded_and_end_by_themselves(enrolled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    operator = by(enrolled, "operator")
    monkeypatch.setattr(rows, "MOST", 2)
    kept = [save(operator, OWN), save(operator, WRONG)]
    with pytest.raises(UnkeptDraft, match="many"):
        save(operator, SPACELESS)
    # A colleague's room is their own.
    save(by(enrolled, "everything"), OWN)
    old = rows.now() - timedelta(days=rows.DAYS, seconds=1)
    with enrolled.begin() as connection:
        connection.execute(
            sa.text("UPDATE draft SET saved_at = :old WHERE draft = :draft"), {"old": old, "draft": kept[1].draft}
        )
    assert kept[1].draft not in offered(operator)
    save(operator, SPACELESS)
    with database.reading(enrolled) as connection:
        stored = connection.execute(sa.text("SELECT content FROM draft_document")).scalars().all()
    assert sorted(map(bytes, stored)) == sorted([OWN, SPACELESS])
    monkeypatch.setattr(rows, "MOST", 20)
    monkeypatch.setattr(rows, "MOST_BYTES", 100)
    with pytest.raises(UnkeptDraft, match="size"):
        save(operator, WRONG)
    monkeypatch.setattr(keeping, "LONGEST", 10)
    with pytest.raises(UnkeptDraft, match="long"):
        save(operator, OWN)


@pytest.mark.parametrize(
    ("content", "choices"),
    [
        ("space_id,year,mentors,备注\nS1,2022,20,13800138000\n".encode(), chosen.NONE),
        (OWN, Choices(figures={("S1", 2022, "mentors"): Typed("20", note="13800138000")})),
        (OWN, Choices(again={("S1", 2022): "找 13800138000"})),
    ],
    ids=["in the file", "typed", "answered"],
)
def test_personal_data_is_kept_in_no_draft(engine: Engine, content: bytes, choices: Choices) -> None:
    operator = by(reviewed.enrolled(engine), "operator")
    looked_at = seen(operator, content)
    with pytest.raises(UnkeptDraft, match="personal"):
        keeping.save(operator, None, content, "filed.csv", choices, looked_at)
    assert offered(operator) == []
    with database.reading(engine) as connection:
        assert database.value(connection, sa.text("SELECT COUNT(*) FROM draft_document")) == 0


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


def test_what_changed_since_is_told(enrolled: Engine) -> None:
    operator = by(enrolled, "operator")
    handle = save(operator, OWN)
    up = keeping.take_up(operator, handle.draft)
    assert since.loads_since(operator, version=up.data_version, spaces=up.spaces).empty
    other = b"space_id,year,mentors,funded_firms\nS1,2022,18,5\nS1,2021,15,4\n"
    loading.load(enrolled, other, "other.csv", by="另一人")
    told = since.loads_since(operator, version=up.data_version, spaces=up.spaces)
    assert told[["kind", "by"]].to_numpy().tolist() == [["filing", "另一人"]]
    now = written.shown(seen(operator, OWN), checked=True)
    found = {each[2:] for each in since.differences(up.shown, now) if each.what in ("value", "stored", "year_before")}
    assert found == {
        ("mentors", "stored", "", None, 18.0),
        ("mentors", "year_before", "", None, 15.0),
        ("funded_firms", "stored", "", None, 5.0),
        ("funded_firms", "year_before", "", None, 4.0),
    }
    assert since.differences(now, now) == []
