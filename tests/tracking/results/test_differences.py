"""What two ways of judging differ in: only rows that differ, counted as better, worse and by exits."""

import pandas as pd

from tracking.results.differences import Difference, compared

PLACE = {"space_name": "甲", "brand": "", "edition": "e", "track": "t", "phase": "cultivation", "provisional": False}


def results(*rows: tuple[str, int, str, str]) -> pd.DataFrame:
    """Yearly results by space, year, result and exit warning, the first two spaces of the north."""
    return pd.DataFrame(
        [
            {
                **PLACE,
                "space_id": space,
                "district": "北区" if space < "S3" else "南区",
                "year": year,
                "result": result,
                "exit_warning": warning,
                "passed": result == "pass",
                "must_leave": warning == "exit",
            }
            for space, year, result, warning in rows
        ]
    )


def statuses(*rows: tuple[str, int, str, str]) -> pd.DataFrame:
    names = ("space_id", "year", "requirement", "status")
    return pd.DataFrame([{**PLACE, "district": "北区", **dict(zip(names, row, strict=True))} for row in rows])


BEFORE = Difference(
    statuses(("S1", 2023, "r1", "short"), ("S1", 2023, "r2", "met")),
    results(("S1", 2023, "fail", "exit"), ("S2", 2023, "pass", "none"), ("S3", 2024, "pass", "none")),
)
AFTER = Difference(
    statuses(("S1", 2023, "r1", "met"), ("S1", 2023, "r2", "met")),
    results(("S1", 2023, "pass", "none"), ("S2", 2023, "pass", "none"), ("S3", 2024, "fail", "one_more")),
)


def test_only_what_differs_is_told_with_what_it_would_be_beside_it() -> None:
    told = compared(BEFORE, AFTER)
    assert told.statuses[["space_id", "requirement", "status", "status_otherwise"]].to_numpy().tolist() == [
        ["S1", "r1", "short", "met"]
    ]
    names = ["space_id", "result", "result_otherwise", "exit_warning", "exit_warning_otherwise"]
    assert told.results[names].to_numpy().tolist() == [
        ["S1", "fail", "pass", "exit", "none"],
        ["S3", "pass", "fail", "none", "one_more"],
    ]


def test_what_becomes_a_pass_is_better_and_exits_are_counted_by_year_the_latest_first() -> None:
    told = compared(BEFORE, AFTER)
    assert (told.better, told.worse, told.exits_fewer) == (1, 1, 1)
    assert told.by_year().to_numpy().tolist() == [[2024, 0, 1, 0], [2023, 1, 0, 1]]


def test_the_filters_choose_among_what_differs() -> None:
    told = compared(BEFORE, AFTER)
    assert told.within({"districts": ["南区"]}).results["space_id"].tolist() == ["S3"]
    assert told.within({"years": [2023], "tracks": ["other"]}).results.empty
    told.results["provisional"] = [True, False]
    assert told.within({"approved_only": True}).results["space_id"].tolist() == ["S3"]
