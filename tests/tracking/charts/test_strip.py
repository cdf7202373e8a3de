"""A figure among its peers on a line: where it stands, what is asked, the middle half of the others."""

import re

import pandas as pd
import pytest

from tracking.charts.strip import strip
from tracking.words import looks

SPREAD = pd.Series({"lower": 20.0, "median": 30.0, "upper": 40.0})


def marks(drawn: str) -> dict[str, float]:
    """Where each mark begins, in per cent of the line."""
    return {name: float(left) for name, left in re.findall(r'class="(\w+)" style="left:([\d.]+)%', drawn)}


def row(actual: float | None, *, missed: bool = False) -> pd.Series:
    return pd.Series({"actual": actual, "required": 25.0, "missed": missed})


def test_every_mark_stands_where_its_figure_is() -> None:
    drawn = strip(row(50.0), SPREAD, "50 of 25 <asked>")
    # The line goes from 0 to 6 % beyond the largest figure: 53.
    assert marks(drawn) == {"band": 37.7, "median": 56.6, "asked": 47.2, "own": 94.3}
    assert "width:37.8%" in drawn
    assert 'aria-label="50 of 25 &lt;asked&gt;"' in drawn


@pytest.mark.parametrize(("missed", "colour"), [(True, looks.BAD), (False, looks.FAIR)])
def test_what_is_missed_has_its_own_colour(missed: bool, colour: str) -> None:
    assert f"background:{colour}" in strip(row(10.0, missed=missed), None, "")


def test_absence_is_no_dot_at_nought_and_a_figure_alone_has_no_peers() -> None:
    assert "own" not in marks(strip(row(None), SPREAD, ""))
    assert marks(strip(row(-25.0), None, "")) == {"asked": 94.3, "own": 0.0}
    assert strip(row(None), None, "") == ""
