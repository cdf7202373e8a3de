"""What a copy says of itself, field by field."""

import pytest

from tracking.maintenance import packages


@pytest.mark.parametrize(
    ("written", "licence"),
    [
        ("CC-BY-4.0", {"name": "CC-BY-4.0"}),
        ("https://city.example/licence", {"path": "https://city.example/licence"}),
        ("内部使用", {"name": "other", "title": "内部使用"}),
        # Not safe to follow, and no name.
        ("http://city.example/licence", {"name": "other", "title": "http://city.example/licence"}),
    ],
)
def test_a_licence_is_a_name_an_address_or_words(written: str, licence: dict[str, str]) -> None:
    assert packages._licence(written) == licence


def test_a_column_of_codes_says_which_and_a_number_that_is_always_there_says_so() -> None:
    status = packages._field("status", "str", "attainment", "en")
    assert (status["type"], "met" in status["constraints"]["enum"]) == ("string", True)  # type: ignore[index]
    assert status["codes"]["met"].keys() == {"zh", "en"}  # type: ignore[index]
    assert packages._field("year", "int64", "attainment", "en")["constraints"] == {"required": True}
    assert "constraints" not in packages._field("actual", "float64", "attainment", "en")
