"""What is printed: the briefing of the programme, scorecards of one space or (as a ZIP) of all in the filter."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.shared import data, words
from tracking.exports import briefing as briefing_of
from tracking.exports import scorecard, typesetting
from tracking.maintenance import dashboard

# At some 0.2 s each, more would keep a person waiting too long.
MOST = 1_000


def one(space: str, *, approved_only: bool) -> None:
    """The button that downloads a space's scorecard."""
    if not _can_print():
        return
    engine, as_of, lang = data.shown(), data.day(), words.lang()
    st.download_button(
        words.text("scorecard.one"),
        data=lambda: scorecard.scorecard(engine, as_of, space=space, lang=lang, approved_only=approved_only),
        file_name=f"{as_of.isoformat()}-{scorecard.file_name(space)}",
        mime="application/pdf",
        on_click="ignore",
        icon=":material/picture_as_pdf:",
    )


def briefing(year: int, scope: Mapping[str, Any]) -> None:
    """The button that downloads the briefing of a data year, of what the filters choose."""
    if not _can_print():
        return
    engine, as_of, lang = data.shown(), data.day(), words.lang()
    st.download_button(
        words.text("overview.print"),
        data=lambda: briefing_of.briefing(engine, as_of, year=year, **{**scope, "lang": lang}),
        file_name=f"briefing-{year}-{as_of.isoformat()}.pdf",
        mime="application/pdf",
        on_click="ignore",
        icon=":material/picture_as_pdf:",
    )


def many(spaces: Sequence[str], *, approved_only: bool) -> None:
    """The button that makes the scorecards of several spaces, with progress, then the one that downloads them."""
    if not spaces or not _can_print():
        return
    if len(spaces) > MOST:
        st.caption(words.text("scorecard.too_many", most=f"{MOST:,}", count=f"{len(spaces):,}"))
        return
    content = (dashboard.database_url(), data.version(), data.day(), words.lang(), approved_only, *spaces)
    made = st.session_state.get("scorecards")
    if made and made[0] == content:
        st.download_button(
            words.text("scorecard.download", count=f"{len(spaces):,}"),
            made[1],
            file_name=f"scorecards-{data.day().isoformat()}.zip",
            mime="application/zip",
            on_click="ignore",
            icon=":material/folder_zip:",
        )
    elif st.button(words.text("scorecard.many", count=f"{len(spaces):,}"), icon=":material/folder_zip:"):
        st.session_state["scorecards"] = (content, _archive(spaces, approved_only))
        st.rerun()


def _archive(spaces: Sequence[str], approved_only: bool) -> bytes:
    progress = st.progress(0.0)
    files = []
    engine, as_of, lang = data.shown(), data.day(), words.lang()
    cards = scorecard.scorecards(engine, as_of, spaces=spaces, lang=lang, approved_only=approved_only)
    for number, (space, content) in enumerate(zip(spaces, cards, strict=True), start=1):
        files.append((scorecard.file_name(space), content))
        progress.progress(number / len(spaces), words.text("scorecard.progress", done=number, count=len(spaces)))
    return scorecard.archive(files)


def _can_print() -> bool:
    try:
        typesetting.check()
    except typesetting.NoChineseFont:
        st.info(words.text("scorecard.no_font"), icon=":material/font_download_off:")
        return False
    return True
