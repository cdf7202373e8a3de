"""What was understood of a file: what it changes, and every figure beside last year's and what is asked."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.filing_steps.draft import Draft
from pages.shared import data, tables, url, words
from tracking.charts import sentences
from tracking.filing import served_figures
from tracking.filing.choices import Choices, Typed
from tracking.filing.preview import Preview
from tracking.filing.served_figures import MOST_FILINGS
from tracking.results import history
from tracking.review import returned
from tracking.words import looks, numbers

_EDITED = ("typed", "evidence", "note")
_CHANGES = (
    *("change", "space_name", "year", "track", "metric_name"),
    *("status_before", "status_after", "actual_before", "actual_after", "required", "unit"),
)
_FIGURES = (
    *("space_name", "year", "metric_name", "typed", "unit", "returned", "note", "evidence"),
    *("year_before", "stored", "asked", "becomes"),
)
# So many rows are drawn in full; more of them scroll.
_IN_FULL = 40
_ROW = 35
# The column of figures is as wide as the words over it, in either language.
_TYPED = 150
# Beside words that say it too; the field of the figure itself is the browser's own.
_RETURNED = "background-color: #f4b9a3; color: #0d1620"
# So many filings without a figure are named.
_MOST_NAMED = 5


def show(draft: Draft, seen: Preview, names: dict[str, str], wanted: Choices) -> Choices:
    """What would change, and the figures, which can be corrected where they stand; the choices with what is typed."""
    report = seen.report
    if report.filings == report.unchanged:
        return wanted
    _tell_of_another(seen)
    st.subheader(words.text("filing.changes", closed=f"{seen.closed:,}", opened=f"{seen.opened:,}"), anchor=False)
    st.text(_counted(seen))
    blank = report.revisions[report.revisions["figures"] == 0]
    if len(blank):
        # An untouched template is no mistake that a cell could show, and yet is hardly ever meant.
        whose = [f"{space} {year}" for space, year in blank[["space_id", "year"]].head(_MOST_NAMED).to_numpy()]
        more = "…" if len(blank) > _MOST_NAMED else ""
        st.warning(
            words.text("filing.without_figures", filings=words.plain(", ".join(whose) + more)),
            icon=":material/edit_off:",
        )
    if len(seen.changes):
        _changed(seen.changes, names)
    if seen.figures.empty:
        return wanted
    st.subheader(words.text("filing.figures"), anchor=False)
    if len(report.revisions) > MOST_FILINGS:
        st.caption(words.text("filing.first_filings", shown=MOST_FILINGS, total=f"{len(report.revisions):,}"))
    return _correct(draft, seen, wanted)


def _tell_of_another(seen: Preview) -> None:
    """Say so where nothing in the file is of the space, or of the year, that the page was opened for: whoever looks
    after several drops the wrong one in a hurry."""
    revisions = seen.report.revisions
    space, year = url.written("space"), url.whole_number("year")
    years = sorted({int(each) for each in revisions["year"]})
    for chosen, filed in ((space, seen.report.revised), (year, years)):
        if chosen is not None and filed and chosen not in filed:
            named = ", ".join(map(str, filed[:_MOST_NAMED])) + ("…" if len(filed) > _MOST_NAMED else "")
            sentence = words.text("filing.of_another", chosen=words.plain(str(chosen)), filed=words.plain(named))
            st.warning(sentence, icon=":material/swap_horiz:")
    if year is None and years:
        _tell_of_an_earlier_year(seen.report.revised, years)


def _tell_of_an_earlier_year(spaces: list[str], years: list[int]) -> None:
    """Say so where the file is of earlier years alone and its spaces owe the one that is collected now, or filed it:
    last year's file is soon taken for this year's."""
    collected = data.today().year - 1
    owed = data.ask(history.owed, spaces=tuple(spaces), years=(collected,))
    if years[-1] >= collected or owed.empty:
        return
    open_ones = owed[owed["revision"].isna()]["space_id"].nunique()
    key = "filing.earlier_year" if open_ones else "filing.earlier_year_again"
    filed = words.text("list.comma").join(words.text("year", year=each) for each in years)
    sentence = words.text(key, filed=filed, collected=collected, spaces=f"{open_ones:,}")
    st.warning(sentence, icon=":material/event_busy:")


def _counted(seen: Preview) -> str:
    """How much is in the file; of a single filing, whose and which revision."""
    report = seen.report
    counts = {name: f"{getattr(report, name):,}" for name in ("filings", "unchanged", "observations")}
    if len(report.revisions) != 1 or seen.figures.empty:
        return words.text("filing.counted", **counts)
    name, filing = seen.figures["space_name"].iloc[0], report.revisions.iloc[0]
    year = words.text("year", year=filing["year"])
    return words.text("filing.counted_one", space=name, year=year, revision=filing["revision"], **counts)


def _changed(changes: pd.DataFrame, names: dict[str, str]) -> None:
    lang = words.lang()
    shown = changes.head(tables.ROWS)
    columns = {
        name: [
            numbers.judged(row[name], row["basis"], row["required"] if name != "required" else None, lang)
            for _, row in shown[[name, "basis", *{"required"} - {name}]].iterrows()
        ]
        for name in ("actual_before", "actual_after", "required")
    }
    if len(changes) > len(shown):
        st.caption(words.text("table.first_rows", rows=f"{len(shown):,}", total=f"{len(changes):,}"))
    tables.show(
        _of_one(shown.assign(**columns)[list(_CHANGES)], ("space_name", "year", "track")),
        names={"track": names},
    )
    if len(changes) > len(shown):
        tables.downloads(changes, "changes")


def _of_one(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Without the columns that say the same in every row; the page says it above."""
    return frame.drop(columns=[name for name in names if frame[name].nunique() == 1])


