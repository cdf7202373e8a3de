"""The file that is being filed: as it was uploaded, or as it was corrected on the page since."""

from dataclasses import dataclass, replace
from pathlib import PurePath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shared import data, words
from tracking import loads, preview
from tracking.language import Lang
from tracking.preview import Preview

_DRAFT = "filing_draft"
_SEEN = "filing_seen"
_ROUND = "filing_round"


@dataclass(frozen=True)
class Draft:
    """Its bytes and name; `corrections` counts how often it was corrected since it was uploaded."""

    upload: str
    content: bytes
    name: str
    corrections: int = 0

    @property
    def key(self) -> str:
        """What tells the widgets of this state of the file from those of another."""
        return f"{self.upload}_{self.corrections}"


def drop(label: str) -> UploadedFile | None:
    """Where the file is dropped."""
    key = f"filing_file_{st.session_state.get(_ROUND, 0)}"
    return st.file_uploader(label, type=["csv", "tsv", "txt", "xlsx", "xls", "xlsm"], key=key)


def of(file: UploadedFile) -> Draft:
    """The state of an uploaded file."""
    known: Draft | None = st.session_state.get(_DRAFT)
    if known is None or known.upload != file.file_id:
        known = Draft(file.file_id, file.getvalue(), file.name)
        st.session_state[_DRAFT] = known
    return known


def as_uploaded() -> None:
    """Take every correction back."""
    st.session_state.pop(_DRAFT, None)


def correct(draft: Draft, content: bytes, suffix: str) -> None:
    """Go on with other bytes in the file's place, and say so in its name."""
    stem = PurePath(draft.name).stem
    name = stem if draft.corrections else words.text("filing.corrected_name", name=stem)
    st.session_state[_DRAFT] = replace(
        draft, content=content, name=f"{name}.{suffix}", corrections=draft.corrections + 1
    )


def forget() -> None:
    """Take the file off the page; nothing of it stays but what was stored."""
    st.session_state.pop(_DRAFT, None)
    st.session_state.pop(_SEEN, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def seen(draft: Draft, lang: Lang) -> Preview:
    """What the file would change, looked at once per state of the file and of the data."""
    key = (loads.sha256(draft.content), draft.name, data.version(), data.today(), lang)
    known: tuple[object, Preview] | None = st.session_state.get(_SEEN)
    if known is None or known[0] != key:
        with st.status(words.text("filing.step.reading")) as status:
            looked = preview.preview(
                data.engine(),
                draft.content,
                draft.name,
                data.today(),
                lang,
                lambda step: status.update(label=words.text(f"filing.step.{step}")),
            )
            status.update(label=words.text("filing.step.done"), state="complete")
        known = (key, looked)
        st.session_state[_SEEN] = known
    return known[1]
