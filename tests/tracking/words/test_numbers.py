"""Figures as people read them: never rounded so that they seem to reach what they do not reach."""

import pytest

from tracking.words import numbers


@pytest.mark.parametrize(
    ("value", "beside", "shown"),
    [
        (0.7, 0.7, "70%"),
        (0.6996, 0.7, "69.96%"),
        (0.69999, 0.7, "69.999%"),
        (2 / 3, 0.7, "66.7%"),
        (0.5, 0.5, "50%"),
        (0.500001, 0.5, "50.0001%"),
        (1, None, "100%"),
        (None, 0.7, ""),
        (float("nan"), 0.7, ""),
    ],
)
def test_a_share_never_seems_to_reach_its_threshold(value: float | None, beside: float | None, shown: str) -> None:
    assert numbers.share(value, beside) == shown


@pytest.mark.parametrize(
    ("value", "beside", "shown"),
    [
        (1234567, None, "1,234,567"),
        (0, None, "0"),
        (-2, None, "−2"),
        (-0.0, None, "0"),
        (12.5, None, "12.5"),
        (33.32, 100 / 3, "33.3"),
        (999.96, 1000, "999.96"),
        (999.9999, 1000, "999.9999"),
        (1000.04, 1000, "1,000.04"),
    ],
)
def test_a_figure_keeps_its_side_of_what_it_is_held_against(value: float, beside: float | None, shown: str) -> None:
    assert numbers.figure(value, beside) == shown


@pytest.mark.parametrize(
    ("figure", "unit", "shown"),
    [
        ("7", "institutions", "7 institutions"),
        ("1", "institutions", "1 (institutions)"),
        ("850", "10,000 CNY", "850 × 10,000 CNY"),
        ("1", "家", "1 家"),
    ],
)
def test_a_figure_and_its_unit_read_as_one(figure: str, unit: str, shown: str) -> None:
    assert numbers.counted(figure, unit) == shown
