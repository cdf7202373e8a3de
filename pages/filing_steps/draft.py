"""The file that is being filed: as it was uploaded now or once, and what was decided about it on the page since."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shared import data, uploads, words
from tracking.database import loads
from tracking.filing import choices as chosen
from tracking.filing import preview
from tracking.filing.choices import Choices
from tracking.filing.preview import Preview
from tracking.filing.spreadsheets.grids import SIZE_LIMIT
from tracking.words.language import Lang

_DRAFT = "filing_draft"
_SEEN = "filing_seen"
_ROUND = "filing_round"
_MEGABYTES = SIZE_LIMIT // 1_000_000
# How far the work is when each step begins.
_BEGUN = {"reading": 0.05, "checking": 0.25, "judging": 0.7}


@dataclass(frozen=True)
class Draft:
    """Its bytes and name, and the choices that it was last checked with; `checks` counts how often it was. `resumed`:
    it was not uploaded now, but kept as a draft."""

    upload: str
    content: bytes
    name: str
    choices: Choices = chosen.NONE
    checks: int = 0
    resumed: bool = False

    @property
    def key(self) -> str:
        """What tells the widgets of this state of the file from those of another."""
        return f"{self.upload}_{self.checks}"


def begun() -> bool:
    """Whether a file is at hand already, before the place for it is drawn."""
    known: Draft | None = st.session_state.get(_DRAFT)
    return (known is not None and known.resumed) or st.session_state.get(_place("filing")) is not None


def drop(key: str = "filing") -> UploadedFile | None:
    """Where a file is dropped. Whatever its name ends in, it is known by what is in it."""
    uploads.worded("filing", _MEGABYTES)
    return st.file_uploader(
        words.text(f"filing.drop_{key}"),
        key=_place(key),
        max_upload_size=_MEGABYTES,
    )


def _place(key: str) -> str:
    return f"{key}_file_{st.session_state.get(_ROUND, 0)}"


def of(file: UploadedFile | None) -> Draft | None:
    """The state of an uploaded file, or of the draft that is gone on with; None where there is neither."""
    known: Draft | None = st.session_state.get(_DRAFT)
    if file is None:
        return known if known is not None and known.resumed else None
    if known is None or known.upload != file.file_id:
        known = Draft(file.file_id, file.getvalue(), file.name)
        st.session_state[_DRAFT] = known
    return known


def resume(upload: str, content: bytes, name: str, choices: Choices) -> None:
    """Go on with a file that was kept, with all that was decided about it."""
    forget()
    st.session_state[_DRAFT] = Draft(upload, content, name, choices, resumed=True)


def as_uploaded(draft: Draft) -> None:
    """Take every correction and choice back."""
    choose(draft, chosen.NONE)


def choose(draft: Draft, choices: Choices) -> Draft:
    """Go on with other choices about the same file."""
    changed = replace(draft, choices=choices, checks=draft.checks + 1)
    st.session_state[_DRAFT] = changed
    return changed


def forget() -> None:
    """Take the file off the page; nothing of it stays but what was stored."""
    st.session_state.pop(_DRAFT, None)
    st.session_state.pop(_SEEN, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def seen(draft: Draft, lang: Lang) -> tuple[Preview, bool]:
    """What the file would change, looked at once per state of the file and of the data.

    With it, whether that is something else than the person was shown of the same file before, since somebody
    stored something in between.
    """
    # Always there: a place more in one run than in the next would make every element below it another one.
    place = st.empty()
    file = (loads.sha256(draft.content), draft.name, draft.choices, lang)
    key = (*file, data.version(), data.today())
    known: tuple[tuple[object, ...], Preview] | None = st.session_state.get(_SEEN)
    if known is not None and known[0] == key:
        return known[1], False
    looked = _look(draft, lang, place)
    st.session_state[_SEEN] = (key, looked)
    return looked, known is not None and known[0][: len(file)] == file and not _alike(known[1], looked)


def _look(draft: Draft, lang: Lang, place: DeltaGenerator) -> Preview:
    def tell(step: str) -> None:
        place.progress(_BEGUN[step], words.text(f"filing.step.{step}"))

    looked = preview.preview(
        data.engine(),
        draft.content,
        draft.name,
        data.today(),
        lang,
        tell,
        draft.choices,
    )
    place.empty()
    return looked


def _alike(shown: Preview, now: Preview) -> bool:
    """Whether confirming would do the same: the same revisions, with the same figures before and after."""
    frames = ((each.report.revisions, each.changes, each.figures) for each in (shown, now))
    return all(map(pd.DataFrame.equals, *frames))
