"""Who sits at a tab: an operator who drafts, mends, files and corrects; a reader who clicks from page to page."""

import hashlib
import random
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from threading import Event, Lock

from benchmarks.soak.ground import PASSWORD, Filer
from benchmarks.soak.tab import Broken, Tab
from tracking.words.language import text

PAGES = ("overview", "space", "shortfalls", "decisions")
_COMMIT = text("filing.commit", "en")
_STORED = text("filing.stored_already", "en")
# Longer than the page waits for what the browser still holds.
_ANSWER = 0.5
_AGAIN = 1.0


@dataclass
class Seen:
    """What people saw, put down by many threads: seconds, receipts by file, how often a server was gone; what a page
    said where it could not store."""

    until: float
    pages: list[float] = field(default_factory=list)
    storing: list[float] = field(default_factory=list)
    receipts: dict[str, int] = field(default_factory=dict)
    filed: list[bytes] = field(default_factory=list)
    broken: int = 0
    refused: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    guard: Lock = field(default_factory=Lock)

    def note(self, where: list[float], seconds: float) -> None:
        with self.guard:
            where.append(seconds)


class Person:
    """Somebody who opens a tab at one server and, where that is gone, at the next, as a proxy would have it."""

    def __init__(self, name: str, ports: Sequence[int], seen: Seen) -> None:
        self.name, self.seen = name, seen
        first = zlib.crc32(name.encode()) % len(ports)
        self._ports = cycle([*ports[first:], *ports[:first]])
        self._tab: Tab | None = None

    def tab(self) -> Tab:
        """The tab, which is opened where there is none."""
        if self._tab is None:
            self._tab = Tab(next(self._ports), self.name, PASSWORD)
        return self._tab

    def leave(self) -> None:
        """Close the tab."""
        if self._tab is not None:
            self._tab.close()
            self._tab = None

    def at_it(self, work: Callable[[], None]) -> None:
        """Do something until no server was gone meanwhile, or it is too late."""
        while time.monotonic() < self.seen.until:
            try:
                work()
                return
            except Broken:
                with self.seen.guard:
                    self.seen.broken += 1
                self._tab = None
                time.sleep(_AGAIN)
        self.seen.wrong.append(f"{self.name} did not come to an end")


def read(person: Person, over: Event, every: float) -> None:
    """Click from page to page until it is over."""
    chance = random.Random(person.name)

    def click() -> None:
        tab = person.tab()
        seconds = tab.open(chance.choice(PAGES))
        person.seen.note(person.seen.pages, seconds)
        if tab.screen.exceptions:
            person.seen.wrong += tab.screen.exceptions

    while not over.wait(chance.uniform(0.5, 1.5) * every):
        person.at_it(click)
    person.leave()


def file(person: Person, filer: Filer, pause: Callable[[], None]) -> None:
    """Bring a file with a slip, which stays a draft; the mended one, which is stored; later a correction of it."""
    person.at_it(lambda: _draft(person, filer.slip))
    pause()
    for content in (filer.mended, filer.correction):
        with person.seen.guard:
            person.seen.filed.append(content)
        person.at_it(lambda content=content: _store(person, content))  # type: ignore[misc]
        pause()
    person.leave()


def _draft(person: Person, content: bytes) -> None:
    tab = person.tab()
    person.seen.note(person.seen.pages, tab.open("filing"))
    tab.act([tab.upload("filing.csv", content)])
    if _COMMIT in tab.screen.buttons:
        person.seen.wrong.append("a file with an error could be stored")


def _store(person: Person, content: bytes) -> None:
    """Store a file and keep what its receipt says; where it is stored already, by a page that nobody saw, there is
    no receipt any more. Raises ConnectionError where the page cannot store it now."""
    tab = person.tab()
    person.seen.note(person.seen.pages, tab.open("filing"))
    state = tab.upload("filing.csv", content)
    tab.act([state])
    while _COMMIT in tab.screen.buttons:
        begun = time.perf_counter()
        tab.act([state], _COMMIT)
        while tab.screen.fragments:
            time.sleep(_ANSWER)
            tab.act([state], fragment=tab.screen.fragments[-1])
        number = tab.screen.parameter("receipt")
        if number is not None:
            person.seen.note(person.seen.storing, time.perf_counter() - begun)
            with person.seen.guard:
                person.seen.receipts[hashlib.sha256(content).hexdigest()] = int(number)
            return
    person.seen.wrong += tab.screen.exceptions
    if _STORED not in tab.screen.alerts:
        with person.seen.guard:
            person.seen.refused.append(tab.screen.alerts[0] if tab.screen.alerts else "nothing to press")
        raise ConnectionError
