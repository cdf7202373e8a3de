"""Whoever reads sees the spaces of their scopes and no others, in every table that goes out; without a scope, none."""

import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import beside, databases
from tests.entering import enter
from tests.judgement.cases import FILED_ON, cumulative
from tests.oracle.programme import Edition, Enrolment, File, Register
from tracking import database
from tracking.database import CITY, Scope, states
from tracking.filing import stored
from tracking.maintenance import sample
from tracking.results import history, one_space, outlook, programme, receipts
from tracking.results.overview import places
from tracking.results.tables import changes
from tracking.results.tables.columns import COLUMNS

DAY = date(2026, 6, 1)


def _fill(engine: Engine) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sample.write(Path(folder), spaces=12, years=2)
        sample.load(engine, Path(folder))
    beside.lay(engine)


@pytest.fixture
def filled(any_engine: Engine) -> Engine:
    """Twelve spaces and their filings."""
    return databases.filled(any_engine, _fill)


def spaces_of(engine: Engine, table: str, where: str = "") -> set[str]:
    with database.reading(engine, DAY) as connection:
        return set(connection.execute(sa.text(f"SELECT DISTINCT space_id FROM {table} {where}")).scalars().all())


def test_a_viewer_sees_the_spaces_in_scope_alone(filled: Engine) -> None:
    every = spaces_of(filled, "current_space")
    one = min(every)
    with database.reading(filled) as connection:
        district = connection.execute(
            sa.text("SELECT district FROM current_space WHERE space_id = :one"), {"one": one}
        ).scalar_one()
        edition = connection.execute(sa.text("SELECT MIN(edition) FROM current_enrolment")).scalar_one()
    expected = {
        (): set(),
        (CITY,): every,
        (Scope("space", one),): {one},
        (Scope("space", "nobody's"), Scope("district", "nowhere")): set(),
        (Scope("district", district),): spaces_of(filled, "current_space", f"WHERE district = '{district}'"),
        (Scope("edition", edition),): spaces_of(filled, "current_enrolment", f"WHERE edition = '{edition}'"),
    }
    for table in [*COLUMNS, "observations", "visible_space"]:
        whole = spaces_of(filled, table)
        assert whole, table
        for scopes, seen in expected.items():
            assert spaces_of(database.seen_by(filled, scopes), table) == whole & seen, (table, scopes)
    city, of_district, of_edition = (
        each._replace(approved_only=True) for each in (CITY, Scope("district", district), Scope("edition", edition))
    )
    # Of several scopes a space is shown by the one that shows more of it.
    for scopes, whole in (
        ((city,), set()),
        ((city, Scope("district", district)), expected[Scope("district", district),]),
        ((of_district, Scope("space", one)), {one}),
        ((of_edition, Scope("edition", edition)), expected[Scope("edition", edition),]),
    ):
        assert spaces_of(database.seen_by(filled, scopes), "visible_space", "WHERE NOT approved_only") == whole, scopes
    with filled.connect() as connection:
        assert connection.execute(sa.text("SELECT COUNT(*) FROM attainment")).scalar_one() == 0


