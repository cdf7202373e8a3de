"""Damaged files by their number: the same number gives the same file."""

import random
from dataclasses import dataclass

from tests.files import layouts, writers
from tests.files.damages.every import DAMAGES
from tests.files.sheets import File
from tests.files.verdicts import Expected

# So often a file is drawn anew to which the damage cannot be done; none is that rare.
_ATTEMPTS = 500


@dataclass(frozen=True)
class Damaged:
    """A file with one damage, as it is sent, and what may become of it."""

    damage: str
    number: int
    file: File
    expected: Expected
    content: bytes
    name: str


def damaged(number: int) -> Damaged:
    """The damaged file of a number; one after the other, every damage is done."""
    damage = list(DAMAGES)[number % len(DAMAGES)]
    for attempt in range(_ATTEMPTS):
        # A text as the seed is the same on every machine.
        chance = random.Random(f"{damage}, {number}, {attempt}")
        file = layouts.file(chance, workbooks=1 if damage.startswith("mark") else 0.12)
        expected = DAMAGES[damage](file, chance)
        if expected is not None:
            return Damaged(damage, number, file, expected, writers.content(file), writers.name(file))
    raise AssertionError(f"no file to do this to: {damage}")
