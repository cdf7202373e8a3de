"""Where the shortfalls are, in one picture."""

import pandas as pd

from tracking.charts import programme

ROWS = pd.DataFrame(
    {
        "requirement": ["a", "a", "b"],
        "metric_name": ["firms", "firms", "mentors"],
        "track": ["one"] * 3,
        "year": [2022, 2023, 2023],
        "shortfalls": [3, 1200, 2],
        "provisional": [0, 7, 2],
    }
)


def test_a_count_of_which_some_are_provisional_has_the_sign_and_says_how_many() -> None:
    counts = programme.where(ROWS, {}, "en").data[1]
    assert list(counts.text) == ["3", "1,200°", "2°"]
    assert counts.hovertext[0] == "firms<br>2022<br>3"
    assert counts.hovertext[1].endswith("7 of them provisional")
