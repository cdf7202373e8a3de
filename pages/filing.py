"""Filing: which years are due, a file checked and previewed, one button that stores it, the receipt, the history."""

import streamlit as st

from pages.filing_steps import (
    backing,
    confirm,
    figures,
    history,
    kept,
    matching,
    offered,
    owed,
    picture,
    problems,
    receipt,
    register,
    returned,
)
from pages.filing_steps import draft as drafts
from pages.shared import data, evidence, filters, picks, questions, tables, url, words
from tracking.results import programme

TASKS = ("filing", "history", "register")


def choose() -> tuple[str, int] | None:
    """What was begun and not filed, which years are due, and the template; what is above the place for the file.

    The space that was chosen, if one was, and the year of it.
    """
    offered.offer()
    row = st.container(horizontal=True, key="filters")
    # The years of one space are told beside their states, and chosen there.
    year = () if url.written("space") is not None else ("year",)
    selection = filters.show(*filters.OF_SPACES, *year, row=row)
    space = picks.any_space(selection, row)
    returned.show(space)
    if space is not None:
        questions.show(space, None)
    collected = owed.show(selection, space)
    return None if space is None or collected is None else (space, collected)


def check(place: drafts.Draft) -> None:
    """What the dropped file says, what is wrong with it, what it changes, and the button that stores it."""
    place = kept.as_left(place)
    seen, moved = drafts.seen(place, words.lang())
    kept.tell(place, seen)
    wanted = problems.show(place, seen, place.choices)
    wanted = matching.show(place, seen, wanted)
    if seen.report.refused:
        kept.keep(place, seen, wanted)
        confirm.show(place, seen, moved, wanted)
        picture.show(seen)
        return
    picture.show(seen)
    wanted = figures.show(place, seen, tables.track_names(data.ask(programme.programme)), wanted)
    kept.keep(place, seen, wanted)
    confirm.show(place, seen, moved, wanted)
    backing.show(seen)


st.header(words.text("filing.title"), anchor=False)
task = picks.part("task", TASKS, lambda code: words.text(f"filing.kind.{code}"))
if task == "register":
    register.show()
elif task == "history":
    row = st.container(horizontal=True, key="filters")
    selection = filters.show(*filters.OF_SPACES, row=row)
    history.show(picks.any_space(selection, row), selection.year, row)
elif receipt.chosen():
    receipt.show()
else:
    receipt.tell_unknown()
    # What is owed makes way for the file: one thing at a time.
    above = st.empty()
    if not drafts.begun():
        above.html('<div class="owed"></div>')
    place = drafts.of(drafts.drop())
    if place is None:
        with above.container(key="owed"):
            chosen = choose()
        # Below, so that nobody drops a filing where a figure's evidence goes.
        if chosen is not None:
            evidence.offer(*chosen)
    else:
        check(place)
