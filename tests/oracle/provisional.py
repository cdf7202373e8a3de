"""What of a programme rests on filings that are not approved, found by noting which filings are read to judge it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction

from tests.oracle import tables
from tests.oracle.judgement import UNMET, Standing, standings
from tests.oracle.programme import Enrolment, Programme, Requirement, Revision, SpaceYear, Step, after
from tests.oracle.tables import Row

SILENT = ("unfiled", "upcoming")


@dataclass
class Watched(Programme):
    """A programme that notes which filings were looked into."""

    read: set[SpaceYear] = field(default_factory=set)

    def filing(self, space_id: str, year: int) -> Revision | None:
        found = super().filing(space_id, year)
        if found:
            self.read.add((space_id, year))
        return found

    def figure(self, space_id: str, year: int, metric: str | None) -> Fraction | None:
        filing = self.filing(space_id, year)
        return filing.figures.get(metric) if filing and metric else None


@dataclass(frozen=True)
class Basis:
    """What one programme's rows rest on; `unapproved` are the filings that review has not approved."""

    programme: Programme
    unapproved: Collection[SpaceYear]

    def attainment(self, enrolment: Enrolment, year: int, requirement: Requirement) -> bool:
        """Whether the row of a requirement is provisional: its own reading, or an alternative's that may settle it."""
        owed = standings(self.programme, enrolment, year)
        (own,) = (each for each in owed if each.requirement == requirement)
        if own.status == "upcoming":
            return False
        group = (requirement.stage, requirement.clause, requirement.alternative)
        beside = [
            each.requirement
            for each in owed
            if requirement.alternative
            and (each.requirement.stage, each.requirement.clause, each.requirement.alternative) == group
        ]
        return any(self._read(enrolment, year, each) for each in (requirement, *beside))

    def _read(self, enrolment: Enrolment, year: int, requirement: Requirement) -> bool:
        """Whether what a requirement says by itself in a year was read in an unapproved filing."""
        edition = self.programme.editions[enrolment.edition]
        alone = type(edition)(edition.edition, (requirement,), edition.construction_years, edition.due)
        known = {each.name: getattr(self.programme, each.name) for each in fields(Programme)}
        watched = Watched(**{**known, "editions": {edition.edition: alone}})
        standings(watched, enrolment, year)
        return not watched.read.isdisjoint(self.unapproved)

    def year(self, enrolment: Enrolment, year: int) -> bool:
        """Whether a status of a year is."""
        owed = [each.requirement for each in self._told(enrolment, year)]
        return any(self.attainment(enrolment, year, each) for each in owed)

    def _told(self, enrolment: Enrolment, year: int) -> list[Standing]:
        return [each for each in standings(self.programme, enrolment, year) if each.status not in SILENT]

    def evaluation(self, enrolment: Enrolment, year: int) -> bool:
        """Whether the result of a year is, or that of the cultivation year before, on which a warning rests."""
        if self.year(enrolment, year):
            return True
        before, cultivated = year - 1, self.programme.phase(enrolment, year - 1) == "cultivation"
        result = tables.result(self.programme, enrolment, year)
        warned = self.programme.overdue(enrolment, year) and result != "pass"
        of_cultivation = self.programme.phase(enrolment, year) == "cultivation"
        return warned and of_cultivation and cultivated and before in enrolment.years and self.year(enrolment, before)

    def shortfall(self, enrolment: Enrolment, year: int, requirement: Requirement) -> bool:
        """Whether the row is, or one of the years in a row up to it in which the requirement was missed."""
        for each in range(year, enrolment.start_year - 1, -1):
            found = [one for one in standings(self.programme, enrolment, each) if one.requirement == requirement]
            if not found or found[0].status not in UNMET:
                return False
            if self.attainment(enrolment, each, requirement):
                return True
        return False


def marked(steps: Iterable[Step], as_of: date, unapproved: Collection[SpaceYear]) -> dict[str, list[Row]]:
    """The rows of the five tables, each with `provisional` at its end."""
    programme = after(steps, as_of)
    basis = Basis(programme, unapproved)

    def enrolment(row: Row) -> Enrolment:
        return programme.enrolments[str(row["space_id"]), str(row["track"]), str(row["edition"])]

    def requirement(row: Row) -> Requirement:
        owed = programme.editions[str(row["edition"])].requirements
        return next(each for each in owed if each.code == row["requirement"])

    def year(row: Row) -> int:
        return int(str(row["year"]))

    told = {
        "attainment": lambda row: basis.attainment(enrolment(row), year(row), requirement(row)),
        "shortfalls": lambda row: basis.shortfall(enrolment(row), year(row), requirement(row)),
        "evaluations": lambda row: basis.evaluation(enrolment(row), year(row)),
        "verdicts": lambda row: any(basis.evaluation(enrolment(row), each) for each in enrolment(row).years),
        "filings": lambda row: (row["space_id"], row["year"]) in unapproved,
    }
    return {
        name: [{**row, "provisional": rests(row)} for row in getattr(tables, name)(programme)]
        for name, rests in told.items()
    }
