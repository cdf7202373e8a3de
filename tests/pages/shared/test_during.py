"""What a run finds once is never older than the run, nor than what this process stored."""

from contextlib import suppress
from itertools import count

import sqlalchemy as sa
from sqlalchemy import Engine

from pages.shared import during
from tracking import database


def test_a_run_asks_once_until_something_is_stored(engine: Engine) -> None:
    answers = count()
    ask = lambda: during.once("newest", lambda: next(answers))  # noqa: E731
    with during.run():
        assert (ask(), ask()) == (0, 0)
        database.write(engine, lambda connection: connection.execute(sa.text("SELECT 1")).all())
        assert (ask(), ask()) == (1, 1)
        database.write_beside(engine, lambda connection: connection.execute(sa.text("SELECT 1")).all())
        assert (ask(), ask()) == (2, 2)


def test_nothing_outlives_a_run_however_it_ends() -> None:
    answers = count()
    ask = lambda: during.once("person", lambda: next(answers))  # noqa: E731
    with suppress(KeyboardInterrupt), during.run():
        assert (ask(), ask()) == (0, 0)
        raise KeyboardInterrupt
    # A callback, or a fragment by itself.
    assert (ask(), ask()) == (1, 2)
    with during.run():
        assert ask() == 3
