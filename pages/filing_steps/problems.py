"""What is wrong with a file, errors first; each problem with its mend, and the cell to be typed anew beside it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath

import pandas as pd
import streamlit as st

from pages.filing_steps import draft as drafts
from pages.filing_steps.draft import Draft
from pages.shared import words
from tracking.exports import formats
from tracking.filing import corrections
from tracking.filing.choices import Choices, Place
from tracking.filing.interpreting import fitting
from tracking.filing.preview import Preview
from tracking.filing.spreadsheets import grids
from tracking.words.problems import Problem

# So many at once; whoever has more mends the file itself, from the list or the coloured workbook.
SHOWN = 50
_LISTED = ("severity", "sheet", "row", "letter", "column", "message", "hint")
# A sign before the word: no colour alone tells an error from a warning.
_SIGNS = {"error": ":red[**✕ {word}**]", "warning": ":orange[**! {word}**]"}
_NOT_TYPED = frozenset({"unknown-column", "unknown-metric", "personal-data", "passed-over"})
# What fits on one line of a telephone.
_LINE = 16
# A longer cell is no figure, and is mended in the file.
_LONGEST = 1_000


def show(draft: Draft, seen: Preview, wanted: Choices) -> Choices:
    """The problems, a field to mend each cell in, and both downloads; the choices with what is typed there."""
    found = seen.report.problems
    if draft.choices.corrected:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(words.text("filing.corrected", name=draft.name), width="content")
            back = words.text("filing.as_uploaded")
            st.button(back, on_click=drafts.as_uploaded, args=(draft,), icon=":material/undo:")
    if not found:
        st.success(words.text("filing.no_problems"), icon=":material/check_circle:")
        return wanted
    errors = sum(problem.severity == "error" for problem in found)
    counts = words.text("filing.problems", errors=f"{errors:,}", warnings=f"{len(found) - errors:,}")
    st.subheader(counts, anchor=False)
    shown = found[:SHOWN]
    mendable = [_mendable(problem, seen) for problem in shown]
    if errors:
        st.error(words.text("filing.refused" if seen.grids else "filing.refused_file"), icon=":material/block:")
    else:
        st.info(words.text("filing.warned"), icon=":material/info:")
    if len(found) > SHOWN:
        st.caption(words.text("filing.first_problems", shown=SHOWN, total=f"{len(found):,}"))
    typed: dict[Place, str] = {}
    with st.container(border=True, gap="small", key="problems"):
        for problem, place in zip(shown, mendable, strict=True):
            _problem(draft, seen, problem, place if place not in typed else None, typed)
    with st.container(horizontal=True):
        _download("filing.problems_download", "problems.csv", lambda: formats.to_csv(_listed(found)))
        if seen.grids:
            name = f"{PurePath(draft.name).stem}-problems.xlsx"
            marked = [problem for problem in found if problem.sheet != fitting.ON_THE_PAGE]
            lang = words.lang()
            _download(
                "filing.annotated_download",
                name,
                lambda: corrections.annotated(draft.content, seen.grids, marked, lang),
            )
    return _mended(wanted, typed)


def _problem(draft: Draft, seen: Preview, problem: Problem, place: Place | None, typed: dict[Place, str]) -> None:
    """One problem: what is wrong, how to mend it, and a field for the cell where it stands in one."""
    lang = words.lang()
    # In columns the field stands beside on a wide screen and below on a narrow one.
    sentence, mend = st.columns([5, 3], vertical_alignment="center")
    sign = _SIGNS[problem.severity].format(word=words.text(f"severity.{problem.severity}"))
    sentence.markdown(f"{sign} {words.plain(problem.message(lang))}  \n{words.plain(problem.hint(lang))}")
    if place is None:
        return
    before = grids.cell(seen.grids, place)
    sheet, row, letter = place
    now = mend.text_input(
        words.text("filing.cell", place=f"{letter}{row}"),
        before,
        max_chars=_LONGEST,
        key=f"cell_{draft.key}_{sheet}_{letter}{row}",
    )
    # Always there, and one line: what came with the change would push the buttons away from under a hand that is about
    # to press one, and the press would be lost.
    mend.caption(words.text("filing.cell_before", before=words.plain(_short(before.strip()) or "—")))
    if now != before:
        typed[place] = now


def _short(text: str) -> str:
    return text if len(text) <= _LINE else f"{text[:_LINE]}…"


def _mendable(problem: Problem, seen: Preview) -> Place | None:
    """Where a person may type another text: not where they choose what a header is, nor in what is passed over; and
    personal data are to be taken out of the file itself."""
    if problem.row is None or problem.letter is None or problem.code in _NOT_TYPED:
        return None
    place = (problem.sheet, problem.row, problem.letter)
    return place if len(grids.cell(seen.grids, place)) <= _LONGEST else None


def _mended(choices: Choices, typed: dict[Place, str]) -> Choices:
    """The choices with cells typed anew; those of the page's own sheet are figures."""
    cells = {place: text for place, text in typed.items() if place[0] != fitting.ON_THE_PAGE}
    figures = dict(choices.figures)
    names = list(figures)
    for (sheet, row, letter), text in typed.items():
        # A sheet of the file has as many columns as it likes, the page's own these.
        field = fitting.COLUMNS[grids.index_of(letter)] if sheet == fitting.ON_THE_PAGE else None
        if field in ("value", "evidence", "note"):
            # Its header is the first row.
            figure = names[row - 2]
            figures[figure] = replace(figures[figure], **{field: text})
    return replace(choices, cells={**choices.cells, **cells}, figures=figures)


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
    return pd.DataFrame(rows, columns=list(_LISTED)).astype({"row": "Int64"})


def _download(key: str, name: str, write: Callable[[], bytes]) -> None:
    st.download_button(words.text(key), write, file_name=name, on_click="ignore", icon=":material/download:", key=key)
