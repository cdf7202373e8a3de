"""A returned filing whose figures are right is answered and filed again as it stands, and nothing else is."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import DAY, by, of
from tracking import database
from tracking.access import trail
from tracking.access.acts import Forbidden
from tracking.filing import choice_records, loading
from tracking.maintenance import documents, verify
from tracking.review import acting, again, returned, standing
from tracking.review.acting import Filing, Given
from tracking.review.again import NotReturned, UnusableAnswer

FILED = (
    "space_id,year,metric,value,evidence,note\n"
    'S1,2022,mentors,20,,"含""兼职"", 见附件"\nS1,2022,capital_raised,1234.5679,,\nS1,2022,funded_firms,,,尚未统计\n'
    "S1,2022,registered_in_city,是,执照,\n"
)


@pytest.fixture
def given_back(any_engine: Engine) -> Engine:
    reviewed.enrolled(any_engine)
    assert loading.load(by(any_engine, "operator"), FILED.encode(), "a.csv", by="x").load_id is not None
    acting.act(by(any_engine, "reviewer"), "return", [of("S1")], Given("导师太多", ("mentors",)))
    return any_engine


def told(engine: Engine) -> list[tuple[object, ...]]:
    figures = "SELECT metric, value, evidence, note FROM current_observation ORDER BY metric"
    with database.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(sa.text(figures)).all()]


def test_it_is_the_next_revision_with_the_same_figures_and_an_answer_in_the_record(given_back: Engine) -> None:
    operator, before = by(given_back, "operator"), told(given_back)
    # By itself the same content changes nothing.
    assert loading.load(operator, FILED.encode(), "a.csv", by="x").unchanged == 1
    report = again.file_again(operator, space="S1", year=2022, answer=" 属实，名单已附 ")
    assert not report.refused
    assert report.revisions[["space_id", "year", "revision"]].to_numpy().tolist() == [["S1", 2022, 2]]
    assert told(given_back) == before
    (state,) = standing.states(given_back, DAY, space="S1")["review_state"]
    assert state == "filed"
    record = choice_records.of_filing(given_back, DAY, space="S1", year=2022, lang="zh")
    assert record[["revision", "kind", "after"]].to_numpy().tolist() == [[2, "again", "属实，名单已附"]]
    with database.reading(given_back) as connection:
        assert [line["subject"] for line in trail.lines(connection, 1)] == [f"again {report.load_id}"]
    assert acting.act(by(given_back, "reviewer"), "check", [Filing("S1", 2022, 2)]).refused == []
    assert [finding for finding in verify.verify(given_back) if finding.broken] == []
    assert [each for each in documents.differing(given_back) if each.rows] == []


def test_who_may_not_file_it_or_comes_too_late_stores_nothing(
    given_back: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = by(given_back, "operator")
    with pytest.raises(UnusableAnswer):
        again.file_again(operator, space="S1", year=2022, answer=" \u200b ")
    for name in ("reviewer", "manager", "southern"):
        with pytest.raises(Forbidden):
            again.file_again(by(given_back, name), space="S1", year=2022, answer="x")
    as_filed = returned.as_filed

    def meanwhile(connection: object, **filing: object) -> str:
        content = as_filed(connection, **filing)
        loading.load(by(given_back, "everything"), b"space_id,year,mentors\nS1,2022,12\n", "b.csv", by="x")
        return content

    monkeypatch.setattr(returned, "as_filed", meanwhile)
    with pytest.raises(NotReturned):
        again.file_again(operator, space="S1", year=2022, answer="x")
    monkeypatch.undo()
    with pytest.raises(NotReturned):
        again.file_again(operator, space="S1", year=2022, answer="x")
    assert standing.states(given_back, DAY, space="S1")["revision"].tolist() == [2]
