"""What is wrong with a file, errors first; a cell can be mended where its problem stands."""

from collections.abc import Callable, Sequence
from pathlib import PurePath

import pandas as pd
import streamlit as st

from pages.filing_steps import draft as drafts
from pages.filing_steps.draft import Draft
from pages.shared import tables, words
from tracking.exports import formats
from tracking.filing import corrections
from tracking.filing.corrections import Place
from tracking.filing.preview import Preview
from tracking.words.problems import Problem

# So many at once; whoever has more mends the file itself, from the list or the coloured workbook.
SHOWN = 200
# What a cell says that nobody is to read here.
_HIDDEN = "***"
_LISTED = ("severity", "sheet", "row", "letter", "column", "message", "hint")
# The sentence names the sheet and the column.
_SHOWN = ("severity", "row", "letter", "cell", "message", "hint")
_SIGNS = {"error": "✕", "warning": "!"}
# High enough for a sentence of two lines.
_ROW = 72


def show(draft: Draft, seen: Preview) -> None:
    """The problems, a field to mend each cell in, and both downloads."""
    found = seen.report.problems
    if draft.corrections:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(words.text("filing.corrected", name=draft.name), width="content")
            st.button(words.text("filing.as_uploaded"), on_click=drafts.as_uploaded, icon=":material/undo:")
    if not found:
        st.success(words.text("filing.no_problems"), icon=":material/check_circle:")
        return
    errors = sum(problem.severity == "error" for problem in found)
    told = words.text("filing.problems", errors=f"{errors:,}", warnings=f"{len(found) - errors:,}")
    st.subheader(told, anchor=False)
    places = [_place(problem) for problem in found[:SHOWN]] if seen.grids else []
    mendable = any(places)
    if errors:
        st.error(words.text("filing.refused" if mendable else "filing.refused_file"), icon=":material/block:")
    else:
        st.info(words.text("filing.warned"), icon=":material/info:")
    if len(found) > SHOWN:
        st.caption(words.text("filing.first_problems", shown=SHOWN, total=f"{len(found):,}"))
    if mendable:
        _mend(draft, seen, places)
    else:
        listed = _signed(found[:SHOWN])
        shown = listed[[name for name in _SHOWN if name in listed and listed[name].notna().any()]]
        st.dataframe(
            shown, hide_index=True, placeholder="", row_height=_ROW, column_config=tables.columns(shown) | _columns()
        )
    with st.container(horizontal=True):
        _download("filing.problems_download", "problems.csv", lambda: formats.to_csv(_listed(found)[list(_LISTED)]))
        if seen.grids:
            name = f"{PurePath(draft.name).stem}-problems.xlsx"
            lang = words.lang()
            _download(
                "filing.annotated_download", name, lambda: corrections.annotated(draft.content, seen.grids, found, lang)
            )


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


def _signed(found: Sequence[Problem]) -> pd.DataFrame:
    """As they are shown: a sign tells errors from warnings before a word is read."""
    listed = _listed(found)
    signs = pd.Series([_SIGNS[problem.severity] for problem in found])
    return listed.assign(severity=signs + " " + listed["severity"])


def _mend(draft: Draft, seen: Preview, places: Sequence[Place | None]) -> None:
    """The problems with what each cell says, to be typed anew; a submitted change is checked as a new upload is."""
    found = seen.report.problems[:SHOWN]
    was = [
        None if place is None else _HIDDEN if problem.code == "personal-data" else corrections.said(seen.grids, place)
        for problem, place in zip(found, places, strict=True)
    ]
    listed = _signed(found).assign(cell=pd.Series(was, dtype="object"))[list(_SHOWN)]
    with st.form(f"mend_{draft.key}", border=False):
        edited = st.data_editor(
            listed,
            hide_index=True,
            placeholder="",
            row_height=_ROW,
            disabled=[name for name in _SHOWN if name != "cell"],
            column_config=tables.columns(listed) | _columns(),
            key=f"cells_{draft.key}",
        )
        asked = st.form_submit_button(
            words.text("filing.mend"),
            icon=":material/edit:",
            type="primary" if seen.report.refused else "secondary",
        )
    if asked:
        changed = {
            place: _typed(now)
            for place, before, now in zip(places, was, edited["cell"], strict=True)
            if place is not None and _typed(now) != before
        }
        if changed:
            drafts.correct(draft, corrections.mended(seen.grids, changed), "xlsx")
            st.rerun()
        st.caption(words.text("filing.nothing_mended"))


def _columns() -> dict[str, object]:
    text = st.column_config.TextColumn
    return {
        "cell": text(words.text("filing.cell"), help=words.text("filing.cell_help"), width="medium"),
        "message": text(tables.label("message"), width=460),
        "hint": text(tables.label("hint"), width=320),
    }


def _place(problem: Problem) -> Place | None:
    if problem.row is None or problem.letter is None:
        return None
    return problem.sheet, problem.row, problem.letter


def _typed(cell: object) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)


def _download(key: str, name: str, write: Callable[[], bytes]) -> None:
    st.download_button(words.text(key), write, file_name=name, on_click="ignore", icon=":material/download:", key=key)
