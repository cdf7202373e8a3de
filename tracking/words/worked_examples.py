"""What an example of a method is made of: what each year filed, what it comes to, and the table that shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

# The years of every example, the first of them construction; the next year's 31 March ends each one's filing.
FIRST_YEAR, LAST_YEAR = 2022, 2024
ALL_DUE = date(2025, 4, 1)
LAST_YEAR_OPEN = date(2024, 6, 1)

Filed = int | tuple[int, int] | Literal["blank", "none"]


@dataclass(frozen=True)
class Year:
    """A year of an example: what was filed (a share: its two counts), and what it comes to.

    `blank` is a filing that does not say the figure, `none` no filing at all. What is None is not there.
    """

    filed: Filed
    status: str
    required: float | None = None
    actual: float | None = None
    gap: float | None = None
    short_by: int | None = None
    needed_per_year: float | None = None


@dataclass(frozen=True)
class Basis:
    """A basis with its formula and an example; `t` is the threshold, x_y what year y filed, a_y what it comes to."""

    code: str
    formula: str
    comparison: str
    threshold: str
    years: tuple[Year, ...]
    as_of: date = ALL_DUE
    mandatory: bool = True

    def frame(self) -> pd.DataFrame:
        """The example as a table, a row per year."""
        rows = [{"year": FIRST_YEAR + number, **vars(year)} for number, year in enumerate(self.years)]
        return pd.DataFrame(rows).astype({"short_by": "Int64"}).dropna(axis="columns", how="all")


@dataclass(frozen=True)
class Period:
    """An example of what years come to: one requirement of at least `THRESHOLD` a year, and what was filed."""

    code: str
    formula: str
    filed: tuple[Filed, ...]
    as_of: date
    tells: dict[str, tuple[str | int | None, ...]]

    def frame(self) -> pd.DataFrame:
        """The example as a table, a row per year."""
        years = [FIRST_YEAR + number for number in range(len(self.filed))]
        return pd.DataFrame({"year": years, "filed": self.filed, **self.tells})


@dataclass(frozen=True)
class Owed:
    """One of two requirements of an example, by its letter: of at least `threshold`, and what each year filed for it.

    `statuses` are what the years come to, `outcome` what the period does.
    """

    letter: str
    basis: str
    threshold: int
    filed: tuple[Filed, ...]
    statuses: tuple[str, ...]
    outcome: str
