"""Where a page reads what it shows: at the replica, if there is one that has all that this session has seen."""

from datetime import datetime
from typing import NamedTuple

import streamlit as st

from pages.shared import words
from tracking import database
from tracking.database import Engine, loads, replicas

# In the session: the highest data version that it has shown.
_SEEN = "version_seen"


class Source(NamedTuple):
    """The newest data version where a page reads, when that was stored, and how many loads it lacks; `stored_at` is
    None where the page reads what is newest itself."""

    version: int
    behind: int = 0
    stored_at: datetime | None = None


def choose(opened: Engine, *, present: bool) -> Source:
    """Where to read: a page about the `present`, a session that begins, and one that has seen or whose process has
    stored what the replica lacks, read what is newest."""
    with database.reading(opened) as connection:
        newest = database.data_version(connection)
    replica = None if present else replicas.follower(opened)
    version = None if replica is None else replica.version()
    if replica is None or version is None or version < max(replica.stored, st.session_state.get(_SEEN, newest)):
        st.session_state[_SEEN] = newest
        return Source(newest)
    st.session_state[_SEEN] = version
    with database.reading(replicas.at_replica(opened)) as connection:
        return Source(version, max(newest - version, 0), loads.stored_at(connection, version))


def tell(source: Source) -> None:
    """Say how old the data are that a page read at a replica."""
    if source.stored_at is not None:
        key = "replica.behind" if source.behind else "replica.whole"
        at = source.stored_at.isoformat(" ")
        st.caption(words.text(key, version=source.version, at=at, count=source.behind), width="content")
