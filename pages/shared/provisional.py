"""What rests on filings that are not approved, on every page: what its sign means, and what the switch leaves out."""

from typing import Any

import streamlit as st

from pages.shared import words
from pages.shared.data import ask
from tracking.charts import provisional
from tracking.results.tables import left_out


def legend(shown: object) -> None:
    """Say what the sign means, where something that is shown has it."""
    if shown:
        st.caption(provisional.legend(words.lang()))


def also(sentence: str, count: int) -> str:
    """A sentence of ours, then one on how many of what it counts are provisional."""
    return f"{sentence}{words.text('provisional.also', count=f'{count:,}')}" if count else sentence


def left(table: str, **chosen: Any) -> None:  # noqa: ANN401 - as `Chosen` has it
    """Where the switch is on, or the grants show what is approved alone, say what of a table as chosen is left out."""
    out = ask(left_out.of_table, table=table, **chosen)
    if out is not None:
        st.caption(words.plain(provisional.left_out(out, words.lang())))
