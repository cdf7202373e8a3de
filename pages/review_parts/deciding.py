"""Checking, approving, returning and reopening on the page, and what came of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import pandas as pd
import streamlit as st

from pages.shared import data, words
from tracking.review import acting, exceptions, standing, windows
from tracking.review.acting import Done, Filing, Given, NotMoved
from tracking.review.exceptions import Way

_DONE = "review_done"
_PRESSED = "review_pressed"
# So many refusals are told one by one.
_FEW = 20
_OPEN_DAYS = 14
_DAYS = "YYYY-MM-DD"


def act(done: str, filings: Sequence[Filing], given: Given = acting.NOTHING, *, only_clean: bool = False) -> None:
    """Do it, and draw the page anew with what came of it."""
    try:
        made = acting.act(data.engine(), done, filings, given, only_clean=only_clean)  # type: ignore[arg-type]
    except acting.UnusableReason:
        st.error(words.text("review.bad_reason"), icon=":material/edit_note:")
        return
    st.session_state[_DONE] = (done, made)
    st.rerun()


def outcome() -> None:
    """What came of the last act, once."""
    found: tuple[str, Done] | None = st.session_state.pop(_DONE, None)
    if found is None:
        return
    done, made = found
    if made.moved:
        counted = {"count": f"{len(made.moved):,}", "act": words.text(f"review_act.{done}")}
        st.success(words.text("review.moved", **counted), icon=":material/check_circle:")
    if made.refused:
        lines = [
            words.text(
                "review.refused",
                space=words.plain(each.filing.space_id),
                year=each.filing.year,
                why=words.text(f"review.why.{each.why}"),
            )
            for each in made.refused[:_FEW]
        ]
        if len(made.refused) > _FEW:
            lines.append(words.text("review.more", count=f"{len(made.refused) - _FEW:,}"))
        st.warning("  \n".join(lines), icon=":material/block:")


def offer(filing: Filing, figures: pd.DataFrame) -> None:
    """What the state of a filing allows whoever looks, with what goes with it."""
    offered = standing.offered(data.engine(), data.today(), space=filing.space_id, year=filing.year)
    done = _pressed(filing, offered)
    st.subheader(words.text("review.decide"), anchor=False)
    # Where it was pressed: the head of a filing's page is far above.
    outcome()
    if data.person().account is None:
        st.info(words.text("review.local"), icon=":material/group:")
        return
    if not offered:
        st.caption(words.text("review.no_act"))
        return
    names = dict(zip(figures["metric"], figures["metric_name"], strict=True))
    # By no revision: what was typed stays where somebody files again meanwhile.
    with st.form(f"decide_{filing.space_id}_{filing.year}", border=True):
        reason, cells, until, exception = "", [], None, None
        way = exceptions.way(data.engine(), data.today(), space=filing.space_id, year=filing.year)
        if "return" in offered or "reopen" in offered:
            reason = st.text_area(words.text("review.give_reason"), max_chars=acting.LONGEST_REASON)
        if "return" in offered:
            cells = st.multiselect(
                words.text("review.give_cells"),
                list(names),
                format_func=names.__getitem__,
                placeholder=words.text("review.any_cells"),
            )
            exception = _exception(filing, way)
        if "reopen" in offered:
            usual = data.today() + timedelta(days=_OPEN_DAYS)
            until = st.date_input(words.text("review.give_until"), usual, min_value=data.today(), format=_DAYS)
            if way.ends_before(usual):
                sentence = way.sentence(filing.year, words.lang())
                st.info(words.text("review.way_reopen", way=sentence), icon=":material/event_busy:")
        with st.container(horizontal=True):
            for at, each in enumerate(offered):
                kind: Literal["primary", "secondary"] = "secondary" if at else "primary"
                label = words.text(f"review_act.{each}")
                st.form_submit_button(label, type=kind, on_click=_press, args=(each, filing))
    if done:
        gives = {"return": exception, "reopen": until if until and way.ends_before(until) else None}
        ends = until if done == "reopen" else None
        act(done, [filing], Given(reason, tuple(cells), _end(filing, ends), _end(filing, gives.get(done))))


def _press(done: str, filing: Filing) -> None:
    st.session_state[_PRESSED] = (done, filing)


def _pressed(filing: Filing, offered: Sequence[str]) -> str:
    """What was pressed of this filing as it is now. Of a revision that is no more the latest, or where somebody else
    was ahead, nothing: what was not looked at is not decided, and the page says so."""
    done, looked_at = st.session_state.pop(_PRESSED, ("", filing))
    if not done or looked_at[:2] != filing[:2]:
        return ""
    if looked_at == filing and done in offered:
        return str(done)
    why: acting.Why = "state" if looked_at == filing else "revised"
    st.session_state[_DONE] = (done, Done(None, (), [NotMoved(looked_at, why)]))
    return ""


def _exception(filing: Filing, way: Way) -> date | None:
    """Through which day the space may file outside the window once it is returned, where it could not in time."""
    sentence = way.sentence(filing.year, words.lang())
    if not sentence:
        return None
    advice = "review.way_about" if way.may_except else "review.way_ask"
    st.warning(words.text(advice, way=sentence), icon=":material/event_busy:")
    if not way.may_except:
        return None
    usual, label = way.mend_until, words.text("review.give_exception")
    return st.date_input(label, usual, min_value=data.today(), format=_DAYS)


def _end(filing: Filing, day: date | None) -> datetime | None:
    return None if day is None else windows.end_for(data.engine(), filing.space_id, day)
