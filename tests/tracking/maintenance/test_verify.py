"""`verify` finds what is broken, and only that."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests import databases
from tests.policies import NINGBO, copied
from tracking.filing import loading, register
from tracking.maintenance import verify
from tracking.policy import loading as policies


def _file(engine: Engine) -> None:
    row = b"space_id,space_name,track,start_year,end_year\nS1,A,branding,2022,2024\n"
    assert register.load(engine, row, "register.csv", by="tests").loaded
    assert loading.load(engine, b"space_id,year,funded_firms\nS1,2022,5\n", "2022.csv", by="tests").loaded


@pytest.fixture
def filed(shanghai: Engine) -> Engine:
    return databases.filled(shanghai, _file)


def test_everything_holds_after_ordinary_loads(filed: Engine) -> None:
    assert [finding.invariant for finding in verify.verify(filed) if finding.broken] == []


def test_an_edition_without_rules_and_conversions_is_as_its_folder(engine: Engine, tmp_path: Path) -> None:
    folder = copied(NINGBO, tmp_path)
    for name in ("rules.csv", "conversions.csv", "readings.csv"):
        header, *_ = (folder / name).read_text(encoding="utf-8").splitlines()
        (folder / name).write_text(f"{header}\n", encoding="utf-8")
    policies.load(engine, folder, by="tests")
    assert [finding.invariant for finding in verify.verify(engine) if finding.broken] == []


def test_a_clock_that_ran_ahead_is_found_and_locks_nobody_out(filed: Engine) -> None:
    for day, figure in ((2, 6), (1, 7)):
        row = f"space_id,year,funded_firms\nS1,2022,{figure}\n".encode()
        assert loading.load(filed, row, "2022.csv", by="tests", at=datetime(2099, 1, day)).loaded
    found = [finding for finding in verify.verify(filed) if finding.broken]
    assert [(finding.invariant, finding.forbids_storing) for finding in found] == [("corrections-stamped-after", False)]
