"""An edition that is uploaded: what is wrong with it, what it would change, and the button that stores it."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.shared import data, problem_list, uploads, words, would_change
from tracking.access import acts
from tracking.access.acts import Forbidden
from tracking.filing import edition_preview
from tracking.filing.edition_preview import EditionPreview
from tracking.policy import loading, uploaded
from tracking.words import spelling
from tracking.words.problems import Refusal

_STORED = "edition_stored"
_ROUND = "edition_round"


def offer() -> None:
    """The upload, for who may change the policy."""
    if not acts.may(data.person(), "policy"):
        return
    if edition := st.session_state.pop(_STORED, None):
        st.success(words.text("edition.stored", edition=words.plain(edition)), icon=":material/check_circle:")
    turn = st.session_state.get(_ROUND, 0)
    with st.expander(words.text("edition.upload"), icon=":material/upload_file:"):
        st.markdown(words.text("edition.about"))
        uploads.worded("edition", uploaded.LARGEST // 1_000_000)
        files = st.file_uploader(
            words.text("edition.drop"),
            type=None,
            accept_multiple_files=True,
            max_upload_size=uploaded.LARGEST // 1_000_000,
            key=f"edition_{turn}",
        )
        code = st.text_input(words.text("edition.code"), max_chars=80, key=f"edition_code_{turn}").strip()
        if files:
            _one(files, code)


def _one(files: list[UploadedFile], code: str) -> None:
    try:
        edition, contents = _understood(files, code)
        if not edition:
            st.info(words.text("edition.code_needed"), icon=":material/edit:")
            return
        seen = edition_preview.preview(data.engine(), edition, contents, data.today(), words.lang())
        if seen.same:
            st.info(words.text("edition.same", edition=words.plain(edition)), icon=":material/check_circle:")
            return
        _tell(seen)
        by = _signature()
        if st.button(words.text("edition.store"), type="primary", icon=":material/check:") and _signed(by):
            loading.load_files(data.engine(), edition, contents, by=by)
            st.session_state[_STORED] = edition
            st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
            st.rerun()
        would_change.show(seen.changes)
    except Refusal as refusal:
        st.error(words.text("upload.refused"), icon=":material/block:")
        problem_list.show(refusal.problems)
    except Forbidden:
        st.error(words.text("access.forbidden"), icon=":material/block:")


def _understood(files: list[UploadedFile], code: str) -> tuple[str, dict[str, bytes]]:
    """The edition's name and files: of a ZIP its own, unless another is typed; of single files the one typed."""
    if len(files) == 1 and files[0].name.lower().endswith(".zip"):
        edition, contents = uploaded.unpacked(files[0].getvalue(), files[0].name)
        return code or edition, contents
    return code, uploaded.whole({each.name: each.getvalue() for each in files})


def _tell(seen: EditionPreview) -> None:
    kind = "new" if seen.new else "changed"
    st.markdown(words.text(f"edition.{kind}", edition=words.plain(seen.edition), enrolled=f"{seen.enrolled:,}"))
    if not seen.new:
        would_change.counts(seen.closed, seen.opened)


def _signature() -> str:
    """Who stands to it, where no account says so."""
    if data.person().account is not None:
        return data.person().name
    return st.text_input(words.text("window.by"), max_chars=200, key="edition_by").strip()


def _signed(by: str) -> bool:
    if by and not spelling.misleading(by):
        return True
    st.error(words.text("window.by_missing"))
    return False
