"""The briefing by command."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tracking.commands import group

pytestmark = pytest.mark.usefixtures("chinese_font")


def test_the_command_writes_it(tmp_path: Path) -> None:
    database = f"duckdb:///{tmp_path}/empty.duckdb"
    assert CliRunner().invoke(group, ["--database", database, "init"]).exit_code == 0
    out = tmp_path / "briefing.pdf"
    written = CliRunner().invoke(group, ["--database", database, "briefing", "--year", "2025", "--out", str(out)])
    assert written.exit_code == 0, written.output
    assert out.read_bytes().startswith(b"%PDF-")
