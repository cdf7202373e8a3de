"""The briefing's pictures as its template takes them: parts of a whole, bars against the longest."""

import pandas as pd
import pytest

from tracking.exports import briefing_pictures


def test_bars_are_as_long_as_their_share_of_the_longest_also_of_the_year_before() -> None:
    rows = pd.DataFrame(
        [
            ("branding", "target", "r1", "导师", 10, 3, 2, 0.5, 0.2, True),
            ("branding", "target", "r2", "企业", 10, 1, 0, 0.1, None, False),
            ("branding", "entry", "r3", "注册", 10, 9, 0, 0.9, None, False),
        ],
        columns=[
            "track",
            "stage",
            "requirement",
            "metric_name",
            "owed",
            "low",
            "absent",
            "share",
            "share_before",
            "provisional",
        ],
    )
    (track,) = briefing_pictures.weakest(rows, 2024, {"branding": "Branding"}, "en")["tracks"]
    # What was asked for at entry is no target.
    assert [row["name"] for row in track["rows"]] == ["导师", "企业"]
    first, second = track["rows"]
    assert (first["low"], first["absent"], first["before"]) == pytest.approx((0.6, 0.4, 0.4))
    assert (second["low"], second["before"]) == (pytest.approx(0.2), None)
    assert (first["text"].endswith("°"), second["text"].endswith("°")) == (True, False)


def test_filings_of_a_year_are_parts_of_all_and_a_year_without_any_is_not_drawn() -> None:
    rows = pd.DataFrame(
        {"year": [2024] * 3, "state": ["filed", "late", "unfiled"], "filings": [6, 3, 1], "provisional": 0}
    )
    (drawn,) = briefing_pictures.filings(rows, 2024, "en")
    assert sorted(part["share"] for part in drawn["parts"]) == [0.1, 0.3, 0.6]


@pytest.mark.parametrize("picture", ["weakest", "districts"])
def test_where_nothing_is_owed_there_is_no_title(picture: str) -> None:
    args = (2024, {}, "en") if picture == "weakest" else (2024, "en")
    assert getattr(briefing_pictures, picture)(pd.DataFrame(), *args)["title"] == ""
