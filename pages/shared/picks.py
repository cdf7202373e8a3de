"""What a person picks on one page alone: kept in the URL as the filters are, but not carried to another page."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.shared import words

LONGEST_TEXT = 80


def several(name: str, options: Sequence[str], told: Callable[[str], str]) -> list[str]:
    """Some of a few; none is all."""
    asked = [each for each in st.query_params.get_all(name) if each in options]
    st.session_state[_key(name)] = asked
    st.pills(_label(name), options, key=_key(name), selection_mode="multi", format_func=told, **_remembered(name))
    return asked


def many(name: str, options: Sequence[str], usual: Sequence[str], told: Callable[[str], str]) -> list[str]:
    """Some of many, in the order in which they were picked; the usual ones before anybody picks, and for none."""
    asked = [each for each in dict.fromkeys(st.query_params.get_all(name)) if each in options] or list(usual)
    st.session_state[_key(name)] = asked
    st.multiselect(
        _label(name),
        options,
        key=_key(name),
        format_func=told,
        label_visibility="collapsed",
        on_change=_remember,
        args=(name, list(usual)),
    )
    return asked


def one(
    name: str,
    options: Sequence[str],
    told: Callable[[str], str],
    *,
    none: str = "filter.all",
    row: Any = st,  # noqa: ANN401
) -> str | None:
    """One of many or, before anybody chooses, none, for which `none` is the key of the words."""
    asked = st.query_params.get(name)
    asked = asked if asked in options else None
    st.session_state[_key(name)] = asked or ""
    shown: Callable[[str], str] = lambda code: told(code) if code else words.text(none)  # noqa: E731
    row.selectbox(_label(name), ["", *options], key=_key(name), format_func=shown, **_remembered(name))
    return asked


def text(name: str, *, row: Any = st) -> str:  # noqa: ANN401 - a container or the page
    """A text to look for."""
    asked = "".join(filter(str.isprintable, st.query_params.get(name, "")))[:LONGEST_TEXT]
    st.session_state[_key(name)] = asked
    row.text_input(_label(name), key=_key(name), max_chars=LONGEST_TEXT, **_remembered(name))
    return asked


def count(name: str, most: int, *, row: Any = st) -> int:  # noqa: ANN401 - a container or the page
    """A whole number from 1 on."""
    asked = st.query_params.get(name, "1")
    number = min(max(int(asked), 1), most) if asked.isdecimal() and len(asked) < 10 else 1
    st.session_state[_key(name)] = number
    row.number_input(_label(name), 1, most, key=_key(name), **_remembered(name))
    return number


def _label(name: str) -> str:
    return words.text(f"pick.{name}")


def _key(name: str) -> str:
    return f"pick_{name}"


def _remembered(name: str) -> dict[str, Any]:
    return {"on_change": _remember, "args": (name,)}


def _remember(name: str, usual: object = None) -> None:
    """Put what was picked into the URL, and begin a list again at its first page."""
    st.query_params.pop("page", None)
    value = st.session_state[_key(name)]
    if value in ("", 1, [], usual):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
