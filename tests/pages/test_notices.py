"""What everybody has to know before they read on: a database that does not hold is only shown, one mended is told."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.pages.conftest import OpenPage
from tracking import database
from tracking.filing import loading
from tracking.words.language import text


def test_a_database_that_does_not_hold_is_shown_with_a_banner_and_stores_nothing(
    open_page: OpenPage, nothing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(database.READ_ONLY, "1")
    app = open_page(nothing, "methods")
    assert text("unavailable.read-only", "zh") in [each.value for each in app.error]
    engine = database.connect(nothing)
    with pytest.raises(database.DatabaseUnavailable) as refused:
        loading.load(engine, b"space_id,year,mentors\nS1,2022,7\n", "2022.csv", by="tests")
    assert refused.value.reason == "read-only"
    engine.dispose()


def test_what_was_mended_is_told_over_the_page(open_page: OpenPage, nothing: str) -> None:
    mended = {"kind": "load-brought", "load_id": 1, "rows": 9, "at": datetime.now().isoformat(timespec="seconds")}
    folder = Path(f"{nothing.removeprefix('duckdb:///')}.loads")
    folder.mkdir(exist_ok=True)
    (folder / "mended.jsonl").write_text(json.dumps(mended) + "\n", encoding="utf-8")
    app = open_page(nothing, "methods")
    assert text("mended.load-brought", "zh", load=1, rows=9) in [each.value for each in app.warning]
