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


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            (each, "SH0001")
            for each in ("SHOOO1", "SH1", "SH-0001", "SH 0001", "HS0001", "SH001", "SHA0001", "SH0001（海棠）")
        ),
        ("海棠空间", "SH0001"),
        # As near to one as to the other, or near to none.
        *((each, "") for each in ("SH0009", "SL00032", "SL00003", "XY7")),
    ],
)
def test_a_slip_of_one_id_is_offered_and_no_other_space_s(written: str, meant: str) -> None:
    register = Register({"SH0001": "海棠创客空间", "SH0002": "银杏众创", "SH0003": "远洋创业港"}, {}, {})
    assert register.nearest(written).partition(" ")[0] == meant
