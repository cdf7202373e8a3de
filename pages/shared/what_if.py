"""What a space's coming year would be with figures that somebody types; nothing is stored."""

from datetime import date

import pandas as pd
import streamlit as st

from pages.shared import data, drawing, tables, words
from tracking.charts import standing
from tracking.filing import what_if
from tracking.results import one_enrolment
from tracking.words import numbers


@st.fragment
def show(space: str, edition: str, track: str, year: int, due: date) -> None:
    """The figures of the year to type, last year's to begin with, and what they would lead to."""
    title = words.text("what_if", year=year)
    with st.expander(title, icon=":material/science:", key="what_if", on_change="rerun") as place:
        if not place.open:
            return
        owed = data.ask(what_if.owed, space=space, year=year, lang=words.lang())
        begun = owed.assign(value=[_written(row) for _, row in owed.iterrows()])
        with st.form("what_if_figures", border=False):
            st.caption(words.text("what_if.about"))
            typed = st.data_editor(
                begun[["metric", "metric_name", "unit", "value"]],
                hide_index=True,
                disabled=["metric", "metric_name", "unit"],
                column_order=["metric_name", "unit", "value"],
                column_config={name: tables.label(name) for name in ("metric_name", "unit", "value")},
                height=300,
                key=f"what_if_{space}_{track}_{year}",
            )
            tried = st.form_submit_button(words.text("trial.try"), type="primary")
        if tried:
            _outcome(space, edition, track, year, due, typed)


def _written(row: pd.Series) -> str:
    """Last year's figure as somebody would type it."""
    return numbers.filed(row["year_before"], row["kind"], words.lang()).replace(",", "").replace("−", "-")


def _outcome(space: str, edition: str, track: str, year: int, due: date, typed: pd.DataFrame) -> None:
    figures = {metric: str(value or "") for metric, value in zip(typed["metric"], typed["value"], strict=True)}
    found = what_if.outcome(
        data.engine(), data.day(), space=space, year=year, due=due, figures=figures, lang=words.lang()
    )
    for problem in found.problems:
        st.error(words.plain(f"{problem.message(words.lang())} {problem.hint(words.lang())}"))
    if found.problems:
        return
    own = [_own(frame, edition, track) for frame in (found.evaluations, found.attainment, found.verdicts)]
    evaluations, rows, verdicts = own
    (judged,) = (row for _, row in evaluations[evaluations["year"] == year].iterrows())
    verdict = verdicts.iloc[0]
    drawing.marks({"result": judged["result"], "verdict": verdict["verdict"], "exit_warning": judged["exit_warning"]})
    st.markdown(words.plain(standing.result(judged, one_enrolment.missed(rows, year), words.lang())))


def _own(frame: pd.DataFrame, edition: str, track: str) -> pd.DataFrame:
    return frame[(frame["edition"] == edition) & (frame["track"] == track)]
