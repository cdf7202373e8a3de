"""Methods: each basis, status, result and verdict with its formula, an example in figures, and a clause."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared import data, drawing, html_table, links, tables, url, words
from tracking.policy import in_force
from tracking.results import programme
from tracking.results.tables import dictionary
from tracking.words import looks, methods, numbers
from tracking.words.worked_examples import LAST_YEAR_OPEN, Owed

# What a column is called and means comes first, where a telephone shows it.
COLUMNS = ("column", "label", "description", "type", "unit", "values")


def filed(value: Any) -> str:  # noqa: ANN401 - a figure, two counts, or a word for none
    """What an example filed, as a person reads it."""
    if isinstance(value, tuple):
        return f"{value[0]} / {value[1]}"
    return words.text(f"methods.filed.{value}") if isinstance(value, str) else str(value)


def show(frame: pd.DataFrame, link: tables.Link, basis: str = "") -> None:
    """An example's table, its figures as those of a basis are shown everywhere, and where its rows lead."""
    rows = frame.assign(filed=[filed(each) for each in frame["filed"]], basis=basis)
    tables.show(rows, shown=list(frame.columns), caption=words.text("methods.table"), link=link)


def to_meaning(column: str) -> tables.Link:
    """A row leads to what the code that it has in a column means: a verdict's meaning is an outcome's."""
    kind = "verdict" if column == "outcome" else column
    return lambda row, label: html_table.to_place(f"{kind}-{row[column]}", label)


def to_decisions(row: tables.Row, label: object) -> html_table.Html:
    """The years of an example lead to where such years are decided."""
    return html_table.link("decisions", label, row=True, phase=row["phase"])


def to_itself(row: tables.Row, label: object) -> html_table.Html:
    """A column of the dictionary leads to itself, so that its address can be sent to a colleague."""
    place = html_table.to_place(f"column-{row['column']}", label)
    return html_table.Html(place.replace("<a ", f'<a id="column-{row["column"]}" ', 1))


def explained(column: str, code: str) -> None:
    """A code as it is marked everywhere, and what it means."""
    mark, meaning = st.columns([1, 5], vertical_alignment="center")
    mark.html(f'<span id="{column}-{code}">{html_table.mark(column, code)}</span>')
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


def thresholds(owed: Sequence[Owed]) -> dict[str, int]:
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
        sign = numbers.comparison(example.comparison)
        threshold = numbers.of_metric(float(example.threshold), example.code)
        st.caption(words.text("methods.example", sign=sign, threshold=threshold))
        show(example.frame(), to_meaning("status"), example.code if example.mandatory else "")
        used(policy[(policy["basis"] == example.code) & policy["mandatory"]])

with st.container(border=True, key="method_alternatives"):
    st.markdown(f"**{words.text('methods.alternatives')}** {words.text('methods.alternatives.means')}")
    st.latex(methods.in_language(methods.ALTERNATIVE, lang))
    st.caption(words.text("methods.alternatives.example", **thresholds(methods.ALTERNATIVES)))
    show(methods.alternatives(), to_meaning("status"))
    used(policy[policy["alternative"].notna()])

st.subheader(words.text("methods.statuses"), anchor=False)
for code in looks.STATUSES:
    explained("status", code)

st.subheader(words.text("methods.years"), anchor=False)
for period in methods.YEARS:
    st.markdown(words.text(f"methods.years.{period.code}"))
    st.latex(methods.in_language(period.formula, lang))
    st.caption(words.text("methods.example", sign="≥", threshold=methods.THRESHOLD))
    example_years = period.frame()
    show(example_years, to_meaning("status") if "status" in example_years else to_decisions)

st.subheader(words.text("methods.verdicts"), anchor=False)
st.markdown(words.text("methods.verdict", threshold=methods.THRESHOLD))
st.latex(methods.in_language(methods.VERDICT, lang))
st.latex(methods.in_language(methods.WORSE, lang))
for code in methods.VERDICTS:
    explained("verdict", code)
shown = methods.verdicts()
absent = {code: words.text(f"methods.filed.{code}") for code in ("blank", "none")}
columns = ["verdict", *shown.columns.drop("verdict")]
tables.show(shown.replace(absent), shown=columns, caption=words.text("methods.verdicts"), link=to_meaning("verdict"))
st.markdown(words.text("methods.together", day=LAST_YEAR_OPEN, **thresholds(methods.TOGETHER)))
together = methods.together().replace(absent)
tables.show(together, caption=words.text("methods.verdicts"), link=to_meaning("outcome"))
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(f"**{tables.label('verdict')}**", width="content")
    drawing.marks({"verdict": methods.TOGETHER_VERDICT})

st.subheader(words.text("methods.filings"), anchor=False)
st.markdown(words.text("methods.late", day=methods.STATES["filed"].isoformat()))

st.subheader(words.text("methods.outlook"), anchor=False)
drawing.outlook()

st.subheader(words.text("table.dictionary"), anchor=False)
options = list(dictionary.TABLES)
table = str(url.one_of(options, "table", options[0]))
st.selectbox(
    words.text("methods.dictionary"),
    options,
    format_func=lambda name: f"{words.text(f'table.{name}')} ({name})",
    **url.tied("dictionary_table", "table", table, options[0]),
)
links.known("table", options, words.text("methods.dictionary"))
st.caption(dictionary.table_meaning(table, lang))
described = data.ask(dictionary.in_force, lang=lang)
described = described.loc[described["table"] == table, list(COLUMNS)]
tables.show(described, caption=words.text("table.dictionary"), link=to_itself)
