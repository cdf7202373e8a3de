"""A server answers by its own names alone, so that no page of another site reads it under that site's name."""

import pytest

from tracking.access import names


@pytest.mark.parametrize(
    ("host", "own", "answered"),
    [
        ("evil.example", [], True),
        ("city.example:8501", ["city.example"], True),
        ("CITY.example.", ["City.Example"], True),
        ("[::1]:8501", ["::1"], True),
        ("a.city.example", ["*.city.example"], True),
        ("city.example", ["*.city.example"], False),
        ("evilcity.example", ["*.city.example"], False),
        ("city.example.evil", ["city.example"], False),
        ("city.example@evil", ["city.example"], False),
        ("[::1", ["::1"], False),
        ("", ["city.example"], False),
    ],
)
def test_a_host_is_own_by_its_whole_name(host: str, own: list[str], answered: bool) -> None:
    assert names.is_own(host, own) is answered
