"""How one requirement of one enrolment stands in one year, in exact fractions. Source: reading.md, Bases, Statuses."""

import math
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.oracle.programme import Enrolment, Programme, Requirement

UNMET = ("short", "behind_pace", "unreported", "unfiled")


@dataclass(frozen=True)
class Standing:
    """A requirement in a year; `needed` is what each counted year left must bring to a sum."""

    requirement: Requirement
    required: Fraction
    status: str
    actual: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    needed: Fraction | None = None
    years_missing: tuple[int, ...] = ()

    @property
    def gap(self) -> Fraction | None:
        return None if self.actual is None else max(Fraction(0), self.required - self.actual)

    @property
    def attainment(self) -> Fraction | None:
        return None if self.actual is None or self.required == 0 else self.actual / self.required

    @property
    def short_by(self) -> int | None:
        """The least number of whole firms or projects that would close a share."""
        if self.requirement.basis != "share" or self.actual is None:
            return None
        assert self.numerator is not None
        assert self.denominator is not None
        missing = 0
        while not self.requirement.satisfied(self.numerator + missing, self.required * self.denominator):
            missing += 1
        return missing


def standings(programme: Programme, enrolment: Enrolment, year: int) -> list[Standing]:
    """Every requirement that the enrolment owes in a year, in the policy's own order."""
    owed = [
        _judge(programme, enrolment, year, requirement)
        for requirement in programme.editions[enrolment.edition].requirements
        if requirement.track == enrolment.track and (requirement.stage == "target" or year == enrolment.start_year)
    ]
    groups_met = {_group(each.requirement) for each in owed if each.status == "met" and each.requirement.alternative}
    return [_settled(each, _group(each.requirement) in groups_met) for each in owed]


def _group(requirement: Requirement) -> tuple[str, str, str | None]:
    return requirement.stage, requirement.clause, requirement.alternative


def _settled(standing: Standing, alternative_met: bool) -> Standing:
    if alternative_met:
        return replace(standing, status="met")
    if standing.status == "upcoming":
        return replace(standing, needed=None)
    if not standing.requirement.mandatory and standing.status == "short":
        return replace(standing, status="forgone")
    return standing


def _judge(programme: Programme, enrolment: Enrolment, year: int, requirement: Requirement) -> Standing:
    if requirement.basis == "cumulative":
        return _cumulative(programme, enrolment, year, requirement)
    if requirement.basis == "share":
        return _share(programme, enrolment, year, requirement)
    figure = programme.figure(enrolment.space_id, year, requirement.metric)
    if figure is None:
        return Standing(requirement, requirement.threshold, _absence(programme, enrolment, year))
    if requirement.basis == "growth":
        before = programme.figure(enrolment.space_id, year - 1, requirement.metric)
        if before is None:
            return Standing(requirement, requirement.threshold, "baseline")
        figure -= before
    status = "met" if requirement.satisfied(figure, requirement.threshold) else "short"
    return Standing(requirement, requirement.threshold, status, figure)


def _absence(programme: Programme, enrolment: Enrolment, year: int) -> str:
    if programme.filing(enrolment.space_id, year):
        return "unreported"
    return "unfiled" if programme.overdue(enrolment, year) else "upcoming"


def _share(programme: Programme, enrolment: Enrolment, year: int, requirement: Requirement) -> Standing:
    numerator = programme.figure(enrolment.space_id, year, requirement.numerator)
    denominator = programme.figure(enrolment.space_id, year, requirement.denominator)
    if numerator is None or not denominator:
        status, actual = _absence(programme, enrolment, year), None
    else:
        actual = numerator / denominator
        status = "met" if requirement.satisfied(actual, requirement.threshold) else "short"
    return Standing(requirement, requirement.threshold, status, actual, numerator, denominator)


def _pace(requirement: Requirement, elapsed: int, years: int) -> Fraction:
    """The even part of the threshold; before the last year nobody owes a part of a whole unit, and halves go up."""
    pace = requirement.threshold * elapsed / years
    return Fraction(math.floor(pace + Fraction(1, 2))) if requirement.whole and elapsed < years else pace


def _cumulative(programme: Programme, enrolment: Enrolment, year: int, requirement: Requirement) -> Standing:
    period = enrolment.years if requirement.stage == "target" else range(year, year + 1)
    cultivation = [each for each in period if programme.phase(enrolment, each) == "cultivation"]
    # A period without a cultivation year has no years but its construction years to count.
    counted = cultivation if requirement.counted == "cultivation" and cultivation else period
    elapsed = [each for each in counted if each <= year]
    figures = {each: programme.figure(enrolment.space_id, each, requirement.metric) for each in elapsed}
    # A sum is told of a year with a figure of its own, whether that counts or not.
    absent = programme.figure(enrolment.space_id, year, requirement.metric) is None
    total = sum((figure for figure in figures.values() if figure is not None), Fraction(0))
    required = _pace(requirement, len(elapsed), len(counted))
    reached = requirement.satisfied(total, requirement.threshold)
    if reached:
        status = "met"
    elif absent:
        status = _absence(programme, enrolment, year)
    elif year == period[-1]:
        status = "short"
    else:
        status = "on_pace" if total >= required else "behind_pace"
    left = len(counted) - len(elapsed)
    return Standing(
        requirement,
        required,
        status,
        actual=None if absent else total,
        needed=(requirement.threshold - total) / left if left and not reached else None,
        years_missing=() if absent else tuple(each for each in elapsed if figures[each] is None),
    )
