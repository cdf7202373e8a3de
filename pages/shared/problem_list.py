"""Everything that is wrong with a file, each with its place, to be read and to be taken along."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.shared import tables, words
from tracking.exports import formats
from tracking.words.problems import Problem

_SHOWN = ["severity", "sheet", "row", "column", "value", "message", "hint"]


def show(problems: Sequence[Problem]) -> None:
    """Draw them; nothing where there are none."""
    if not problems:
        return
    listed = pd.DataFrame([problem.as_dict(words.lang()) for problem in problems])
    listed = listed.assign(severity=[words.text(f"severity.{each}") for each in listed["severity"]])
    shown = listed[_SHOWN].astype({"row": "Int64"})
    tables.show(shown, shown=[name for name in _SHOWN if shown[name].notna().any()])
    st.download_button(
        words.text("filing.problems_download"),
        formats.to_csv(shown),
        file_name="problems.csv",
        on_click="ignore",
        icon=":material/download:",
    )
