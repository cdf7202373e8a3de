"""The drafts that a person may go on with: of one piece of work the latest, and behind it what was tried before."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.filing_steps import kept
from pages.shared import data, words
from tracking.results import history
from tracking.review.drafts import keeping
from tracking.review.drafts.handles import Handle

# So many spaces of a draft are named.
_MOST_NAMED = 5
Row = dict[str, Any]


def offer() -> None:
    """Every draft that the person may go on with, the latest first; nothing where there is none."""
    if st.session_state.pop(kept.GONE, False):
        st.warning(words.text("draft.gone"), icon=":material/sync_problem:")
    works: dict[object, list[Row]] = {}
    for row in keeping.offered(data.engine()).to_dict("records"):
        # One of which the filings are not known is a work of its own.
        works.setdefault(row["filings"] or row["draft"], []).append(row)
    for latest, *earlier in works.values():
        _offer(latest, earlier)


def _offer(row: Row, earlier: list[Row]) -> None:
    with st.container(border=True, key=f"draft_{row['draft']}"):
        st.markdown(f":orange[**{words.text('draft.not_filed')}**] · **{words.plain(row['source'])}**{_of_whom(row)}")
        st.caption(_whose(row))
        if filed := _filed_since(row):
            st.markdown(f":material/info: {words.text('draft.filed_since', at=filed)}")
        _ways(row, "primary")
        if earlier:
            _earlier(earlier)


def _earlier(rows: list[Row]) -> None:
    """Trials of the same filings, which the latest takes the place of."""
    with st.expander(words.text("draft.earlier", count=len(rows)), icon=":material/history:"):
        st.caption(words.text("draft.earlier_are"))
        for row in rows:
            st.markdown(f"**{words.plain(row['source'])}**  \n{_whose(row)}")
            _ways(row, "secondary")
        if len(rows) > 1:
            with st.popover(words.text("draft.throw_away_earlier", count=len(rows)), icon=":material/delete_sweep:"):
                st.markdown(words.text("draft.throw_away_sure"))
                key = f"draft_throw_away_earlier_{rows[0]['draft']}"
                if st.button(words.text("draft.throw_away_earlier", count=len(rows)), key=key):
                    kept.throw_away(*(Handle(str(row["draft"]), int(row["saves"])) for row in rows))


def _ways(row: Row, kind: Any) -> None:
    draft = str(row["draft"])
    with st.container(horizontal=True):
        if st.button(words.text("draft.go_on"), type=kind, icon=":material/edit:", key=f"draft_go_on_{draft}"):
            kept.take_up(draft)
        with st.popover(words.text("draft.throw_away"), icon=":material/delete:"):
            st.markdown(words.text("draft.throw_away_sure"))
            if st.button(words.text("draft.throw_away_yes"), key=f"draft_throw_away_{draft}"):
                kept.throw_away(Handle(draft, int(row["saves"])))


def _of_whom(row: Row) -> str:
    """The spaces of a draft and, where they are known, the years."""
    named = [each for each in str(row["spaces"]).split(" ") if each]
    years = sorted({year for _, year in row["filings"]})
    more = "…" if len(named) > _MOST_NAMED else ""
    comma = words.text("list.comma")
    told = [words.plain(comma.join(named[:_MOST_NAMED])) + more] if named else []
    told += [comma.join(words.text("year", year=each) for each in years)] if years else []
    return "".join(f" · {each}" for each in told)


def _filed_since(row: Row) -> str:
    """When all that a draft is of was filed, where that was after it was saved; empty otherwise."""
    if not row["filings"]:
        return ""
    spaces, years = ({each[at] for each in row["filings"]} for at in (0, 1))
    rows = data.ask(history.owed, spaces=tuple(sorted(spaces)), years=tuple(sorted(years)))
    filed = {(space, year): at for space, year, at in rows[["space_id", "year", "filed_at"]].to_numpy()}
    since: list[Any] = [at for each in row["filings"] if pd.notna(at := filed.get(each)) and at > row["saved_at"]]
    return f"{min(since):%Y-%m-%d %H:%M}" if len(since) == len(row["filings"]) else ""


def _whose(row: Row) -> str:
    at = {name: f"{row[name]:%Y-%m-%d %H:%M}" for name in ("started_at", "saved_at")}
    ends = f"{row['ends_at']:%Y-%m-%d}"
    by = {name: words.plain(row[name] or words.text("draft.somebody")) for name in ("started_by", "written_by")}
    one = "draft.whose" if row["written_by"] else "draft.whose_here"
    key = one if row["started_by"] == row["written_by"] else "draft.whose_two"
    return words.text(key, ends=ends, **at, **by)
