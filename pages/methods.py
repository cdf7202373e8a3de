"""Methods: each basis, status, result and verdict with its formula, an example in figures, and a clause."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import data, drawing, tables, words
from tracking.policy import in_force
from tracking.results import programme
from tracking.results.tables import dictionary
from tracking.words import looks, methods, numbers

# What a column is called and means comes first, where a telephone shows it.
COLUMNS = ("column", "label", "description", "type", "unit", "values")


def filed(value: Any) -> str:  # noqa: ANN401 - a figure, two counts, or a word for none
    """What an example filed, as a person reads it."""
    if isinstance(value, tuple):
        return f"{value[0]} / {value[1]}"
    return words.text(f"methods.filed.{value}") if isinstance(value, str) else str(value)


def show(frame: pd.DataFrame, basis: str = "") -> None:
    """An example's table, its figures as those of a basis are shown everywhere."""
    rows = frame.assign(filed=[filed(each) for each in frame["filed"]], basis=basis)
    tables.show(rows, shown=list(frame.columns), caption=words.text("methods.table"))


def explained(column: str, code: str) -> None:
    """A code as it is marked everywhere, and what it means."""
    mark, meaning = st.columns([1, 5], vertical_alignment="center")
    with mark:
        drawing.marks({column: code})
    sign = methods.STATUSES.get(code) if column == "status" else None
    formula = f"${sign}$" if sign else ""
    meaning.markdown(f"{words.plain(words.text(f'methods.{column}.{code}'))} {formula}")


def used(requirements: pd.DataFrame) -> None:
    """How many requirements of the policy are of the kind, and the clause of one."""
    if len(requirements):
        first = requirements.iloc[0]
        text = words.plain(first["clause_text"])
        track = words.plain(names[first["track"]])
        clause = words.plain(first["clause"])
        st.caption(words.text("methods.used", count=len(requirements), track=track, clause=clause, text=text))


def thresholds(owed: Sequence[methods.Owed]) -> dict[str, int]:
    """The thresholds of an example with several requirements, by letter."""
    return {each.letter: each.threshold for each in owed}


lang = words.lang()
names = tables.track_names(data.ask(programme.programme))
policy = data.ask(in_force.requirements, lang=lang)

st.header(words.text("methods.title"), anchor=False)
st.caption(words.text("methods.about"))
drawing.narrow_formulas()

st.subheader(words.text("methods.bases"), anchor=False)
st.latex(methods.GAP)
for example in methods.BASES:
    with st.container(border=True, key=f"method_{example.code}"):
        # A preference is no basis of its own.
        name = words.text(f"basis.{example.code}" if example.mandatory else f"methods.{example.code}")
        st.markdown(f"**{name}** {words.text(f'methods.basis.{example.code}')}")
        st.latex(methods.in_language(example.formula, lang))
        sign = "≥" if example.comparison == ">=" else ">"
        threshold = numbers.of_metric(float(example.threshold), example.code)
        st.caption(words.text("methods.example", sign=sign, threshold=threshold))
        show(example.frame(), example.code if example.mandatory else "")
        used(policy[(policy["basis"] == example.code) & policy["mandatory"]])

with st.container(border=True, key="method_alternatives"):
    st.markdown(f"**{words.text('methods.alternatives')}** {words.text('methods.alternatives.means')}")
    st.latex(methods.in_language(methods.ALTERNATIVE, lang))
    st.caption(words.text("methods.alternatives.example", **thresholds(methods.ALTERNATIVES)))
    show(methods.alternatives())
    used(policy[policy["alternative"].notna()])

st.subheader(words.text("methods.statuses"), anchor=False)
for code in looks.STATUSES:
    explained("status", code)

st.subheader(words.text("methods.years"), anchor=False)
for period in methods.YEARS:
    st.markdown(words.text(f"methods.years.{period.code}"))
    st.latex(methods.in_language(period.formula, lang))
    st.caption(words.text("methods.example", sign="≥", threshold=methods.THRESHOLD))
    show(period.frame())

st.subheader(words.text("methods.verdicts"), anchor=False)
st.markdown(words.text("methods.verdict", threshold=methods.THRESHOLD))
st.latex(methods.in_language(methods.VERDICT, lang))
st.latex(methods.in_language(methods.WORSE, lang))
for code in methods.VERDICTS:
    explained("verdict", code)
shown = methods.verdicts()
absent = {code: words.text(f"methods.filed.{code}") for code in ("blank", "none")}
tables.show(shown.replace(absent), caption=words.text("methods.verdicts"))
st.markdown(words.text("methods.together", day=methods.LAST_YEAR_OPEN, **thresholds(methods.TOGETHER)))
tables.show(methods.together().replace(absent), caption=words.text("methods.verdicts"))
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(f"**{tables.label('verdict')}**", width="content")
    drawing.marks({"verdict": methods.TOGETHER_VERDICT})

st.subheader(words.text("methods.filings"), anchor=False)
st.markdown(words.text("methods.late", day=methods.STATES["filed"].isoformat()))

st.subheader(words.text("methods.outlook"), anchor=False)
drawing.outlook()

st.subheader(words.text("table.dictionary"), anchor=False)
table = st.selectbox(
    words.text("methods.dictionary"),
    list(dictionary.TABLES),
    format_func=lambda name: f"{words.text(f'table.{name}')} ({name})",
    key="dictionary_table",
)
st.caption(dictionary.table_meaning(table, lang))
described = data.ask(dictionary.in_force, lang=lang)
tables.show(described.loc[described["table"] == table, list(COLUMNS)], caption=words.text("table.dictionary"))
