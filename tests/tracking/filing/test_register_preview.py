"""A register is looked at before it is stored: what it says anew, what it changes, and nothing is left behind."""

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import DAY, ENROLLED, by
from tracking import database
from tracking.access.acts import Forbidden
from tracking.filing import register, register_preview
from tracking.results.tables import attainment

# S1 is renamed and leaves after 2022, S2 gets another year, S9 is new.
CHANGED = """space_id,space_name,district,track,start_year,end_year,exit_year
S1,甲改,北区,specialization,2022,2024,2022
S2,乙,北区,specialization,2022,2025,
S3,丙,南区,specialization,2022,2024,
S9,新,南区,specialization,2022,2024,
"""


def statuses(engine: Engine) -> dict[tuple[object, ...], str]:
    with database.reading(engine, DAY) as connection:
        rows = attainment.read(connection, "attainment", {"lang": "en"})
    return {(row.space_id, row.year, row.requirement): row.status for row in rows.itertuples()}


def test_it_tells_what_a_register_says_anew_and_what_changes_by_it(any_engine: Engine) -> None:
    engine = reviewed.filed(any_engine)
    before = statuses(engine)
    seen = register_preview.preview(by(engine, "manager"), CHANGED.encode(), "r.csv", DAY, "en")
    assert statuses(engine) == before
    told = {(row.space_id, row.entry, row.before, row.after) for row in seen.entries.itertuples()}
    assert told == {
        ("S1", "space_name", "甲", "甲改"),
        ("S1", "period", "2022–2024", "2022–2024 (2022)"),
        ("S2", "period", "2022–2024", "2022–2025"),
        ("S9", "space_name", "", "新"),
        ("S9", "district", "", "南区"),
        ("S9", "period", "", "2022–2024"),
    }
    assert register.load(engine, CHANGED.encode(), "r.csv", by="tests").loaded
    after = statuses(engine)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {(row.space_id, row.year) for row in seen.changes.itertuples()} >= {(key[0], key[1]) for key in changed}
    of_new = seen.changes[seen.changes["space_id"] == "S9"]
    assert of_new["status_before"].isna().all()
    # Of 2022, due on 31 March 2023, the new space has filed nothing: every mandatory requirement is a shortfall more.
    assert set(of_new[of_new["year"] == 2022]["change"]) <= {"opened", "changed"}
    assert seen.opened == int((seen.changes["change"] == "opened").sum()) > 0


def test_a_register_with_errors_or_nothing_new_changes_nothing(engine: Engine) -> None:
    reviewed.enrolled(engine)
    wrong = ENROLLED.replace("2022,2024", "2024,2022").replace("specialization", "nothing")
    seen = register_preview.preview(engine, wrong.encode(), "r.csv", DAY, "en")
    assert not seen.report.loaded
    # Each problem with its cell, of every row.
    assert {each.row for each in seen.report.problems} == set(range(2, 10))
    same = register_preview.preview(engine, ENROLLED.encode(), "r.csv", DAY, "en")
    assert (same.report.loaded, same.report.load_id, len(same.changes)) == (True, None, 0)


@pytest.mark.parametrize("name", ["operator", "reviewer", "analyst", "administrator"])
def test_a_register_is_the_managers(engine: Engine, name: str) -> None:
    reviewed.enrolled(engine)
    with pytest.raises(Forbidden):
        register_preview.preview(by(engine, name), CHANGED.encode(), "r.csv", DAY, "en")
