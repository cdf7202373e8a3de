"""Policy: every requirement with its clause in the policy's own words, and how it is read."""

import calendar

import pandas as pd
import streamlit as st

from pages.policy_parts import edition as edition_upload
from pages.shared import data, drawing, filters, html_table, tables, words
from tracking.charts import sentences
from tracking.policy import in_force
from tracking.results import programme
from tracking.words import numbers

SHOWN = ["metric_name", "basis", "target", "mandatory", "alternative"]


def to_missed(row: pd.Series, label: object) -> html_table.Html:
    """A requirement leads to the list of who misses it."""
    return html_table.link("shortfalls", label, row=True, only=row["requirement"], track=row["track"])


def to_trial(row: tables.Row, label: object) -> html_table.Html:
    """Another reading leads to who would change by it."""
    return html_table.link("decisions", label, row=True, reading=row["code"], **{"try": "reading"})


offered = data.ask(programme.programme)
lang = words.lang()
editions = data.ask(in_force.editions, lang=lang)
if editions.empty:
    edition_upload.offer()
    st.info(words.text("policy.none"))
    st.stop()

selection = filters.show("edition", "track", always=("track",))
names = tables.track_names(offered)
requirements = data.ask(in_force.requirements, lang=lang)
track = selection.track or ""
requirements = requirements[requirements["track"] == track]
for edition in editions.itertuples():
    if selection.edition not in (None, edition.edition):
        continue
    st.header(words.plain(edition.name), anchor=False)
    st.caption(words.plain(edition.source))
    key = "policy.pass_mark_default" if edition.pass_mark_is_default else "policy.pass_mark"
    month = edition.due_month if lang == "zh" else calendar.month_name[edition.due_month]
    day = words.text("policy.day", month=month, day=edition.due_day)
    st.text(
        words.text("policy.terms", years=edition.construction_years, day=day)
        + words.text(key, share=numbers.share(edition.pass_mark))
    )
    drawing.hint("overview.weakest_hint")
    of_edition = requirements[requirements["edition"] == edition.edition]
    for (stage, clause), of_clause in of_edition.groupby(["stage", "clause"], sort=False):
        place = words.text("space.clause", stage=words.text(f"stage.{stage}"), clause=words.plain(clause))
        st.subheader(f"{words.plain(names[track])} · {place}", anchor=False)
        st.text(of_clause["clause_own"].iloc[0])
        if lang != "zh":
            st.caption(words.plain(of_clause["clause_text"].iloc[0]))
        target = [sentences.threshold(row, lang) for _, row in of_clause.iterrows()]
        shown = [name for name in SHOWN if name != "alternative" or of_clause[name].notna().any()]
        tables.show(of_clause.assign(target=target), shown=shown, caption=place, link=to_missed)
        for name, note in of_clause[["metric_name", "note"]].itertuples(index=False):
            if note:
                st.caption(words.text("policy.reading", metric=words.plain(name), note=words.plain(note)))

st.subheader(words.text("policy.readings"), anchor=False)
st.caption(words.text("policy.readings_why"))
other = data.ask(in_force.offered, lang=lang)
if selection.edition:
    other = other[other["edition"] == selection.edition]
other["metric_name"] = other["metric_name"].fillna(words.text("policy.pass_mark_name"))
other["code"] = other["edition"] + "/" + other["reading"]
other["edition"] = other["edition"].map(editions.set_index("edition")["name"])
several = ["edition"] if other["edition"].nunique() > 1 else []
shown = [*several, "metric_name", "in_force", "name"]
tables.show(other, shown=shown, caption=words.text("policy.readings"), link=to_trial)

st.subheader(words.text("methods.outlook"), anchor=False)
drawing.narrow_formulas()
drawing.outlook()
st.page_link("methods.py", label=words.text("policy.methods"), query_params=filters.carried())
edition_upload.offer()
