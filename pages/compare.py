"""Compare: a space beside another one of its track, and beside the middle of all others, in one data year."""

import streamlit as st

from pages.shared import beside, drawing, filters, html_table, picks, provisional, tables, words
from pages.shared.data import ask
from tracking.charts import groups
from tracking.results import one_space, programme
from tracking.results.tables import attainment

offered = ask(programme.programme)
lang = words.lang()
row = st.container(horizontal=True, key="filters")
selection = filters.show(*filters.OF_SPACES, filters.APPROVED, row=row)
space = picks.space(selection, row)
approved_only = selection.approved_only or ask(one_space.approved_only, space=space)
verdicts = ask(attainment.verdicts, spaces=(space,), withheld=True)
if verdicts.empty:
    st.warning(words.text("space.unknown", space=words.plain(space)))
    st.stop()
names, editions = tables.track_names(offered), tables.edition_names(offered)
enrolment = verdicts.iloc[picks.enrolment(verdicts, names, editions)]
track, edition = str(enrolment["track"]), str(enrolment["edition"])
within = {"tracks": (track,), "editions": (edition,)}

others = {code: name for code, name in ask(one_space.spaces, **within).itertuples(index=False) if code != space}
other = picks.one("beside", list(others), lambda code: f"{code} {others[code]}", none="compare.middle_only", row=row)

own = beside.of(space, within, approved_only)
years = [str(year) for year in own.years]
if not years:
    st.info(words.text("compare.nothing_yet"))
    st.stop()
year = int(picks.part("compared", years, lambda each: words.text("year", year=each), years[-1]))
# Of several grants each space is shown by the one that shows more of it.
other_approved_only = selection.approved_only or (bool(other) and ask(one_space.approved_only, space=other))
sides = [own, *([beside.of(other, within, other_approved_only)] if other else [])]
known = {"edition": edition, "track": track}
actuals = ask(one_space.actuals, **known, approved_only=approved_only)
spread = one_space.peers(actuals, own.rows)
rests = beside.resting(offered, known, actuals, approved_only)

st.header(words.plain(groups.beside([side.of_year(year) for side in sides], year, lang)), anchor=False)
st.caption(words.text("compare.about", track=words.plain(names[track])))
spaces = tuple(each for each in (space, other) if each)
provisional.left("attainment", spaces=spaces, **within, years=(year,), **selection.chosen(filters.APPROVED))
beside.show(sides, year, spread, rests)
drawing.legend("status", [code for side in sides for code in side.of_year(year)["status"]])
back = html_table.link("space", words.text("compare.back"), space=space, beside=None, compared=None)
st.html(f'<span class="hint">{back}</span>')
