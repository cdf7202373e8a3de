"""A brand: its spaces, their filings, and what is asked of all of them together."""

import streamlit as st

from pages.shared import filters, html_table, provisional, tables, words
from pages.shared.data import ask
from pages.shared.html_table import Column
from tracking.charts import groups, sentences
from tracking.charts import provisional as signs
from tracking.results import brands, one_enrolment, programme
from tracking.results.tables import attainment
from tracking.words import looks, numbers

ENROLMENTS = ("space_name", "track", "district", "start_year", "end_year", "verdict", "exit_warning")

offered = ask(programme.programme)
lang = words.lang()
if not offered.places["brand"]:
    st.info(words.text("brand.none"))
    st.stop()
selection = filters.show("brand", filters.APPROVED, always=("brand",))
brand = str(selection.values["brand"])
chosen = {"brands": (brand,)}
everyone = ask(attainment.verdicts, **chosen, withheld=True)
verdicts = ask(attainment.verdicts, **chosen, **selection.chosen(filters.APPROVED))
title = words.text("brand.title", brand=words.plain(brand), spaces=everyone["space_id"].nunique())
st.header(title, anchor=False)
provisional.left("verdicts", **chosen, **selection.chosen(filters.APPROVED))
counts = verdicts["verdict"].value_counts()
each = [f"{looks.word('verdict', code, lang)} {counts[code]}" for code in looks.VERDICTS if code in counts.index]
st.caption(words.text("brand.verdicts", count=len(verdicts), verdicts=words.text("list.comma").join(each)))

st.subheader(words.text("brand.together"), anchor=False)
st.caption(words.text("brand.together_why"))
rows = ask(brands.together, brand=brand, lang=lang)
rows = one_enrolment.approved(rows) if selection.approved_only else rows
if rows.empty:
    st.markdown(words.text("brand.no_together"))
else:
    heads = [tables.label(name) for name in ("metric_name", "year", "target")]
    heads += [words.text(f"brand.{name}") for name in ("reporting", "have", "so")]
    lines = [
        [
            html_table.link(
                "shortfalls",
                row["metric_name"],
                row=True,
                only=row["requirement"],
                track=row["track"],
                year=row["year"],
            ),
            row["year"],
            sentences.aim(row, lang),
            words.text("brand.of", reported=numbers.figure(row["reported"]), spaces=numbers.figure(row["spaces"])),
            signs.signed(groups.together(row, lang), row["provisional"]),
            words.text(f"told.together.{row['reached']}"),
        ]
        for _, row in rows.iterrows()
    ]
    # What comes of it is looked for: a telephone does without what is asked and of how many there is a figure.
    columns = [Column(head, minor=at in (2, 3)) for at, head in enumerate(heads)]
    html_table.show(columns, lines, caption=words.text("brand.together"), stacked=True)
    provisional.legend(rows["provisional"].any())

st.subheader(words.text("brand.enrolments"), anchor=False)
names = {"track": tables.track_names(offered)}
link = tables.to_enrolment()
tables.show(verdicts, shown=ENROLMENTS, caption=words.text("brand.enrolments"), names=names, link=link)

st.subheader(words.text("brand.filings"), anchor=False)
filings = ask(attainment.filings, **chosen, withheld=True)
years = sorted(filings["year"].unique())
of_each = [
    [
        html_table.link("space", of_space["space_name"].iloc[0], row=True, space=space),
        *(
            html_table.joined(
                html_table.mark("state", row["state"], provisional=row["provisional"])
                for _, row in of_space[of_space["year"] == year].iterrows()
            )
            for year in years
        ),
    ]
    for space, of_space in filings.groupby("space_id", sort=False)
]
columns = [Column(tables.label("space_name")), *(Column(str(year)) for year in years)]
html_table.show(columns, of_each, caption=words.text("brand.filings"))
provisional.legend(filings["provisional"].any())
