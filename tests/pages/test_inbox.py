"""The inbox of who is signed in: what waits stands first, is counted in the menu, leads to where it is dealt with."""

import pytest
from sqlalchemy import Engine

from tests.pages.conftest import OpenPage, drawn, look_as, said
from tests.reviewed import by, of
from tracking.reminders import receivers
from tracking.review import acting, inbox
from tracking.review.acting import Given


@pytest.fixture
def returned(filed: tuple[str, Engine]) -> tuple[str, Engine]:
    """A programme with people, of which one had a filing returned."""
    acting.act(by(filed[1], "reviewer"), "return", [of("S1")], Given("<b>mentors</b> are 12"))
    return filed


def test_an_event_is_counted_leads_to_its_place_and_is_read_by_that(
    open_page: OpenPage, returned: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = returned
    look_as(monkeypatch, engine, "operator")
    page = open_page(url, "inbox", lang="en")
    assert not page.exception
    assert 'title="1 unread"' in drawn(page)
    assert "2022: the filing was returned" in drawn(page)
    assert "&lt;b&gt;mentors" in drawn(page)
    (event,) = inbox.events(by(engine, "operator"), inbox.now())
    page = open_page(url, "inbox", lang="en", event=event.event)
    assert not page.exception
    assert "Yearly filing" in said(page)
    assert "are 12" in said(page)
    assert "unread" not in drawn(page)
    # To others it says nothing, not even that it is there.
    look_as(monkeypatch, engine, "southern")
    page = open_page(url, "inbox", lang="en", event=event.event)
    assert "no longer yours to do" in said(page)
    assert "mentors" not in said(page) + drawn(page)


def test_where_mail_goes_is_chosen_by_its_owner(
    open_page: OpenPage, returned: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = returned
    look_as(monkeypatch, engine, "operator")
    page = open_page(url, "inbox", lang="en")
    for address, told in (("nobody", "not an address that mail can go to"), ("li@city.example", "Saved.")):
        page.text_input[0].input(address)
        next(each for each in page.button if each.label == "Save").click().run()
        assert told in said(page)
    assert receivers.own(by(engine, "operator")).mail == "li@city.example"


def test_without_an_account_there_is_no_inbox(open_page: OpenPage, made_up: str) -> None:
    page = open_page(made_up, lang="en")
    assert "Inbox" not in drawn(page)
