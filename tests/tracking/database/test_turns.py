"""Whoever came first writes first, and nobody who left holds the others up."""

import threading
import time

import pytest

from tracking.database import turns as module
from tracking.database.turns import Turns


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    turns, order = Turns(), []

    def writer(number: int) -> None:
        with turns:
            order.append(number)

    threads = []
    with turns:
        for number in range(20):
            threads.append(threading.Thread(target=writer, args=(number,)))
            threads[-1].start()
            _until(lambda: turns.waiting() == len(threads))
    for thread in threads:
        thread.join(10)
    assert order == list(range(20))


def test_whoever_has_the_turn_may_take_it_again() -> None:
    turns = Turns()
    with turns, turns:
        pass
    assert _free(turns)


def test_a_writer_that_fails_hands_the_turn_on() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="full"), turns:
        raise ValueError("full")
    assert _free(turns)


def test_who_is_interrupted_while_waiting_leaves_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    turns, left = Turns(), threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr(module, "Event", Interrupted)

        def impatient() -> None:
            with pytest.raises(KeyboardInterrupt), turns:
                pass
            left.set()

        with turns:
            threading.Thread(target=impatient).start()
            assert left.wait(10)
            assert turns.waiting() == 0
    assert _free(turns)


class Interrupted(threading.Event):
    """A wait that Ctrl+C ends."""

    def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002 - as the library's
        raise KeyboardInterrupt


def _free(turns: Turns) -> bool:
    """Whether another thread gets the turn at once."""
    got = threading.Event()

    def writer() -> None:
        with turns:
            got.set()

    thread = threading.Thread(target=writer, daemon=True)
    thread.start()
    return got.wait(10)


def _until(happened) -> None:
    end = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.001)
