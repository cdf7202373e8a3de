"""What became of a file: the figures that would be stored, the problems told, and whether that is right."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.files.clean import SPACES
from tests.files.sheets import Figures, Key
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.spreadsheets.grids import read as read_grids
from tracking.policy.vocabulary import Vocabulary
from tracking.words.problems import Problem, Refusal

TODAY = date(2026, 11, 23)
SCALE = 10_000


@dataclass(frozen=True)
class Read:
    """A file as it was read: its problems, and its figures with the place of each (sheet, row, letter)."""

    problems: Sequence[Problem]
    figures: Figures = field(default_factory=dict)
    places: dict[Key, tuple[str | None, int, str]] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether nothing of it would be stored."""
        return any(problem.severity == "error" for problem in self.problems)


def read(content: bytes, name: str, words: Vocabulary) -> Read:
    """Read a file in memory, as `check` does without what is stored."""
    try:
        grids = read_grids(content, name)
    except Refusal as refusal:
        return Read(refusal.problems)
    understood = filings_read.interpret(grids, words, SPACES, TODAY)
    figures, places = {}, {}
    for row in understood.observations[understood.observations["value"].notna()].itertuples():
        key = (str(row.space_id), int(row.year), str(row.metric))
        figures[key] = Decimal(int(row.value)) / SCALE
        places[key] = (row.sheet if isinstance(row.sheet, str) else None, int(row.row), str(row.letter))
    return Read(understood.problems, figures, places)


@dataclass(frozen=True)
class Expected:
    """What may become of a file.

    readings: every set of figures that a person could read in it; none where it must be refused.
    must_read: whether a refusal is a fault too. warned: whether a reading must be told with a warning.
    rows, letters: where an error must be told, any of them; empty where any place will do.
    mended: the figures that may be stored once the file is mended, where that is not what may be read as it is.
    """

    readings: Sequence[Figures]
    must_read: bool = False
    warned: bool = False
    rows: Collection[int] = ()
    letters: Collection[str] = ()
    mended: Sequence[Figures] = ()


# From the best to the worst; the last two may never be.
READ, TOLD, REFUSED, ELSEWHERE, NEEDLESS, UNTOLD, WRONG_BUT_TOLD, WRONG = ENDS = (
    "read",
    "read, warned",
    "refused",
    "refused elsewhere",
    "refused needlessly",
    "read, unwarned",
    "wrong, warned",
    "WRONG",
)


def verdict(got: Read, expected: Expected) -> str:
    """Which of ENDS a file came to."""
    if got.refused:
        if expected.must_read:
            return NEEDLESS
        return REFUSED if _in_place(got.problems, expected) else ELSEWHERE
    if got.figures in expected.readings:
        if expected.warned and not got.problems:
            return UNTOLD
        return TOLD if got.problems else READ
    return WRONG_BUT_TOLD if _told(got, expected) else WRONG


def _in_place(problems: Sequence[Problem], expected: Expected) -> bool:
    errors = [problem for problem in problems if problem.severity == "error"]
    return any(
        (not expected.rows or problem.row in expected.rows)
        and (not expected.letters or problem.letter is None or problem.letter in expected.letters)
        for problem in errors
    )


def _told(got: Read, expected: Expected) -> bool:
    """Whether a warning names the row or column of every figure that is not as the nearest reading has it."""
    if not expected.readings:
        return any(problem.row in expected.rows for problem in got.problems) if expected.rows else False
    truth = min(expected.readings, key=lambda figures: len(_wrong(got.figures, figures)))
    wrong = _wrong(got.figures, truth)
    # What is lost has no place; a warning at the damaged row tells of it.
    here = [got.places[key] for key in wrong if key in got.places]
    lost = len(here) < len(wrong)
    named = [(problem.sheet, problem.row, problem.letter) for problem in got.problems]
    rows = {row for _, row, _ in named}
    return all(
        any(sheet == at and (row == place or letter == column) for at, place, column in named)
        for sheet, row, letter in here
    ) and (not lost or bool(rows & set(expected.rows)))


def _wrong(got: Figures, truth: Figures) -> set[Key]:
    return {key for key in got.keys() | truth.keys() if got.get(key) != truth.get(key)}
