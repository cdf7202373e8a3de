"""Turns among threads of this process, such as its writers take: first come, first served."""

from collections import deque
from threading import Event, Lock, get_ident
from types import TracebackType


class Turns:
    """A lock that goes to whoever has waited longest; whoever has it may take it again.

    `threading.RLock` goes to anybody: of sixteen who filed at once, each for a quarter of a second, some waited 30.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[tuple[int, Event]] = deque()
        self._owner: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        thread = get_ident()
        with self._guard:
            if self._owner in (None, thread):
                self._owner = thread
                self._depth += 1
                return
            turn = Event()
            self._waiting.append((thread, turn))
        try:
            turn.wait()
        except BaseException:
            self._leave(thread, turn)
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth == 0:
                self._hand_on()

    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    def _hand_on(self) -> None:
        self._owner = None
        if self._waiting:
            self._owner, turn = self._waiting.popleft()
            self._depth = 1
            turn.set()

    def _leave(self, thread: int, turn: Event) -> None:
        """Who is interrupted while waiting leaves the queue, or hands on the turn that has just come."""
        with self._guard:
            if turn.is_set():
                self._depth = 0
                self._hand_on()
            else:
                self._waiting.remove((thread, turn))