def _correct(draft: Draft, seen: Preview, wanted: Choices) -> Choices:
    each = served_figures.distinct(seen.figures)
    named = _returned(each)
    worded = each.assign(**_targets(seen.figures, each), **_worded(each), returned=named)[list(_FIGURES)]
    shown = _of_one(worded, ("space_name", "year"))
    without = [name for name in ("stored", "returned") if not (each if name == "stored" else shown)[name].notna().any()]
    shown = shown.drop(columns=without)
    # A correction files what is on the page; where not every filing is, that would leave the others out.
    all_there = len(seen.report.revisions) <= MOST_FILINGS
    config = tables.editable(shown) | _columns(editable=all_there)
    st.caption(words.text("filing.note_help" if all_there else "filing.too_many_to_mend"))
    if "returned" in shown:
        st.markdown(f":material/assignment_return: {words.text('returned.coloured')}")
    if not all_there:
        st.dataframe(shown, hide_index=True, placeholder="", column_config=config, key=f"figures_table_{draft.key}")
        return wanted
    # In no form: what is typed reaches the page at once, and the page says that it is not checked yet.
    edited = st.data_editor(
        shown if "returned" in without else shown.style.apply(_coloured, axis=1),
        hide_index=True,
        placeholder="",
        height=_ROW * (len(shown) + 1) + 3 if len(shown) <= _IN_FULL else "auto",
        disabled=[name for name in shown if name not in _EDITED],
        column_config=config,
        key=f"figures_table_{draft.key}",
    )
    before, now = shown[list(_EDITED)].fillna(""), edited[list(_EDITED)].fillna("")
    differing = (before != now).any(axis=1)
    typed = {
        (space, int(year), metric): Typed(*map(str, texts))
        for space, year, metric, *texts in each[["space_id", "year", "metric"]].join(now)[differing].to_numpy()
    }
    return replace(wanted, figures={**wanted.figures, **typed})


def _returned(each: pd.DataFrame) -> list[str | None]:
    """Why a figure came back from review, of those that wait for their operator."""
    cells = data.ask(returned.cells, spaces=tuple(sorted(set(each["space_id"]))))
    why = {
        (row["space_id"], row["year"], row["metric"]): words.text("returned.mark", reason=row["reason"])
        for _, row in cells.iterrows()
    }
    return [why.get(key) for key in each[["space_id", "year", "metric"]].itertuples(index=False, name=None)]


def _coloured(row: "pd.Series[object]") -> list[str]:
    return [_RETURNED if isinstance(row["returned"], str) else ""] * len(row)


def _columns(*, editable: bool) -> dict[str, object]:
    text = st.column_config.TextColumn
    return {
        "typed": text(words.text("filing.typed" if editable else "filing.read"), alignment="right", width=_TYPED),
        "year_before": text(tables.label("year_before"), alignment="right"),
        "stored": text(words.text("filing.stored_before"), alignment="right"),
        "asked": text(words.text("filing.asked")),
        "becomes": text(words.text("filing.becomes")),
        "note": text(tables.label("note"), width="medium"),
        "returned": text(words.text("column.returned"), width="medium"),
    }


def _worded(each: pd.DataFrame) -> dict[str, list[str]]:
    """What was filed before, as a person reads it."""
    lang = words.lang()
    return {
        name: [numbers.filed(value, kind, lang) for value, kind in zip(each[name], each["kind"], strict=True)]
        for name in ("year_before", "stored")
    }


def _targets(figures: pd.DataFrame, each: pd.DataFrame) -> dict[str, list[str]]:
    """For each figure the targets that it serves, and how each would stand."""
    lang = words.lang()
    targets: dict[tuple[object, ...], dict[str, None]] = {}
    stands: dict[tuple[object, ...], dict[str, None]] = {}
    for row in figures[figures["requirement"].notna()].to_dict("records"):
        key = (row["space_id"], row["year"], row["metric"])
        targets.setdefault(key, {})[sentences.target(row, lang)] = None
        stands.setdefault(key, {})[looks.mark("status", row["status"], lang)] = None
    keys = list(each[["space_id", "year", "metric"]].itertuples(index=False, name=None))
    return {
        "asked": ["; ".join(targets.get(key, ())) for key in keys],
        "becomes": ["; ".join(stands.get(key, ())) for key in keys],
    }
