"""Space: the story of one space over its whole period, requirement by requirement."""

import pandas as pd
import streamlit as st

from pages.shared import (
    agreed,
    cards,
    data,
    drawing,
    filters,
    html_table,
    links,
    picks,
    printing,
    provisional,
    reasons,
    space_grid,
    tables,
    url,
    what_if,
    words,
)
from pages.shared.data import ask
from pages.shared.html_table import Html
from tracking.charts import standing
from tracking.policy import in_force
from tracking.results import brands, one_enrolment, one_space, outlook, programme
from tracking.results.tables import attainment

offered = ask(programme.programme)
row = st.container(horizontal=True, key="filters")
selection = filters.show(*filters.OF_SPACES, filters.APPROVED, row=row)
space = picks.space(selection, row)
# Of several grants each space is shown by the one that shows more of it.
limited = ask(one_space.approved_only, space=space)
approved_only = selection.approved_only or limited
lang = words.lang()
of_space = {"spaces": (space,)}

verdicts = ask(attainment.verdicts, **of_space, withheld=True)
if verdicts.empty:
    st.warning(words.text("space.unknown", space=words.plain(space)))
    st.stop()
names = tables.track_names(offered)
editions = tables.edition_names(offered)
enrolment = verdicts.iloc[picks.enrolment(verdicts, names, editions)]
track, edition = str(enrolment["track"]), str(enrolment["edition"])
within = {**of_space, "tracks": (track,), "editions": (edition,)}

owed = ask(one_space.owed, **within, lang=lang, withheld=True)
evaluations, rows = one_enrolment.within(ask(attainment.meant, table="evaluations", **within, withheld=True), owed)
figures = ask(one_space.figures, space=space)
links.known("requirement", list(rows["requirement"]), words.text("pick.only"))
demands = one_enrolment.demands(rows, evaluations, figures)
to_come = None if demands.empty else int(demands["year"].iloc[0])
if approved_only:
    demands = one_enrolment.approved_demands(demands, rows)
    rows, figures = one_enrolment.approved(rows), one_enrolment.approved(figures)
latest = one_enrolment.latest(rows)
actuals = ask(one_space.actuals, edition=edition, track=track, approved_only=approved_only)
peers = one_space.with_objects(one_space.peers(actuals, rows))
# Where the verdict is left out, so is what it would say.
verdict_known = not (approved_only and enrolment["provisional"])

# The tab names the space: a reader has several open.
st.set_page_config(page_title=f"{enrolment['space_name']} · {words.text('page.space')}")
if verdict_known:
    st.header(words.plain(standing.heading(enrolment, evaluations, demands, lang)), anchor=False)
else:
    st.header(words.plain(words.text("told.provisional.space", space=enrolment["space_name"])), anchor=False)
provisional.left("attainment", **within, **selection.chosen(filters.APPROVED))
named = [names[track], *([editions[edition]] if len(editions) > 1 else [])]
st.caption(words.plain(standing.enrolment(enrolment, named, evaluations, lang)))
if verdict_known:
    rests = enrolment["provisional"]
    drawing.marks({"verdict": enrolment["verdict"], "exit_warning": enrolment["exit_warning"]}, provisional=rests)
beside = agreed.read(space, edition, track)
clauses = ask(one_space.clauses, edition=edition, lang=lang)
marks = ask(in_force.pass_marks)
with st.container(key="why"):
    if verdict_known:
        st.caption(words.plain(standing.meaning(enrolment, evaluations, lang)))
    reasons.show(
        one_enrolment.approved(evaluations) if approved_only else evaluations,
        rows,
        clauses,
        next((each for each in marks if each.edition == edition), None),
        beside,
    )


def card(part: pd.DataFrame) -> None:
    """All that stands behind a row of the grid: its chart, the clause in its own words, its figures and their files."""
    sources = one_space.with_objects(one_space.sources(rows, clauses, figures))
    best = ask(outlook.best_years, edition=edition, track=track)
    cards.show(part, cards.Behind(clauses, figures, sources, peers, best, latest))


def also(code: str) -> list[Html]:
    """The ways to the space beside others: of its track, and where it is one of a brand, of that."""
    found = [html_table.link("compare", words.text("compare.open"), space=code)]
    if brand := ask(brands.of_space, space=code):
        found.append(html_table.link("brand", words.text("brand.open", brand=brand), brand=brand, space=None))
    return found


code = picks.enrolment_code(edition, track)
grid = space_grid.SpaceGrid(code, rows, evaluations, demands, peers, latest, beside.marks(), approved_only)
with st.container(key="grid"):
    space_grid.show(grid, url.written("requirement"), card)
ways = html_table.joined(also(str(enrolment["space_id"])), " · ")
with st.container(key="ways"):
    st.html(f'<span class="hint">{ways}</span>')
drawing.legend("status", rows["status"])
drawing.pass_marks(marks, edition, editions)
agreed.show(beside, rows, evaluations)
printing.one(space, approved_only=approved_only)
# What a filing would come to is not approved either.
if to_come is not None and data.version() == data.newest() and not limited:
    due = evaluations.loc[evaluations["year"] == to_come, "due"].iloc[0].date()
    what_if.show(space, edition, track, to_come, due)
