"""The places for files on a page, in the person's own words: Streamlit's own are English."""

import streamlit as st

from pages.shared import words

# Nothing but a style sheet reaches them.
_WORDED = """<style>
{within}[data-testid=stFileUploaderDropzone] > span button p,
{within}[data-testid=stFileUploaderDropzoneInstructions] span {{font-size: 0 !important}}
{within}[data-testid=stFileUploaderDropzone] > span button p::after {{font-size: .875rem; content: "{browse}"}}
{within}[data-testid=stFileUploaderDropzoneInstructions] span::after {{font-size: .875rem; content: "{limits}"}}
{within}[data-testid=stFileUploaderDropzoneInstructions] span {{white-space: normal !important}}
{within}[data-testid=stFileUploader]:has([aria-invalid=true])::after {{
    content: "{refused}"; display: block; margin-top: .5rem; padding: .75rem 1rem; border-left: 4px solid #c9532a}}
</style>"""


def worded(family: str, megabytes: int, *, within: str = "") -> None:
    """Give the places for files on a page the words of a family, which say what is taken there.

    `within` is the key of a container: then those in it alone, whatever the others say.
    """
    labels = {name: words.text(f"{family}.drop_{name}", megabytes=megabytes) for name in ("limits", "refused")}
    scope = f".st-key-{within} " if within else ""
    st.html(_WORDED.format(within=scope, browse=words.text("filing.drop_browse"), **labels))
