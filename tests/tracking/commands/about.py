"""Files to give to commands, and how one is run."""

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from tracking.__main__ import group

REGISTER = "space_id,space_name,track,start_year,end_year\nS1,甲空间,specialization,2022,2024\n"
GOOD = "space_id,year,mentors\nS1,2022,25\n"
BAD = "space_id,year,mentors\nS1,2022,约5\n"
Run = Callable[..., Result]


def runs_in(folder: Path) -> Run:
    environment = {"TRACKING_DATABASE": f"duckdb:///{folder}/test.duckdb", "TRACKING_LANG": "en"}

    def command(*words: str, **files: str) -> Result:
        for name, content in files.items():
            (folder / f"{name}.csv").write_text(content, encoding="utf-8")
        told = [str(folder / word) if word.endswith((".csv", ".zip")) else word for word in words]
        return CliRunner().invoke(group, told, env=environment)

    return command
