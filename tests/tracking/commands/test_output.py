"""Where a table goes: the format of a file, a full disk, a reader that closes early."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.tracking.commands.about import Run


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (["--out", "out.xlsx"], b"PK"),
        (["--out", "out.PARQUET"], b"PAR1"),
        (["--out", "out.json"], b"["),
        (["--out", "out.txt"], b"\xef\xbb\xbf"),
        (["--format", "csv", "--out", "out.json"], b"\xef\xbb\xbf"),
    ],
)
def test_the_name_of_a_file_says_its_format_where_nothing_else_does(
    filled: Run, tmp_path: Path, words: Sequence[str], begins: bytes
) -> None:
    out = tmp_path / words[-1]
    assert filled("filings", *words[:-1], str(out)).exit_code == 0
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize("words", [["backup", "{}"], ["verdicts", "--out", "{}"], ["dictionary", "--out", "{}"]])
def test_the_database_itself_is_no_place_to_write_to(filled: Run, tmp_path: Path, words: list[str]) -> None:
    own = tmp_path / "test.duckdb"
    before = own.read_bytes()
    result = filled(*(word.format(own) for word in words))
    assert (result.exit_code, "belongs to the database" in result.stderr) == (2, True)
    assert own.read_bytes() == before


@pytest.mark.usefixtures("filled")
def test_a_reader_that_closes_early_sees_no_traceback(tmp_path: Path) -> None:
    command = f"{sys.executable} -m tracking attainment | head -c 10"
    environment = {**os.environ, "TRACKING_DATABASE": f"duckdb:///{tmp_path}/test.duckdb"}
    done = subprocess.run(command, shell=True, capture_output=True, env=environment, check=False)
    assert done.stderr == b""


@pytest.mark.parametrize("command", ["attainment", "verify"])
@pytest.mark.usefixtures("filled")
def test_what_cannot_be_printed_is_told_and_exits_2(tmp_path: Path, command: str) -> None:
    environment = {**os.environ, "TRACKING_DATABASE": f"duckdb:///{tmp_path}/test.duckdb"}
    with Path("/dev/full").open("wb") as full:
        words = [sys.executable, "-m", "tracking", command, "--lang", "en"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    assert (done.returncode, "stdout: No space left" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
