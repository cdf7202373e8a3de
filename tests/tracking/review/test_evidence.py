"""Evidence: known by its content, kept once, given back to who sees the space; a list is held against its figure."""

from collections.abc import Iterator

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import DAY, by, file, of
from tracking import database
from tracking.access.acts import Forbidden
from tracking.charts import backing
from tracking.filing import preview
from tracking.maintenance import backup, verify
from tracking.review import acting, evidence
from tracking.review.evidence_files import UnusableEvidence

PDF = b"%PDF-1.7\nlease"
# 5 firms in 6 rows: row 6 is row 3 again, whatever its number says.
FIRMS = """企业名单,,
序号,企业,融资
1,甲公司,天使
2,乙公司,A轮
3,丙公司,A轮
4,甲公司,天使
5,丁公司,B轮
6,戊公司,B轮
合计,6,
"""
AT = ("S1", 2022, "funded_firms")


def told(engine: Engine, name: str = "operator") -> pd.DataFrame:
    return evidence.attached(by(engine, name), DAY, space="S1", year=2022, lang="zh")


def test_a_list_is_counted_held_against_its_figure_and_comes_back_from_a_backup(any_engine: Engine, tmp_path) -> None:
    programme = reviewed.enrolled(any_engine)
    file(programme, "space_id,year,mentors,funded_firms\nS1,2022,20,6\n")
    operator = by(programme, "operator")
    listed = evidence.attach(operator, *AT, FIRMS.encode(), "名单.pdf")
    evidence.attach(operator, "S1", 2022, "mentors", PDF, "../lease.exe")
    with pytest.raises(UnusableEvidence) as again:
        evidence.attach(operator, *AT, FIRMS.encode(), "again.csv")
    assert again.value.why == "there"
    rows = told(programme, "reviewer")
    by_metric = {row["metric"]: row for _, row in rows.iterrows()}
    firms, lease = by_metric["funded_firms"], by_metric["mentors"]
    assert (firms["name"], firms["kind"], firms["listed"], firms["again"], firms["differs"]) == (
        "名单.csv",
        "csv",
        5,
        "B6=B3",
        True,
    )
    assert backing.sentence(firms, "zh") == "填报 6，清单 5 条，不一致；B6 所在行与 B3 所在行重复"
    assert (lease["name"], lease["kind"], backing.sentence(lease, "zh")) == ("lease.pdf", "pdf", "")
    assert told(programme, "southern").empty
    with database.reading(programme) as connection:
        kept = sa.text("SELECT COUNT(*) FROM document WHERE sha256 IN (SELECT sha256 FROM evidence)")
        assert connection.execute(kept).scalar_one() == 2
    backup.backup(programme, tmp_path / "backup")
    other = databases.empty()
    backup.restore(other, tmp_path / "backup")
    assert evidence.content(other, listed) == ("名单.csv", FIRMS.encode())
    assert [each for each in verify.verify(other) if each.broken] == []
    other.dispose()
    evidence.remove(operator, listed)
    assert list(told(programme)["metric"]) == ["mentors"]


def test_what_is_attached_before_a_year_is_filed_is_held_against_the_file_and_then_its_figure(engine: Engine) -> None:
    operator = by(reviewed.enrolled(engine), "operator")
    assert "funded_firms" in list(evidence.figures(operator, DAY, space="S1", year=2022, lang="zh")["metric"])
    evidence.attach(operator, *AT, FIRMS.encode(), "名单.csv")
    # Of a yes or no a list says nothing that could agree.
    evidence.attach(operator, "S1", 2022, "operating_system", FIRMS.encode(), "制度.csv")
    alone = told(engine, "reviewer")
    assert [backing.sentence(row, "en").split(";")[0] for _, row in alone.iterrows()] == ["5 listed"] * 2
    filed = b"space_id,year,funded_firms,operating_system\nS1,2022,6,1\n"
    looked_at = preview.preview(operator, filed, "filed.csv", DAY, "zh").evidence
    assert [backing.sentence(row, "zh") for _, row in looked_at.iterrows()] == [
        "清单 5 条；B6 所在行与 B3 所在行重复",
        "填报 6，清单 5 条，不一致；B6 所在行与 B3 所在行重复",
    ]
    assert file(operator, filed.decode()).loaded
    pd.testing.assert_frame_equal(told(engine, "reviewer"), looked_at)


@pytest.fixture(scope="module")
def programme() -> Iterator[Engine]:
    engine = reviewed.filed(databases.empty())
    yield engine
    engine.dispose()


def test_only_the_operator_attaches_and_a_locked_year_takes_nothing_and_gives_nothing_up(programme: Engine) -> None:
    for name in ("reviewer", "manager", "analyst"):
        with pytest.raises(Forbidden):
            evidence.attach(by(programme, name), *AT, PDF, "a.pdf")
    operator = by(programme, "operator")
    for place in (("S3", 2022, "mentors"), ("S1", 1999, "mentors"), ("S1", 2022, "no_such_metric")):
        with pytest.raises(UnusableEvidence) as unknown:
            evidence.attach(operator, *place, PDF, "a.pdf")
        assert unknown.value.why == "unknown"
    there = evidence.attach(operator, *AT, PDF, "a.pdf")
    acting.act(by(programme, "reviewer"), "check", [of("S1")])
    acting.act(by(programme, "manager"), "approve", [of("S1")])
    with pytest.raises(UnusableEvidence) as locked:
        evidence.attach(operator, *AT, PDF + b"2", "b.pdf")
    with pytest.raises(UnusableEvidence) as kept:
        evidence.remove(operator, there)
    assert (locked.value.why, kept.value.why) == ("locked", "locked")
    assert not evidence.may(operator, DAY, space="S1", year=2022)
    assert list(told(programme)["name"]) == ["a.pdf"]
