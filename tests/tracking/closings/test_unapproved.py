"""A closing that rests on filings that are not approved is only made as such, and says how many and which."""

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import DAY, by, of
from tracking import database
from tracking.__main__ import group
from tracking.closings import archive, closing, frozen
from tracking.results.tables import attainment
from tracking.review import acting

EDITION, YEAR = "shanghai-sanhua", 2022


def approved(engine: Engine, *spaces: str) -> None:
    for name, act in (("reviewer", "check"), ("manager", "approve")):
        assert not acting.act(by(engine, name), act, [of(each) for each in spaces]).refused


def test_what_is_not_approved_is_listed_before_and_kept_after(any_engine: Engine) -> None:
    reviewed.filed(any_engine)
    approved(any_engine, "S1")
    made = {"edition": EDITION, "year": YEAR, "by": "Ms Li", "as_of": DAY}
    with pytest.raises(closing.UnapprovedFilings) as refused:
        closing.close(any_engine, **made)
    assert list(refused.value.rows[["space_id", "year"]].itertuples(index=False, name=None)) == [
        ("S2", YEAR),
        ("S3", YEAR),
    ]
    assert frozen.listed(any_engine, DAY).empty
    closing.close(any_engine, **made, with_unapproved=True)
    assert frozen.listed(any_engine, DAY)["provisional"].to_list() == [2]
    with database.reading(any_engine) as connection:
        content = frozen.find(connection, 1).content
    assert archive.manifest(content)["provisional"] == [
        {"space_id": "S2", "year": YEAR},
        {"space_id": "S3", "year": YEAR},
    ]
    with frozen.reading(any_engine, 1) as (connection, _):
        rows = attainment.read(connection, "evaluations", {"years": (YEAR,)})
    assert dict(zip(rows["space_id"], rows["provisional"], strict=True)) == {
        "S1": False,
        "S2": True,
        "S3": True,
        **dict.fromkeys(reviewed.SPARE, False),
    }


def test_a_year_that_is_approved_or_not_reviewed_is_closed_as_before(engine: Engine) -> None:
    reviewed.filed(engine)
    closing.close(engine, edition=EDITION, year=YEAR, by="Ms Li", as_of=DAY)
    approved(engine, "S1", "S2")
    assert not acting.act(by(engine, "southern"), "check", [of("S3")]).refused
    assert not acting.act(by(engine, "manager"), "approve", [of("S3")]).refused
    closing.close(engine, edition=EDITION, year=YEAR, by="Ms Li", as_of=DAY)
    assert frozen.listed(engine, DAY)["provisional"].to_list() == [0, 0]


def test_the_command_names_them_and_closes_only_when_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = databases.shanghai_at(tmp_path_factory.mktemp("closing") / "test.duckdb")
    engine = database.connect(url)
    reviewed.filed(engine)
    approved(engine, "S1")
    engine.dispose()
    command = ["close", "--year", str(YEAR), "--as-of", str(DAY), "--lang", "en", "--database", url]
    done = CliRunner().invoke(group, command)
    assert done.exit_code == 1
    assert "S2 乙 2022" in done.stderr
    assert "S1" not in done.stderr
    assert CliRunner().invoke(group, [*command, "--with-unapproved"]).exit_code == 0
