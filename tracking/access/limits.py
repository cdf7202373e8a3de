"""How often something may be done: so many times in a minute by each."""

import threading
import time
from collections import deque

_MINUTE = 60.0
# Of more than so many, those who have been quiet are forgotten.
_MOST = 10_000


class Limit:
    """Admits each key so many times in any minute; of this process alone."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def admits(self, key: str) -> bool:
        """Whether it may be done once more, and count it if so."""
        now = time.monotonic()
        with self._lock:
            if len(self._times) > _MOST:
                self._times = {each: times for each, times in self._times.items() if now - times[-1] < _MINUTE}
            times = self._times.setdefault(key, deque())
            while times and now - times[0] >= _MINUTE:
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(now)
            return True
