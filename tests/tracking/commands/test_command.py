"""The command line keeps the contract: columns, exit codes, JSON, and never a traceback."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.tracking.commands.about import Run
from tracking import database
from tracking.database import steps


def test_without_a_database_every_table_exits_3_and_says_what_to_do(run: Run) -> None:
    result = run("attainment")
    assert (result.exit_code, "init" in result.stderr) == (3, True)


@pytest.mark.parametrize(
    "words",
    [
        ["attainment", "--as-of", "yesterday"],
        ["attainment", "--format", "docx"],
        ["attainment", "--year", "two"],
        ["attainment", "--as-of", "20240101"],
        ["evaluations", "--status", "short"],
        ["verdicts", "--at-least", "2"],
        ["shortfalls", "--phase", "ended"],
        ["filings", "--space", "S9"],
        ["shortfalls", "--track", "no_track"],
        ["observations", "--district", "nowhere"],
        ["changes", "--from", "1", "--edition", "no-edition"],
        ["template", "--track", "specialization", "--year", "99999999999", "--out", "out.csv"],
        ["load", "nowhere.csv"],
        ["load"],
        ["template", "--track", "no_track", "--out", "out.csv"],
        ["shortfalls", "--data-version", "99"],
        ["changes"],
        ["changes", "--from", "99"],
        ["changes", "--from", "3", "--to", "2"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2(filled: Run, words: Sequence[str]) -> None:
    assert filled(*words).exit_code == 2


def test_the_language_goes_before_or_after_the_command(filled: Run) -> None:
    after = filled("attainment", "--lang", "zh", "--year", "2022").stdout
    assert "创业导师" in after
    assert filled("--lang", "zh", "attainment", "--year", "2022").stdout == after


def test_a_newer_database_exits_3_in_both_languages(filled: Run, tmp_path: Path) -> None:
    engine = database.connect(f"duckdb:///{tmp_path}/test.duckdb")
    with engine.begin() as connection:
        steps.note(connection, 1_000)
    engine.dispose()
    for lang, sentence in (("en", "A newer version made this database"), ("zh", "由更新的版本建立")):
        for command in ("init", "verdicts", "serve"):
            result = filled(command, "--lang", lang)
            assert (result.exit_code, sentence in result.stderr) == (3, True)


@pytest.mark.usefixtures("filled")
def test_a_file_held_by_another_process_exits_3(tmp_path: Path) -> None:
    hold = f"import duckdb; c = duckdb.connect(r'{tmp_path}/test.duckdb'); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdin
        holder.stdout.readline()
        command = [sys.executable, "-m", "tracking", "verify", "--lang", "en"]
        environment = {**os.environ, "TRACKING_DATABASE": f"duckdb:///{tmp_path}/test.duckdb"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        holder.stdin.write("\n")
    assert (done.returncode, "Another process" in done.stderr) == (3, True)
