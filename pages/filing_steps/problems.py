"""What is wrong with a file, errors first; a cell can be mended where its problem stands."""

from collections.abc import Sequence
from pathlib import PurePath

import pandas as pd
import streamlit as st

from pages.filing_steps import draft as drafts
from pages.filing_steps.draft import Draft
from pages.shared import tables, words
from tracking import annotated, exports
from tracking.annotated import Place
from tracking.preview import Preview
from tracking.problems import Problem

# So many at once; whoever has more mends the file itself, from the list or the coloured workbook.
SHOWN = 200
# What a cell says that nobody is to read here.
_HIDDEN = "***"
_PLAIN = ("severity", "sheet", "row", "letter", "column", "message", "hint")


def show(draft: Draft, seen: Preview) -> None:
    """The problems, a field to mend each cell in, and both downloads."""
    found = seen.report.problems
    if not found:
        return
    errors = sum(problem.severity == "error" for problem in found)
    told = words.text("filing.problems", errors=errors, warnings=len(found) - errors)
    st.subheader(told, anchor=False)
    if errors:
        st.error(words.text("filing.refused"), icon=":material/block:")
    listed = _listed(found)
    if seen.grids:
        _mend(draft, seen, listed)
    else:
        st.dataframe(listed[list(_PLAIN)], hide_index=True, column_config=tables.columns(listed))
    with st.container(horizontal=True):
        _download("filing.problems_download", "problems.csv", lambda: exports.to_csv(_listed(found)[list(_PLAIN)]))
        if seen.grids:
            name = f"{PurePath(draft.name).stem}-problems.xlsx"
            lang = words.lang()
            _download("filing.annotated_download", name, lambda: annotated.annotated(seen.grids, found, lang))


def _listed(found: Sequence[Problem]) -> pd.DataFrame:
    lang = words.lang()
    rows = [
        {
            "severity": words.text(f"severity.{problem.severity}"),
            "sheet": problem.sheet,
            "row": problem.row,
            "letter": problem.letter,
            "column": problem.column,
            "message": problem.message(lang),
            "hint": problem.hint(lang),
        }
        for problem in found
    ]
    return pd.DataFrame(rows).astype({"row": "Int64"})


def _mend(draft: Draft, seen: Preview, listed: pd.DataFrame) -> None:
    """The problems with what each cell says, to be typed anew; a submitted change is checked as a new upload is."""
    found = seen.report.problems[:SHOWN]
    places = [_place(problem) for problem in found]
    was = [
        None if place is None else _HIDDEN if problem.code == "personal-data" else annotated.said(seen.grids, place)
        for problem, place in zip(found, places, strict=True)
    ]
    listed = listed.head(SHOWN).assign(cell=pd.Series(was, dtype="object"))
    if len(seen.report.problems) > SHOWN:
        st.caption(words.text("filing.first_problems", shown=SHOWN, total=f"{len(seen.report.problems):,}"))
    if not any(places):
        st.dataframe(listed[list(_PLAIN)], hide_index=True, column_config=tables.columns(listed))
        return
    columns = ("severity", "sheet", "row", "letter", "column", "cell", "message", "hint")
    shown = [name for name in columns if name != "sheet" or listed["sheet"].notna().any()]
    with st.form(f"mend_{draft.key}", border=False):
        edited = st.data_editor(
            listed[shown],
            hide_index=True,
            placeholder="",
            disabled=[name for name in shown if name != "cell"],
            column_config=tables.columns(listed) | {"cell": _mended_column()},
            key=f"cells_{draft.key}",
        )
        if st.form_submit_button(words.text("filing.mend"), icon=":material/edit:"):
            changed = {
                place: _typed(now)
                for place, before, now in zip(places, was, edited["cell"], strict=True)
                if place is not None and _typed(now) != before
            }
            if changed:
                drafts.correct(draft, annotated.mended(seen.grids, changed), "xlsx")
                st.rerun()
            st.caption(words.text("filing.nothing_mended"))


def _mended_column() -> object:
    return st.column_config.TextColumn(words.text("filing.cell"), help=words.text("filing.cell_help"), width="medium")


def _place(problem: Problem) -> Place | None:
    if problem.row is None or problem.letter is None:
        return None
    return problem.sheet, problem.row, problem.letter


def _typed(cell: object) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)


def _download(key: str, name: str, write) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    st.download_button(words.text(key), write, file_name=name, on_click="ignore", icon=":material/download:", key=key)
