"""The language a person reads in, and every sentence in it."""

import re

import streamlit as st

from pages.shared import during, url
from tracking.words import language
from tracking.words.language import LANGUAGES, Lang

# How a page says to a reader aloud which language it is in.
TAGS: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
# What Markdown, or Streamlit on top of it, would read as markup.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&^=])")
# Streamlit finds :smile: and :material/name: even behind a backslash, and makes links of www.somewhere and of addresses
# for mail; but not across this invisible sign.
_LINKED = re.compile(r"[:@]|www(?=\.)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def lang() -> Lang:
    """The language of the URL, else of the browser; that the URL names none that there is, `front.py` says."""
    return during.once("lang", _lang)


def _lang() -> Lang:
    chosen = url.one_of(LANGUAGES, "lang")
    if chosen is not None:
        return chosen
    return "en" if (st.context.locale or "zh").casefold().startswith("en") else "zh"


def text(key: str, **values: object) -> str:
    """The sentence of a key in the person's language. What comes from data goes in through `plain`."""
    return language.text(key, lang(), **values)


def plain(value: object) -> str:
    """A text from the data so that Markdown shows it as it is, whatever it says."""
    text = _LINKED.sub(rf"\g<0>{_WORD_JOINER}", " ".join(str(value).split()))
    return _MARKUP.sub(r"\\\1", text)
