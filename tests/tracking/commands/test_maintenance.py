"""Backup, restore and verify on the command line."""

from pathlib import Path

from tests.tracking.commands.about import Run


def test_a_backup_comes_back_as_it_was(filled: Run, tmp_path: Path) -> None:
    assert filled("backup", "all.zip").exit_code == 0
    other = ["--database", f"duckdb:///{tmp_path}/other.duckdb"]
    assert filled("restore", "all.zip", *other).exit_code == 0
    day = ["--as-of", "2024-01-01"]
    assert filled("attainment", *day, *other).stdout_bytes == filled("attainment", *day).stdout_bytes
    assert filled("restore", "all.zip", *other).exit_code == 1


def test_what_is_no_backup_is_refused(run: Run) -> None:
    assert run("restore", "broken.csv", broken="no zip").exit_code == 1


def test_verify_says_what_holds(filled: Run) -> None:
    result = filled("verify")
    assert (result.exit_code, "BROKEN" in result.stdout) == (0, False)
