"""Answers that hold until something is stored: what every request asks of an embedded database, which nobody but this
process writes to, is asked of it once."""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from tracking.database import transactions
from tracking.database.engine import opened

# Past so many, all are asked anew.
MOST = 1_000

Answer = TypeVar("Answer")

_answers: WeakKeyDictionary[Engine, tuple[int, dict[Hashable, object]]] = WeakKeyDictionary()
_lock = threading.Lock()


def remembered(engine: Engine, key: Hashable, question: Callable[[Connection], Answer]) -> Answer:
    """What a question on rows that no load brings is answered, as by `reading_beside`; `key` tells it from others.

    Once this process has stored anything it is asked anew. A server, which others write to, is asked every time.
    Raises DatabaseUnavailable.
    """
    whole = opened(engine)
    # Taken before it is asked: what is stored meanwhile makes the answer one of before.
    written = transactions.written()
    if whole.dialect.name != "postgresql":
        with _lock:
            since, answers = _answers.get(whole, (-1, {}))
            if since == written and key in answers:
                return answers[key]  # type: ignore[return-value]
    with transactions.reading_beside(engine) as connection:
        answer = question(connection)
    with _lock:
        since, answers = _answers.get(whole, (-1, {}))
        kept = answers if since == written and len(answers) < MOST else {}
        _answers[whole] = written, {**kept, key: answer}
    return answer
