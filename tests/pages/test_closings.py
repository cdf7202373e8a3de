"""The page of closings: a year is closed on it, and what would change since is listed by itself."""

from pathlib import Path

from sqlalchemy import Engine

from tests import databases
from tests.pages.conftest import TODAY, OpenPage, said, tables_of
from tracking import database
from tracking.closings import closing
from tracking.filing import loading, register

ENROLLED = b"""space_id,space_name,track,start_year,end_year
S1,A,specialization,2024,2026
S2,B,specialization,2024,2026
"""


def _close(engine: Engine) -> None:
    assert register.load(engine, ENROLLED, "register.csv", by="tests").loaded
    filed = b"space_id,year,mentors\nS1,2024,20\nS2,2024,20\n"
    assert loading.load(engine, filed, "2024.csv", by="tests").loaded
    closing.close(engine, edition="shanghai-sanhua", year=2024, by="Ms Li", as_of=TODAY)


def test_what_changed_since_a_closing_is_listed_by_space(open_page: OpenPage, tmp_path: Path) -> None:
    url = databases.filled_at(tmp_path / "closed.duckdb", _close)
    page = open_page(url, "closings", lang="en")
    assert "Nothing differs today" in said(page)
    engine = database.connect(url)
    assert loading.load(engine, b"space_id,year,mentors\nS1,2024,1\n", "again.csv", by="tests").loaded
    engine.dispose()
    page = open_page(url, "closings", lang="en")
    assert "would differ. The closing itself stays." in said(page)
    changed = tables_of(page)[-1]
    assert set(changed["Space ID"]) == {"S1"}
    assert set(changed["Source"]) == {"again.csv"}
