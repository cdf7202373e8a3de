"""What stands behind a space's figures: the file of each, and what the others on its track reached."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from tests.entering import enter
from tests.judgement.cases import ATTESTED, FILED_ON, annual, programme, share
from tests.oracle.programme import Edition, Enrolment, File, Register
from tracking.filing import loading
from tracking.results import one_space
from tracking.results.tables import attainment

SPACE = "A1"
# Of the years 2020 to 2022, the last is still to come.
TODAY = date(2022, 6, 1)


def test_a_figure_is_told_with_its_file_and_a_share_with_both_counts_notes(engine: Engine) -> None:
    enter(engine, programme(share("0.7"), filed={2020: {"firms": 7, "tenants": 10}}))
    filed = b"space_id,year,metric,value,note\nA1,2021,firms,6,six are sure\nA1,2021,tenants,,not yet counted\n"
    assert loading.load(engine, filed, "2021.csv", by="Li").loaded
    rows = attainment.attainment(engine, TODAY, spaces=[SPACE])
    told = one_space.sources(
        rows, one_space.clauses(engine, TODAY, edition="first"), one_space.figures(engine, TODAY, space=SPACE)
    ).set_index("year")
    assert told.loc[2020, ["numerator", "denominator", "source"]].tolist() == [7, 10, "filings.csv"]
    assert told.loc[2021, ["source", "filed_by", "status"]].tolist() == ["2021.csv", "Li", "unreported"]
    assert told.loc[2021, "note"] == "six are sure · not yet counted"
    assert told.loc[2022, ["source", "revision", "note"]].isna().all()


# Seven spaces on a track in 2020, all on one figure in 2021, and in 2022 just enough for a spread of somebody else's.
CASES = {2020: [4, 1, 7, 2, 6, 3, 5], 2021: [8] * 7, 2022: [1, 2, 3, 4, 5]}


@pytest.mark.parametrize(
    ("space", "expected"),
    [
        # Of 1 2 3 5 6 7 the quartiles lie 1.25, 2.5 and 3.75 figures after the first; in 2022 four others are too few.
        ("A1", {1: (6, 2.25, 4, 5.75), 2: (6, 8, 8, 8)}),
        ("A5", {1: (6, 2.25, 3.5, 4.75), 2: (6, 8, 8, 8)}),
        # Who filed nothing in 2022 has all five before it.
        ("A7", {1: (6, 2.25, 3.5, 5.5), 2: (6, 8, 8, 8), 3: (5, 2, 3, 4)}),
    ],
)
def test_the_others_are_all_but_oneself(
    engine: Engine, space: str, expected: dict[int, tuple[int, float, float, float]]
) -> None:
    filed = {
        (f"A{place}", year): {"cases": Fraction(figure), "platform": Fraction(1)}
        for year, figures in CASES.items()
        for place, figure in enumerate(figures, 1)
    }
    everyone = tuple(Enrolment(f"A{place}", "north", "first", 2020, 2022) for place in range(1, 8))
    enter(engine, [Edition("first", (annual("10"), ATTESTED)), Register(everyone), File(filed, FILED_ON)])
    reached = one_space.actuals(engine, TODAY, edition="first", track="north")
    told = one_space.peers(reached, attainment.attainment(engine, TODAY, spaces=[space]))
    # What is attested has no spread.
    assert {*told.pop("requirement")} == {annual("10").code}
    assert {year: tuple(spread) for year, *spread in told.itertuples(index=False)} == expected
