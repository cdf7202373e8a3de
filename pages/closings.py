"""Closings: what was decided of a data year, given back as it was, and what would change in it since."""

import pandas as pd
import streamlit as st

from pages.shared import data, downloads, filters, html_table, picks, tables, url, words
from pages.shared.data import ask
from tracking import database
from tracking.access import acts
from tracking.closings import closing, frozen, since, unapproved
from tracking.results import programme
from tracking.words import looks

SHOWN = ("closing", "edition", "year", "as_of", "provisional", "data_version", "closed_by", "closed_at", "release")
# So many filings that are not approved are listed before a year is closed with them.
FEW = 20
# What decided it comes behind what it was and is.
CHANGED = ("space_name", "part", "metric_name", "decided_before", "decided_after", "actual_before", "actual_after")
CAUSE = ("load_kind", "source", "loaded_at", "track", "space_id")


@st.dialog(words.text("closings.close"))
def close(years: list[int]) -> None:
    """Close a data year: which one, under whose name, and that it stays."""
    st.markdown(words.text("closings.close_why"))
    edition = st.selectbox(
        tables.label("edition"), list(names["edition"]), format_func=names["edition"].__getitem__, key="close_edition"
    )
    # None before it is chosen: a closing stays.
    year = st.selectbox(
        tables.label("year"), years[::-1], None, placeholder=words.text("filing.choose_year"), key="close_year"
    )
    local = data.person().account is None
    by = st.text_input(tables.label("closed_by"), max_chars=200, key="close_by") if local else "-"
    accepted = with_unapproved(edition, year) if edition and year else False
    ready = bool(by.strip()) and accepted is not False
    if not st.button(words.text("closings.close"), type="primary", disabled=not ready, key="close_now") or not year:
        return
    try:
        made = closing.close(
            data.engine(),
            edition=edition,
            year=year,
            by=by.strip(),
            as_of=data.today(),
            with_unapproved=accepted is True,
        )
    except closing.UnapprovedFilings:
        # One came in since they were listed.
        st.rerun(scope="fragment")
    except closing.NothingToClose:
        st.error(words.text("closings.nothing", year=year))
        return
    url.put(closing=str(made.number))
    st.rerun()


def with_unapproved(edition: str, year: int) -> bool | None:
    """Whether it is accepted that a closing rests on filings that are not approved; None where it rests on none."""
    rows = unapproved.listed(data.engine(), data.today(), edition=edition, year=year)
    if rows.empty:
        return None
    st.warning(words.text("closings.unapproved", count=f"{len(rows):,}"), icon=":material/hourglass_top:")
    tables.show(rows.head(FEW), caption=words.text("column.closings.provisional"), link=to_review)
    if len(rows) > FEW:
        st.caption(words.text("closings.unapproved_more", count=f"{len(rows) - FEW:,}"))
    return st.checkbox(words.text("closings.with_unapproved"), key=f"close_with_{edition}_{year}")


def to_review(row: tables.Row, label: object) -> html_table.Html:
    """A filing that is not approved leads to its review."""
    return html_table.link("review", label, row=True, space=row["space_id"], year=row["year"])


def to_closing(row: tables.Row, label: object) -> html_table.Html:
    """What was frozen, and what would change in it since."""
    return html_table.link("closings", label, row=True, closing=row["closing"], space=None)


def to_changed(row: tables.Row, label: object) -> html_table.Html:
    """What changed leads to the requirement of its space, or to the space where it is a year or a verdict."""
    known = {name: None if pd.isna(row[name]) else row[name] for name in ("requirement", "track")}
    goal = {"space": row["space_id"], "requirement": known["requirement"], "enrolment": known["track"]}
    return html_table.link("space", label, row=True, closing=None, **goal)


def worded(changed: pd.DataFrame) -> pd.DataFrame:
    """What was decided and what it would be, each as it is marked everywhere."""
    sides = {
        side: [
            "" if pd.isna(code) else looks.mark(part, code, lang)
            for part, code in zip(changed["part"], changed[side], strict=True)
        ]
        for side in ("decided_before", "decided_after")
    }
    labels = {name: [words.text(f"{name}.{code}") for code in changed[name]] for name in ("part", "load_kind")}
    return changed.assign(**sides, **labels)


offered = ask(programme.programme)
lang = words.lang()
names = {"track": tables.track_names(offered), "edition": tables.edition_names(offered)}
st.header(words.text("closings.title"), anchor=False)
st.markdown(words.text("closings.about"))
closed = ask(frozen.listed)
with st.container(horizontal=True, vertical_alignment="center", key="closing"):
    may = acts.may(data.person(), "close") and not database.read_only()
    if may and offered.years and st.button(words.text("closings.close"), icon=":material/lock:", type="primary"):
        close(list(offered.years))
    st.page_link("decisions.py", label=words.text("page.decisions"), query_params=filters.carried())
if closed.empty:
    st.info(words.text("closings.none"))
    st.stop()
tables.show(closed.iloc[::-1], shown=SHOWN, caption=words.text("page.closings"), names=names, link=to_closing)

numbers = [str(number) for number in closed["closing"].iloc[::-1]]
shown = int(picks.part("closing", numbers, lambda number: words.text("closings.number", number=number)))
one = closed[closed["closing"] == shown].iloc[0]
title = words.text("closings.one", number=shown, year=one["year"])
st.subheader(f"{title} · {words.plain(names['edition'].get(one['edition'], one['edition']))}", anchor=False)
st.caption(words.text("closings.rests_on", sha256=one["sha256"], rules=one["rules"]))
downloads.closing(shown, whole=frozen.whole(data.engine()))

st.subheader(words.text("table.since_closing"), anchor=False)
st.caption(words.text("closings.since_why", day=f"{one['as_of']:%Y-%m-%d}"))
changed = ask(since.since, closing=shown, lang=lang)
if changed.empty:
    st.success(words.text("closings.unchanged"), icon=":material/check_circle:")
    st.stop()
counts = {"results": f"{len(changed):,}", "spaces": f"{changed['space_id'].nunique():,}"}
st.warning(words.text("closings.changed", **counts), icon=":material/difference:")
spaces = dict(zip(changed["space_id"], changed["space_name"].fillna(""), strict=True))
space = picks.one("space", sorted(spaces), lambda code: f"{code} {spaces[code]}", none="closings.every_space")
listed = changed[changed["space_id"] == space] if space else changed
shown_columns = (*CHANGED, *CAUSE)
tables.show(
    worded(listed), shown=shown_columns, caption=words.text("table.since_closing"), names=names, link=to_changed
)
tables.downloads(listed, f"since-closing-{shown}", "since_closing")
