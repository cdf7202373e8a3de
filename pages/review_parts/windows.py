"""When filings are taken: the windows that are set, and the spaces that may file outside of them."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import streamlit as st

from pages.shared import data, doing, html_table, tables, words
from pages.shared.data import ask
from tracking.policy.rows import YEARS
from tracking.results import programme
from tracking.review import deadlines, windows
from tracking.review.acting import LONGEST_REASON, UnusableReason
from tracking.review.windows import UnusableWindow

_SAVED = "window_saved"
_DAYS = "YYYY-MM-DD"


def show() -> None:
    """The windows and exceptions, each with what sets another one."""
    names = begin("window", _SAVED)
    set_ones = windows.listed(data.engine(), data.today())
    rows = set_ones.assign(standing=[words.text(f"window.standing.{each}") for each in set_ones["standing"]])
    # As days, both within: the end is kept as the midnight behind the last one.
    for name, day in (("opens_at", _day), ("closes_at", _last_day)):
        rows[name] = [day(at, zone) for at, zone in zip(rows[name], rows["time_zone"], strict=True)]
    if rows.empty:
        st.info(words.text("window.none"))
    else:
        tables.show(rows, caption=words.text("review.step.window"), names={"edition": names}, link=_to_filings)
    _set(names, rows)
    given = windows.exceptions(data.engine(), data.today())
    st.subheader(words.text("window.exceptions"), anchor=False)
    if len(given):
        days = [_last_day(end, zone) for end, zone in zip(given["until_at"], given["time_zone"], strict=True)]
        tables.show(given.assign(until_at=days), caption=words.text("window.exceptions"), link=_to_filing)
    _extend()


def _to_filings(row: tables.Row, label: object) -> html_table.Html:
    """A window leads to what is owed in it."""
    return html_table.link("filing", label, row=True, edition=row["edition"], year=row["year"], step=None)


def _to_filing(row: tables.Row, label: object) -> html_table.Html:
    """An exception leads to where its space files."""
    return html_table.link("filing", label, row=True, space=row["space_id"], year=row["year"], step=None)


def begin(kind: str, saved: str) -> dict[str, str]:
    """What it is about, and that it was saved where it just was; the names of the editions that it is set for."""
    st.markdown(words.text(f"{kind}.about"))
    if st.session_state.pop(saved, False):
        st.success(words.text("window.saved"), icon=":material/check_circle:")
    return tables.edition_names(ask(programme.programme))


def _day(moment: object, zone: str) -> str:
    return windows.local(moment, zone)[:10]


def _last_day(end: object, zone: str) -> str:
    return f"{deadlines.last_day(end, zone):%Y-%m-%d}" if isinstance(end, pd.Timestamp) and not pd.isna(end) else ""


def _set(names: dict[str, str], rows: pd.DataFrame) -> None:
    """What is set for an edition and a year stands there already: who moves the last day leaves the first one."""
    st.markdown(f"**{words.text('window.set')}**")
    # Lines of their own, so that a long name and what is meant by a zone are read whole.
    edition = st.selectbox(tables.label("edition"), list(names), format_func=names.__getitem__, key="window_edition")
    year = st.number_input(tables.label("year"), *YEARS, value=data.today().year - 1, key="window_year")
    before = rows[(rows["edition"] == edition) & (rows["year"] == year)]
    with st.form("window"):
        with st.container(horizontal=True):
            opens, closes = (
                st.date_input(
                    words.text(f"window.{name}"), at, format=_DAYS, key=f"window_{name}_{edition}_{year}_{at}"
                )
                for name, at in (("opens", _set_day(before["opens_at"])), ("closes", _set_day(before["closes_at"])))
            )
        # Its own, unless another is chosen: nobody moves an edition by leaving this as it is.
        zone = st.selectbox(words.text("window.zone"), [None, *windows.zones()], format_func=_zone)
        by = signature("window_by")
        if st.form_submit_button(words.text("window.save"), type="primary") and edition and signed(by):
            _done(lambda: windows.set_window(data.engine(), edition, int(year), opens, closes, zone, by=by))


def _set_day(days: "pd.Series[str]") -> date | None:
    """The day of the window that is set, None where none is or it has no end on that side."""
    return date.fromisoformat(days.iloc[0]) if len(days) and days.iloc[0] else None


def _zone(zone: str | None) -> str:
    return words.text("window.zone_kept", usual=windows.USUAL_ZONE) if zone is None else zone


def _extend() -> None:
    with st.form("exception"):
        st.markdown(f"**{words.text('window.extend')}**")
        with st.container(horizontal=True):
            space = st.text_input(tables.label("space_id"), max_chars=80)
            year = st.number_input(tables.label("year"), *YEARS, value=data.today().year - 1)
            until = st.date_input(words.text("window.until"), data.today(), format=_DAYS)
        reason = st.text_input(words.text("window.reason"), max_chars=LONGEST_REASON)
        by = signature("exception_by")
        pressed = st.form_submit_button(words.text("window.give"), type="primary")
        if pressed and signed(by) and isinstance(until, date):
            _done(lambda: windows.extend(data.engine(), space.strip(), int(year), until, reason, by=by))


def signature(key: str) -> str:
    """Who sets it, where no account says so."""
    if data.person().account is not None:
        return "-"
    return st.text_input(words.text("window.by"), max_chars=200, key=key).strip()


def signed(by: str) -> bool:
    """Whether somebody signs; else it is said that nobody does."""
    if not by:
        st.error(words.text("window.by_missing"))
    return bool(by)


def _done(work: Callable[[], None]) -> None:
    why = {
        UnusableWindow: lambda unusable: words.text(f"window.unusable_{unusable.what}"),
        UnusableReason: lambda _: words.text("review.bad_reason"),
    }
    doing.do(work, _SAVED, why)
