"""Who is to be decided about, in tabs: what is over never stands among what can still be helped."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from pages.overview_parts import listing
from pages.shared import agreed, contacts, drawing, url, words
from pages.shared.html_table import Html, joined, link
from tracking.charts import reasons
from tracking.results.overview import queue

# The queue of those who have filed nothing.
TO_CALL = "absent"


def show(members: pd.DataFrame, year: int, tracks: dict[str, str], *, approved_only: bool) -> None:
    """The tabs with their counts, and the enrolments of the one that is open, those still running first."""
    st.subheader(words.text("told.queue.title"), anchor=False)
    counts = counted(members)
    first = next((name for name, count in counts.items() if count), queue.QUEUES[0])
    shown = str(url.one_of(queue.QUEUES, "queue", first))
    st.html(_tabs(counts, shown))
    rows = members[members[shown]]
    if rows.empty:
        st.markdown(words.text("told.queue.none"))
        return
    drawing.hint("overview.queue_hint", "overview.queue_about")
    calls = contacts.of(rows["space_id"]) if shown == TO_CALL else {}
    for over, part in rows.groupby("period_over"):
        if len({*rows["period_over"]}) > 1:
            key = "told.queue.ended" if over else "told.queue.running"
            st.markdown(f"**{words.text(key, count=f'{len(part):,}')}**")
        measures = agreed.briefs(part.head(listing.at_once("queue")), year)
        why, caption = _why(shown, year, calls, measures), words.text(f"told.queue.{shown}")
        listing.show(part, why, _head(shown, year), tracks, caption, approved_only=approved_only, queue=shown)

    if shown == TO_CALL:
        contacts.offer(rows.assign(year=year))


def counted(members: pd.DataFrame) -> dict[str, int]:
    """How many enrolments stand in each queue."""
    return {name: int(members[name].sum()) for name in queue.QUEUES}


def _tabs(counts: dict[str, int], shown: str) -> Html:
    tabs = [
        Html(
            f'<span class="tab"{" data-current" if name == shown else ""}>'
            + link("overview", f"{words.text(f'told.queue.{name}')} {count:,}", queue=name)
            + "</span>"
        )
        for name, count in counts.items()
    ]
    return Html(f'<nav class="tabs" aria-label="{words.text("told.queue.title")}">{joined(tabs)}</nav>')


def _head(shown: str, year: int) -> str:
    if shown == "failing":
        return words.text("overview.undone")
    return words.text("overview.behind" if shown in ("behind", "out_of_reach") else "overview.missed", year=year)


def _why(shown: str, year: int, calls: Mapping[str, str], measures: Mapping[tuple[str, ...], str]) -> listing.Why:
    def why(row: pd.Series, missed: pd.DataFrame) -> Html:
        lines: list[object] = [Html(reasons.missed(missed, shown, year, words.lang(), listing.to_its_card))]
        if measure := measures.get(listing.key_of(row)):
            lines.append(words.text("agreed.queue", agreed=measure))
        if call := calls.get(row["space_id"]):
            lines.append(words.text("contacts.call", contact=call))
        return joined(lines, "<br>")

    return why
