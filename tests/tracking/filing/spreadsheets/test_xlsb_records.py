"""The records of an .xlsb: kinds and sizes in as many bytes as they say; no length of a file is trusted."""

import struct

import pytest

from tracking.filing.spreadsheets import xlsb_records


def test_kinds_and_sizes_go_on_as_long_as_their_highest_bit_is_set() -> None:
    long = bytes(200)
    # 0x93 0x01 is 147 in sevens; 0xC8 0x01 is 200.
    part = b"\x05\x02ab" + b"\x93\x01\x00" + b"\x07\xc8\x01" + long
    assert list(xlsb_records.records(part)) == [(5, b"ab"), (147, b""), (7, long)]


@pytest.mark.parametrize("part", [b"\x05", b"\x05\x03ab", b"\x93", b"\x05\xff"])
def test_a_record_beyond_the_end_is_refused(part: bytes) -> None:
    with pytest.raises(ValueError, match="cut off"):
        list(xlsb_records.records(part))


def test_a_text_is_as_long_as_it_says_and_one_that_is_not_there_is_empty() -> None:
    body = b"x" + struct.pack("<I", 2) + "导师".encode("utf-16-le") + struct.pack("<I", 0xFFFFFFFF)
    content, end = xlsb_records.wide(body, 1)
    assert (xlsb_records.text(content), end) == ("导师", 9)
    assert xlsb_records.wide(body, end) == (b"", 13)
    with pytest.raises(ValueError, match="cut off"):
        xlsb_records.wide(struct.pack("<I", 9) + b"ab", 0)
