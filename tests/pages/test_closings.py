"""The page of closings: a year is closed on it, and what would change since is listed by itself."""

from pathlib import Path

from tests import databases
from tests.pages.conftest import TODAY, OpenPage, said, tables_of
from tracking import database
from tracking.closings import closing
from tracking.filing import loading


def test_what_changed_since_a_closing_is_listed_by_space(open_page: OpenPage, tmp_path: Path) -> None:
    url = databases.programme_at(tmp_path / "closed.duckdb")
    engine = database.connect(url)
    closing.close(engine, edition="shanghai-sanhua", year=2024, by="Ms Li", as_of=TODAY)
    engine.dispose()
    page = open_page(url, "closings", lang="en")
    assert "Nothing differs today" in said(page)
    engine = database.connect(url)
    assert loading.load(engine, b"space_id,year,mentors\nSL00001,2024,1\n", "again.csv", by="tests").loaded
    engine.dispose()
    page = open_page(url, "closings", lang="en")
    assert "would differ. The closing itself stays." in said(page)
    changed = tables_of(page)[-1]
    assert set(changed["Space ID"]) == {"SL00001"}
    assert set(changed["Source"]) == {"again.csv"}
