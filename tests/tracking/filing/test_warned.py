"""A warning is kept with the filing in whose row it stands, so that who reviews that filing sees it."""

import pandas as pd

from tracking.filing import warned
from tracking.filing.interpreting.interpretation import NO_OBSERVATIONS, Interpretation
from tracking.words.problems import Problem


def interpretation(*filings: tuple[str, int, str | None, int]) -> Interpretation:
    rows = pd.DataFrame(filings, columns=["space_id", "year", "sheet", "row"])
    return Interpretation(rows.assign(once=True), NO_OBSERVATIONS, [])


def kept(problem: Problem, read: Interpretation) -> list[tuple[object, object]]:
    rows = warned.rows([problem], read)
    return [(space, None if pd.isna(year) else year) for space, year in rows[["space_id", "year"]].to_numpy(object)]


def test_a_warning_is_that_of_the_filing_in_its_row() -> None:
    read = interpretation(("S1", 2023, None, 2), ("S2", 2023, None, 3))
    assert kept(Problem("warning", "leap", row=3), read) == [("S2", 2023)]


def test_a_row_of_two_years_warns_of_both() -> None:
    read = interpretation(("S1", 2023, "表", 2), ("S1", 2024, "表", 2))
    assert kept(Problem("warning", "leap", sheet="表", row=2), read) == [("S1", 2023), ("S1", 2024)]


def test_a_warning_that_stands_in_no_filings_row_is_the_whole_files() -> None:
    read = interpretation(("S1", 2023, "甲", 2))
    assert kept(Problem("warning", "leap", sheet="乙", row=2), read) == [(None, None)]
    assert kept(Problem("warning", "leap"), read) == [(None, None)]


def test_errors_are_not_kept() -> None:
    assert warned.rows([Problem("error", "leap", row=2)], interpretation(("S1", 2023, None, 2))).empty