def test_no_question_answers_about_another_space() -> None:
    whole = databases.small()
    own, other = sorted(spaces_of(whole, "filings", "WHERE revision IS NOT NULL"))[:2]
    seen = database.seen_by(whole, [Scope("space", own)])
    filed = history.owed(whole, DAY, spaces=(other,)).dropna(subset="revision").iloc[0]
    year = int(filed["year"])
    load_id = int(history.revisions(whole, DAY, space=other, year=year)["load_id"].iloc[0])
    assert len(receipts.receipt(whole, DAY, load_id=load_id)) > 0
    assert history.owed(seen, DAY, spaces=(other,)).empty
    assert history.revisions(seen, DAY, space=other, year=year).empty
    assert set(receipts.receipt(seen, DAY, load_id=load_id)["space_id"]) <= {own}
    assert set(receipts.stored(seen, DAY, load_id=load_id, lang="en")["space_id"]) <= {own}
    assert one_space.figures(seen, DAY, space=other).empty
    assert list(one_space.spaces(seen, DAY)["space_id"]) == [own]
    assert set(places.districts(seen, DAY, year=2025)["judged"]) <= {1}
    assert places.filings(seen, DAY, year=2025)["filings"].sum() <= 2
    assert len(programme.programme(seen, DAY).places["district"]) == 1
    newest = int(spaces_of(whole, "(SELECT MAX(load_id) AS space_id FROM load) AS newest").pop())
    assert set(changes.changes(seen, 3, newest, DAY)["space_id"]) <= {own}
    assert spaces_of(states.state(seen, newest), "attainment") == {own}
    assert spaces_of(database.opened(states.state(seen, newest)), "attainment") > {own}


def test_a_file_of_several_spaces_goes_whole_to_who_may_see_all_of_them() -> None:
    whole = databases.small()
    with database.reading(whole) as connection:
        files = connection.execute(
            sa.text("SELECT load.sha256, filing.space_id FROM load INNER JOIN filing ON load.load_id = filing.load_id")
        ).all()
    several = files[0].sha256
    named = {space_id for sha256, space_id in files if sha256 == several}
    assert len(named) > 1
    assert receipts.document(database.seen_by(whole, [Scope("space", each) for each in named]), several)
    for scopes in ([], [Scope("space", min(named))]):
        with pytest.raises(LookupError):
            receipts.document(database.seen_by(whole, scopes), several)


def test_the_best_of_few_spaces_is_told_to_nobody_who_may_not_see_them(shanghai: Engine, tmp_path: Path) -> None:
    """Of four spaces the best could be one's; of all in sight it is the viewer's to know."""
    sample.write(tmp_path, spaces=4, years=2)
    sample.load(shanghai, tmp_path)
    with database.reading(shanghai) as connection:
        edition, track = connection.execute(sa.text("SELECT edition, track FROM stored_outcome WHERE best > 0")).first()
    assert outlook.best_years(shanghai, DAY, edition=edition, track=track)
    assert one_space.actuals(shanghai, DAY, edition=edition, track=track)["actuals"].map(len).min() > 0
    nobody = database.seen_by(shanghai, [])
    assert outlook.best_years(nobody, DAY, edition=edition, track=track) == {}
    assert one_space.actuals(nobody, DAY, edition=edition, track=track).empty


@pytest.mark.parametrize(("unseen", "told"), [(0, True), (1, False), (4, False), (5, True)])
def test_beside_what_is_seen_nothing_is_told_of_few_others(engine: Engine, unseen: int, told: bool) -> None:
    """Who knows the figures of five of six spaces would know the sixth's from what is told of all of them."""
    owed, spaces = cumulative("30"), [f"A{place}" for place in range(1, 8)]
    everyone = tuple(Enrolment(each, "north", "first", 2020, 2022) for each in spaces)
    filed = {(each, 2020): {"cases": Fraction(place)} for place, each in enumerate(spaces, 1)}
    enter(engine, [Edition("first", (owed,)), Register(everyone), File(filed, FILED_ON)])
    seen = database.seen_by(engine, [Scope("space", each) for each in spaces[: len(spaces) - unseen]])
    track = {"edition": "first", "track": "north"}
    assert outlook.best_years(seen, DAY, **track) == ({owed.code: 7} if told else {})
    reached = one_space.actuals(seen, DAY, **track)
    assert [sorted(each) for each in reached["actuals"]] == ([[1, 2, 3, 4, 5, 6, 7]] if told else [])
    figures = pd.DataFrame({"space_id": ["A1"], "year": [2020], "metric": ["cases"]})
    with database.reading(seen, DAY) as connection:
        _, highest = stored.peers(connection, figures)
    assert [*highest["value"]] == ([70_000] if told else [])
