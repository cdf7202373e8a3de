"""From when the pages look: another day, an earlier data version, and the banner that says so while it is on."""

import html

import streamlit as st

from pages.shared import data, url, words

# Pages that store something, which is always the present's.
OF_THE_PRESENT = ("filing", "review", "people", "closings")


def hold(page: str) -> None:
    """Let a page that stores look from the present, whatever the URL says."""
    st.session_state[data.PRESENT] = page in OF_THE_PRESENT


def choose() -> None:
    """The state of the data that the page shows, and where to choose another."""
    label = words.text("state", version=data.version(), day=data.day().isoformat())
    if st.session_state.get(data.PRESENT):
        st.caption(label, width="content")
        return
    with st.popover(label, width="content", type="tertiary"):
        st.session_state["standpoint_day"] = data.day()
        st.date_input(words.text("standpoint.day"), key="standpoint_day", on_change=_to_day, format="YYYY-MM-DD")
        newest = data.newest()
        tie = url.tied("standpoint_version", data.VERSION, data.version(), newest)
        st.number_input(words.text("standpoint.version", newest=newest), 1, max(newest, 1), **tie)


def _to_day() -> None:
    chosen = st.session_state["standpoint_day"]
    if chosen is None or chosen == data.today():
        url.drop(data.AS_OF)
    else:
        url.put(**{data.AS_OF: chosen.isoformat()})


def banner() -> None:
    """Say that the page does not show the present, and lead back to it; stop where the URL names no such moment."""
    stated = {name: url.written(name) or "" for name in (data.AS_OF, data.VERSION)}
    if st.session_state.get(data.PRESENT) or not any(stated.values()):
        return
    day, version = data.parsed(stated[data.AS_OF]), data.version()
    known = (not stated[data.AS_OF] or day) and stated[data.VERSION] in ("", str(version))
    if known and (data.day(), version) == (data.today(), data.newest()):
        return
    key = "standpoint.on" if known else "standpoint.unknown"
    shown = [word for name, word in stated.items() if word]
    sentence = words.text(key, day=data.day().isoformat(), version=version, value=words.plain(" · ".join(shown)))
    st.warning(sentence, icon=":material/history:")
    back = html.escape(words.text("standpoint.back"))
    st.html(f'<a class="inside" href="{html.escape(url.here(*stated))}">{back}</a>')
    if not known:
        st.stop()
