"""An edition of two requirements, two spaces that owe them, and what moved their shortfalls."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from sqlalchemy import Engine

from tests import entering, programmes
from tests.oracle.programme import Edition, Enrolment, File, Register, Requirement, Step
from tracking.results.tables import changes

ALL_DUE = date(2023, 4, 1)


def requirement(metric: str, threshold: int) -> Requirement:
    return Requirement("north", "target", "1", metric, "annual", threshold=Fraction(threshold))


def edition(threshold: int = 10) -> Edition:
    return Edition("first", (requirement("cases", threshold), requirement("firms", 5)))


def filed(cases: int, firms: int, space_id: str = "A1") -> File:
    return filed_by({space_id: (cases, firms)})


def filed_by(figures: Mapping[str, tuple[int, int]]) -> File:
    told = {
        (space, 2020): {"cases": Fraction(cases), "firms": Fraction(firms)} for space, (cases, firms) in figures.items()
    }
    return File(told, programmes.datetime(2021, 3, 1))


REGISTER = Register((Enrolment("A1", "north", "first", 2020, 2020), Enrolment("B2", "north", "first", 2020, 2020)))
BEGUN: list[Step] = [edition(), REGISTER]


def compared(engine: Engine, steps: Sequence[Step], earlier: int, later: int, **chosen: object) -> list[tuple]:
    entering.enter(engine, steps)
    told = changes.changes(engine, earlier, later, ALL_DUE, **chosen)  # type: ignore[arg-type]
    assert list(told.columns) == list(changes.COLUMNS)
    return list(told[["space_id", "metric", "change", "load_id"]].itertuples(index=False, name=None))
