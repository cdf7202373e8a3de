"""What shows that something was put right: each file as a download, and attaching another while it is open."""

import pandas as pd
import streamlit as st

from pages.shared import data, doing, evidence, uploads, words
from tracking.review import evidence_files, rectification_files
from tracking.review.evidence_files import UnusableEvidence
from tracking.review.measures import Subject, UnusableMeasure

# The container in which all of a page are drawn.
KEY = "rectification_files"
_REFUSED = {
    UnusableEvidence: lambda unusable: words.text(f"evidence.why_{unusable.why}", cell=unusable.cell),
    UnusableMeasure: lambda unusable: words.text(f"measure.why_{unusable.why}"),
}


def show(subject: Subject, *, may_act: bool, kept: str) -> None:
    """The files of a rectification; what was done about one is kept in the session under `kept`."""
    found = rectification_files.attached(data.engine(), data.today(), space=subject.space_id, year=subject.year)
    of_it = (found["edition"] == subject.edition) & (found["track"] == subject.track)
    of_it &= found["requirement"].fillna("") == (subject.requirement or "")
    may_attach, may_remove = False, False
    if may_act:
        may_attach, may_remove = rectification_files.may(data.engine(), data.today(), subject=subject)
    for _, row in found[of_it].iterrows():
        _file(row, may_remove=may_remove, kept=kept)
    if may_attach:
        _attach(subject, kept)


def _file(row: "pd.Series[object]", *, may_remove: bool, kept: str) -> None:
    number = int(str(row["load_id"]))
    kind = words.text(f"evidence_kind.{row['kind']}")
    by = words.text("evidence.by", by=words.plain(row["attached_by"]), at=f"{row['attached_at']:%Y-%m-%d %H:%M}")
    with st.container(horizontal=True, vertical_alignment="center"):
        evidence.link(number, str(row["name"]))
        if may_remove and st.button(words.text("evidence.remove"), key=f"remove_{number}"):
            doing.do(lambda: rectification_files.remove(data.engine(), number), kept, _REFUSED)
        st.caption(f"{kind} · {by}")


def _attach(subject: Subject, kept: str) -> None:
    megabytes = evidence_files.SIZE_LIMIT // 1_000_000
    with st.expander(words.text("agreed.attach"), icon=":material/attach_file:"):
        uploads.worded("evidence", megabytes, within=KEY)
        st.caption(words.text("agreed.attach_about"))
        with st.form(f"files_{'_'.join(map(str, subject))}", clear_on_submit=True, border=False):
            file = st.file_uploader(words.text("evidence.file"), max_upload_size=megabytes)
            pressed = st.form_submit_button(words.text("evidence.attach"), type="primary")
        if pressed and file is None:
            st.warning(words.text("agreed.attach_none"), icon=":material/edit:")
        elif pressed and file is not None:
            content, name = file.getvalue(), file.name
            doing.do(lambda: rectification_files.attach(data.engine(), subject, content, name), kept, _REFUSED)
