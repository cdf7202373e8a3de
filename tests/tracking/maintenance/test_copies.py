"""A copy to take home says what the database says, in DuckDB alone."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pandas as pd
import pyarrow.parquet
import pytest
from sqlalchemy import Engine

from tests import databases
from tests.disks import full_disk
from tracking import database
from tracking.exports import formats
from tracking.filing import loading, register
from tracking.maintenance import copies, packages
from tracking.results.tables import attainment

ENROLLED = "space_id,space_name,track,start_year,end_year\nS1,甲空间,specialization,2022,2024\n".encode()
TODAY = date.today()


@pytest.fixture(scope="module")
def kept_copy(one_for_all: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all the tests that only read it."""
    return copy_of_three_years(one_for_all, tmp_path_factory.mktemp("copy"))


def _fill(engine: Engine) -> None:
    assert register.load(engine, ENROLLED, "register.csv", by="tests").loaded
    for year in (2021, 2022, 2023):
        filed = f"space_id,year,mentors,tenants,tenants_with_ip\nS1,{year},25,10,3\n".encode()
        assert loading.load(engine, filed, f"{year}.csv", by="tests").loaded


def copy_of_three_years(engine: Engine, folder: Path) -> Path:
    databases.filled(engine, _fill)
    assert copies.write(engine, folder, TODAY, lang="zh") == 5
    return folder


@pytest.mark.parametrize("table", ["attainment", "shortfalls", "evaluations", "verdicts", "filings", "observations"])
def test_its_views_and_its_files_have_the_rows_of_the_table(kept_copy: Path, one_for_all: Engine, table: str) -> None:
    asked = getattr(attainment, table)(one_for_all, TODAY)
    of_the_files = pd.concat(
        [pd.read_parquet(file) for file in sorted((kept_copy / table).glob("*.parquet"))], ignore_index=True
    )
    with duckdb.connect(str(kept_copy / copies.DATABASE), read_only=True) as connection:
        (rows,) = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchall()[0]
    assert rows == len(asked)
    order = ["space_id", *(name for name in ("year", "requirement", "metric") if name in asked)]
    by_key = [frame.sort_values(order, ignore_index=True) for frame in (asked, of_the_files.astype(asked.dtypes))]
    pd.testing.assert_frame_equal(*by_key)


def test_it_says_what_its_columns_mean_and_lets_nobody_write(kept_copy: Path) -> None:
    path = kept_copy / copies.DATABASE
    assert path.stat().st_mode & 0o222 == 0
    with duckdb.connect(str(path), read_only=True) as connection:
        bare = connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = 'shortfalls' AND comment IS NULL"
        ).fetchall()
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("DELETE FROM filing")
    assert bare == []


def test_the_earlier_copy_stays_on_a_full_disk_and_then_a_later_one_takes_its_place(
    any_engine: Engine, tmp_path: Path
) -> None:
    copied = copy_of_three_years(any_engine, tmp_path)
    before = {file: file.read_bytes() for file in copied.rglob("*") if file.is_file()}
    shorter = ENROLLED.replace(b"2022,2024", b"2023,2024")
    assert register.load(any_engine, shorter, "register.csv", by="tests").loaded
    with pytest.raises(OSError, match="."), full_disk(20_000):
        copies.write(any_engine, copied, TODAY, lang="zh")
    assert {file: file.read_bytes() for file in copied.rglob("*") if file.is_file()} == before
    assert copies.write(any_engine, copied, TODAY, lang="zh") == 6
    assert sorted(file.name for file in (copied / "evaluations").iterdir()) == ["2023.parquet", "2024.parquet"]


def test_what_is_loaded_while_it_is_made_is_in_none_of_it(
    any_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = ENROLLED.replace(b"2022,2024", b"2022,2025")
    write = formats.export
    interrupted = []

    def interrupting(*asked: Any) -> None:
        if not interrupted:
            interrupted.append(register.load(any_engine, longer, "register.csv", by="tests"))
        write(*asked)

    monkeypatch.setattr(formats, "export", interrupting)
    copied = copy_of_three_years(any_engine, tmp_path)
    assert not interrupted[0].problems
    assert list(copied.glob("*/2025.parquet")) == []


def test_it_says_what_it_is_so_that_other_tools_can_check_it(kept_copy: Path) -> None:
    report = frictionless.validate(str(kept_copy / packages.PACKAGE))
    assert report.valid, report.flatten(["type", "message"])
    package = json.loads((kept_copy / packages.PACKAGE).read_text(encoding="utf-8"))
    assert (package["provenance"]["rules"], package["provenance"]["data_version"]) == (database.rules(), 5)
    of_evaluations = next(each for each in package["resources"] if each["name"] == "evaluations-2022")
    fields = {field["name"]: field for field in of_evaluations["schema"]["fields"]}
    assert list(fields) == pyarrow.parquet.read_schema(kept_copy / of_evaluations["path"]).names
    assert fields["result"]["constraints"]["enum"] == ["pass", "fail", "unfiled", "upcoming"]
    assert fields["result"]["codes"]["pass"] == {"zh": "通过", "en": "Pass"}
    codes = pd.read_csv(kept_copy / packages.CODES_FILE, encoding="utf-8-sig")
    assert ("track", "branding", "品牌化", "Branding") in set(codes.itertuples(index=False, name=None))
    lines = (kept_copy / packages.SUMS).read_text(encoding="utf-8").splitlines()
    summed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = {path.relative_to(kept_copy).as_posix() for path in kept_copy.rglob("*") if path.is_file()}
    assert there - {packages.SUMS} == set(summed)
    assert all(hashlib.sha256((kept_copy / name).read_bytes()).hexdigest() == digest for name, digest in summed.items())
