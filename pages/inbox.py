"""The inbox: what waits for whoever is signed in, what they are told, and where else they are told of it."""

from collections.abc import Sequence

import streamlit as st

from pages.shared import data, html_table, unread, url, words
from pages.shared.html_table import Column, Html, escaped
from tracking.reminders import digest, receivers
from tracking.reminders.receivers import LONGEST_ADDRESS, UnusableAddress
from tracking.review import inbox, windows
from tracking.review.inbox import Event
from tracking.words.language import LANGUAGES

_SAVED = "inbox_saved"


def follow(events: Sequence[Event], name: str) -> None:
    """Go where an event is dealt with, which has been read by that."""
    event = next((each for each in events if each.event == name), None)
    if event is None:
        st.info(words.text("inbox.gone"), icon=":material/task_alt:")
        return
    inbox.mark(data.engine(), [name])
    page, about = event.place
    st.switch_page(f"{page}.py", query_params={**url.parameters(), "event": "", **about})


def show(events: Sequence[Event], read: set[str]) -> None:
    """What waits, and below it what is only told."""
    if not events:
        st.info(words.text("inbox.empty"), icon=":material/task_alt:")
        return
    new = [each.event for each in events if each.event not in read]
    if new and st.button(words.text("inbox.read_all", count=len(new)), icon=":material/done_all:"):
        inbox.mark(data.engine(), new)
        st.rerun()
    for waits in (True, False):
        chosen = [each for each in events if each.waits is waits]
        if chosen:
            title = words.text("inbox.waits" if waits else "inbox.told", count=len(chosen))
            st.subheader(title, anchor=False)
            columns = [Column(words.text(f"inbox.column.{each}")) for each in ("what", "since", "by")]
            html_table.show(columns, [_row(each, each.event in read) for each in chosen], caption=title, stacked=True)


def choose() -> None:
    """Where the person is told besides, and in which language."""
    wishes = receivers.own(data.engine())
    with st.expander(words.text("inbox.channels"), icon=":material/mail:"), st.form("inbox_channels", border=False):
        st.markdown(words.text("inbox.channels_about"))
        mail = st.text_input(words.text("inbox.mail"), wishes.mail, max_chars=LONGEST_ADDRESS)
        lang = st.selectbox(
            words.text("inbox.language"),
            LANGUAGES,
            LANGUAGES.index(wishes.lang),
            format_func=lambda code: words.text(f"inbox.language_{code}"),
        )
        if st.form_submit_button(words.text("inbox.save")):
            try:
                receivers.choose(data.engine(), mail, lang)
            except UnusableAddress:
                st.error(words.text("inbox.unusable_address"), icon=":material/block:")
            else:
                st.session_state[_SAVED] = True
                st.rerun()


def _row(event: Event, read: bool) -> list[Html]:
    sentence = escaped(digest.sentence(event, words.lang(), inbox.now()))
    # What is new is told to whoever cannot see how it is drawn, too.
    new = escaped(words.text("inbox.new"))
    shown = sentence if read else Html(f'<strong><span class="new">{new}</span> {sentence}</strong>')
    body = Html(f"<br><small>{escaped(event.body)}</small>") if event.body else ""
    at = windows.local(event.at, event.zone)[:10] if event.zone else f"{event.at:%Y-%m-%d %H:%M}"
    link = html_table.link("inbox", shown, row=True, event=event.event)
    return [Html(f"{link}{body}"), escaped(at), escaped(event.by)]


st.header(words.text("page.inbox"), anchor=False)
if data.person().account is None:
    st.info(words.text("inbox.local"), icon=":material/group:")
    st.stop()
standing = unread.events()
chosen = url.written("event")
if chosen:
    follow(standing, chosen)
if st.session_state.pop(_SAVED, False):
    st.success(words.text("inbox.saved"), icon=":material/check:")
show(standing, inbox.marked(data.engine()))
choose()
