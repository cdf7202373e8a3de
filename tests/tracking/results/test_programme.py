"""What there is to choose from."""

from datetime import date

import pytest
from sqlalchemy import Engine

from tracking.results import programme as results_programme


@pytest.mark.parametrize(
    ("as_of", "year"), [("2026-03-31", 2024), ("2026-04-01", 2025), ("2026-11-25", 2025)], ids=["filing", "due", "now"]
)
def test_the_year_under_decision_is_the_last_that_is_due(programme: Engine, as_of: str, year: int) -> None:
    assert results_programme.programme(programme, date.fromisoformat(as_of)).latest_year == year
