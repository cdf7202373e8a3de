"""Whatever is altered behind the product's back is found, however it was judged anew after it."""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests.policies import SHANGHAI, copied, spoil
from tracking import database
from tracking.database import engine as engines
from tracking.database import seals
from tracking.filing import loading, register
from tracking.filing.choices import Choices, Typed
from tracking.maintenance import backup, documents, verify
from tracking.policy import loading as policies

REGISTER = (
    "space_id,space_name,district,operator,brand,track,start_year,end_year,exit_year\n"
    "S1,甲空间,徐汇区,甲公司,甲,branding,2022,2024,2024\nS2,乙空间,杨浦区,乙公司,乙,internationalization,2022,2024,\n"
)
BASELINE = "space_id,year,international_business_volume\nS2,2021,4\n"
FILED = (
    "space_id,year,funded_firms,mentors,incubation_chain,incubation_chain_evidence\n"
    "S1,2022,4,7,是,合同一\nS2,2022,,8,,\n"
)
# Loads: 1 policy, 2 register, 3 baseline, 4 filed, 5 corrected, 6 register changed, 7 policy changed, 8 typed.
OF_X = hashlib.sha256(b"x").hexdigest()
OF_FILED = "(SELECT sha256 FROM load WHERE load_id = 4)"
ALTERATIONS = {
    "a figure": ["UPDATE observation SET value = 40 WHERE load_id = 5 AND metric = 'funded_firms'"],
    "a figure of one that was blank": [
        "UPDATE observation SET value = 3 WHERE load_id = 8 AND value IS NULL",
        "UPDATE filing SET figures = figures + 1 WHERE load_id = 8",
    ],
    "a figure taken away": [
        "DELETE FROM observation WHERE load_id = 5 AND metric = 'mentors'",
        "UPDATE filing SET figures = figures - 1 WHERE load_id = 5",
    ],
    "a figure put in": [
        "INSERT INTO observation VALUES (5, 'S1', 2022, 'media_reports', 9, NULL, NULL)",
        "UPDATE filing SET figures = figures + 1 WHERE load_id = 5",
    ],
    "a figure of a superseded revision": ["UPDATE observation SET value = 5 WHERE load_id = 4 AND value = 4"],
    "a superseded revision's figure taken away": [
        "DELETE FROM observation WHERE load_id = 4 AND space_id = 'S1' AND metric = 'mentors'",
        "UPDATE filing SET figures = figures - 1 WHERE load_id = 4 AND space_id = 'S1'",
    ],
    "a superseded revision put out of the way": [
        "DELETE FROM observation WHERE load_id = 4 AND space_id = 'S1'",
        "DELETE FROM filing WHERE load_id = 4 AND space_id = 'S1'",
        "UPDATE filing SET revision = 1 WHERE load_id = 5",
    ],
    "the baseline year": ["UPDATE observation SET value = 1 WHERE year = 2021"],
    "evidence": ["UPDATE observation SET evidence = '合同二' WHERE load_id = 5 AND evidence IS NOT NULL"],
    "evidence taken away": ["UPDATE observation SET evidence = NULL WHERE load_id = 5"],
    "an explanation": ["UPDATE observation SET note = '另有说明' WHERE load_id = 8 AND note IS NOT NULL"],
    "figures of two metrics exchanged": [
        "UPDATE observation SET metric = CASE metric WHEN 'mentors' THEN 'funded_firms' ELSE 'mentors' END "
        "WHERE load_id = 5 AND metric IN ('mentors', 'funded_firms')"
    ],
    "a filing's year": [
        "UPDATE observation SET year = 2023 WHERE load_id = 8",
        "UPDATE filing SET year = 2023 WHERE load_id = 8",
    ],
    "a filing's space": [
        "UPDATE observation SET space_id = 'S1' WHERE load_id = 3",
        "UPDATE filing SET space_id = 'S1' WHERE load_id = 3",
    ],
    "a correction exchanged with what it corrects": [
        "UPDATE observation SET load_id = 9 - load_id WHERE load_id IN (4, 5)",
        "UPDATE filing SET load_id = 9 - load_id WHERE load_id IN (4, 5)",
    ],
    "the last load cut off": [f"DELETE FROM {table} WHERE load_id = 8" for table in ("load", "filing", "observation")],
    "a load void": [
        *(f"DELETE FROM {table} WHERE load_id = 3" for table in ("load", "filing", "observation")),
        "INSERT INTO void_load VALUES (3, TIMESTAMP '2024-01-01')",
    ],
    "who": ["UPDATE load SET loaded_by = 'somebody else' WHERE load_id = 5"],
    "when": ["UPDATE load SET loaded_at = loaded_at - INTERVAL '1 minute' WHERE load_id = 3"],
    "a correction stamped before what it corrects": [
        "UPDATE load SET loaded_at = TIMESTAMP '2020-01-01' WHERE load_id = 5"
    ],
    "the file's name": ["UPDATE load SET source = 'other.csv' WHERE load_id = 4"],
    "another document of them": [
        "UPDATE load SET sha256 = (SELECT sha256 FROM load WHERE load_id = 1) WHERE load_id = 4"
    ],
    "a document and its hash": [
        f"UPDATE document SET content = 'x'::BLOB, sha256 = '{OF_X}' WHERE sha256 = {OF_FILED}",
        f"UPDATE load SET sha256 = '{OF_X}' WHERE load_id = 4",
    ],
    "a document": [f"UPDATE document SET content = 'x'::BLOB WHERE sha256 = {OF_FILED}"],
    "a name": ["UPDATE space SET space_name = '丙空间' WHERE load_id = 2 AND space_id = 'S2'"],
    "a district": ["UPDATE space SET district = '黄浦区' WHERE load_id = 6"],
    "a superseded district": ["UPDATE space SET district = '黄浦区' WHERE load_id = 2 AND space_id = 'S1'"],
    "an operator": ["UPDATE space SET operator = '丙公司' WHERE load_id = 6"],
    "a brand": ["UPDATE space SET brand = '' WHERE load_id = 2 AND space_id = 'S2'"],
    "the years of an enrolment": ["UPDATE enrolment SET end_year = 2023 WHERE space_id = 'S2'"],
    "an early exit": ["UPDATE enrolment SET exit_year = NULL"],
    "a threshold that was in force": [
        "UPDATE requirement SET threshold = 4 WHERE load_id = 1 AND requirement = 'branding.target.3.funded_firms'"
    ],
    "a conversion that was in force": [
        "UPDATE conversion SET factor = factor * 10 WHERE load_id = 1 AND written = '元'"
    ],
    "what a person typed": ["UPDATE choice SET before = '7' WHERE load_id = 8 AND metric = 'mentors'"],
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with eight loads, closed."""
    folder = tmp_path_factory.mktemp("prepared")
    engine = database.connect(f"duckdb:///{folder}/whole.duckdb", create=True)
    database.initialise(engine)
    edition = copied(SHANGHAI, folder)
    policies.load(engine, edition, by="tests")
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded
    assert loading.load(engine, BASELINE.encode(), "2021.csv", by="tests").load_id == 3
    assert loading.load(engine, FILED.encode(), "2022.csv", by="tests").load_id == 4
    corrected = "\n".join(FILED.replace("S1,2022,4", "S1,2022,5").splitlines()[:2])
    assert loading.load(engine, corrected.encode(), "again.csv", by="tests").load_id == 5
    moved = REGISTER.replace("徐汇区,甲公司", "静安区,甲集团").splitlines()[:2]
    assert register.load(engine, "\n".join(moved).encode(), "moved.csv", by="tests").load_id == 6
    spoil(edition, "edition.toml", "03-31", "04-01")
    assert policies.load(engine, edition, by="tests") == 7
    figures = {("S2", 2022, "mentors"): Typed("9"), ("S2", 2022, "overseas_partners"): Typed("", "", "尚未统计")}
    typed = loading.load(engine, FILED.encode(), "2022.csv", by="tests", choices=Choices(figures=figures))
    assert typed.load_id == 8
    engine.dispose()
    return folder / "whole.duckdb"


@pytest.fixture
def altered(prepared: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A copy of it with an alteration by hand."""
    shutil.copy(prepared, tmp_path / "altered.duckdb")
    engine = engines.connect(f"duckdb:///{tmp_path}/altered.duckdb")
    _run(engine, request.param)
    yield engine
    engine.dispose()


def _run(engine: Engine, statements: Sequence[str]) -> None:
    for statement in statements:
        # Each by itself: what goes and what comes under one key cannot in one transaction.
        with engine.begin() as connection:
            connection.execute(sa.text(statement.replace("::", "\\:\\:")))


def _reseal(engine: Engine, read_by: str = "") -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM seal"))
    with engine.begin() as connection:
        seals.seal(connection, seals.unsealed(connection), read_by)


def _broken(engine: Engine, against: database.Head | None = None) -> set[str]:
    with engine.connect() as connection:
        return {finding.invariant for finding in verify.as_sealed(connection, against) if finding.broken}


def test_there_are_34() -> None:
    assert len(ALTERATIONS) == 34


@pytest.mark.parametrize("altered", ALTERATIONS.values(), ids=ALTERATIONS, indirect=True)
def test_an_alteration_is_found(altered: Engine) -> None:
    with altered.connect() as connection:
        printed = database.head(connection)
    assert printed.load_id == 8
    assert _broken(altered)
    # Also one that was sealed anew, by a head that was printed before.
    _reseal(altered)
    assert _broken(altered, printed)


@pytest.mark.parametrize("altered", [["SELECT 1"]], ids=["nothing"], indirect=True)
def test_nothing_is_found_where_nothing_was_altered(altered: Engine) -> None:
    with altered.connect() as connection:
        printed = database.head(connection)
    assert _broken(altered, printed) == set()
    assert {finding.invariant for finding in verify.verify(altered) if finding.broken} == {"loads-beside"}
    assert documents.differing(altered) == []


@pytest.mark.parametrize("name", ["a figure", "who", "when", "a superseded district"])
@pytest.mark.parametrize("altered", [[]], ids=[""], indirect=True)
def test_no_backup_of_it_is_restored(altered: Engine, engine: Engine, tmp_path: Path, name: str) -> None:
    _run(altered, ALTERATIONS[name])
    backup.backup(altered, tmp_path / "altered.zip")
    with pytest.raises(backup.AlteredLoads):
        backup.restore(engine, tmp_path / "altered.zip")
    with database.reading(engine) as connection:
        assert database.data_version(connection) == 0


# Of these, the loads whose documents say something else, and in how many rows: as they were, and as they are.
SAID = {
    "a conversion that was in force": (1, 2),
    "an early exit": (2, 2),
    "a superseded revision's figure taken away": (4, 3),
    "evidence": (5, 2),
    "what a person typed": (8, 2),
}


@pytest.mark.parametrize("altered", [[each for name in SAID for each in ALTERATIONS[name]]], ids=[""], indirect=True)
def test_documents_read_again_say_what_was_altered_and_what_is_read_otherwise(altered: Engine) -> None:
    found = documents.differing(altered)
    assert found == [documents.Reread(load_id, "altered", rows) for load_id, rows in SAID.values()]
    _reseal(altered, "another program")
    assert {each.cause for each in documents.differing(altered)} == {"otherwise"}
    _reseal(altered, seals.program())
    assert {each.cause for each in documents.differing(altered)} == {"altered"}
