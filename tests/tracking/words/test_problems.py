"""A problem as data says where, what and how to mend it, in the language that is asked for."""

import pytest

from tracking.words.language import LANGUAGES
from tracking.words.problems import Problem, Refusal

UNKNOWN = Problem("error", "policy-unknown", "metrics.csv", 3, "unit", "stones", details={"known": "units.csv"})


def test_what_a_script_reads_is_the_contract_s_object() -> None:
    told = UNKNOWN.as_dict("en")
    assert list(told) == ["severity", "code", "sheet", "row", "column", "value", "message", "hint"]
    assert (told["code"], told["sheet"], told["row"], told["value"]) == ("policy-unknown", "metrics.csv", 3, "stones")
    assert (told["message"], told["hint"]) == (UNKNOWN.message("en"), UNKNOWN.hint("en"))


@pytest.mark.parametrize(("lang", "sheet"), [("zh", "工作表“填报”"), ("en", "Sheet “填报”")])
def test_a_sheet_is_named_before_a_sentence_that_does_not_name_it(lang: str, sheet: str) -> None:
    alone = Problem("error", "unknown-space", None, 4, "space_id", "S9", "A", {"nearest": "", "header": "space_id"})
    assert sheet not in alone.message(lang)
    named = Problem("error", "unknown-space", "填报", 4, "space_id", "S9", "A", {"nearest": "", "header": "space_id"})
    assert named.message(lang).startswith(sheet)


def test_a_detail_that_differs_by_language_is_told_in_each() -> None:
    words = {"zh": "单位表", "en": "the table of units"}
    told = Problem("error", "policy-unknown", "metrics.csv", 3, "unit", "stones", details={"known": words})
    assert [words[lang] in told.message(lang) for lang in LANGUAGES] == [True, True]


def test_a_refusal_carries_every_reason() -> None:
    refused = Refusal([UNKNOWN, UNKNOWN])
    assert refused.problems == [UNKNOWN, UNKNOWN]
    assert str(refused).count(UNKNOWN.message("en")) == 2
