"""The database as the person at the page sees it, and what is read from it.

Who that is is found anew in every run, callback and fragment (`during`), so that what has ended holds at the next
click. Answers are cached by database, data version, day and what the person may see.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit

import streamlit as st

from pages.shared import during, source, url, words
from tracking import database
from tracking.access import cookies, people, sessions, settings
from tracking.access.gate import ACCOUNT_HEADER
from tracking.access.people import LOCAL, Person, Role
from tracking.database import Engine, Scope, replicas, states
from tracking.maintenance import dashboard

# The parameters of the URL that name another day and an earlier data version, as the addresses call them.
AS_OF, VERSION = "as_of", "data_version"
# In the session: that this page is about the present, whatever the URL says.
PRESENT = "present"
# Earlier states kept in memory, for all people together.
EARLIER = 2
# Answers kept, for all people together: what one page shows, at most a column of a track, never a whole table.
ANSWERS = 200

Answer = TypeVar("Answer")

_PERSON, _EYES, _ENDS = "person", "eyes", "session_ends"


def engine() -> Engine:
    """The database as the person sees it. Where it cannot be used or nobody is there, the page says so and stops."""
    return people.seen_by(_opened(), person())


def person() -> Person:
    """Who is at the page, with the grants of this moment. Where the session is over, the page says so and stops."""
    return during.once("person", _person)


def _person() -> Person:
    if not people.anybody(_opened()):
        return _local()
    secret = st.context.cookies.get(cookies.name(st.context.headers.get("Host", "")), "")
    session = sessions.known(_opened(), secret) if secret else None
    if not secret and settings.has_proxy():
        session = _by_proxy()
    if session is None or session.first:
        _over()
    if session.unnoted:
        database.write_beside(_opened(), lambda connection: sessions.use(connection, secret))
    _bind(session.person)
    st.session_state[_ENDS] = session.ends
    return session.person


def _by_proxy() -> sessions.Session | None:
    """Whom a gateway named: the gate alone sets this header."""
    number = st.context.headers.get(ACCOUNT_HEADER, "")
    with database.reading_beside(_opened()) as connection:
        named = people.as_of_now(connection, int(number)) if number.isdecimal() else None
    return None if named is None else sessions.Session(named, "", False, None)


def session_ends() -> datetime | None:
    """When the session ends unless it is used again, in UTC; None where none does."""
    return st.session_state.get(_ENDS)


def whole() -> Engine:
    """In local mode, all of the database, to choose from through whose eyes to look; else as the person sees it."""
    return engine() if people.anybody(_opened()) else _opened()


def look_as(role: Role | None, scope: Scope = database.CITY) -> None:
    """Let the one at this machine look through a role's eyes; None: with all of their own."""
    st.session_state[_EYES] = None if role is None else (role, scope)


def _local() -> Person:
    eyes = st.session_state.get(_EYES)
    return LOCAL if eyes is None else people.seen_as(LOCAL, *eyes)


def _bind(person: Person) -> None:
    """What a session of the page holds is one person's: another one who takes it up finds it empty."""
    held = st.session_state.get(_PERSON)
    if held not in (None, person.account):
        st.session_state.clear()
    st.session_state[_PERSON] = person.account


def _over() -> NoReturn:
    st.session_state.clear()
    st.error(words.text("access.signed_out"), icon=":material/lock:")
    here = urlsplit(st.context.url or "/")
    following = quote(f"{here.path or '/'}?{urlencode(url.parameters())}", safe="/")
    st.markdown(words.text("access.again", address=urljoin(here.geturl(), f"sign-in?next={following}")))
    st.stop()


def _opened() -> Engine:
    return during.once("engine", _open)


@contextmanager
def usable() -> Iterator[None]:
    """Around what asks the database: where it cannot be used, the page says so and what to do, and stops."""
    try:
        yield
    except database.DatabaseUnavailable as unavailable:
        st.error(words.text(f"unavailable.{unavailable.reason}"), icon=":material/database_off:")
        st.stop()


def _open() -> Engine:
    with usable():
        return _engine(dashboard.database_url())


def newest() -> int:
    """The data version of the database as it is now, where the page reads it."""
    return read_from().version


def read_from() -> source.Source:
    """Where the page reads what it shows."""
    present = bool(st.session_state.get(PRESENT))
    return during.once("source", lambda: source.choose(_opened(), present=present))


def version() -> int:
    """The data version that the page shows: an earlier one where the URL names it."""
    now = newest()
    stated = None if st.session_state.get(PRESENT) else url.whole_number(VERSION)
    return stated if stated is not None and 0 < stated < now else now


def shown() -> Engine:
    """The database as it stood at the data version that the page shows, of the spaces that the person sees now.

    What is written goes to `engine()`.
    """
    seen, stated = engine(), version()
    if stated == newest():
        return seen if read_from().stored_at is None else replicas.at_replica(seen)
    with database.reading(seen) as connection:
        return states.as_seen(_earlier(dashboard.database_url(), stated), connection, stated)


def today() -> date:
    """The day that it is."""
    return date.today()


def day() -> date:
    """The day that decides what is due: today, or the one that the URL names."""
    stated = None if st.session_state.get(PRESENT) else parsed(url.written(AS_OF) or "")
    return stated or today()


def parsed(text: str) -> date | None:
    """A day as the URL has it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def ask(question: Callable[..., Answer], **chosen: Any) -> Answer:  # noqa: ANN401 - whatever the question takes
    """The answer of a function of (engine, as_of, **chosen) in tracking, asked once per data version and day.

    What is chosen must be hashable: tuples for lists. The answer is the caller's own copy.
    """
    name = f"{question.__module__}.{question.__qualname__}"
    seen = shown()
    scopes = database.scopes(seen)
    return _ask(dashboard.database_url(), version(), day(), scopes, name, chosen, question, seen)  # type: ignore[no-any-return]


@st.cache_resource(max_entries=EARLIER, show_spinner=False)
def _earlier(address: str, version: int) -> Engine:
    return states.state(_engine(address), version)


@st.cache_resource(show_spinner=False)
def _engine(address: str) -> Engine:
    return dashboard.connect(address)


@st.cache_data(max_entries=ANSWERS, show_spinner=False)
def _ask(  # type: ignore[no-untyped-def] # noqa: ANN202 - the answer's type is the question's
    address: str,  # noqa: ARG001 - part of the key
    version: int,  # noqa: ARG001 - part of the key
    as_of: date,
    scopes: tuple[Scope, ...],  # noqa: ARG001 - part of the key
    name: str,  # noqa: ARG001 - part of the key, in place of the question itself
    chosen: dict[str, object],
    _question: Callable[..., object],
    _seen: Engine,
):
    return _question(_seen, as_of, **chosen)
