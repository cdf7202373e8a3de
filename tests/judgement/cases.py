"""Small programmes, worked by hand: one space on one track, from 2020 to 2022 unless it is said otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from tests.answers import Judge
from tests.oracle.programme import Edition, Enrolment, File, Register, Requirement, Step
from tests.oracle.tables import Row
from tests.programmes import METRICS

Filed = Mapping[int, Mapping[str, int | str]]

FILED_ON = datetime(2023, 3, 1, 12)
# Of the years 2020 to 2022, the last is not due yet.
LAST_YEAR_OPEN = date(2022, 4, 1)
ALL_DUE = date(2023, 4, 1)
OTHER = {"firms": 1}  # a filing that says nothing of the cases


def requirement(metric: str, basis: str, threshold: str = "1", comparison: str = ">=", **other: object) -> Requirement:
    whole = next(each.kind for each in METRICS if each.metric == metric) == "whole"
    given = {"track": "north", "stage": "target", "clause": "1", "whole": whole, **other}
    return Requirement(metric=metric, basis=basis, comparison=comparison, threshold=Fraction(threshold), **given)  # type: ignore[arg-type]


def annual(threshold: str, comparison: str = ">=", metric: str = "cases", **other: object) -> Requirement:
    return requirement(metric, "annual", threshold, comparison, **other)


def share(threshold: str, comparison: str = ">=") -> Requirement:
    return requirement("firm_share", "share", threshold, comparison, numerator="firms", denominator="tenants")


def cumulative(threshold: str, comparison: str = ">=", counted: str = "period", **other: object) -> Requirement:
    return requirement("cases", "cumulative", threshold, comparison, counted=counted, **other)


GROWTH = requirement("cases", "growth", "0", ">")
ATTESTED = requirement("platform", "attested")


def programme(
    *requirements: Requirement,
    filed: Filed,
    years: tuple[int, int] = (2020, 2022),
    exit_year: int | None = None,
    construction_years: int = 1,
    pass_mark: str = "1",
) -> list[Step]:
    """One space on one track that filed these figures in one file."""
    figures = {
        ("A1", year): {metric: Fraction(figure) for metric, figure in told.items()} for year, told in filed.items()
    }
    return [
        Edition("first", requirements, construction_years, pass_mark=Fraction(pass_mark)),
        Register((Enrolment("A1", "north", "first", *years, exit_year),)),
        *([File(figures, FILED_ON)] if figures else []),
    ]


@dataclass(frozen=True)
class Case:
    """What one requirement comes to on a day, where this was filed."""

    says: str
    owed: Requirement
    filed: Filed
    expected: Any
    as_of: date = ALL_DUE

    def __str__(self) -> str:
        return self.says


def of_cases(filed: Mapping[int, int | None]) -> Filed:
    """Filings that say how many cases there were, None where they say nothing of them."""
    return {year: OTHER if figure is None else {"cases": figure} for year, figure in filed.items()}


def rows_of(
    judge: Judge,
    cases: Sequence[Case],
    table: str,
    years: tuple[int, int] = (2020, 2022),
    exit_year: int | None = None,
) -> dict[str, list[Row]]:
    """A table's rows by case. For speed all are judged in one programme, each with a track and a space of its own."""
    places = {f"case-{place}": case for place, case in enumerate(cases)}
    figures = {
        (place, year): {metric: Fraction(figure) for metric, figure in told.items()}
        for place, case in places.items()
        for year, told in case.filed.items()
    }
    steps: list[Step] = [
        Edition("first", tuple(replace(case.owed, track=place) for place, case in places.items())),
        Register(tuple(Enrolment(place, place, "first", *years, exit_year) for place in places)),
        File(figures, FILED_ON),
    ]
    told_on = {as_of: judge(steps, as_of)[table] for as_of in {case.as_of for case in cases}}
    return {case.says: [row for row in told_on[case.as_of] if row["track"] == place] for place, case in places.items()}
