"""Events as lines of JSON, where TRACKING_LOG says: `-` for standard error, else a file that is written on."""

import json
import logging
import os
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler

from tracking import RELEASE
from tracking.events import LOGGER

TARGET = "TRACKING_LOG"


class JsonLines(logging.Formatter):
    """A record as one line: when, what happened, and its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record; one that is no event of ours is its message."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = getattr(record, "fields", {})
        line = {"at": at, "event": record.getMessage(), "release": RELEASE, "process": record.process, **fields}
        return json.dumps(line, ensure_ascii=False)


def begin() -> None:
    """Write events from now on, if that is wanted. Raises OSError where the file cannot be written."""
    target = os.environ.get(TARGET)
    logger = logging.getLogger(LOGGER)
    if not target or any(isinstance(each.formatter, JsonLines) for each in logger.handlers):
        return
    handler = logging.StreamHandler() if target == "-" else WatchedFileHandler(target, encoding="utf-8")
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
