"""Other rules are told before they are in force, and what comes of them stays apart from what comes of filings."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import Engine

from tracking import database
from tracking.__main__ import group
from tracking.database import schema
from tracking.filing import loading, register
from tracking.results import rejudging
from tracking.results.tables import attainment, changes

DUE = date(2023, 4, 1)
ENROLLED = b"""space_id,space_name,track,start_year,end_year
S1,A,specialization,2022,2022
S2,B,specialization,2022,2022
"""
FILED = b"space_id,year,mentors,funded_firms\nS1,2022,20,5\nS2,2022,25,5\n"
MENTORS = "specialization.target.2.mentors"


@pytest.fixture
def other_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Puts rules in the place of ours by which just reaching a threshold of a stock is not enough."""
    text = schema.FILE.read_text(encoding="utf-8")
    changed = text.replace("comparison = '>=' AND achieved >= demanded", "comparison = '>=' AND achieved > demanded")
    assert changed != text

    def put() -> None:
        path = tmp_path / "schema.sql"
        path.write_text(changed, encoding="utf-8")
        monkeypatch.setattr(schema, "FILE", path)
        monkeypatch.setattr(database, "SCHEMA", path)

    return put


def test_who_changes_status_is_told_before_and_kept(shanghai: Engine, other_rules: Callable[[], None]) -> None:
    assert register.load(shanghai, ENROLLED, "register.csv", by="tests").loaded
    assert loading.load(shanghai, FILED, "filed.csv", by="tests").loaded
    assert rejudging.difference(shanghai) is None
    other_rules()
    rows = rejudging.difference(shanghai)
    assert rows is not None
    told = rows[rows["requirement"] == MENTORS][["space_id", "status_before", "status_after"]]
    assert told.values.tolist() == [["S1", "met", "short"]]
    # Not yet in force.
    assert _mentors(shanghai) == ["met", "met"]
    database.initialise(shanghai)
    rejudging.follow(shanghai, rows, by="tests")
    assert _mentors(shanghai) == ["short", "met"]
    # A filing of the other space comes after: each difference names what it comes of.
    assert loading.load(shanghai, b"space_id,year,mentors\nS2,2022,1\n", "again.csv", by="tests").loaded
    found = changes.changes(shanghai, 3, None, DUE)
    of_mentors = found[found["requirement"] == MENTORS][["space_id", "change", "load_kind", "source"]]
    assert of_mentors.values.tolist() == [["S1", "opened", "rules", "1.1.0"], ["S2", "opened", "filing", "again.csv"]]
    with database.reading(shanghai) as connection:
        documents = connection.execute(sa.text("SELECT sha256 FROM document")).scalars().all()
    assert database.rules() in documents


def test_other_rules_change_nothing_where_nobody_is_enrolled_yet(
    shanghai: Engine, other_rules: Callable[[], None]
) -> None:
    other_rules()
    rows = rejudging.difference(shanghai)
    assert rows is not None
    assert rows.empty
    database.initialise(shanghai)
    rejudging.follow(shanghai, rows, by="tests")
    assert rejudging.difference(shanghai) is None


def _mentors(engine: Engine) -> list[str]:
    rows = attainment.attainment(engine, DUE)
    return rows.loc[rows["requirement"] == MENTORS, "status"].tolist()


def test_no_command_answers_by_mixed_rules(tmp_path: Path, other_rules: Callable[[], None]) -> None:
    for name, content in (("register", ENROLLED), ("filed", FILED)):
        (tmp_path / f"{name}.csv").write_bytes(content)
    environment = {"TRACKING_DATABASE": f"duckdb:///{tmp_path}/kept.duckdb", "TRACKING_LANG": "en"}

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(group, words, env=environment)
        return done.exit_code, done.output

    filed = ("load", f"{tmp_path}/filed.csv")
    for words in (("init",), ("register", f"{tmp_path}/register.csv"), filed):
        assert run(*words)[0] == 0
    other_rules()
    for words in (("attainment",), ("changes", "--from", "1"), ("shortfalls", "--data-version", "3"), filed):
        code, output = run(*words)
        assert (code, "init --preview" in output) == (3, True)
    code, output = run("init", "--preview")
    assert (code, f"S1 · specialization · 2022 · {MENTORS}: Met → Short" in output) == (0, True)
    assert run("attainment")[0] == 3
    assert "S1" in run("init")[1]
    assert run("attainment")[0] == 0
    assert "nothing changes" in run("init", "--preview")[1]
