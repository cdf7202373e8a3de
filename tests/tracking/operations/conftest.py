"""Events as they are noted, and a server that nobody has told to stop."""

import logging
import threading
from collections.abc import Iterator

import pytest

from tracking.events import LOGGER
from tracking.operations import stopping


class Noted(logging.Handler):
    """Keeps the events."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.events: list[tuple[str, dict[str, object]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.events.append((record.getMessage(), record.fields))

    def of(self, event: str) -> list[dict[str, object]]:
        return [fields for name, fields in self.events if name == event]


@pytest.fixture
def noted() -> Iterator[Noted]:
    logger, noted = logging.getLogger(LOGGER), Noted()
    before = logger.level
    logger.addHandler(noted)
    logger.setLevel(logging.INFO)
    yield noted
    logger.removeHandler(noted)
    logger.setLevel(before)


@pytest.fixture(autouse=True)
def _running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "_draining", threading.Event())
