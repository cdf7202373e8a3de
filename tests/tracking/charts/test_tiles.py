"""The tiles on top of the overview: the rate, its change among those judged twice, and a line over the years."""

import re
from base64 import b64decode

import pytest

from tracking.charts import tiles
from tracking.results.overview.rates import Proportion, Rate, Rates


def rate(name: str, now: tuple[int, int], both: tuple[int, int], before: tuple[int, int]) -> Rate:
    return Rate(name, Proportion(*now), Proportion(*both), Proportion(*before), ((2024, 0.5), (2025, now[0] / now[1])))


def rates(passed: Rate) -> Rates:
    others = {name: rate(name, (1, 10), (1, 8), (1, 8)) for name in ("failed", "not_filed", "missed")}
    return Rates(2025, 10, 9, 8, 0, passed, **others)


@pytest.mark.parametrize(
    ("both", "before", "change"),
    [
        ((4, 8), (5, 8), "▼ 12.5 个百分点，变差"),
        ((5, 8), (4, 8), "▲ 12.5 个百分点，变好"),
        ((4, 8), (4, 8), "＝ 与上年持平"),
        ((0, 0), (0, 0), "没有可比的上一年"),
    ],
)
def test_a_tile_tells_the_rate_and_its_change_among_those_judged_twice(
    both: tuple[int, int], before: tuple[int, int], change: str
) -> None:
    drawn = tiles.tiles(rates(rate("passed", (6, 10), both, before)), "zh")
    assert '<div class="value">60%</div>' in drawn
    assert change in drawn.split('<div class="tile">')[1]
    assert "6 / 10 个入选项目" in drawn


def test_more_of_what_is_not_wanted_is_worse() -> None:
    drawn = tiles.tiles(rates(rate("failed", (6, 10), (5, 8), (4, 8))), "en")
    assert "▲ 12.5 points: worse" in drawn


def test_the_line_rises_with_the_share_and_is_said_in_words() -> None:
    drawn = tiles.tiles(rates(rate("passed", (6, 10), (5, 8), (4, 8))), "en").split('<div class="tile">')[1]
    line = b64decode(re.findall(r"base64,([^\"]+)", drawn)[0]).decode()
    # From 5 pixels from the left to 5 from the right, the lower share at the bottom.
    assert 'points="5.0,29.0 145.0,5.0"' in line
    assert 'alt="by year: 2024 50%, 2025 60%"' in drawn


def test_one_year_is_no_line_and_nothing_judged_is_no_rate() -> None:
    single = Rate("passed", Proportion(0, 0), Proportion(0, 0), Proportion(0, 0), ((2025, 0.5),))
    drawn = tiles.tiles(rates(single), "en").split('<div class="tile">')[1]
    assert '<div class="value">–</div>' in drawn
    assert "<img" not in drawn
