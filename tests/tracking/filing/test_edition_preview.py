"""An edition is looked at before it is in force; a new one leaves the enrolments under the others as they are."""

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.policies import NINGBO, SHANGHAI
from tests.reviewed import DAY, by
from tests.tracking.filing.test_register_preview import statuses
from tracking import database
from tracking.access.acts import Forbidden
from tracking.filing import edition_preview, register
from tracking.policy import folder, loading
from tracking.words.problems import Refusal

# Of `mentors` 20 are asked; 25 would be more than S1 and S3 filed less.
STRICTER = {
    **folder.contents(SHANGHAI),
    "requirements.csv": folder.contents(SHANGHAI)["requirements.csv"].replace(
        b"target,2,mentors,stock,>=,20", b"target,2,mentors,stock,>=,24"
    ),
}


def test_a_new_edition_leaves_the_enrolments_of_the_old_one_as_they_are(any_engine: Engine) -> None:
    engine = reviewed.filed(any_engine)
    before = statuses(engine)
    administrator = by(engine, "administrator")
    seen = edition_preview.preview(administrator, NINGBO.name, folder.contents(NINGBO), DAY, "en")
    assert (seen.new, seen.same, seen.enrolled, len(seen.changes)) == (True, False, 0, 0)
    assert loading.load_files(administrator, NINGBO.name, folder.contents(NINGBO), by="-") is not None
    assert statuses(engine) == before
    # An enrolment under the new one stands beside those under the old one.
    row = "space_id,space_name,district,track,edition,start_year,end_year\nS1,甲,北区,green,ningbo-trial,2022,2024\n"
    assert register.load(engine, row.encode(), "r.csv", by="tests").loaded
    assert before.items() <= statuses(engine).items()


def test_what_a_changed_edition_changes_is_told_by_whom_it_may_be_seen(engine: Engine) -> None:
    reviewed.filed(engine)
    assert STRICTER["requirements.csv"] != folder.contents(SHANGHAI)["requirements.csv"]
    whole = edition_preview.preview(engine, SHANGHAI.name, STRICTER, DAY, "en")
    changed = {(row.space_id, row.status_before, row.status_after) for row in whole.changes.itertuples()}
    # 20 mentors of S1 are short of 24, the 25 of S2 and S3 are not.
    assert changed == {("S1", "met", "short")}
    assert (whole.new, whole.enrolled, whole.spaces, whole.closed, whole.opened) == (False, 8, 1, 0, 1)
    # An administrator sees no space, and of one alone no number either.
    hidden = edition_preview.preview(by(engine, "administrator"), SHANGHAI.name, STRICTER, DAY, "en")
    assert (hidden.spaces, hidden.opened, len(hidden.changes)) == (None, None, 0)
    with database.reading(engine) as connection:
        assert database.data_version(connection) == 3
    same = edition_preview.preview(engine, SHANGHAI.name, folder.contents(SHANGHAI), DAY, "en")
    assert same.same


@pytest.mark.parametrize("name", ["operator", "reviewer", "manager", "analyst"])
def test_an_edition_is_the_administrators(engine: Engine, name: str) -> None:
    reviewed.enrolled(engine)
    with pytest.raises(Forbidden):
        edition_preview.preview(by(engine, name), SHANGHAI.name, STRICTER, DAY, "en")
    with pytest.raises(Forbidden):
        loading.load_files(by(engine, name), SHANGHAI.name, STRICTER, by="-")


def test_every_problem_of_an_edition_is_told_at_once(engine: Engine) -> None:
    broken = STRICTER | {"rules.csv": b"x\n", "tracks.csv": b"\xff", "edition.toml": b"due = 3"}
    with pytest.raises(Refusal) as refusal:
        edition_preview.preview(engine, SHANGHAI.name, broken, DAY, "en")
    assert {each.sheet for each in refusal.value.problems} == {"rules.csv", "tracks.csv", "edition.toml"}


def test_what_was_uploaded_stays_in_force_when_the_server_starts_again(engine: Engine) -> None:
    root = SHANGHAI.parent
    first = len(loading.load_all(engine, root, by="init"))
    assert first > 0
    assert loading.load_files(engine, SHANGHAI.name, STRICTER, by="赵") is not None
    assert loading.load_all(engine, root, by="serve") == []
    with database.reading(engine) as connection:
        assert loading.in_force(connection, SHANGHAI.name) == dict(sorted(STRICTER.items()))
