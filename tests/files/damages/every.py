"""Every damage by its name, one of which is done to a file."""

import random
from collections.abc import Callable

from tests.files.damages.cells import CELLS
from tests.files.damages.headers import HEADERS
from tests.files.damages.marks import MARKS
from tests.files.damages.rows import ROWS
from tests.files.damages.text import TEXT
from tests.files.damages.units import UNITS
from tests.files.sheets import File
from tests.files.verdicts import Expected

Damage = Callable[[File, random.Random], Expected | None]


def nothing(file: File, _: random.Random) -> Expected:
    """No damage at all."""
    return Expected([file.figures], must_read=True)


DAMAGES: dict[str, Damage] = {
    "nothing": nothing,
    **{
        f"{kind}: {damage.__name__.replace('_', ' ')}": damage
        for kind, damages in (
            *(("text", TEXT), ("unit", UNITS), ("mark", MARKS), ("row", ROWS), ("header", HEADERS), ("cell", CELLS)),
        )
        for damage in damages
    },
}
