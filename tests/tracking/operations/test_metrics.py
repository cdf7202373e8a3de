"""Counters for Prometheus: off unless a port is named, and then on this machine alone."""

import logging
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from tracking import events
from tracking.events import LOGGER
from tracking.operations import metrics


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    logger = logging.getLogger(LOGGER)
    handlers, level = list(logger.handlers), logger.level
    yield
    logger.handlers = handlers
    logger.setLevel(level)


def test_there_are_none_unless_they_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(metrics.PORT, raising=False)
    assert metrics.begin({}) is None


def test_events_are_counted_and_gauges_read_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(metrics.PORT, "0")
    left = [7.0]
    port = metrics.begin({"disk_left_bytes": ("Room.", lambda: left[0])})
    for status in (200, 200, 503):
        events.note("request", method="GET", place="/space", status=status, seconds=0.2)
    events.note("load", kind="filing", load=1, seconds=0.5)
    events.note("slow-query", seconds=2.0, statement="SELECT 1")
    left[0] = 5.0
    with urlopen(f"http://{metrics.ADDRESS}:{port}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    assert 'tracking_requests_total{place="/space",status="200"} 2.0' in lines
    assert 'tracking_requests_total{place="/space",status="503"} 1.0' in lines
    assert 'tracking_request_seconds_bucket{le="0.1",place="/space"} 0.0' in lines
    assert 'tracking_request_seconds_bucket{le="0.3",place="/space"} 3.0' in lines
    assert 'tracking_loads_total{kind="filing"} 1.0' in lines
    assert "tracking_slow_queries_total 1.0" in lines
    assert "tracking_disk_left_bytes 5.0" in lines
    assert not [line for line in lines if "SELECT" in line]
