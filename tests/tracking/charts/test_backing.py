"""What a list that is attached says of its figure."""

import pandas as pd
import pytest

from tracking.charts import backing


def row(listed: object = 5, differs: object = True, again: object = None) -> pd.Series:
    return pd.Series({"listed": listed, "differs": differs, "value": 6.0, "again": again}, dtype=object)


@pytest.mark.parametrize(
    ("backed", "sentence"),
    [
        (row(), "6 filed, 5 listed: they differ"),
        (row(differs=False), "6 filed, 5 listed: they agree"),
        (row(differs=pd.NA), "5 listed"),
        (row(listed=pd.NA), ""),
    ],
)
def test_a_list_agrees_with_its_figure_or_does_not(backed: pd.Series, sentence: str) -> None:
    assert backing.sentence(backed, "en") == sentence


def test_of_rows_that_repeat_five_are_named() -> None:
    said = backing.sentence(row(again=" ".join(f"B{number}=B1" for number in range(3, 10))), "en")
    assert "the row of B7 repeats the row of B1" in said
    assert ("B8" in said, said.endswith("2 more rows repeat")) == (False, True)
