"""What happens in the server, for its log and its counters: an event by name, with figures and codes of ours.

No name, address or word of a person is ever a field of an event; neither is what they searched for or filed.
"""

import logging
from typing import Literal

Event = Literal[
    "started", "stopping", "stopped", "request", "load", "refusal", "slow-query", "seal-head", "trail-head", "reminded",
    "replica",
]  # fmt: skip
LOGGER = "tracking.events"
_log = logging.getLogger(LOGGER)


def note(event: Event, **fields: str | float | bool | None) -> None:
    """Note that something happened, for whoever listens to the logger."""
    _log.info(event, extra={"fields": fields})
