"""What is set wrongly is a sentence before the server starts, in both languages."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracking.events import LOGGER
from tracking.maintenance import dashboard
from tracking.operations import log, metrics, running, stopping
from tracking.words.language import LANGUAGES, text


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (log.TARGET, metrics.PORT, stopping.SECONDS, dashboard.REPLICA):
        monkeypatch.delenv(name, raising=False)
    logger = logging.getLogger(LOGGER)
    handlers = list(logger.handlers)
    yield
    logger.handlers = handlers


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    assert running.prepare(tmp_path) is None


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        (stopping.SECONDS, "soon", "operations.not_a_number"),
        (stopping.SECONDS, "-1", "operations.not_a_number"),
        (stopping.SECONDS, "inf", "operations.not_a_number"),
        (dashboard.REPLICA, "postgresql+psycopg://replica/tracking", "operations.no_replica"),
        (log.TARGET, "/nowhere/log", "operations.no_log"),
        (metrics.PORT, "x", "operations.no_metrics"),
        (metrics.PORT, "70000", "operations.no_metrics"),
    ],
)
def test_what_cannot_be_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, key: str
) -> None:
    monkeypatch.setenv(name, value)
    wrong = running.prepare(tmp_path)
    assert wrong is not None
    assert wrong.key == key
    assert all(name in text(wrong.key, lang, **wrong.details) for lang in LANGUAGES)
