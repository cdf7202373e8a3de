"""The figures that were filed: long, wide, and with the shares that they make."""

from datetime import date, datetime
from fractions import Fraction

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests import databases, entering
from tests.oracle.programme import Edition, Enrolment, File, Register, Requirement
from tracking import database
from tracking.database import rows
from tracking.results.tables import attainment, observations
from tracking.results.tables.columns import OBSERVATIONS

EDITION = Edition("first", (Requirement("north", "target", "1", "cases", "annual"),))
REGISTER = Register((Enrolment("A1", "north", "first", 2020, 2021),))
TODAY = date(2024, 1, 1)


def filed(year: int, **figures: int) -> File:
    return File({("A1", year): {name: Fraction(value) for name, value in figures.items()}}, datetime(year + 1, 2, 1))


def long(engine: Engine, *files: File, **chosen: object) -> pd.DataFrame:
    entering.enter(engine, [EDITION, REGISTER, *files])
    return attainment.observations(engine, TODAY, **chosen)  # type: ignore[arg-type]


def wide(engine: Engine, *files: File) -> pd.DataFrame:
    entering.enter(engine, [EDITION, REGISTER, *files])
    with database.reading(engine) as connection:
        return observations.wide(connection, {})


def test_a_share_stands_beside_its_two_counts(any_engine: Engine) -> None:
    told = long(any_engine, filed(2020, firms=7, tenants=10)).set_index("metric")
    assert told.loc["firm_share", ["kind", "value", "numerator", "denominator"]].tolist() == ["share", 0.7, 7, 10]
    assert told.loc["firms", "value"] == 7


@pytest.mark.parametrize("figures", [{"firms": 7}, {"tenants": 7}, {"firms": 0, "tenants": 0}])
def test_a_share_without_both_counts_or_over_0_has_no_value(engine: Engine, figures: dict[str, int]) -> None:
    told = long(engine, filed(2020, **figures)).set_index("metric")
    assert told["value"].isna()["firm_share"]
    assert told.loc["firm_share", ["numerator", "denominator"]].isna().sum() == 2 - len(figures)


def test_only_the_last_revision_counts_and_says_where_it_came_from(engine: Engine) -> None:
    told = long(engine, filed(2020, capital=1), filed(2020, capital=2))
    assert told[["value", "revision", "load_id"]].values.tolist() == [[2, 2, 4]]


def test_the_columns_are_the_promised_ones_even_where_nothing_was_filed(any_engine: Engine) -> None:
    told = long(any_engine)
    assert (list(told.columns), len(told)) == (list(OBSERVATIONS), 0)


def test_a_track_keeps_the_years_that_its_enrolments_cover(engine: Engine) -> None:
    files = [filed(year, capital=year - 2018) for year in (2019, 2020, 2021)]
    assert long(engine, *files, tracks=["north"])["year"].tolist() == [2020, 2021]
    assert attainment.observations(engine, TODAY, tracks=["south"]).empty


def test_wide_has_a_row_per_filing_and_a_column_per_metric_in_the_policys_order(any_engine: Engine) -> None:
    told = wide(any_engine, filed(2020, firms=7, tenants=10), filed(2021, cases=3))
    metrics = ["cases", "firms", "tenants", "capital", "platform", "system", "firm_share", "case_share"]
    assert list(told.columns) == [*observations.WIDE, *metrics, *observations.LAST]
    assert told[["year", "cases", "firms", "firm_share"]].fillna(-1).values.tolist() == [
        [2020, -1, 7, 0.7],
        [2021, 3, -1, -1],
    ]


def test_wide_of_nothing_still_has_every_column(engine: Engine) -> None:
    told = wide(engine)
    assert (len(told), len(told.columns)) == (0, len(observations.WIDE) + 8 + len(observations.LAST))


@pytest.mark.parametrize("most", [1, 7, 100])
def test_wide_is_the_same_however_its_figures_are_cut(
    any_engine: Engine, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = wide(any_engine, *(filed(year, cases=year, firms=7, tenants=10) for year in (2019, 2020, 2021)))
    monkeypatch.setattr(database, "CHUNK", most)
    monkeypatch.setattr(rows, "CHUNK", most)
    with database.reading(any_engine) as connection:
        assert observations.columns(connection, {}) == list(whole.columns)
        assert observations.count(connection, {}) == len(whole) == 3
        frames = list(observations.frames(connection, {}))
    assert [len(frame) for frame in frames] == {1: [1, 1, 1], 7: [3], 100: [3]}[most]
    pd.testing.assert_frame_equal(pd.concat(frames, ignore_index=True), whole)


def test_long_and_wide_and_its_pages_hold_the_same_figures() -> None:
    programme = databases.programme()
    with database.reading(programme) as connection:
        figures = observations.long(connection, {}).dropna(subset=["value"])
        table = observations.wide(connection, {})
        pages = [observations.page(connection, {}, limit=37, offset=at) for at in range(0, len(table) + 37, 37)]
    programme.dispose()
    pd.testing.assert_frame_equal(pd.concat(pages, ignore_index=True), table)
    told = table.drop(columns=[*observations.WIDE, *observations.LAST]).notna().sum().sum()
    assert told == len(figures) > 500
