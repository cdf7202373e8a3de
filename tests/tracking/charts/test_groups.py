"""What several spaces are beside one another, as sentences."""

import pandas as pd

from tracking.charts import groups


def side(name: str, *rows: tuple[bool, bool]) -> pd.DataFrame:
    """The requirements of a space: whether each is mandatory, and missed."""
    return pd.DataFrame([(name, *row) for row in rows], columns=["space_name", "mandatory", "missed"])


def test_each_space_is_said_with_what_it_missed_of_what_it_owed() -> None:
    sides = [side("海棠", (True, True), (True, False), (False, True)), side("银杏", (False, True))]
    said = groups.beside(sides, 2024, "en")
    # What is preferred is not owed, and who owes nothing is not named.
    assert ("海棠" in said, "1" in said, "2" in said, "银杏" in said) == (True, True, True, False)


def test_of_a_brand_that_one_space_reported_there_is_no_sum() -> None:
    row = {"together": 12.0, "largest": 12.0, "unit": "firms"}
    one, several = (groups.together(pd.Series({**row, "reported": reported}), "en") for reported in (1, 2))
    assert one != several
    assert "12" in one
