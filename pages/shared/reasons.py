"""Why an enrolment does not pass, in words at the top of its page: what is missed, how it is read, what was agreed."""

import pandas as pd
import streamlit as st

from pages.shared import words
from pages.shared.agreed import Agreed
from tracking.charts import agreed as beside
from tracking.charts import sentences, standing
from tracking.policy.in_force import PassMark
from tracking.results import one_enrolment

# The latest years without a pass: two of them decide who leaves.
_YEARS = 2
# So many readings stand there; of more the grid below would be out of sight, and they are folded.
_FEW = 3


def show(
    evaluations: pd.DataFrame, rows: pd.DataFrame, clauses: pd.DataFrame, mark: PassMark | None, agreed: Agreed
) -> None:
    """The latest years that are no pass with their reasons, what these rest on, and what was agreed with the space.

    Nothing where the latest year that was judged is a pass.
    """
    judged = evaluations[~evaluations["to_come"]].sort_values("year", ascending=False).head(_YEARS)
    if judged.empty or judged["passed"].iloc[0]:
        return
    failed = judged[~judged["passed"]]
    lang = words.lang()
    parts = [one_enrolment.missed(rows, year) for year in failed["year"]]
    lines = [standing.result(year, part, lang) for (_, year), part in zip(failed.iterrows(), parts, strict=True)]
    readings = _readings(pd.concat(parts), clauses)
    if len(readings) <= _FEW:
        lines += readings
    if mark is not None:
        lines.append(sentences.pass_mark(mark, lang))
    if failed["provisional"].any():
        years = words.text("reasons.and").join(str(each) for each in failed.loc[failed["provisional"], "year"])
        lines.append(words.text("reasons.provisional", years=years))
    brief = beside.brief(agreed.waivers, agreed.rectifications, lang) or words.text("agreed.none")
    lines.append(words.text("agreed.queue", agreed=brief))
    with st.container(border=True, key="reasons"):
        st.markdown(_list(lines))
        if len(readings) > _FEW:
            with st.expander(words.text("reasons.readings", count=len(readings))):
                st.markdown(_list(readings))


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {words.plain(line)}" for line in lines)


def _readings(missed: pd.DataFrame, clauses: pd.DataFrame) -> list[str]:
    """How what is missed is read, where its words allow more than one reading."""
    notes = dict(zip(clauses["requirement"], clauses["note"], strict=True))
    names = dict(zip(missed["requirement"], missed["metric_name"], strict=True))
    return [words.text("reasons.note", name=name, note=notes[code]) for code, name in names.items() if notes.get(code)]
