"""A programme in plain values: what is in force, who is enrolled, what was filed, and on which day it is read.

What comes in is a list of steps, as the product takes them; `after` says what the programme is once they are done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

SpaceYear = tuple[str, int]
Figures = Mapping[str, Fraction]


@dataclass(frozen=True)
class Requirement:
    """One requirement; numerator and denominator are the filed metrics of a share; whole: counted in whole units."""

    track: str
    stage: str
    clause: str
    metric: str
    basis: str
    comparison: str = ">="
    threshold: Fraction = Fraction(1)
    mandatory: bool = True
    alternative: str | None = None
    counted: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    whole: bool = False

    @property
    def code(self) -> str:
        return f"{self.track}.{self.stage}.{self.clause}.{self.metric}"

    def satisfied(self, left: Fraction, right: Fraction) -> bool:
        return left > right if self.comparison == ">" else left >= right


@dataclass(frozen=True)
class Edition:
    """A policy as issued, its requirements in its own order."""

    edition: str
    requirements: tuple[Requirement, ...]
    construction_years: int = 1
    due: tuple[int, int] = (3, 31)
    pass_mark: Fraction = Fraction(1)


@dataclass(frozen=True)
class Enrolment:
    """One space on one track under one edition, first to last year."""

    space_id: str
    track: str
    edition: str
    start_year: int
    end_year: int
    exit_year: int | None = None

    @property
    def years(self) -> range:
        return range(self.start_year, self.end_year + 1)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.space_id, self.track, self.edition


@dataclass(frozen=True)
class Register:
    """A step: rows of a register, each taking over from an earlier one of its key."""

    enrolments: tuple[Enrolment, ...]


@dataclass(frozen=True)
class File:
    """A step: one file of filings, and when it came."""

    filings: Mapping[SpaceYear, Figures]
    at: datetime


Step = Edition | Register | File


@dataclass(frozen=True)
class Revision:
    """What one file said about one space and year."""

    filed_at: datetime
    figures: Figures


@dataclass
class Programme:
    """What is current, read as of a day."""

    as_of: date
    editions: dict[str, Edition] = field(default_factory=dict)
    enrolments: dict[tuple[str, str, str], Enrolment] = field(default_factory=dict)
    filings: dict[SpaceYear, list[Revision]] = field(default_factory=dict)

    def filing(self, space_id: str, year: int) -> Revision | None:
        """The revision that counts, None where nothing was filed."""
        revisions = self.filings.get((space_id, year))
        return revisions[-1] if revisions else None

    def figure(self, space_id: str, year: int, metric: str | None) -> Fraction | None:
        filing = self.filing(space_id, year)
        return filing.figures.get(metric) if filing and metric else None

    def due(self, enrolment: Enrolment, year: int) -> date | None:
        """The last day on which that year's filing is in time; None after the enrolment has ended."""
        if enrolment.exit_year is not None and year > enrolment.exit_year:
            return None
        return date(year + 1, *self.editions[enrolment.edition].due)

    def overdue(self, enrolment: Enrolment, year: int) -> bool:
        """Whether that day has passed."""
        due = self.due(enrolment, year)
        return due is not None and self.as_of > due

    def phase(self, enrolment: Enrolment, year: int) -> str:
        construction = self.editions[enrolment.edition].construction_years
        return "construction" if year < enrolment.start_year + construction else "cultivation"


def after(steps: Iterable[Step], as_of: date) -> Programme:
    """The programme once these steps are done, in their order, read as of a day."""
    programme = Programme(as_of)
    for step in steps:
        match step:
            case Edition():
                programme.editions[step.edition] = step
            case Register():
                programme.enrolments.update({enrolment.key: enrolment for enrolment in step.enrolments})
            case File():
                _file(programme, step)
    return programme


def _file(programme: Programme, file: File) -> None:
    for (space_id, year), figures in file.filings.items():
        current = programme.filing(space_id, year)
        # Filing again what is stored already changes nothing.
        if current is None or current.figures != figures:
            programme.filings.setdefault((space_id, year), []).append(Revision(file.at, figures))
