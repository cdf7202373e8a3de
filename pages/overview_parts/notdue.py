"""A year that is not due yet: what is to come, by when, who has filed, whose last chance it is."""

import pandas as pd
import streamlit as st

from pages.overview_parts import listing
from pages.shared import html_table, picks, provisional, words
from pages.shared.html_table import Column, Html, link, mark
from tracking.charts import headlines, reasons, tiles
from tracking.results.overview.coming import Coming
from tracking.words import numbers


def show(coming: Coming, tracks: dict[str, str]) -> None:
    """The figures, then the last chances, then who has filed already."""
    lang = words.lang()
    st.html(f'<div class="tiles">{"".join(tiles.tile(*each) for each in headlines.coming_figures(coming, lang))}</div>')
    chances = coming.chances
    st.subheader(words.text("told.coming.chances", count=numbers.figure(len(chances))), anchor=False)
    before = coming.year - 1

    def why(row: pd.Series, missed: pd.DataFrame) -> Html:
        judged = int(row["judged_year"])
        sentence = reasons.missed(missed, "last_chance", judged, lang, listing.to_its_card)
        return Html(
            sentence if judged == before else words.text("told.missing.in_year", year=judged, sentence=sentence)
        )

    head, caption = words.text("overview.missed", year=before), words.text("told.coming.last_chance")
    listing.show(chances, why, head, tracks, caption, approved_only=coming.approved_only)
    filed = coming.filed
    st.subheader(words.text("told.coming.filed", count=numbers.figure(len(filed))), anchor=False)
    if filed.empty:
        st.markdown(words.text("told.coming.nobody_filed"))
        return
    columns = [
        Column(words.text("column.space_name")),
        Column(words.text("column.track"), minor=True),
        Column(words.text("column.district"), minor=True),
        Column(words.text("overview.filed_on")),
        Column(words.text("overview.result_so_far")),
    ]
    lines = [
        [
            link(
                "space",
                row["space_name"],
                row=True,
                space=row["space_id"],
                enrolment=picks.enrolment_code(row["edition"], row["track"]),
            ),
            tracks.get(row["track"], row["track"]),
            row["district"],
            row["first_filed_at"].date(),
            mark("result", row["result"], provisional=row["provisional"]),
        ]
        for _, row in filed.head(listing.at_once("filed")).iterrows()
    ]
    html_table.show(columns, lines, caption=words.text("told.coming.received"), stacked=True)
    provisional.legend(filed["provisional"].any())
    listing.rest("filed", len(lines), len(filed))
