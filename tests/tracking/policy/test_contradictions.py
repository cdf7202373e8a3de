"""A policy that contradicts itself is refused with the place."""

from pathlib import Path

from tests.policies import assert_refused, each_in_its_place

# By file of a sound edition: what is replaced by what, and the problem then found: code, row, column, value.
REFUSED = {
    "requirements.csv": [
        ("green_share,share,>", "wood_share,share,>", "unknown", 2, "metric", "wood_share"),
        ("green,target,1,green_share", "red,target,1,green_share", "unknown", 2, "track", "red"),
        ("digital,target,1,served", "digital,target,9,served", "unknown", 6, "clause", "digital.target.9"),
        (">,0.5", ">,50", "share-threshold", 2, "threshold", "50"),
        (">,0.5", ">,0", "share-threshold", 2, "threshold", "0"),
        ("growth,>,0", "growth,>=,0", "fixed-basis", 6, "comparison", ">="),
        ("growth,>,0", "growth,>,5", "fixed-basis", 6, "threshold", "5"),
        ("attested,>=,1", "attested,>=,2", "fixed-basis", 4, "threshold", "2"),
        ("green_share,share", "green_share,annual", "basis-of-kind", 2, "basis", "annual"),
        ("carbon_saved,", "green_share,", "twice", 3, "metric", "green.target.1.green_share"),
        ("funded_firms,annual", "funded_firms,share", "basis-of-kind", 7, "basis", "share"),
        ("funded_firms,annual", "funded_firms,attested", "basis-of-kind", 7, "basis", "attested"),
        ("yes,,cultivation", "yes,,", "counted-missing", 3, "counted", None),
        ("no,,,", "no,,period,", "counted-needless", 7, "counted", "period"),
        ("stock,>=,8,yes,a", "stock,>=,8,yes,b", "alternative-alone", 4, "alternative", "a"),
        ("digital,entry,1,served", "digital,target,1,served", "alternative-alone", 4, "alternative", "a"),
        ("stock,>=,8,yes,a", "stock,>=,8,no,a", "alternative-mixed", 5, "mandatory", "no"),
        (",Construction years do not count.", ",", "one-language", 3, "note_en", None),
    ],
    "metrics.csv": [
        ("share,share,green_firms", "share,share,", "share-without-count", 6, "numerator", None),
        ("green_firms,served_firms", "green_firms,", "share-without-count", 6, "denominator", None),
        ("green_firms,served_firms", "green_firms,all_firms", "unknown", 6, "denominator", "all_firms"),
        ("share,share,green_firms", "share,share,data_centre", "not-a-number", 6, "numerator", "data_centre"),
        ("decimal,,", "decimal,green_firms,", "count-without-share", 3, "numerator", "green_firms"),
        ("tonnes,decimal", "stones,decimal", "unknown", 3, "unit", "stones"),
        ("\ncarbon_saved", "\nfunded_firms", "twice", 3, "metric", "funded_firms"),
        ("减碳量", "获投企业", "twice", 3, "name_zh", "获投企业"),
        ("Carbon saved", "funded_firms", "twice", 3, "name_en", "funded_firms"),
        ("Funded companies", "carbon_saved", "twice", 3, "metric", "carbon_saved"),
    ],
    "tracks.csv": [
        ("digital", "digital,数码化,Digits\ndigital", "twice", 4, "track", "digital"),
        ("数字化", "绿色 化", "twice", 3, "name_zh", "绿色 化"),
        ("Digitalization", "Green", "twice", 3, "name_en", "Green"),
        ("digital", "idle,闲,Idle\ndigital", "track-without-requirements", 3, "track", "idle"),
    ],
    "units.csv": [
        ("tonnes,吨", "firms,吨", "twice", 3, "unit", "firms"),
    ],
    "conversions.csv": [
        ("tonnes,千克", "pounds,千克", "unknown", 2, "unit", "pounds"),
    ],
    "clauses.csv": [
        ("digital,entry", "digital,target", "twice", 4, "clause", "digital.target.1"),
        ("digital,entry", "analogue,entry", "unknown", 3, "track", "analogue"),
    ],
    "rules.csv": [
        ("green_firms,served_firms", "green_firms,all_firms", "unknown", 2, "whole", "all_firms"),
        ("green_firms,served_firms", "green_share,served_firms", "not-a-number", 2, "part", "green_share"),
        ("green_firms,served_firms", "green_firms,green_firms", "part-of-itself", 2, "whole", "green_firms"),
    ],
    "readings.csv": [
        ("1.green_share", "1.wood_share", "unknown", 2, "requirement", "green.target.1.wood_share"),
        (",,,>=,,,", ",,annual,>=,,,", "basis-of-kind", 2, "basis", "annual"),
        (",,,>=,,,", ",wood,,>=,,,", "unknown", 2, "metric", "wood"),
        (",,,>=,,,", ",,,>=,7,,", "share-threshold", 2, "threshold", "7"),
        (",,,>=,,,", ",,,>,,,", "reading-empty", 2, "reading", "half-is-enough"),
        (",,,>=,,,", ",,,>=,,,0.5", "reading-of-requirement", 2, "pass_mark", "0.5"),
        (",green.target.1.green_share,", ",,", "reading-of-pass-mark", 2, "comparison", ">="),
    ],
}


@each_in_its_place(REFUSED)
def test_what_contradicts_another_row_is_refused_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, found: tuple[object, ...]
) -> None:
    assert_refused(tmp_path, name, old, new, found)
