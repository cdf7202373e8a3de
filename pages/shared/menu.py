"""The menu and the choice of language: plain links, which are there at once and carry the filters of the URL."""

import html
from collections.abc import Mapping

import streamlit as st

from pages.shared import html_table, url, words
from pages.shared.html_table import Html, escaped, joined
from tracking.words.language import LANGUAGES, Lang

# What each language calls itself.
_NAMES: dict[Lang, str] = {"zh": "中文", "en": "English"}


def show(titles: Mapping[str, str], current: str, counts: Mapping[str, int]) -> None:
    """Draw the menu of pages, by name with their titles and what waits there, and behind it the languages."""
    pages = [
        _marked(html_table.link(name, _counted(title, counts.get(name, 0))), name == current)
        for name, title in titles.items()
    ]
    languages = [_marked(_in_language(code), code == words.lang()) for code in LANGUAGES]
    product = f"<strong>{escaped(words.text('product'))}</strong>"
    st.html(
        f'<div class="menu">{product}<nav aria-label="{escaped(words.text("menu.pages"))}">{joined(pages)}</nav>'
        f'<nav aria-label="语言 / Language">{joined(languages)}</nav></div>'
    )


def _counted(title: str, count: int) -> Html:
    if not count:
        return escaped(title)
    meaning = escaped(words.text("inbox.unread", count=count))
    return Html(f'{escaped(title)} <span class="count" title="{meaning}">{count:,}</span>')


def _in_language(code: Lang) -> Html:
    """The link to what is looked at, in a language."""
    address = html.escape(url.here(lang=code))
    return Html(f'<a class="inside" lang="{words.TAGS[code]}" href="{address}">{_NAMES[code]}</a>')


def _marked(link: Html, current: bool) -> Html:
    return Html(link.replace("<a ", '<a aria-current="true" ', 1)) if current else link
