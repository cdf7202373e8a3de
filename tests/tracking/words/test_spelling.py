"""Texts in one width."""

import time

from tracking.words.spelling import one_width


def test_full_width_signs_become_plain_ones() -> None:
    assert one_width("２０％ ﬁ") == "20% fi"


def test_a_text_is_made_plain_as_one_or_in_pieces() -> None:
    assert one_width("１" * 32_000) == "1" * 32_000


def test_marks_that_combine_cost_no_more_than_their_number() -> None:
    def seconds(length: int) -> float:
        started = time.perf_counter()
        one_width("a" + "\u0315\u0300" * (length // 2))
        return time.perf_counter() - started

    some, many = (min(seconds(length) for _ in range(3)) for length in (8_000, 32_000))
    # Every one against all before it took a second and more.
    assert many < max(10 * some, 0.3)
