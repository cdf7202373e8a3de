"""Filings on the command line: what is refused, stored, chosen and told."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.tracking.commands.about import BAD, GOOD, Run


def test_a_refused_file_exits_1_and_stores_nothing(filled: Run) -> None:
    before = filled("filings").stdout_bytes
    assert filled("load", "bad.csv", bad=BAD).exit_code == 1
    assert filled("filings").stdout_bytes == before


@pytest.mark.parametrize("by", ["", " ", "x" * 100_000, "a\x1b[2J", "甲\n2024-01-01 乙"], ids=lambda by: repr(by[:12]))
def test_who_loads_is_a_name_on_one_line(filled: Run, by: str) -> None:
    refused = filled("load", "good.csv", "--by", by)

    assert refused.exit_code == 2
    assert "\x1b" not in refused.stderr
    assert len(refused.stderr) < 2_000


def test_what_is_printed_of_a_file_controls_no_terminal(filled: Run) -> None:
    refused = filled("check", "a\u202eb\x1b[2J.csv", **{"a\u202eb\x1b[2J": GOOD})

    assert refused.exit_code == 1
    assert not {"\u202e", "\x1b"} & set(refused.stdout + refused.stderr)


def test_the_json_report_has_the_contract_s_keys(filled: Run) -> None:
    (report,) = json.loads(filled("check", "bad.csv", "--json", bad=BAD).stdout)
    assert list(report) == [
        *("file", "loaded", "filings", "unchanged", "observations", "problems"),
        *("kept", "layout", "unit", "passed_over", "seal"),
    ]
    (problem,) = report["problems"]
    assert [problem[key] for key in ("severity", "code", "sheet", "row", "column", "value")] == [
        *("error", "not-exact", None, 2, "mentors", "约5")
    ]


def test_loading_again_is_unchanged(filled: Run) -> None:
    (report,) = json.loads(filled("load", "good.csv", "--json").stdout)
    assert (report["loaded"], report["filings"], report["unchanged"]) == (True, 1, 1)


def test_a_file_name_out_of_a_chinese_archive_is_read(filled: Run, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/" + "填报.csv".encode("gb18030"))
    Path(path).write_text(GOOD.replace("25", "26"), encoding="utf-8")
    assert filled("load", path.removeprefix(f"{tmp_path}/")).exit_code == 0
    assert json.loads(filled("filings", "--format", "json", "--year", "2022").stdout)[0]["source"] == "填报.csv"


OF_NOBODY = "创业导师,导师们,天气\n30,11,晴\n"
CHOSEN = ["--space", "S1", "--year", "2022", "--map", "导师们=professional_mentors", "--leave-out", "天气", "--json"]


def test_what_a_file_does_not_say_is_said_on_the_command_line(filled: Run) -> None:
    (told,) = json.loads(filled("load", "file.csv", *CHOSEN, file=OF_NOBODY).stdout)
    assert (told["loaded"], told["filings"], told["observations"], told["kept"]) == (True, 1, 2, 0)
    assert (told["problems"], told["layout"][0]["space_from"], told["passed_over"]) == ([], "choice", [])
    exported = filled("observations", "--format", "json").stdout
    assert {row["metric"]: row["value"] for row in json.loads(exported)} == {
        "mentors": 30,
        "professional_mentors": 11,
    }


def test_figures_filed_before_are_kept_where_it_is_said(filled: Run) -> None:
    more = "space_id,year,partner_institutions\nS1,2022,10\n"
    (checked,) = json.loads(filled("check", "more.csv", "--keep", "--json", more=more).stdout)
    assert [each["code"] for each in checked["problems"]] == ["figures-kept"]
    (told,) = json.loads(filled("load", "more.csv", "--keep", "--json").stdout)
    assert (told["observations"], told["kept"]) == (2, 1)


def test_a_choice_against_the_file_is_refused_and_names_both(filled: Run) -> None:
    result = filled("check", "good.csv", "--year", "2023")
    assert result.exit_code == 1
    assert "2022" in result.stderr
    assert "2023" in result.stderr


@pytest.mark.parametrize("words", [["--map", "导师们"], ["--map", "=mentors"], ["--year", "two"]], ids=" ".join)
def test_a_choice_that_cannot_be_read_is_wrong_usage(filled: Run, words: Sequence[str]) -> None:
    assert filled("check", "good.csv", *words).exit_code == 2
