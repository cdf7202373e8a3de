"""From filed to approved: who may move a filing from which state, and that what was said stays."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import DAY, ENROLLED, by, file, of
from tracking import database
from tracking.filing import register
from tracking.maintenance import backup, verify
from tracking.review import acting, figures, standing
from tracking.review.acting import Given

TOMORROW = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1)
WHY = Given("请核对导师人数", ("mentors",))


@pytest.fixture
def programme(any_engine: Engine) -> Engine:
    """On each engine, where the queries differ from what other tests ask."""
    return reviewed.enrolled(any_engine)


@pytest.fixture
def embedded(engine: Engine) -> Engine:
    return reviewed.enrolled(engine)


def state(engine: Engine, space: str = "S1") -> str:
    return str(standing.states(engine, DAY, space=space).iloc[0]["review_state"])


def refusals(done: acting.Done) -> dict[str, str]:
    return {each.filing.space_id: each.why for each in done.refused}


def test_a_filing_goes_from_filed_over_checked_to_approved(programme: Engine) -> None:
    file(programme)
    assert state(programme) == "filed"
    checked = acting.act(by(programme, "reviewer"), "check", [of("S1"), of("S2"), of("S3")])
    assert refusals(checked) == {"S3": "unknown"}
    assert [state(programme, each) for each in ("S1", "S2", "S3")] == ["checked", "checked", "filed"]
    approved = acting.act(by(programme, "manager"), "approve", [of("S1"), of("S3")])
    assert refusals(approved) == {"S3": "state"}
    assert state(programme) == "approved"
    last = standing.past(programme, DAY, space="S1", year=2022).iloc[0]
    assert (last["act"], last["by"], last["revision"]) == ("approve", "manager", 1)
    with database.reading(programme) as connection:
        events = connection.execute(sa.text("SELECT event, subject FROM audit_event WHERE event = 'review'")).all()
    assert [tuple(each) for each in events] == [
        ("review", f"check {checked.load_id}"),
        ("review", f"approve {approved.load_id}"),
    ]


def test_what_is_returned_names_cells_and_a_new_revision_starts_again(programme: Engine) -> None:
    file(programme)
    with pytest.raises(acting.UnusableReason):
        acting.act(by(programme, "reviewer"), "return", [of("S1")], Given("  "))
    with pytest.raises(acting.UnknownCell):
        acting.act(by(programme, "reviewer"), "return", [of("S1")], Given("为何", ("no_such_metric",)))
    acting.act(by(programme, "reviewer"), "return", [of("S1")], WHY)
    operator = by(programme, "operator")
    told = standing.states(operator, DAY, space="S1").iloc[0]
    assert (told["review_state"], told["reason"], told["moved_by"]) == ("returned", "请核对导师人数", "reviewer")
    seen = figures.figures(operator, DAY, space="S1", year=2022, lang="zh")
    assert set(seen[seen["named"]]["metric"]) == {"mentors"}
    assert refusals(acting.act(by(programme, "reviewer"), "check", [of("S1")])) == {"S1": "state"}
    file(operator, "space_id,year,mentors,funded_firms\nS1,2022,21,5\n")
    assert state(programme) == "filed"
    # Who looked at the first revision says nothing of the second.
    assert refusals(acting.act(by(programme, "reviewer"), "check", [of("S1")])) == {"S1": "revised"}
    acting.act(by(programme, "reviewer"), "check", [of("S1", 2)])
    acting.act(by(programme, "manager"), "return", [of("S1", 2)], WHY)
    assert state(programme) == "returned"


def test_who_filed_neither_checks_nor_approves(embedded: Engine) -> None:
    both, mine = by(embedded, "everything"), "space_id,year,mentors\nS1,2022,20\n"
    file(both, mine)
    assert refusals(acting.act(both, "check", [of("S1")])) == {"S1": "own"}
    # A colleague's correction on top does not make it another's.
    file(by(embedded, "operator"), "space_id,year,mentors\nS1,2022,21\n")
    assert refusals(acting.act(both, "check", [of("S1", 2)])) == {"S1": "own"}
    acting.act(by(embedded, "reviewer"), "check", [of("S1", 2)])
    assert refusals(acting.act(both, "approve", [of("S1", 2)])) == {"S1": "own"}
    assert acting.act(both, "return", [of("S1", 2)], WHY).moved == [of("S1", 2)]


@pytest.mark.parametrize("name", ["operator", "analyst", "administrator", "southern"])
def test_nobody_else_moves_a_filing(shanghai_people: Engine, name: str) -> None:
    for act in ("check", "return", "approve", "reopen"):
        done = acting.act(by(shanghai_people, name), act, [of("S1")], WHY)
        assert refusals(done)["S1"] in ("forbidden", "unknown"), act
    assert state(shanghai_people) == "filed"


def test_without_an_account_nothing_is_reviewed_and_everything_is_filed(shanghai_people: Engine) -> None:
    assert refusals(acting.act(shanghai_people, "check", [of("S1")])) == {"S1": "account"}
    assert state(shanghai_people) == "filed"


@pytest.fixture(scope="module")
def shanghai_people() -> Iterator[Engine]:
    engine = reviewed.filed(databases.empty())
    yield engine
    engine.dispose()


def test_a_reopening_ends_by_itself(embedded: Engine) -> None:
    file(embedded)
    acting.act(by(embedded, "reviewer"), "check", [of("S1"), of("S2")])
    manager = by(embedded, "manager")
    acting.act(manager, "approve", [of("S1"), of("S2")])
    acting.act(manager, "reopen", [of("S1")], Given("更正", until_at=TOMORROW))
    acting.act(manager, "reopen", [of("S2")], Given("更正", until_at=LONG_AGO))
    assert (state(embedded, "S1"), state(embedded, "S2")) == ("returned", "approved")
    file(by(embedded, "operator"), "space_id,year,mentors,funded_firms\nS1,2022,22,5\n")
    found = figures.figures(manager, DAY, space="S1", year=2022, lang="en").drop_duplicates("metric")
    changed = found[found["changed"]][["metric", "value", "approved"]]
    assert changed.to_numpy().tolist() == [["mentors", 22.0, 20.0]]


def test_many_at_once_are_clean_ones_and_the_others_are_told(programme: Engine) -> None:
    years = "space_id,year,mentors,funded_firms\nS1,2022,20,5\nS1,2023,20,5\nS2,2022,25,5\nS2,2023,25,4\n"
    file(programme, years)
    reviewer = by(programme, "reviewer")
    queue = standing.queue(reviewer, DAY.replace(year=2024), needs="check", year=2023)
    # S2 files one funded firm less than it takes, which is a shortfall that 2022 had not.
    told = queue.set_index("space_id")[["opened", "closed", "warnings", "clean"]]
    assert told.loc["S1"].tolist() == [0, 0, 0, True]
    assert told.loc["S2"].tolist() == [1, 0, 0, False]
    assert list(queue["space_id"]) == ["S2", "S1"]
    several = [acting.Filing(space, 2023, 1) for space in ("S1", "S2")]
    done = acting.act(reviewer, "check", several, only_clean=True)
    assert (done.moved, refusals(done)) == ([several[0]], {"S2": "not-clean"})


def test_a_hundred_clean_ones_are_approved_by_one_act_and_each_other_is_told(programme: Engine) -> None:
    codes = [f"C{number:03}" for number in range(103)]
    header, track = ENROLLED.splitlines()[0], "北区,specialization,2022,2024"
    spaces = "".join(f"{code},戊{code},{track}\n" for code in codes)
    assert register.load(programme, f"{header}\n{spaces}".encode(), "more.csv", by="tests").loaded
    # The second year of all is as the first, but that the last three have one funded firm less than it takes.
    years = "".join(f"{code},2022,20,5\n{code},2023,20,{5 if code < 'C100' else 4}\n" for code in codes)
    file(programme, f"space_id,year,mentors,funded_firms\n{years}")
    filings = [acting.Filing(code, 2023, 1) for code in codes]
    assert len(acting.act(by(programme, "reviewer"), "check", filings).moved) == 103
    manager = by(programme, "manager")
    listed = standing.queue(manager, DAY.replace(year=2024), needs="approve", year=2023)
    assert list(listed[listed["clean"]]["space_id"]) == codes[:100]
    # One was returned and one filed anew since the list was drawn.
    acting.act(manager, "return", [filings[0]], WHY)
    file(programme, "space_id,year,mentors,funded_firms\nC001,2023,21,5\n")
    before = loads_of(programme)
    done = acting.act(manager, "approve", filings, only_clean=True)
    assert (list(done.moved), loads_of(programme)) == (filings[2:100], before + 1)
    assert refusals(done) == {"C000": "state", "C001": "revised", **dict.fromkeys(codes[100:], "not-clean")}
    again = acting.act(manager, "approve", filings[2:100], only_clean=True)
    assert (again.load_id, set(refusals(again).values())) == (None, {"state"})


def loads_of(engine: Engine) -> int:
    with database.reading(engine) as connection:
        return int(connection.exec_driver_sql("SELECT COUNT(*) FROM load").scalar_one())


def test_what_was_said_survives_a_backup_and_an_altered_act_is_found(programme: Engine, tmp_path) -> None:
    file(programme)
    acting.act(by(programme, "reviewer"), "check", [of("S1")])
    acting.act(by(programme, "manager"), "return", [of("S1")], WHY)
    backup.backup(programme, tmp_path / "backup")
    other = databases.empty()
    backup.restore(other, tmp_path / "backup")
    assert state(other) == "returned"
    assert [each for each in verify.verify(other) if each.broken] == []
    pd_equal(standing.past(other, DAY, space="S1", year=2022), standing.past(programme, DAY, space="S1", year=2022))
    with other.begin() as connection:
        connection.execute(sa.text("UPDATE review SET act = 'approve' WHERE act = 'return'"))
    assert "loads-as-sealed" in {each.invariant for each in verify.verify(other) if each.broken}
    other.dispose()


def pd_equal(one, other) -> None:
    assert one.to_dict("records") == other.to_dict("records")
