"""A cell of a policy's files that is not what its column takes is refused with its place."""

from pathlib import Path

from tests.policies import assert_refused, each_in_its_place

# By file of a sound edition: what is replaced by what, and the problem then found: code, row, column, value.
REFUSED = {
    "requirements.csv": [
        ("served_firms,growth", "served_firms,trend", "not-one-of", 6, "basis", "trend"),
        ("annual,>=", "annual,=>", "not-one-of", 7, "comparison", "=>"),
        ("green,target,1,green_share", "green,goal,1,green_share", "not-one-of", 2, "stage", "goal"),
        (">=,1,no", ">=,1,maybe", "not-one-of", 7, "mandatory", "maybe"),
        (">=,12.5", ">=,many", "not-a-figure", 3, "threshold", "many"),
        (">=,12.5", ">=,-12.5", "not-a-figure", 3, "threshold", "-12.5"),
        (">=,12.5", ">=,12.00005", "not-a-figure", 3, "threshold", "12.00005"),
        (">=,12.5", ">=,１２", "not-a-figure", 3, "threshold", "１２"),
        (">=,12.5", ">=,", "cell-missing", 3, "threshold", None),
    ],
    "metrics.csv": [
        ("decimal,,", "number,,", "not-one-of", 3, "kind", "number"),
        ("\ncarbon_saved", "\n碳", "not-a-code", 3, "metric", "碳"),
        ("\ncarbon_saved", "\ncarbon.saved", "not-a-code", 3, "metric", "carbon.saved"),
        ("减碳量", "减\x00量", "control-character", 3, "name_zh", "减\x00量"),
    ],
    "conversions.csv": [
        ("0.001", "0", "not-a-factor", 2, "factor", "0"),
    ],
    "readings.csv": [
        (",,,>=,,,", ",,,>=,,,1.5", "pass-mark", 2, "pass_mark", "1.5"),
    ],
}


@each_in_its_place(REFUSED)
def test_a_cell_that_its_column_does_not_take_is_refused_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, found: tuple[object, ...]
) -> None:
    assert_refused(tmp_path, name, old, new, found)
