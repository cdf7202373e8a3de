"""One filing as it is reviewed: its state, its warnings, its figures beside what they are held against."""

import pandas as pd
import streamlit as st

from pages.review_parts import deciding, paper
from pages.shared import data, evidence, filed_figures, html_table, picks, questions, tables, words
from tracking.filing import choice_records
from tracking.review import deadlines, figures, standing, waiting, windows
from tracking.review.acting import Filing


def show(space: str, year: int | None) -> None:
    """The filing of a year of a space; before a year is chosen the latest that was filed."""
    st.html(html_table.link("review", words.text("review.back"), space=None, year=None))
    states = standing.states(data.engine(), data.today(), space=space)
    if states.empty:
        st.info(words.text("review.not_filed"))
        return
    years = [str(each) for each in states["year"]]
    chosen = picks.part("year", years, lambda each: words.text("year", year=each), str(year))
    row = states[states["year"] == int(chosen)].iloc[0]
    filing = Filing(space, int(row["year"]), int(row["revision"]))
    _standing(row)
    _answered(filing)
    _warnings(filing)
    found = data.ask(figures.figures, space=space, year=filing.year, lang=words.lang())
    st.subheader(words.text("review.figures"), anchor=False)
    _changed(row, found)
    filed_figures.show(found, words.text("review.figures"), space)
    every = found[found["kind"].notna()].drop_duplicates("metric")
    evidence.show(space, filing.year)
    if row["review_state"] == "approved":
        paper.show(filing)
    questions.show(space, filing.year, resolved=True)
    questions.ask(space, filing.year, every)
    deciding.offer(filing, every)
    _past(filing, dict(zip(found["metric"], found["metric_name"], strict=True)))


def _standing(row: "pd.Series[object]") -> None:
    name = {"space": words.plain(row["space_name"]), "year": row["year"], "revision": row["revision"]}
    st.subheader(words.text("review.one", **name), anchor=False)
    filed = words.text("review.filed_by", by=row["filed_by"], at=f"{row['filed_at']:%Y-%m-%d %H:%M}")
    parts: list[object] = [html_table.mark("review_state", str(row["review_state"])), filed]
    if isinstance(row["moved_by"], str):
        parts.append(words.text("review.since", by=row["moved_by"], at=f"{row['since']:%Y-%m-%d %H:%M}"))
    st.html(html_table.joined([*parts, *_lies(str(row["space_id"]), int(row["year"]))], " · "))
    if isinstance(row["reason"], str):
        st.markdown(words.text("review.reason", reason=words.plain(row["reason"])))
    if isinstance(row["until_at"], pd.Timestamp) and row["review_state"] != "approved":
        of_space = {"space": str(row["space_id"]), "ends": row["until_at"].to_pydatetime()}
        until = windows.last_day_for(data.engine(), data.today(), **of_space)
        st.caption(words.text("review.open_until", until=f"{until:%Y-%m-%d}"))


def _lies(space: str, year: int) -> list[object]:
    """How long it has waited at its step, and until when it should."""
    rows = waiting.of_space(data.engine(), deadlines.now(), space=space)
    parts: list[object] = []
    for _, row in rows[rows["year"] == year].iterrows():
        parts.append(words.text("term.lies", days=row["days_here"]))
        if isinstance(row["last_day"], pd.Timestamp):
            parts.append(words.text("term.until", day=f"{row['last_day']:%Y-%m-%d}"))
            parts.append(html_table.mark("term", str(row["term"])))
    return parts


def _answered(filing: Filing) -> None:
    """With what answer this very revision was filed again as it stood before."""
    of_filing = {"space": filing.space_id, "year": filing.year, "lang": words.lang()}
    decided = data.ask(choice_records.of_filing, **of_filing)
    of_revision = decided[(decided["revision"] == filing.revision) & (decided["kind"] == "again")]
    for answer in of_revision["after"]:
        st.info(words.text("again.told", answer=words.plain(answer)), icon=":material/replay:")


def _warnings(filing: Filing) -> None:
    warnings = data.ask(standing.warnings, space=filing.space_id, year=filing.year)
    if warnings:
        with st.expander(words.text("review.warnings", count=len(warnings)), expanded=True, icon=":material/warning:"):
            for each in warnings:
                st.markdown(f"- {words.plain(each.message(words.lang()))}")


def _changed(row: "pd.Series[object]", found: pd.DataFrame) -> None:
    if pd.notna(row["approved_revision"]):
        count = found[found["changed"]]["metric"].nunique()
        st.markdown(words.text("review.changed", revision=row["approved_revision"], count=count))


def _past(filing: Filing, names: dict[str, str]) -> None:
    """What was done about the filing so far; `names` are of the metrics whose figures were named."""
    past = standing.past(data.engine(), data.today(), space=filing.space_id, year=filing.year)
    if past.empty:
        return
    st.subheader(words.text("review.past"), anchor=False)
    named = [[names.get(each, each) for each in codes.split()] for codes in past["cells"].fillna("")]
    acts = past.assign(
        act=[words.text(f"review_act.{each}") for each in past["act"]],
        cells=[words.text("told.list").join(each) or None for each in named],
    )
    shown = [name for name in acts if acts[name].notna().any()]
    to_filing = lambda row, label: html_table.to_filing(filing.space_id, filing.year, label, row["revision"])  # noqa: E731
    tables.show(acts, shown=shown, caption=words.text("review.past"), link=to_filing)
