"""What a person chooses, kept in the URL and nowhere else: one place ties a control to its parameter."""

from collections.abc import Sequence
from typing import Any, TypeVar

import streamlit as st

Code = TypeVar("Code", bound=str)


def one_of(options: Sequence[Code], name: str, otherwise: Code | None = None) -> Code | None:
    """What the URL says of a parameter, where that can be chosen."""
    written = st.query_params.get(name)
    return next((each for each in options if each == written), otherwise)


def several(options: Sequence[str], name: str) -> list[str]:
    """What the URL says of a parameter that may be there several times: what can be chosen, each once, in its order."""
    return [each for each in dict.fromkeys(st.query_params.get_all(name)) if each in options]


def text(name: str, longest: int) -> str:
    """What the URL says of a parameter that is a text of so many signs at most; empty where it says none."""
    return "".join(filter(str.isprintable, st.query_params.get(name, "")))[:longest]


def number(name: str, most: int | None = None) -> int:
    """A whole number from 1 on; 1 where the URL says none."""
    written = st.query_params.get(name, "1")
    # More digits than nine are none that anybody chose.
    least = max(1, int(written)) if written.isdecimal() and len(written) < 10 else 1
    return least if most is None else min(least, most)


def tied(key: str, name: str, value: object, *usual: object, begins_again: bool = True) -> dict[str, Any]:
    """The arguments that tie a control to a parameter: it shows `value`, and what is chosen goes into the URL.

    Nothing and what is `usual` stand there by being left out. A list begins again at its first page.
    """
    st.session_state[key] = value
    return {"key": key, "on_change": _remember, "args": (key, name, usual, begins_again)}


def turn(page: int) -> None:
    """Go to a page of a list."""
    st.query_params["page"] = str(page)


def _remember(key: str, name: str, usual: Sequence[object], begins_again: bool) -> None:
    if begins_again:
        st.query_params.pop("page", None)
    value = st.session_state[key]
    if value in ("", None, [], *usual):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
