"""The paper of an approved filing: printed to be stamped, and its scan held against what is stored."""

from functools import partial

import streamlit as st

from pages.shared import data, tables, uploads, words
from tracking.access import acts
from tracking.access.acts import Forbidden
from tracking.exports import papers as printed
from tracking.exports import typesetting
from tracking.review import papers
from tracking.review.acting import Filing
from tracking.review.papers import Paper, UnusableScan

_ROUND, _FOUND = "paper_round", "paper_found"
_KEY = "paper"
_SIGNS = 128


def show(filing: Filing) -> None:
    """The PDF, the place for its scan or fingerprint, the scans that came in; the figures stand on the page above."""
    st.subheader(words.text("paper.section"), anchor=False)
    st.markdown(words.text("paper.section_about"))
    _print(filing)
    _typed(filing)
    if papers.may_keep(data.engine(), filing.space_id):
        _upload(filing)
    _scans(filing)


def district() -> None:
    """A district's list of a year, to be stamped."""
    with st.expander(words.text("paper.district"), icon=":material/description:"):
        districts = printed.districts(data.engine(), data.today())
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox(tables.label("district"), districts, key="paper_district")
            year = st.number_input(tables.label("year"), 1900, 2100, data.today().year - 1, key="paper_year")
        if chosen and st.button(words.text("paper.district_prepare"), icon=":material/print:"):
            make = partial(printed.district, district=str(chosen), year=int(year))
            _offer(make, f"district {chosen} {int(year)}", f"{chosen}-{int(year)}.pdf", "paper.district_download")


def _print(filing: Filing) -> None:
    if st.button(words.text("paper.prepare"), icon=":material/print:"):
        make = partial(printed.filing, space=filing.space_id, year=filing.year)
        name = f"{filing.space_id} {filing.year}"
        _offer(make, f"paper {name}", printed.file_name(filing.space_id, filing.year), "paper.download")


def _offer(make: partial[bytes], what: str, name: str, label: str) -> None:
    try:
        content = make(data.engine(), data.today(), lang=words.lang())
    except typesetting.NoChineseFont:
        st.error(words.text("paper.no_font"), icon=":material/font_download_off:")
        return
    acts.downloaded(data.engine(), what)
    st.download_button(
        words.text(label),
        content,
        name,
        "application/pdf",
        on_click="ignore",
        type="primary",
        icon=":material/download:",
    )


def _typed(filing: Filing) -> None:
    key = f"paper_typed_{filing.space_id}_{filing.year}"
    written = st.text_input(words.text("paper.typed"), max_chars=_SIGNS, key=key)
    if written.strip():
        space, year = filing.space_id, filing.year
        _tell(papers.compare(data.engine(), data.today(), space=space, year=year, fingerprint=written))


def _upload(filing: Filing) -> None:
    found: Paper | None = st.session_state.pop(_FOUND, None)
    turn = st.session_state.get(_ROUND, 0)
    with st.container(key=_KEY), st.form(f"paper_{filing.space_id}_{filing.year}_{turn}"):
        megabytes = papers.LARGEST // 1_000_000
        uploads.worded("paper", megabytes, within=_KEY)
        file = st.file_uploader(words.text("paper.upload"), max_upload_size=megabytes)
        pressed = st.form_submit_button(words.text("paper.keep"), icon=":material/fact_check:")
    if found is not None:
        _tell(found)
    if not pressed or file is None:
        return
    try:
        by = data.person().name
        st.session_state[_FOUND] = papers.keep(data.engine(), filing.space_id, filing.year, file.getvalue(), by=by)
    except UnusableScan as unusable:
        st.error(words.text(f"paper.unusable_{unusable.why}"), icon=":material/block:")
    except Forbidden:
        st.error(words.text("access.forbidden"), icon=":material/block:")
    else:
        st.session_state[_ROUND] = turn + 1
        st.rerun()


def _tell(paper: Paper) -> None:
    if paper == "same":
        st.success(words.text("paper.is.same"), icon=":material/check_circle:")
    else:
        st.error(words.text(f"paper.is.{paper}"), icon=":material/error:")


def _scans(filing: Filing) -> None:
    found = papers.scans(data.engine(), data.today(), space=filing.space_id, year=filing.year)
    if found.empty:
        return
    st.markdown(f"**{words.text('paper.scans')}**")
    worded = found.assign(paper=[words.text(f"paper.short.{each}") for each in found["paper"]])
    tables.show(worded, shown=("at", "by", "revision", "paper", "fingerprint"), caption=words.text("paper.scans"))
    with st.container(horizontal=True):
        for number, kind in found[["load_id", "content_type"]].itertuples(index=False):
            st.download_button(
                words.text("paper.scan", number=number),
                partial(papers.content, data.engine(), int(number)),
                f"scan-{number}.{kind.rpartition('/')[2]}",
                kind,
                on_click="ignore",
                key=f"scan_{number}",
            )
