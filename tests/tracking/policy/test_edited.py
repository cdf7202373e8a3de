"""An edition's files with a few cells changed, as somebody would change them in its folder."""

from tracking.policy.edited import Edit, edited

REQUIREMENTS = (
    "track,stage,clause,metric,basis,comparison,threshold,counted\n"
    "green,target,1,firms,annual,>=,5,\ngreen,target,2,cases,cumulative,>=,10,cultivation\n"
)
READINGS = (
    "reading,requirement,metric,basis,comparison,threshold,counted,pass_mark\n"
    "more-firms,green.target.1.firms,,,,7,,\nyearly,green.target.2.cases,,annual,,,,\nmost,,,,,,,0.8\n"
)
EDITION = 'due = "03-31"\npass_mark = 1.0\npass_mark_is_default = true\n'
FILES = {"requirements.csv": REQUIREMENTS.encode(), "readings.csv": READINGS.encode(), "edition.toml": EDITION.encode()}
FIRMS, CASES = "green.target.1.firms", "green.target.2.cases"


def changed(*edits: Edit) -> dict[str, str]:
    """The files that differ, as text."""
    return {name: content.decode() for name, content in edited(FILES, edits).items() if content != FILES[name]}


def test_without_edits_the_bytes_stay() -> None:
    assert changed() == {}


def test_a_basis_that_no_longer_sums_counts_no_years_and_one_that_begins_to_counts_the_period() -> None:
    found = changed(Edit(CASES, "basis", "stock"), Edit(FIRMS, "basis", "cumulative"))
    assert list(found) == ["requirements.csv"]
    assert found["requirements.csv"].splitlines()[1:] == [
        "green,target,1,firms,cumulative,>=,5,period",
        "green,target,2,cases,stock,>=,10,",
    ]


def test_a_reading_that_is_now_in_force_is_none_any_more() -> None:
    found = changed(Edit(CASES, "basis", "annual"), Edit(FIRMS, "threshold", "7.0"))
    assert [line.partition(",")[0] for line in found["readings.csv"].splitlines()] == ["reading", "most"]
    # One that still says something else stays.
    assert "readings.csv" not in changed(Edit(FIRMS, "threshold", "8"))


def test_a_pass_mark_that_somebody_set_is_no_default() -> None:
    found = changed(Edit("", "pass_mark", "0.8"), Edit("", "due", "06-30"))
    assert found["edition.toml"] == 'due = "06-30"\npass_mark = 0.8\npass_mark_is_default = false\n'
    assert "most" not in found["readings.csv"]
