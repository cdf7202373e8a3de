"""What another reading or a changed rule would change: who, how, and the list to take away. Nothing is stored."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import data, html_table, tables, url, words
from pages.shared.filters import Selection
from tracking.charts import sentences
from tracking.policy import edited, in_force
from tracking.policy import rows as policy_rows
from tracking.policy.edited import Edit
from tracking.results import sandbox
from tracking.results.differences import Difference
from tracking.words.problems import Refusal

# The columns of the two lists, in the order in which one reads them.
RESULTS = ("space_name", "year", "result", "result_otherwise", "exit_warning", "exit_warning_otherwise")
STATUSES = ("space_name", "year", "metric_name", "status", "status_otherwise")
PLACE = ("track", "district")
BY_YEAR = ("year", "better", "worse", "exits_fewer")
# Rows of a list; the file has all.
AT_ONCE = 50
_OF_SPACES = ("edition", "track", "district", "brand", "approved_only")


def edits(edition: str, selection: Selection) -> tuple[Edit, ...]:
    """What the person changes of the edition in force, in a form of its own; empty before they try it."""
    lang = words.lang()
    terms = data.ask(in_force.editions, lang=lang)
    terms = terms[terms["edition"] == edition].iloc[0]
    rules = data.ask(in_force.requirements, lang=lang)
    rules = rules[rules["edition"] == edition]
    rules = rules[rules["track"] == selection.track] if selection.track else rules
    kept = ("requirement", "track", "clause", "metric_name", "unit")
    table = rules[[*kept, *edited.OF_REQUIREMENT]].reset_index(drop=True)
    with st.form(f"trial_{edition}", border=True):
        with st.container(horizontal=True):
            share = round(float(terms["pass_mark"]) * 100)
            mark = st.number_input(words.text("trial.pass_mark"), 1, 100, share, key=f"mark_{edition}")
            due = st.text_input(words.text("trial.due"), _due(terms), max_chars=5, key=f"due_{edition}")
        changed = st.data_editor(
            table,
            hide_index=True,
            disabled=list(kept),
            column_config=_columns(),
            column_order=[*kept[2:], *edited.OF_REQUIREMENT],
            height=260,
            key=f"rules_{edition}_{selection.track}",
        )
        tried = st.form_submit_button(words.text("trial.try"), icon=":material/science:", type="primary")
    key = f"tried_{edition}"
    if tried:
        st.session_state[key] = _edits(table, changed, terms, mark, due)
    made: tuple[Edit, ...] = st.session_state.get(key, ())
    return made


def _columns() -> dict[str, Any]:
    named = {name: tables.label(name) for name in ("clause", "metric_name", "unit")}
    choice = st.column_config.SelectboxColumn
    bases = {code: words.text(f"basis.{code}") for code in policy_rows.BASES}
    return {
        **named,
        "basis": choice(
            tables.label("basis"), options=list(bases), format_func=lambda code: bases[str(code)], required=True
        ),
        "comparison": choice(
            tables.label("comparison"), options=list(policy_rows.COMPARISONS), format_func=_sign, required=True
        ),
        "threshold": st.column_config.NumberColumn(
            tables.label("threshold"), min_value=0.0, required=True, help=words.text("trial.threshold")
        ),
    }


def _sign(comparison: object) -> str:
    return str(comparison).replace(">=", "≥")


def _edits(before: pd.DataFrame, after: pd.DataFrame, terms: pd.Series, mark: int, due: str) -> tuple[Edit, ...]:
    """What differs between the rules in force and those in the form."""
    made = [
        Edit(str(row["requirement"]), name, _written(row[name]))
        for at, row in after.iterrows()
        for name in edited.OF_REQUIREMENT
        if row[name] != before.loc[at, name]
    ]
    if mark != round(float(terms["pass_mark"]) * 100):
        made.append(Edit("", "pass_mark", f"{mark / 100:g}"))
    if due != _due(terms):
        made.append(Edit("", "due", due))
    return tuple(made)


def _due(terms: pd.Series) -> str:
    return f"{terms['due_month']:02}-{terms['due_day']:02}"


def _written(value: object) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def sandboxed(edition: str, made: Sequence[Edit]) -> Difference | None:
    """What these edits would change; None, and what is wrong with them said, where they do not fit."""
    try:
        return data.ask(sandbox.difference, edition=edition, edits=tuple(made), lang=words.lang())
    except Refusal as refusal:
        for problem in refusal.problems:
            st.error(words.plain(f"{problem.message(words.lang())} {problem.hint(words.lang())}"))
        return None


def folder(edition: str, made: Sequence[Edit]) -> None:
    """The button that saves the changed edition as a folder to load."""
    engine, day = data.engine(), data.day()
    content: Callable[[], bytes] = lambda: sandbox.folder(engine, day, edition=edition, edits=made)  # noqa: E731
    st.download_button(
        words.text("trial.folder"),
        content,
        file_name=f"{edition}.zip",
        mime="application/zip",
        on_click="ignore",
        icon=":material/folder_zip:",
        help=words.text("trial.folder_hint"),
    )


def show(changes: Difference, selection: Selection, names: dict[str, dict[str, str]], name: str) -> None:
    """Every year in a line each, then the spaces of the year and phase that the page has, and their file."""
    of_spaces = changes.within(selection.chosen(*_OF_SPACES))
    st.markdown(f"**{words.plain(sentences.difference(of_spaces, words.lang()))}**")
    if len(of_spaces.results):
        by_year = of_spaces.by_year()[list(BY_YEAR)]
        tables.show(by_year, caption=words.text("trial.by_year"), link=_to_year)
    here = changes.within(selection.chosen())
    for title, frame, columns in (
        ("decisions.results", here.results, RESULTS),
        ("decisions.statuses", here.statuses, STATUSES),
    ):
        if len(frame):
            st.markdown(f"**{words.text(title)}** ({len(frame):,})")
            link = tables.to_enrolment(*(("requirement",) if "requirement" in frame else ()))
            shown = (*columns, *PLACE)
            tables.show(frame, shown=shown, caption=words.text(title), names=names, link=link, most=AT_ONCE)
    if len(of_spaces.results) or len(of_spaces.statuses):
        st.caption(words.text("trial.download"))
        tables.downloads(_file(of_spaces), name, key="trial")


def _to_year(row: tables.Row, label: object) -> html_table.Html:
    """The lists of a year, of the same reading."""
    return html_table.link("decisions", label, row=True, year=row["year"], reading=url.written("reading"))


def _file(changes: Difference) -> pd.DataFrame:
    """Results and statuses that would change, of every year, as one table."""
    meanings = ["passed", "passed_otherwise", "must_leave", "must_leave_otherwise"]
    return pd.concat([changes.results.drop(columns=meanings), changes.statuses], ignore_index=True)
