"""What a person chooses, kept in the URL and nowhere else: the one place that reads it, and ties a control to it."""

from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

Code = TypeVar("Code", bound=str)


def one_of(options: Sequence[Code], name: str, otherwise: Code | None = None) -> Code | None:
    """What the URL says of a parameter, where that can be chosen."""
    value = written(name)
    return next((each for each in options if each == value), otherwise)


def several(options: Sequence[str], name: str) -> list[str]:
    """What the URL says of a parameter that may be there several times: what can be chosen, each once, in its order."""
    return [each for each in every(name) if each in options]


def every(name: str) -> list[str]:
    """What stands behind a parameter that may be there several times, each once, whatever it is."""
    return list(dict.fromkeys(st.query_params.get_all(name)))


def text(name: str, longest: int) -> str:
    """What the URL says of a parameter that is a text of so many signs at most; empty where it says none."""
    return "".join(filter(str.isprintable, written(name) or ""))[:longest]


def written(name: str) -> str | None:
    """What stands behind a parameter, whatever it is; None where the URL does not have it."""
    value: str | None = st.query_params.get(name)
    return value


def whole_number(name: str) -> int | None:
    """What the URL says of a parameter that is a whole number; None for anything else."""
    value = written(name) or ""
    # More digits than nine are none that anybody chose.
    return int(value) if value.isdecimal() and len(value) < 10 else None


def number(name: str, most: int | None = None) -> int:
    """A whole number from 1 on; 1 where the URL says none."""
    least = max(1, whole_number(name) or 1)
    return least if most is None else min(least, most)


def parameters() -> dict[str, str]:
    """Every parameter; of one that is there several times the last."""
    found: dict[str, str] = st.query_params.to_dict()
    return found


def here(*left_out: str, **instead: str) -> str:
    """The address of this page as it stands, some parameters left out, some with another value."""
    gone = {*left_out, *instead}
    kept = [(name, value) for name in st.query_params if name not in gone for value in st.query_params.get_all(name)]
    return f"?{urlencode([*kept, *instead.items()])}"


def put(**values: str) -> None:
    """Write parameters into the URL."""
    st.query_params.update(values)


def drop(name: str) -> None:
    """Take a parameter out of the URL."""
    st.query_params.pop(name, None)


def tied(key: str, name: str, value: object, *usual: object) -> dict[str, Any]:
    """The arguments that tie a control to a parameter: it shows `value`, and what is chosen goes into the URL.

    Nothing and what is `usual` stand there by being left out. A list begins again at its first page.
    """
    st.session_state[key] = value
    return {"key": key, "on_change": _remember, "args": (key, name, usual)}


def turn(page: int) -> None:
    """Go to a page of a list."""
    put(page=str(page))


def _remember(key: str, name: str, usual: Sequence[object]) -> None:
    drop("page")
    value = st.session_state[key]
    if value in ("", None, [], *usual):
        drop(name)
    else:
        st.query_params[name] = value
