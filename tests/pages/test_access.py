"""Who is at the page is found anew at every run, callback and fragment: what has ended acts no more."""

from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from pages.shared import data
from tracking import database
from tracking.access import looking_after, people, sessions
from tracking.access.people import LOCAL
from tracking.database import Scope

# What a page does at its own run, in a callback and in a fragment: each acts through `data.engine`.
PAGE = """
import streamlit as st
from pages.shared import data
from tracking.access import looking_after

def act(key):
    looking_after.add(data.engine(), key)

st.session_state["held"] = st.session_state.get("held", data.person().name)
st.text(st.session_state["held"])
st.button("callback", on_click=act, args=("by-callback",))

@st.fragment
def part():
    if st.button("fragment"):
        act("by-fragment")

part()
"""


@pytest.fixture
def page(nothing: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Engine, Callable[[str], None], AppTest]]:
    """A page on a database with two accounts, the browser's cookie to be set, and the database."""
    monkeypatch.setenv("TRACKING_DATABASE", nothing)
    engine = database.connect(nothing)
    for name in ("admin", "wang"):
        looking_after.add(engine, name)
        looking_after.give(engine, name, "administrator", database.CITY)

    def unlock(connection: sa.Connection) -> None:
        connection.execute(sa.text("UPDATE account SET first_until = NULL"))

    database.write_beside(engine, unlock)
    held: dict[str, str] = {}
    context = SimpleNamespace(cookies=held, headers={"Host": "localhost"}, url="http://localhost/", locale="en")
    monkeypatch.setattr("streamlit.context", context)

    def sign_in(secret: str) -> None:
        held["tracking-session"] = secret

    data._engine.clear()
    yield engine, sign_in, AppTest.from_string(PAGE, default_timeout=60)
    data._engine.clear()
    engine.dispose()


def begin(engine: Engine, account: int) -> str:
    return database.write_beside(engine, lambda connection: sessions.begin(connection, account))


def names(engine: Engine) -> set[str]:
    with database.reading(engine) as connection:
        return set(connection.execute(sa.text("SELECT name FROM account")).scalars().all())


@pytest.mark.parametrize("button", [0, 1], ids=["callback", "fragment"])
def test_a_button_of_a_page_does_nothing_once_the_session_is_over(
    page: tuple[Engine, Callable[[str], None], AppTest], button: int
) -> None:
    engine, sign_in, app = page
    sign_in(begin(engine, 1))
    app.run()
    assert not app.exception
    database.write_beside(engine, lambda connection: sessions.end_all(connection, 1))
    app.button[button].click().run()
    assert names(engine) == {"admin", "wang"}
    assert [each.value for each in app.error] == ["The session has ended."]


def test_a_page_that_another_account_takes_up_is_empty(page: tuple[Engine, Callable[[str], None], AppTest]) -> None:
    engine, sign_in, app = page
    sign_in(begin(engine, 1))
    app.run()
    assert app.text[0].value == "admin"
    sign_in(begin(engine, 2))
    assert app.run().text[0].value == "wang"


@pytest.mark.usefixtures("page")
def test_answers_are_kept_by_what_a_person_may_see(monkeypatch: pytest.MonkeyPatch) -> None:
    scopes: list[tuple[Scope, ...]] = []

    def question(engine: Engine, _: date) -> int:
        scopes.append(database.scopes(engine))
        return len(scopes)

    for person in (LOCAL, people.NOBODY, people.seen_as(LOCAL, "operator", Scope("space", "S1")), LOCAL):
        monkeypatch.setattr(data, "person", lambda person=person: person)
        data.ask(question)
    assert scopes == [(database.CITY,), (), (Scope("space", "S1"),)]
