"""What is to be put right, the overdue first, and what is let pass; a row leads to the space, where it is acted on."""

import pandas as pd
import streamlit as st

from pages.shared import tables, words
from pages.shared.data import ask
from tracking.results import programme
from tracking.results.tables import attainment

_DEMANDS = (
    *("space_name", "space_id", "district", "track", "year", "metric_name", "status", "result", "progress"),
    *("rectification_state", "by_day", "files", "demanded", "demanded_by"),
)
_WAIVERS = (
    *("space_name", "space_id", "district", "track", "year", "metric_name", "status", "waiver_state"),
    *("until_day", "reason", "given_by"),
)


def show() -> None:
    """The lists of what whoever looks may see."""
    lang = words.lang()
    demands = ask(attainment.meant, table="rectifications", lang=lang).sort_values(
        ["by_day", "space_id"], kind="stable"
    )
    waivers = ask(attainment.meant, table="waivers", lang=lang).sort_values(["until_day", "space_id"], kind="stable")
    in_force = waivers[waivers["in_force"]]
    parts = {
        "agreed.overdue": (demands[demands["late"]], _DEMANDS),
        "agreed.open": (demands[demands["open"] & ~demands["late"]], _DEMANDS),
        "agreed.in_force": (in_force, _WAIVERS),
    }
    st.caption(words.text("agreed.about"))
    if all(rows.empty for rows, _ in parts.values()):
        st.info(words.text("agreed.nothing_open"), icon=":material/task_alt:")
    for key, (rows, shown) in parts.items():
        _part(words.text(key, count=f"{len(rows):,}"), rows, shown)


def _part(title: str, rows: pd.DataFrame, shown: tuple[str, ...]) -> None:
    if rows.empty:
        return
    st.subheader(title, anchor=False)
    named = rows.assign(metric_name=rows["metric_name"].fillna(words.text("agreed.whole")))
    names = {"track": tables.track_names(ask(programme.programme))}
    tables.show(named, shown=shown, caption=title, names=names, link=tables.to_enrolment())
