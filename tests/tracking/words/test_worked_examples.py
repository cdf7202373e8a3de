"""An example of a method as a table: a row per year from the first of construction on, no column that says nothing."""

from datetime import date

from tracking.words.worked_examples import Basis, Period, Year


def test_a_basis_has_a_row_per_year_and_the_columns_that_say_something() -> None:
    years = (Year((7, 10), "met", actual=0.7, short_by=0), Year("blank", "unreported"))
    frame = Basis("share", "a", ">=", "0.7", years).frame()
    assert list(frame.columns) == ["year", "filed", "status", "actual", "short_by"]
    assert frame["year"].tolist() == [2022, 2023]
    # A count stays one beside a blank: 0, and not 0.0.
    assert str(frame["short_by"][0]) == "0"


def test_a_period_says_beside_what_was_filed_what_it_comes_to() -> None:
    frame = Period("result", "p", (5, "none"), date(2025, 6, 1), {"result": ("pass", "fail")}).frame()
    assert frame.values.tolist() == [[2022, 5, "pass"], [2023, "none", "fail"]]
