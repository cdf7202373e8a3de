"""The database, and what is read from it: cached by database, data version and day."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from pages.shared import words
from tracking import database
from tracking.database import Engine
from tracking.maintenance import dashboard

# Answers kept, for all people together: what one page shows, at most a column of a track, never a whole table.
ANSWERS = 200

Answer = TypeVar("Answer")


def engine() -> Engine:
    """The database of this dashboard. Where it cannot be used, the page says so and stops."""
    try:
        return _engine(dashboard.database_url())
    except database.DatabaseUnavailable as unavailable:
        st.error(words.text(f"unavailable.{unavailable.reason}"), icon=":material/database_off:")
        st.stop()


def version() -> int:
    """The data version that the page shows."""
    with database.reading(engine()) as connection:
        return database.data_version(connection)


def today() -> date:
    """The day that decides what is due."""
    return date.today()


def ask(question: Callable[..., Answer], **chosen: Any) -> Answer:  # noqa: ANN401 - whatever the question takes
    """The answer of a function of (engine, as_of, **chosen) in tracking, asked once per data version and day.

    What is chosen must be hashable: tuples for lists. The answer is the caller's own copy.
    """
    name = f"{question.__module__}.{question.__qualname__}"
    return _ask(dashboard.database_url(), version(), today(), name, chosen, question)  # type: ignore[no-any-return]


@st.cache_resource(show_spinner=False)
def _engine(address: str) -> Engine:
    return database.connect(address)


@st.cache_data(max_entries=ANSWERS, show_spinner=False)
def _ask(  # type: ignore[no-untyped-def] # noqa: ANN202 - the answer's type is the question's
    address: str,
    version: int,  # noqa: ARG001 - part of the key
    as_of: date,
    name: str,  # noqa: ARG001 - part of the key, in place of the question itself
    chosen: dict[str, object],
    _question: Callable[..., object],
):
    return _question(_engine(address), as_of, **chosen)
