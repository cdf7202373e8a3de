"""Events as counters for Prometheus, on a port of this machine alone; off unless TRACKING_METRICS_PORT names one."""

import logging
import os
from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server

from tracking.events import LOGGER

PORT = "TRACKING_METRICS_PORT"
ADDRESS = "127.0.0.1"
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


class Counting(logging.Handler):
    """Counts the events that are noted."""

    def __init__(self, registry: CollectorRegistry) -> None:
        super().__init__(logging.INFO)
        self._requests = Counter(
            "tracking_requests", "Requests answered, by place and status.", ["place", "status"], registry=registry
        )
        self._seconds = Histogram(
            "tracking_request_seconds", "How long a request took.", ["place"], registry=registry, buckets=_SECONDS
        )
        self._loads = Counter("tracking_loads", "Loads stored, by kind.", ["kind"], registry=registry)
        self._storing = Histogram(
            "tracking_load_seconds", "How long storing took, its turn awaited.", registry=registry, buckets=_SECONDS
        )
        self._refusals = Counter("tracking_refusals", "Files refused, by kind.", ["kind"], registry=registry)
        self._slow = Counter("tracking_slow_queries", "Queries that took too long.", registry=registry)

    def emit(self, record: logging.LogRecord) -> None:
        """Count an event."""
        fields = getattr(record, "fields", {})
        match record.getMessage():
            case "request":
                self._requests.labels(fields["place"], str(fields["status"])).inc()
                self._seconds.labels(fields["place"]).observe(fields["seconds"])
            case "load":
                self._loads.labels(fields["kind"]).inc()
                self._storing.observe(fields["seconds"])
            case "refusal":
                self._refusals.labels(fields["kind"]).inc()
            case "slow-query":
                self._slow.inc()


def begin(gauges: Mapping[str, tuple[str, Callable[[], float]]]) -> int | None:
    """Serve the counters, if that is wanted, and gauges by name with what they are; the port.

    Raises OSError where the port is taken, ValueError where it is none.
    """
    wanted = os.environ.get(PORT)
    if not wanted:
        return None
    registry = CollectorRegistry()
    logger = logging.getLogger(LOGGER)
    logger.addHandler(Counting(registry))
    logger.setLevel(logging.INFO)
    for name, (meaning, value) in gauges.items():
        Gauge(f"tracking_{name}", meaning, registry=registry).set_function(value)
    server, _ = start_http_server(int(wanted), ADDRESS, registry)
    return int(server.server_port)
