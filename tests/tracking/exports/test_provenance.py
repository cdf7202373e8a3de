"""What an export rests on, as JSON, as headers of HTTP and in the name of its file."""

import json
from dataclasses import replace
from datetime import date

from tracking.exports.provenance import Edition, Provenance, Reading
from tracking.results.tables.left_out import LeftOut

EDITION = Edition("city", "某市", "附件", "", "", "", (Reading("pass_mark", "合格线", "每项均达到"),))
WHOLE = Provenance(
    "attainment", "zh", 7, date(2024, 3, 1), (EDITION,), "0123456789abcdef", "1.1.0", {"track": ["branding"]}
)


def test_headers_say_it_in_ascii() -> None:
    headers = WHOLE.headers()
    assert headers["Readings"] == "city/pass_mark=%E6%AF%8F%E9%A1%B9%E5%9D%87%E8%BE%BE%E5%88%B0"
    assert (headers["Data-Version"], headers["As-Of"], headers["Edition"]) == ("7", "2024-03-01", "city")
    assert all(value.isascii() for value in headers.values())
    assert not {"Closing", "Left-Out", "Withheld-Filings"} & headers.keys()


def test_who_sees_what_is_approved_alone_is_told_of_filings_and_not_of_rows() -> None:
    assert replace(WHOLE, left_out=LeftOut(None, 2)).headers()["Withheld-Filings"] == "2"
    chosen = replace(WHOLE, left_out=LeftOut(9, 2))
    assert chosen.headers()["Left-Out"] == "9"
    assert chosen.as_dict()["left_out"] == {"rows": 9, "filings": 2}


def test_json_says_what_there_is_and_the_same_every_time() -> None:
    said = json.loads(WHOLE.as_json())
    assert (said["as_of"], said["filters"], said["rules"]) == (
        "2024-03-01",
        {"track": ["branding"]},
        "0123456789abcdef",
    )
    assert said["editions"][0]["readings"] == [{"code": "pass_mark", "name": "合格线", "in_force": "每项均达到"}]
    assert not {"compared", "closing", "left_out"} & said.keys()
    differing = replace(WHOLE, compared=(3, 7), closing=2, as_of=None).as_dict()
    assert (differing["compared"], differing["closing"], differing["as_of"]) == ([3, 7], 2, None)


def test_the_name_of_a_file_has_version_day_and_rules() -> None:
    assert (WHOLE.stamp, replace(WHOLE, as_of=None).stamp) == ("v7-20240301-01234567", "v7-01234567")
