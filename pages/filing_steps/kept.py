"""The draft that is kept of what is being filed: gone on with, saved at each change, and thrown away.

Saving waits for nobody. Where it fails the page says so, and the work goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from pages.filing_steps import changed_since
from pages.filing_steps import draft as drafts
from pages.filing_steps.draft import Draft
from pages.shared import data, words
from tracking.database import DatabaseUnavailable
from tracking.filing.choices import Choices
from tracking.filing.preview import Preview
from tracking.review.drafts import keeping, rows
from tracking.review.drafts.handles import DraftMoved, Handle, NoDraft, TakenUp, UnkeptDraft

# In the session: who filed last, where nobody has an account.
FILER = "filer"
_HELD = "filing_held"
GONE = "filing_draft_gone"


@dataclass
class _Held:
    """What this session knows of the draft kept of a file; `failed` is the key of why it could not be saved, `wanted`
    what the page said last."""

    upload: str
    source: str
    handle: Handle | None = None
    saved: tuple[Choices, Preview] | None = None
    at: datetime | None = None
    failed: str = ""
    moved: DraftMoved | None = None
    taken: TakenUp | None = None
    changes: changed_since.Changes | None = field(default=None)
    wanted: Choices | None = None


def take_up(draft: str) -> None:
    """Go on with a draft that is kept."""
    try:
        taken = keeping.take_up(data.engine(), draft)
    except NoDraft:
        st.session_state[GONE] = True
        st.rerun()
    upload = f"draft_{taken.handle.draft}_{taken.handle.saves}"
    drafts.resume(upload, taken.content, taken.source, taken.choices)
    st.session_state[_HELD] = _Held(upload, taken.source, taken.handle, at=taken.saved_at, taken=taken)
    st.rerun()


def throw_away(*handles: Handle) -> None:
    """End drafts that are not to be filed, and draw the page anew."""
    for handle in handles:
        try:
            keeping.throw_away(data.engine(), handle)
        except (DraftMoved, NoDraft):
            st.session_state[GONE] = True
    drafts.forget()
    st.session_state.pop(_HELD, None)
    st.rerun()


def as_left(place: Draft) -> Draft:
    """The draft as it was left for another page: what was typed and chosen since its last check stands in no field any
    more, and is taken as it was said."""
    wanted = _held(place).wanted
    if wanted is None or wanted == place.choices or any(f"_{place.key}" in str(each) for each in st.session_state):
        return place
    return drafts.choose(place, wanted)


def tell(place: Draft, seen: Preview) -> None:
    """Of a draft that is gone on with: whose it was, and what is otherwise than when it was last looked at."""
    # Always there: a place more in one run than in the next would make every element below it another one.
    with st.container():
        held = _held(place)
        if held.taken is None or place.checks:
            return
        by = words.plain(held.taken.written_by or words.text("draft.somebody"))
        st.info(
            words.text("draft.gone_on_with", by=by, at=f"{held.taken.saved_at:%Y-%m-%d %H:%M}"),
            icon=":material/history_edu:",
        )
        if held.changes is None:
            held.changes = changed_since.changes(held.taken, seen)
        changed_since.show(held.changes, seen)


def keep(place: Draft, seen: Preview, wanted: Choices) -> None:
    """Save the draft if anything was changed since it was saved; of a file that cannot be read, or says nothing new,
    there is none."""
    held = _held(place)
    held.wanted = wanted
    report = seen.report
    nothing_new = not report.refused and report.filings == report.unchanged
    if not seen.grids or held.moved is not None or (nothing_new and held.handle is None):
        return
    if held.saved is not None and held.saved[0] == wanted and held.saved[1] is seen:
        return
    by = str(st.session_state.get(FILER, ""))
    try:
        held.handle = keeping.save(
            data.engine(),
            held.handle,
            place.content,
            place.name,
            wanted,
            seen,
            checked=wanted == place.choices,
            by=by,
        )
    except DraftMoved as other:
        held.moved = other
    except NoDraft:
        # Filed or thrown away elsewhere: what is on this screen becomes a draft of its own at the next change.
        held.handle, held.failed = None, "draft.ended_elsewhere"
    except UnkeptDraft as unkept:
        held.failed = f"draft.unkept_{unkept.why}"
    except DatabaseUnavailable:
        held.failed = "draft.unkept_now"
    else:
        held.saved, held.at, held.failed = (wanted, seen), datetime.now(), ""


def leave(place: Draft, *, nothing: bool) -> None:
    """The ways off the page without filing."""
    held = _held(place)
    with st.container(horizontal=True):
        if held.handle is None or nothing:
            key = "filing.another" if nothing else "filing.cancel"
            st.button(words.text(key), on_click=_set_aside, type="tertiary", icon=":material/close:")
        else:
            aside = words.text("draft.set_aside")
            st.button(aside, on_click=_set_aside, type="tertiary", icon=":material/bookmark:")
        if held.handle is not None and held.moved is None:
            with st.popover(words.text("draft.throw_away"), type="tertiary", icon=":material/delete:"):
                st.markdown(words.text("draft.throw_away_sure"))
                if st.button(words.text("draft.throw_away_yes"), key=f"throw_away_{place.upload}"):
                    throw_away(held.handle)


def standing(place: Draft) -> None:
    """Whether what is on the screen is kept, or why not."""
    held = _held(place)
    if held.moved is not None:
        _moved(place, held)
    elif held.failed:
        st.warning(
            words.text(held.failed, most=rows.MOST, megabytes=rows.MOST_BYTES // 1_000_000), icon=":material/cloud_off:"
        )
    elif held.handle is not None and held.at is not None:
        st.caption(f":material/cloud_done: {words.text('draft.saved', at=f'{held.at:%H:%M}', days=rows.DAYS)}")


def ending(place: Draft) -> Callable[..., None]:
    """What ends the draft in the transaction that stores the file."""
    held = _held(place)
    if held.handle is None or held.moved is not None:
        return lambda _: None
    return keeping.ended_by_filing(held.handle)


def note_moved(place: Draft, other: DraftMoved) -> None:
    """Somebody else saved the same draft meanwhile; the page says so."""
    _held(place).moved = other


def _moved(place: Draft, held: _Held) -> None:
    moved = held.moved
    assert moved is not None
    by = words.plain(moved.by or words.text("draft.somebody"))
    st.warning(words.text("draft.moved", by=by, at=f"{moved.at:%H:%M}"), icon=":material/group:")
    with st.container(horizontal=True):
        if st.button(words.text("draft.take_theirs"), key=f"theirs_{place.upload}") and held.handle is not None:
            take_up(held.handle.draft)
        if st.button(words.text("draft.keep_mine"), key=f"mine_{place.upload}"):
            held.handle, held.moved, held.saved = None, None, None
            st.rerun()


def _set_aside() -> None:
    drafts.forget()
    st.session_state.pop(_HELD, None)


def _held(place: Draft) -> _Held:
    held: _Held | None = st.session_state.get(_HELD)
    if held is None or held.upload != place.upload:
        if held is not None:
            _give_way(held, place)
        held = _Held(place.upload, place.name)
        st.session_state[_HELD] = held
    return held


def _give_way(held: _Held, place: Draft) -> None:
    """A file uploaded, mended elsewhere and uploaded again under its name is one piece of work: the earlier one, of
    which nothing was decided on the page, is no draft any more."""
    untouched = held.saved is not None and not held.saved[0].corrected
    if held.handle is None or held.taken is not None or held.moved or not untouched or held.source != place.name:
        return
    try:
        keeping.throw_away(data.engine(), held.handle)
    except (DraftMoved, NoDraft, DatabaseUnavailable):
        return
