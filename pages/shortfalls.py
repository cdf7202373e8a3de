"""Shortfalls: what is missed, by whom, since when and by how much, with its downloads."""

import streamlit as st

from pages.shared import choices, downloads, drawing, picks, tables, words
from pages.shared.data import ask
from tracking import attainment, missed, programme, requirements, telling
from tracking.attainment import Chosen
from tracking.charts import programme as charts

STATUSES = ("short", "behind_pace", "unreported", "unfiled")
# The columns in the order in which one reads them; whoever wants others chooses them.
USUAL = (
    *("space_name", "district", "track", "year", "metric_name", "unit", "required", "actual", "gap", "short_by"),
    *("status", "consecutive_years", "clause"),
)
LONGEST_PERIOD = 10

offered = ask(programme.programme)
lang = words.lang()
names = {"track": tables.track_names(offered)}

row = st.container(horizontal=True, key="filters")
filters = choices.filters("edition", "track", "district", "year", "phase", row=row)
more = st.container(horizontal=True, key="picks")
policy = ask(requirements.requirements, lang=lang)
policy = policy[policy["track"] == filters.track] if filters.track else policy
known = dict(zip(policy["requirement"], policy["metric_name"], strict=True))
requirement = picks.one("only", list(known), lambda code: f"{known[code]} ({code.rsplit('.', 1)[0]})", row=more)
at_least = picks.count("years", LONGEST_PERIOD, row=more)
search = picks.text("text", row=more)
statuses = picks.several("status", STATUSES, lambda code: words.text(f"status.{code}"))
chosen: Chosen = {
    **filters.tables(),  # type: ignore[typeddict-item]
    "phases": (filters.phase,) if filters.phase else (),
    "statuses": tuple(statuses),
    "requirements": (requirement,) if requirement else (),
    "at_least": at_least,
    "search": search,
    "lang": lang,
}

totals = ask(missed.grouped, by="requirement", **chosen)
if totals.empty:
    st.header(words.text("shortfalls.nothing"), anchor=False)
    st.info(words.text("shortfalls.none"))
    st.stop()
places = ask(missed.where, **chosen)
st.header(words.plain(telling.where(places, lang)), anchor=False)

shown = choices.one_of("view", ("list", *missed.BY), lambda code: words.text(f"shortfalls.by.{code}"))
if shown == "list":
    columns = st.session_state.get("shortfall_columns") or list(USUAL)
    order = picks.one("order", list(attainment.SHORTFALLS), tables.label, none="shortfalls.worst_first")
    number = choices.page()
    rows, total = ask(missed.page, number=number, order=order, descending=order in tables.WORST_FIRST, **chosen)
    st.caption(words.text("shortfalls.counted", rows=f"{total:,}", requirements=f"{len(totals):,}"))
    tables.show(rows[[name for name in attainment.SHORTFALLS if name in columns]], names=names, key="shortfalls")
    choices.pager(number, missed.PAGE, total)
    with st.expander(words.text("shortfalls.columns")):
        st.multiselect(
            words.text("shortfalls.columns"),
            list(attainment.SHORTFALLS),
            default=list(USUAL),
            key="shortfall_columns",
            format_func=tables.label,
            label_visibility="collapsed",
        )
else:
    tables.show(ask(missed.grouped, by=shown, **chosen), names=names, key=f"grouped_{shown}")

st.subheader(words.text("shortfalls.downloads"), anchor=False)
downloads.offer(chosen)

st.subheader(words.text("shortfalls.picture"), anchor=False)
every_year = ask(missed.where, **{**chosen, "years": ()})
drawing.chart(charts.where(every_year), "where", telling.where(every_year, lang))
drawing.behind(every_year, "every_year")
