"""The outlook: a hint from three years on, never a status, and what no space ever reached."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.entering import enter
from tests.judgement.cases import FILED_ON, cumulative
from tests.oracle.programme import Edition, Enrolment, File, Register
from tests.reviewed import by, of
from tracking import database
from tracking.database import Scope
from tracking.results import outlook
from tracking.results.overview import queue
from tracking.review import acting


@pytest.mark.parametrize("figures", [[], [5], [5, 6]], ids=len)
def test_fewer_than_three_years_hint_at_nothing(figures: list[float]) -> None:
    assert outlook.hint(list(range(2020, 2020 + len(figures))), figures, 2025) is None


def test_a_straight_line_goes_on_without_a_range() -> None:
    assert outlook.hint([2021, 2022, 2023], [10, 12, 14], 2024) == outlook.Hint(2024, 16, 0)


def test_the_range_is_the_furthest_that_a_year_was_from_the_line() -> None:
    given = outlook.hint([2021, 2022, 2023], [10, 16, 10], 2024)
    assert given is not None
    assert (given.value, given.spread) == (pytest.approx(12), pytest.approx(4))


def test_years_without_a_figure_are_no_zeros() -> None:
    given = outlook.hint([2020, 2022, 2023], [10, 12, 13], 2024)
    assert given is not None
    assert given.value == pytest.approx(14)


def test_a_count_is_never_less_than_nothing() -> None:
    given = outlook.hint([2021, 2022, 2023], [9, 5, 1], 2025)
    assert given is not None
    assert given.value == 0


def test_a_share_is_never_more_than_the_whole() -> None:
    given = outlook.hint([2021, 2022, 2023], [0.8, 0.9, 1.0], 2024, most=1.0)
    assert given is not None
    assert given.value == 1


CASES = cumulative("100")


@pytest.mark.parametrize(
    ("best", "queued"), [(44, "out_of_reach"), (45, "behind"), (46, "behind")], ids=["one too few", "enough", "more"]
)
def test_a_threshold_is_out_of_reach_beyond_the_best_year_of_one_s_own(engine: Engine, best: int, queued: str) -> None:
    # A1 has 10 of 100 after the first of three years: 45 a year are needed. What another had in a year is no help.
    filed = {("A1", 2019): best, ("A1", 2020): 10, ("B2", 2020): 90}
    enter(
        engine,
        [
            Edition("first", (CASES,)),
            Register((Enrolment("A1", "north", "first", 2020, 2022), Enrolment("B2", "north", "first", 2020, 2022))),
            File({key: {"cases": Fraction(figure)} for key, figure in filed.items()}, FILED_ON),
        ],
    )
    listed = queue.members(engine, date(2021, 4, 1), year=2020).set_index("space_id")
    assert [name for name in ("behind", "out_of_reach") if listed.loc["A1", name]] == [queued]
    assert "B2" not in listed.index
    assert outlook.best_years(engine, date(2021, 4, 1), edition="first", track="north") == {CASES.code: 90}


def test_who_sees_what_is_approved_alone_is_told_the_best_of_approved_filings(engine: Engine) -> None:
    reviewed.enrolled(engine)
    figures = {"S1": 1, "S2": 2, "T00": 3, "T01": 4, "T02": 5, "T03": 6, "T04": 8, "S3": 9}
    rows = "".join(f"{space},2022,{figure}\n" for space, figure in figures.items())
    assert reviewed.file(engine, f"space_id,year,representative_cases\n{rows}").loaded
    for name, act in (("reviewer", "check"), ("manager", "approve")):
        done = acting.act(by(engine, name), act, [of(space) for space, figure in figures.items() if figure <= 5])
        assert len(done.moved) == 5

    def best(seen: Engine) -> list[float]:
        return [*outlook.best_years(seen, reviewed.DAY, edition="shanghai-sanhua", track="specialization").values()]

    assert best(by(engine, "manager")) == [9]
    assert best(by(engine, "analyst")) == [5]
    south, one = Scope("district", "南区", approved_only=True), Scope("space", "S1", approved_only=True)
    # Of the five that are approved a district has none, and one space's viewer does not see four.
    assert [best(database.seen_by(engine, [each])) for each in (south, one)] == [[5], []]
