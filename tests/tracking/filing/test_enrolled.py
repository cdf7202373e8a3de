"""What a spreadsheet made of an ID is offered as the space that it was, and never as another."""

import pytest

from tracking.filing.enrolled import Register

IDS = ("00012", "12E3", "3-5", "310115000000000123", "0120", "120")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12", "00012"),
        ("12000", "12E3"),
        ("1.20E+04", "12E3"),
        ("2025-03-05", "3-5"),
        ("3月5日", "3-5"),
        ("3.10115e+17", "310115000000000123"),
        ("310115000000000000", "310115000000000123"),
        # One of two.
        ("00120", ""),
    ],
)
def test_what_a_spreadsheet_made_of_an_id_is_known(written: str, meant: str) -> None:
    register = Register(dict.fromkeys(IDS, "众创空间"), {}, {})
    assert register.nearest(written).partition(" ")[0] == meant
