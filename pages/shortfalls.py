"""Shortfalls: what is missed, by whom, since when and by how much, with its downloads."""

import pandas as pd
import streamlit as st

from pages.shared import agreed_marks, downloads, drawing, filters, html_table, picks, provisional, tables, url, words
from pages.shared.data import ask
from pages.shared.html_table import Html
from tracking.charts import sentences, where
from tracking.policy import in_force
from tracking.results import programme, shortfalls
from tracking.results.tables.columns import SHORTFALLS
from tracking.results.tables.filters import Chosen

# What is missed, by whom, since when and by how much, as one reads it; whoever wants others picks them.
USUAL = (
    *("space_name", "year", "metric_name", "status", "required", "actual", "gap", "short_by", "unit"),
    *("consecutive_years", "district", "track", "clause"),
)
LONGEST_PERIOD = 10
# The parameter that a group is, and its column, where they are not called as the group.
NARROWED = {"requirement": ("only", "requirement")}


def columns() -> list[str]:
    """The columns that are shown, and where to pick them."""
    with st.expander(words.text("shortfalls.columns")):
        return picks.many("column", list(SHORTFALLS), USUAL, tables.label)


def sorting() -> tuple[str | None, bool]:
    """The column that the list is sorted by and whether from the largest on; none is the worst first."""
    order = picks.one("order", list(SHORTFALLS), tables.label, none="shortfalls.worst_first")
    if order is None:
        return None, False
    ways = ("descending", "ascending") if order in tables.WORST_FIRST else ("ascending", "descending")
    way = picks.part("direction", ways, lambda code: words.text(f"shortfalls.{code}"))
    return order, way == "descending"


def of_group(row: tables.Row, label: object) -> Html:
    """What a group leads to: its shortfalls in the list, those of a space to the space."""
    if shown == "space":
        return html_table.link("space", label, row=True, space=row["space_id"])
    parameter, column = NARROWED.get(shown, (shown, shown))
    return html_table.link("shortfalls", label, row=True, view=None, **{parameter: row[column]})


def of_each(places: pd.DataFrame) -> str:
    """How many of the shortfalls have each status, in words, of those that some have."""
    sums = {code: int(places[code].sum()) for code in shortfalls.STATUSES}
    counted = [f"{words.text(f'status.{code}')} {count:,}" for code, count in sums.items() if count]
    return words.text("list.comma").join(counted)


offered = ask(programme.programme)
lang = words.lang()
names = {"track": tables.track_names(offered)}

row = st.container(horizontal=True, key="filters")
selection = filters.show(*filters.ALL, row=row)
more = st.container(horizontal=True, key="picks")
policy = ask(in_force.requirements, lang=lang)
if selection.track:
    # That nothing is missed of one of another track is an answer, too.
    policy = policy[(policy["track"] == selection.track) | (policy["requirement"] == url.written("only"))]
known = dict(zip(policy["requirement"], policy["metric_name"], strict=True))
requirement = picks.one("only", list(known), lambda code: f"{known[code]} ({code.rsplit('.', 1)[0]})", row=more)
at_least = picks.count("years", LONGEST_PERIOD, row=more)
search = picks.text("text", row=more)
statuses = picks.several("status", shortfalls.STATUSES, lambda code: words.text(f"status.{code}"))
chosen: Chosen = {
    **selection.chosen(),
    "statuses": tuple(statuses),
    "requirements": (requirement,) if requirement else (),
    "at_least": at_least,
    "search": search,
    "lang": lang,
}

if len(offered.editions) < 2:
    # Nobody chose the only one, and an address that is kept must not miss the next.
    chosen.pop("editions", None)

provisional.left("shortfalls", **chosen)
places = ask(shortfalls.where, **chosen)
if places.empty:
    st.header(words.text("shortfalls.nothing"), anchor=False)
    st.info(words.text("shortfalls.none"))
    st.stop()
st.header(words.plain(sentences.where(places, lang)), anchor=False)

shown = picks.part("view", ("list", *shortfalls.BY), lambda code: words.text(f"shortfalls.by.{code}"))
if shown == "list":
    total = int(places["shortfalls"].sum())
    number = min(picks.page(), shortfalls.pages(total))
    order, descending = sorting()
    rows = ask(shortfalls.page, number=number, order=order, descending=descending, **chosen)
    counted = f"{places['requirement'].nunique():,}"
    sentence = words.text("shortfalls.counted", rows=f"{total:,}", requirements=counted, statuses=of_each(places))
    # Whoever looks for what was filed too low sees what was not filed at all, unless told why.
    why = words.text("shortfalls.order") if order is None and not statuses else ""
    st.caption(f"{provisional.also(sentence, int(places['provisional'].sum()))} {why}".strip())
    table = st.container()
    picked = columns()
    with table:
        link = tables.to_enrolment("requirement")
        if rows["provisional"].any():
            picked = [*(name for name in picked if name != "provisional"), "provisional"]
        rows = agreed_marks.beside(rows)
        if rows["agreed"].any():
            after = picked.index("status") + 1 if "status" in picked else len(picked)
            picked = [*picked[:after], "agreed", *picked[after:]]
        tables.show(rows, shown=picked, caption=words.text("page.shortfalls"), names=names, link=link)
        picks.pager(number, shortfalls.PAGE, total)
else:
    rows, total = ask(shortfalls.grouped, by=shown, number=picks.page(), **chosen)
    number = min(picks.page(), shortfalls.pages(total))
    summed = rows["gaps"].notna().any()
    if summed:
        st.caption(words.text("shortfalls.sums"))
    # By its name a requirement is known; its code tells those of one name apart.
    ordered = sorted(rows.columns, key=lambda name: name != "metric_name")
    # A column that is empty in every row says nothing.
    without = [*([] if summed else ["gaps", "unit"]), *([] if rows["provisional"].any() else ["provisional"])]
    ordered = [name for name in ordered if name not in without]
    tables.show(rows, shown=ordered, caption=words.text(f"shortfalls.by.{shown}"), names=names, link=of_group)
    picks.pager(number, shortfalls.PAGE, total)

with st.container(key="downloads"):
    st.subheader(words.text("shortfalls.downloads"), anchor=False)
    downloads.offer(chosen, int(places["shortfalls"].sum()))

st.subheader(words.text("shortfalls.picture"), anchor=False)
every_year = ask(shortfalls.where, **{**chosen, "years": ()}) if selection.year else places
drawing.hint("shortfalls.picture_hint", "shortfalls.picture_about")
leads = lambda code, year: html_table.address("shortfalls", view=None, only=code, year=year)  # noqa: E731
st.html(where.where(every_year, names["track"], leads, sentences.where(every_year, lang), lang))
provisional.legend(every_year["provisional"].any())
