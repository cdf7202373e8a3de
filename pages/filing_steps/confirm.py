"""Who files, and the two buttons: what was changed on the page is checked, and what is on the screen is stored.

A table tells the page of an edit a moment after the field is left, so that a press of the button can be here before
it. Therefore a press is answered first: the browser says back all that it holds, and only then is anything stored.

The rerun that such an edit starts can fall between the press and the release of the button, and a button that moved
away or was drawn anew in between was never pressed. Therefore nothing comes or goes above the two buttons, and all
that the page has to say about them stands below.
"""

import time

import streamlit as st

from pages.filing_steps import draft as drafts
from pages.filing_steps import kept, receipt
from pages.filing_steps.draft import Draft
from pages.shared import data, words
from tracking.access.acts import Forbidden
from tracking.filing import loading
from tracking.filing.choices import Choices
from tracking.filing.preview import Preview
from tracking.review.drafts.handles import DraftMoved
from tracking.words import spelling

# The press that waits for the browser: what was pressed, and whether the browser has answered since.
PRESSED, ANSWERED = "filing_pressed", "filing_answered"
_DRAWN = "filing_press_drawn"
_MOVED = "filing_press_moved"
_NOTICE = "filing_notice"
# Longer than a table takes to tell of an edit.
_ANSWER = 0.4
# So many seconds later a browser that left the page in between comes back to another purpose.
_PATIENCE = 60


def filer() -> str:
    """The field for who files; what was typed there last is offered again. An account signs by its own name."""
    person = data.person()
    if person.account is not None:
        signed = person.display or person.name
        st.markdown(f"{words.text('filing.by')}: {words.plain(signed)}")
        return signed
    known = str(st.session_state.get(kept.FILER, ""))
    example = words.text("filing.by_example")
    return str(st.text_input(words.text("filing.by"), known, max_chars=80, placeholder=example, width=420)).strip()


def named(by: str) -> bool:
    """Whether somebody stands to it; if nobody does, the page asks who."""
    if not by or spelling.misleading(by):
        st.warning(words.text("filing.by_needed"), icon=":material/person:")
        return False
    st.session_state[kept.FILER] = by
    return True


def show(draft: Draft, seen: Preview, moved: bool, wanted: Choices) -> None:
    """The last step. `moved` says that what would change is not what the person looked at; `wanted` are the choices
    with all that was typed and chosen on the page, checked or not."""
    report = seen.report
    changed = wanted != draft.choices
    nothing = not report.refused and report.filings == report.unchanged
    if nothing:
        st.info(words.text("filing.stored_already"), icon=":material/check_circle:")
    # One form, so that a name just typed and the press of the button arrive together.
    form = st.form("confirm", border=False, enter_to_submit=False)
    with form.container(horizontal=True, vertical_alignment="bottom"):
        by = filer() if not nothing else ""
        editable = bool(report.problems) or not seen.figures.empty
        if editable:
            st.form_submit_button(
                words.text("filing.check_again"),
                type="primary" if report.refused else "secondary",
                icon=":material/rule:",
                on_click=_press,
                args=("check", draft.key),
            )
        if not nothing:
            # One name whatever was changed: a press of the button by its other name would be of one that is gone.
            st.form_submit_button(
                words.text("filing.commit"),
                type="secondary" if report.refused else "primary",
                disabled=report.refused,
                icon=":material/check:",
                on_click=_press,
                args=("commit", draft.key),
            )
    kept.leave(draft, nothing=nothing)
    if notice := st.session_state.pop(_NOTICE, None):
        st.warning(words.text(notice), icon=":material/rule:")
    if changed:
        st.info(words.text("filing.unchecked"), icon=":material/edit_note:")
    kept.standing(draft)
    _answer_press(draft, seen, moved, wanted, by)


def _answer_press(draft: Draft, seen: Preview, moved: bool, wanted: Choices, by: str) -> None:
    """Do what was pressed, once the browser has said back what it holds."""
    pressed = _pressed(draft)
    if pressed is None:
        return
    # What moved before the press, the person has not seen when the answer comes.
    moved = st.session_state[_MOVED] = st.session_state.get(_MOVED, False) or moved
    if not st.session_state.get(ANSWERED):
        st.session_state[_DRAWN] = True
        _answer()
        return
    for key in (PRESSED, ANSWERED, _MOVED):
        st.session_state.pop(key, None)
    if pressed == "check":
        _check(draft, wanted)
    elif not seen.report.refused and named(by):
        _commit(draft, seen, moved, wanted, by)


def _press(what: str, of: str) -> None:
    st.session_state[PRESSED] = (what, of, time.monotonic())
    st.session_state[ANSWERED] = False


def _pressed(draft: Draft) -> str | None:
    """Which button waits for the browser, None for none: a press is of what was on the screen, and soon over."""
    what, of, at = st.session_state.get(PRESSED, (None, "", 0.0))
    if of == draft.key and time.monotonic() - at < _PATIENCE:
        return None if what is None else str(what)
    for key in (PRESSED, ANSWERED, _MOVED):
        st.session_state.pop(key, None)
    return None


@st.fragment(run_every=_ANSWER)
def _answer() -> None:
    """Drawn with the page it does nothing; run by the browser a moment later, it has brought all that was typed."""
    st.caption(words.text("filing.working"))
    if st.session_state.pop(_DRAWN, False):
        return
    st.session_state[ANSWERED] = True
    st.rerun()


def _check(draft: Draft, wanted: Choices) -> None:
    if wanted == draft.choices:
        st.session_state[_NOTICE] = "filing.nothing_changed"
    else:
        drafts.choose(draft, wanted)
    st.rerun()


def _commit(draft: Draft, seen: Preview, moved: bool, wanted: Choices, by: str) -> None:
    """Store what is on the screen. What was changed there is checked first, and where the check has anything to say
    that the person did not see, it is shown instead."""
    if wanted != draft.choices:
        draft = drafts.choose(draft, wanted)
        checked, again = drafts.seen(draft, words.lang())
        moved = moved or again
        known = {(each.code, each.sheet, each.row, each.letter, each.value) for each in seen.report.problems}
        found = {(each.code, each.sheet, each.row, each.letter, each.value) for each in checked.report.problems}
        if checked.report.refused or found - known or checked.report.filings == checked.report.unchanged:
            st.session_state[_NOTICE] = "filing.look_again"
            st.rerun()
    if moved:
        st.warning(words.text("filing.moved"), icon=":material/sync_problem:")
        return
    try:
        report = loading.load(
            data.engine(), draft.content, draft.name, by=by, choices=draft.choices, ending=kept.ending(draft)
        )
    except DraftMoved as other:
        kept.note_moved(draft, other)
        st.rerun()
    except Forbidden:
        st.error(words.text("access.forbidden"), icon=":material/block:")
        return
    if report.load_id is None:
        # Somebody stored the same, or something that this no longer fits, in this very moment.
        st.session_state[_NOTICE] = "filing.moved"
    else:
        receipt.keep(report.load_id)
    st.rerun()
