"""Figures held against each other: leaps from the year before, or from the highest of the track."""

import pytest
from sqlalchemy import Engine

from tests import databases
from tracking.filing import loading, register

REGISTER = "space_id,space_name,track,start_year,end_year\n" + "".join(
    f"{space},{name},{track},2022,2024\n"
    for space, name, track in (
        ("S1", "甲空间", "branding"),
        ("S2", "乙空间", "branding"),
        ("S3", "丙空间", "specialization"),
    )
)


def _enrol(engine: Engine) -> None:
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded


@pytest.fixture
def registered(shanghai: Engine) -> Engine:
    return databases.filled(shanghai, _enrol)


def _told(engine: Engine, table: str) -> list[tuple[str, int | None]]:
    report = loading.check(engine, f"空间编号,年度,{table}".encode(), "file.csv")
    return [(problem.code, problem.row) for problem in report.problems]


def test_money_is_asked_about_from_five_times_on_and_counts_from_ten(registered: Engine) -> None:
    table = "获得资本金额,获投企业\nS1,2021,100,10\nS1,2022,500,99\nS2,2021,100,99\nS2,2022,20,9\nS3,2021,100,10\n"
    rows = "S3,2022,499,100\n"
    assert _told(registered, table + rows) == [("fivefold", 3), ("fivefold", 5), ("tenfold", 5), ("tenfold", 7)]


@pytest.mark.parametrize(("figure", "told"), [("50", [("far-above-others", 2)]), ("49", [])])
def test_without_a_year_before_the_highest_of_the_track_is_the_measure(
    registered: Engine, figure: str, told: list[tuple[str, int]]
) -> None:
    stored = "空间编号,年度,获投企业\nS2,2022,5\nS3,2022,500\n"
    assert loading.load(registered, stored.encode(), "stored.csv", by="tests").loaded
    assert _told(registered, f"获投企业\nS1,2022,{figure}\n") == told


def test_the_other_spaces_of_the_file_count_too_and_its_own_figure_does_not(registered: Engine) -> None:
    assert _told(registered, "获投企业\nS1,2022,50\nS2,2022,5\nS3,2022,7\n") == [("far-above-others", 2)]
