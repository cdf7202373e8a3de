"""What is in force, asked of the database: requirements with their clauses, other readings, pass marks."""

import csv
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.policies import NINGBO, SHANGHAI
from tracking import database
from tracking.policy import in_force
from tracking.policy import loading as policies

TODAY = date(2026, 6, 1)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def two(shanghai: Engine) -> Engine:
    """Two editions in force."""
    policies.load(shanghai, NINGBO, by="tests")
    return shanghai


def test_requirements_stand_in_the_policy_s_order_with_its_own_words(shanghai: Engine) -> None:
    told = in_force.requirements(shanghai, TODAY, lang="en")
    written = rows(SHANGHAI, "requirements.csv")
    keys = ("track", "stage", "clause", "metric")
    assert told["requirement"].tolist() == [".".join(each[key] for key in keys) for each in written]
    clauses = {(each["track"], each["stage"], each["clause"]): each for each in rows(SHANGHAI, "clauses.csv")}
    for track, stage, clause, text, own in told[["track", "stage", "clause", "clause_text", "clause_own"]].to_numpy():
        assert (text, own) == tuple(clauses[track, stage, clause][f"text_{lang}"] for lang in ("en", "zh"))


def test_the_other_readings_are_those_of_every_edition(two: Engine) -> None:
    told = in_force.offered(two, TODAY, lang="en")
    written = {
        (folder.name, each["reading"], each["requirement"])
        for folder in (SHANGHAI, NINGBO)
        for each in rows(folder, "readings.csv")
    }
    found = told[["edition", "reading", "requirement"]].fillna("").itertuples(index=False, name=None)
    assert set(found) == written


def test_a_reading_of_the_pass_mark_names_no_requirement(shanghai: Engine) -> None:
    told = in_force.offered(shanghai, TODAY, lang="en")
    of_the_mark = told[told["requirement"].fillna("") == ""]
    assert len(of_the_mark) == sum(not each["requirement"] for each in rows(SHANGHAI, "readings.csv")) > 0
    assert of_the_mark["metric_name"].fillna("").tolist() == [""] * len(of_the_mark)


def test_a_pass_mark_says_whether_the_policy_names_it(two: Engine) -> None:
    told = {mark.edition: (mark.share, mark.default) for mark in in_force.pass_marks(two, TODAY)}
    assert told == {SHANGHAI.name: (1.0, True), NINGBO.name: (0.75, False)}


def test_nothing_is_in_force_in_an_empty_database(engine: Engine) -> None:
    with database.reading(engine) as connection:
        assert in_force.stored(connection, "zh").empty
    assert in_force.requirements(engine, TODAY, lang="zh").empty
    assert in_force.pass_marks(engine, TODAY) == []
