"""What became of a file: refused by one error, never by warnings."""

import json

import pandas as pd

from tracking.filing.filing_report import FilingReport
from tracking.words.problems import Problem

WARNING, ERROR = Problem("warning", "totals-row", row=4, value="合计"), Problem("error", "no-register-header")


def test_one_error_refuses_a_file_and_warnings_do_not() -> None:
    assert not FilingReport("f.csv", "0", True, problems=[WARNING]).refused
    assert FilingReport("f.csv", "0", False, problems=[WARNING, ERROR]).refused


def test_the_spaces_of_its_revisions_are_told_once() -> None:
    revisions = pd.DataFrame({"space_id": ["S2", "S1", "S2"], "year": [2022, 2022, 2023]})
    assert FilingReport("f.csv", "0", True, revisions=revisions).revised == ["S1", "S2"]


def test_the_object_of_the_command_is_json_in_a_language() -> None:
    said = json.loads(json.dumps(FilingReport("f.csv", "0", False, filings=2, problems=[ERROR]).as_dict("en")))
    assert (said["file"], said["loaded"], said["filings"], said["seal"]) == ("f.csv", False, 2, None)
    assert said["problems"][0]["code"] == "no-register-header"
