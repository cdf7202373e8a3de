"""What backs the figures of a file that is looked at: attached before it is stored, and held against what it says."""

import streamlit as st

from pages.shared import evidence, words
from tracking.filing.preview import Preview

# One file of more filings is no operator's: their evidence comes space by space.
_MOST = 50


def show(seen: Preview) -> None:
    """Of one filing that the file would store: the only one, or the one that is chosen."""
    filings = [(str(space), int(year)) for space, year in seen.report.revisions[["space_id", "year"]].to_numpy()]
    if not filings or len(filings) > _MOST:
        return
    chosen = filings[0]
    if len(filings) > 1:
        named = lambda each: f"{each[0]} · {words.text('year', year=each[1])}"  # noqa: E731
        chosen = st.selectbox(words.text("evidence.of_filing"), filings, format_func=named)
    space, year = chosen
    held = seen.evidence
    evidence.offer(space, year, held[(held["space_id"] == space) & (held["year"] == year)])
