"""Everything that is wrong with a file, each with its place, to be read and to be taken along."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.shared import html_table, tables, words
from pages.shared.html_table import Column
from tracking.exports import formats
from tracking.words.problems import Problem

_SHOWN = ["severity", "sheet", "row", "column", "value", "message", "hint"]
# What the message says too: a telephone does without.
_IN_THE_MESSAGE = frozenset({"sheet", "row", "column", "value"})


def show(problems: Sequence[Problem]) -> None:
    """Draw them; nothing where there are none."""
    if not problems:
        return
    listed = pd.DataFrame([problem.as_dict(words.lang()) for problem in problems])
    listed = listed.assign(severity=[words.text(f"severity.{each}") for each in listed["severity"]])
    shown = listed[_SHOWN].astype({"row": "Int64"})
    there = [name for name in _SHOWN if shown[name].notna().any()]
    columns = [Column(tables.heading(name), minor=name in _IN_THE_MESSAGE) for name in there]
    rows = shown[there].itertuples(index=False)
    html_table.show(columns, rows, caption=words.text("column.message"), stacked=True)
    st.download_button(
        words.text("filing.problems_download"),
        formats.to_csv(shown),
        file_name="problems.csv",
        on_click="ignore",
        icon=":material/download:",
    )
