"""The list of those who have not filed as one that can be called and taken away."""

import pandas as pd
import streamlit as st

from pages.shared import data, drawing, tables, words
from tracking.results import contacts

# What is to be called about, in the order of the file.
LISTED = ("space_id", "space_name", "district", "track", "year", "contact_name", "telephone")


def of(spaces: pd.Series) -> dict[str, str]:
    """By space, whom to call, of those whom the person may; not cached, as grants end at any moment."""
    found = contacts.of(data.engine(), sorted({*spaces}))
    texts = found[["contact_name", "telephone"]].fillna("")
    lines = [" ".join(filter(None, each)) for each in texts.itertuples(index=False, name=None)]
    return dict(zip(found["space_id"], lines, strict=True))


def offer(rows: pd.DataFrame) -> None:
    """The buttons that download the list with its contacts; a hint where the register has none."""
    found = contacts.of(data.engine(), sorted({*rows["space_id"]}))
    if found.empty:
        drawing.hint("contacts.none")
        return
    listed = rows.merge(found, on="space_id", how="left")
    st.markdown(words.text("contacts.download"))
    tables.downloads(listed[[name for name in LISTED if name in listed]], "to-call", key="to_call")
