"""Small programmes, worked by hand: one space on one track, from 2020 to 2022 unless it is said otherwise."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from tests.oracle.programme import Edition, Enrolment, File, Register, Requirement, Step

Filed = Mapping[int, Mapping[str, int | str]]

FILED_ON = datetime(2023, 3, 1, 12)
# Of the years 2020 to 2022, the last is not due yet.
LAST_YEAR_OPEN = date(2022, 4, 1)
ALL_DUE = date(2023, 4, 1)
OTHER = {"firms": 1}  # a filing that says nothing of the cases


def requirement(metric: str, basis: str, threshold: str = "1", comparison: str = ">=", **other: object) -> Requirement:
    told = {"track": "north", "stage": "target", "clause": "1", **other}
    return Requirement(metric=metric, basis=basis, comparison=comparison, threshold=Fraction(threshold), **told)  # type: ignore[arg-type]


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
