"""Where the shortfalls are: each count leads to its list, is the darker the more it is, and says what it counts."""

import html
import re

import pandas as pd

from tracking.charts import where

ROWS = pd.DataFrame(
    {
        "requirement": ["a", "a", "b"],
        "metric_name": ["<i>", "<i>", "mentors"],
        "track": ["one", "one", "two"],
        "year": [2022, 2023, 2023],
        "shortfalls": [300, 1200, 2],
        "provisional": [0, 7, 2],
    }
)


def drawn(rows: pd.DataFrame) -> str:
    return where.where(rows, {"two": "Two & more"}, lambda code, year: f"list?only={code}&year={year}", "alt", "en")


def test_each_count_leads_to_its_list_and_says_what_it_counts() -> None:
    cells = re.findall(r'href="([^"]*)" title="([^"]*)" aria-label="[^"]*">([^<]*)</a></td>', drawn(ROWS))
    assert [tuple(map(html.unescape, each)) for each in cells] == [
        ("list?only=a&year=2022", "Shortfalls of <i> in 2022: 300", "300"),
        ("list?only=a&year=2023", "Shortfalls of <i> in 2023: 1,200; 7 of them provisional", "1,200°"),
        ("list?only=b&year=2023", "Shortfalls of mentors in 2023: 2; 2 of them provisional", "2°"),
    ]


def test_the_more_the_darker_and_white_is_written_on_the_darkest_alone() -> None:
    shades = re.findall(r'<td class="(\w+)" style="background:#\w{6}(\w\w)">', drawn(ROWS))
    # A quarter of the most, the most, next to none: 14 % of the colour and as much of the other 86 %.
    assert shades == [
        ("pale", f"{round(0.355 * 255):02x}"),
        ("dark", "ff"),
        ("pale", f"{round(0.14 * 255 + 0.86 * 255 / 600):02x}"),
    ]


def test_a_track_heads_its_requirements_where_there_are_several_and_a_year_without_any_is_blank() -> None:
    table = drawn(ROWS)
    heads = re.findall(r'<th class="track" scope="rowgroup">([^<]*)</th><td></td><td></td></tr>', table)
    assert heads == ["one", "Two &amp; more"]
    assert ">mentors</a></th><td></td><td" in table
    assert "track" not in drawn(ROWS[:2])


def test_the_keyboard_stops_at_one_link_of_all() -> None:
    assert re.findall(r'tabindex="(-?\d)"', drawn(ROWS)) == ["0"] + ["-1"] * 4
