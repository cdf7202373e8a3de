"""Events are lines of JSON where somebody wants them, and nowhere else."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tracking.operations.conftest import Noted
from tracking import events
from tracking.events import LOGGER
from tracking.operations import log


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    logger = logging.getLogger(LOGGER)
    handlers, level, propagate = list(logger.handlers), logger.level, logger.propagate
    yield
    for handler in set(logger.handlers) - set(handlers):
        handler.close()
    logger.handlers, logger.level, logger.propagate = handlers, level, propagate


def test_each_event_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "log.jsonl"
    monkeypatch.setenv(log.TARGET, str(target))
    log.begin()
    log.begin()
    events.note("refusal", kind="filing", codes="not-a-number")
    events.note("load", kind="filing", load=7, seconds=0.25)
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(line["event"], line.get("load"), line.get("codes")) for line in lines] == [
        ("refusal", None, "not-a-number"),
        ("load", 7, None),
    ]
    assert set(lines[1]) == {"at", "event", "release", "process", "kind", "load", "seconds"}


def test_nothing_is_written_that_nobody_asked_for(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], noted: Noted
) -> None:
    monkeypatch.delenv(log.TARGET, raising=False)
    log.begin()
    events.note("load", kind="filing", load=7, seconds=0.25)
    assert noted.of("load") == [{"kind": "filing", "load": 7, "seconds": 0.25}]
    assert capfd.readouterr() == ("", "")
