"""Review: what waits for the district's check and the city's approval, and one filing at a time."""

import streamlit as st

from pages.review_parts import deciding, measures, one, paper, queue, terms, windows
from pages.shared import data, filters, picks, url, words
from tracking.access import acts
from tracking.review import standing

st.header(words.text("page.review"), anchor=False)
person = data.person()
space = url.written("space")
steps: list[str] = [each for each in standing.STEPS if acts.may(person, each)]
if steps:
    steps += ["overdue", "question", "measure"]
if acts.may(person, "window"):
    steps.append("window")
if space:
    year = url.whole_number("year")
    one.show(space, year if year is not None and year < 10_000 else None)
elif not steps:
    st.info(words.text("review.no_act"))
else:
    deciding.outcome()
    step = picks.part("step", steps, lambda code: words.text(f"review.step.{code}"))
    if step == "window":
        windows.show()
        terms.show()
    elif step == "overdue":
        queue.overdue()
    elif step == "question":
        queue.questions_open()
    elif step == "measure":
        measures.show()
    else:
        st.markdown(words.text("review.about"))
        if person.account is None:
            st.info(words.text("review.local"), icon=":material/group:")
        queue.show(step, filters.show("year").year)  # type: ignore[arg-type]
        paper.district()
