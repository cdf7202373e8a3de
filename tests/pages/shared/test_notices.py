"""What everybody has to know before they read on: a database that does not hold is only shown, one mended is told."""

import json
import signal
import threading
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.shared import data, restarting
from tests.pages.conftest import OpenPage
from tracking import database
from tracking.filing import loading
from tracking.operations import stopping
from tracking.words.language import LANGUAGES, text


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


def test_a_database_that_is_away_for_a_moment_is_told_and_nothing_else(
    open_page: OpenPage, nothing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise database.DatabaseUnavailable("unreachable", "postgresql://")

    monkeypatch.setattr(data, "_person", away)
    app = open_page(nothing, "methods")
    assert [each.value for each in app.error] == [text("unavailable.unreachable", "zh")]
    assert not app.exception


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_a_restart_every_page_says_so(
    open_page: OpenPage, nothing: str, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(stopping, "_draining", threading.Event())
    stopping.drained(None, 0, lambda: None)(signal.SIGTERM, None)
    app = open_page(nothing, "methods", lang=lang)
    sentences = [text(key, lang) for key in (restarting.KEY, f"{restarting.KEY}_more")]
    assert " ".join(sentences) in [each.value for each in app.warning]


def test_a_page_at_which_nobody_clicks_is_told_of_a_restart_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    browsers = {"one": Browser(), "other": Browser()}
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(get_client=browsers.get))
    monkeypatch.setattr(restarting, "_open", {"one": "zh", "closed": "zh", "other": "en"})
    restarting.tell()
    assert browsers["one"].toasts == [text(restarting.KEY, "zh")]
    assert browsers["other"].toasts == [text(restarting.KEY, "en")]


class Browser:
    """What is sent to it."""

    def __init__(self) -> None:
        self.toasts: list[str] = []

    def write_forward_msg(self, message: ForwardMsg) -> None:
        self.toasts.append(message.delta.new_element.toast.body)
