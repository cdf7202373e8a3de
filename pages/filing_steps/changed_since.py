"""What is otherwise than when a draft was last looked at: what came in since, and which figures stand otherwise."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.shared import data, tables, words
from tracking.filing.preview import Preview
from tracking.review.drafts import since, written
from tracking.review.drafts.handles import TakenUp
from tracking.review.drafts.since import FigureChange
from tracking.words import looks, numbers

# So many differences are shown one by one.
_MOST = 50


@dataclass(frozen=True)
class Changes:
    """`loads` came in since, columns since.LOADS; `differences` are what stands otherwise by it, or by the program;
    `problems` counts those that there were not. `whole`: everything was compared."""

    loads: pd.DataFrame
    differences: list[FigureChange]
    problems: int
    whole: bool


def changes(taken: TakenUp, seen: Preview) -> Changes:
    """What is otherwise now than when a draft was last looked at."""
    now = written.shown(seen, checked=True)
    loads = since.loads_since(data.engine(), version=taken.data_version, spaces=taken.spaces)
    problems = len(since.new_problems(taken.shown, now))
    return Changes(loads, since.differences(taken.shown, now), problems, taken.shown.whole and now.whole)


def show(found: Changes, seen: Preview) -> None:
    """Say it; nothing where all is as it was."""
    if found.loads.empty and not found.differences and not found.problems:
        return
    lines = [_load(row) for _, row in found.loads.iterrows()]
    if found.problems:
        lines.append(words.text("draft.new_problems", count=found.problems))
    if not found.differences and not found.problems:
        lines.append(words.text("draft.nothing_otherwise" if found.whole else "draft.not_all_compared"))
    head = words.text("draft.checked_again")
    st.warning("  \n".join([f"**{head}**", *lines]), icon=":material/published_with_changes:")
    if found.differences:
        _differences(found.differences, seen)


def _load(row: "pd.Series[object]") -> str:
    kind = words.text(f"draft.since_{row['kind']}")
    by = f" · {words.plain(row['by'])}" if isinstance(row["by"], str) else ""
    return f"{kind}{by} · {row['at']:%Y-%m-%d %H:%M}"


def _differences(found: list[FigureChange], seen: Preview) -> None:
    rows = {(row["metric"], row["requirement"]): row for row in seen.figures.to_dict("records")}
    by_metric = {row["metric"]: row for row in seen.figures.to_dict("records")}
    shown = [_row(each, rows.get((each.metric, each.of)) or by_metric[each.metric]) for each in found[:_MOST]]
    if len(found) > _MOST:
        st.caption(words.text("table.first_rows", rows=_MOST, total=f"{len(found):,}"))
    tables.show(pd.DataFrame(shown))


def _row(each: FigureChange, figure: "dict[object, object]") -> dict[str, object]:
    name = figure["requirement_name"] if each.of and isinstance(figure["requirement_name"], str) else None
    return {
        "space_id": each.space_id,
        "year": each.year,
        "metric_name": name or figure["metric_name"],
        "differs": words.text(f"draft.differs_{each.what}"),
        "before": _worded(each.before, each.what, figure),
        "after": _worded(each.after, each.what, figure),
    }


def _worded(value: str | float | None, what: str, figure: "dict[object, object]") -> str:
    lang = words.lang()
    if value is None:
        return "—"
    if isinstance(value, str):
        return looks.mark("status", value, lang)
    if what == "required":
        return numbers.judged(value, str(figure["basis"]), None, lang)
    return numbers.filed(value, str(figure["kind"]), lang)
