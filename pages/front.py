"""What every page has: the menu, the state of the data, the language; then the page that is asked for."""

from pathlib import Path

import streamlit as st

from pages.shared import data, during, eyes, links, lost, menu, notices, source, standpoint, unread, words
from tracking.access import acts
from tracking.database import DatabaseUnavailable
from tracking.words.language import LANGUAGES

ICON = Path(__file__).parent / "icon.svg"
# The pages in the order of the menu, each with its icon.
PAGES = {
    "overview": "monitoring",
    "space": "apartment",
    "shortfalls": "rule",
    "decisions": "gavel",
    "filing": "upload_file",
    "review": "fact_check",
    "policy": "policy",
    "methods": "functions",
}
INBOX, PEOPLE = "inbox", "group"
# Pages that others lead to.
LINKED = {"closings": "lock", "compare": "compare", "brand": "workspaces"}

st.set_page_config(page_icon=str(ICON), layout="wide")

# What the empty page cannot know (shared/shell.py).
language = f"document.documentElement.lang = {words.TAGS[words.lang()]!r};"
st.html(f"<script>{language}</script>", unsafe_allow_javascript=True)

# A server that is started anew is away for a moment.
with during.run(), data.usable():
    person = data.person()
    offered = dict(PAGES)
    if person.account is not None:
        offered |= {"inbox": INBOX} | ({"people": PEOPLE} if acts.may(person, "people") else {})
    pages = {
        name: st.Page(
            f"{name}.py",
            title=words.text(f"page.{name}"),
            icon=f":material/{icon}:",
            url_path=name,
            default=name == "overview",
        )
        # Whoever comes by an address that is not theirs is told so by the page itself, in their language.
        for name, icon in {**PAGES, "inbox": INBOX, "people": PEOPLE, **LINKED}.items()
    }
    # Streamlit's own menu would drop the filters from the URL; these links carry them.
    page = st.navigation(list(pages.values()), position="hidden")
    standpoint.hold(page.url_path)
    st.set_page_config(page_title=f"{page.title} · {words.text('product')}")
    with st.container(horizontal=True, vertical_alignment="center", key="front"):
        titles = {name: pages[name].title for name in offered}
        menu.show(titles, page.url_path or "overview", {"inbox": unread.count()} if "inbox" in offered else {})
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="state"):
            standpoint.choose()
            eyes.show(person)

    links.known("lang", LANGUAGES, words.text("menu.language"))
    notices.show()
    standpoint.banner()
    source.tell(data.read_from())
    eyes.tell(person)
    lost.tell(titles)
    try:
        page.run()
    except DatabaseUnavailable as unavailable:
        # Nothing was stored; what was asked of the database is what the page cannot show.
        st.error(words.text(f"unavailable.{unavailable.reason}"), icon=":material/database_off:")
