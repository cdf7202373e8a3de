"""A file as an answer: whole, or the range that is asked for, made once for several of them."""

import io
from typing import IO

import pytest
from starlette.requests import Request
from starlette.responses import Response

from tracking.api import files
from tracking.api.refusals import Refused


class Maker:
    """Makes ten bytes, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> IO[bytes]:
        self.made += 1
        return io.BytesIO(b"0123456789")


def asked(make: Maker, tag: str, **headers: str) -> Response:
    raw = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return files.answer(Request({"type": "http", "headers": raw}), make, "text/plain", {"ETag": tag})


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("bytes=2-4", "bytes 2-4/10"),
        ("bytes=8-99", "bytes 8-9/10"),
        ("bytes=7-", "bytes 7-9/10"),
        ("bytes=-3", "bytes 7-9/10"),
        ("bytes = -99", "bytes 0-9/10"),
    ],
)
def test_a_range_is_of_what_there_is(wanted: str, told: str) -> None:
    answer = asked(Maker(), f"range {wanted}", Range=wanted)
    assert (answer.status_code, answer.headers["Content-Range"]) == (206, told)


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=5-4", "bytes=-", "bytes=-0"])
def test_a_range_of_nothing_is_refused(wanted: str) -> None:
    with pytest.raises(Refused):
        asked(Maker(), f"none {wanted}", Range=wanted)


def test_what_was_made_for_one_range_serves_the_next_and_the_oldest_is_forgotten() -> None:
    make = Maker()
    for tag in ("a", "b", "a", "c", "d", "a", "e", "b"):
        asked(make, tag, Range="bytes=0-0")
    # a, b, c, d, e; b was forgotten by then.
    assert make.made == 6


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-1", "If_Range": '"a"'}, {"Range": "rows=1-2"}])
def test_who_may_hold_a_part_of_another_answer_gets_the_whole(headers: dict[str, str]) -> None:
    answer = asked(Maker(), "whole", **headers)
    assert (answer.status_code, answer.headers["Content-Length"]) == (200, "10")
