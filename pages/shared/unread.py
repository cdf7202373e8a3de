"""The inbox of whoever is at the page, and how much of it is unread."""

from datetime import datetime, timedelta

import streamlit as st

from pages.shared import data
from tracking.access.people import Person
from tracking.database import Engine
from tracking.maintenance import dashboard
from tracking.review import inbox
from tracking.review.inbox import Event

# A deadline comes nearer at midnight, somewhere: so often what is kept is asked for anew.
_OFTEN = timedelta(minutes=15)


def events() -> list[Event]:
    """What concerns the person by the grants of now."""
    return _events(
        dashboard.database_url(), data.newest(), (inbox.now() - datetime.min) // _OFTEN, data.person(), data.engine()
    )


def count() -> int:
    """How many events are unread."""
    return len({each.event for each in events()} - inbox.marked(data.engine()))


@st.cache_data(max_entries=data.ANSWERS, show_spinner=False)
def _events(
    address: str,  # noqa: ARG001 - part of the key
    version: int,  # noqa: ARG001 - part of the key
    quarter: int,  # noqa: ARG001 - part of the key
    person: Person,  # noqa: ARG001 - part of the key
    _seen: Engine,
) -> list[Event]:
    return inbox.events(_seen, inbox.now())
