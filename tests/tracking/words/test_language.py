"""Every word that a person sees exists in Chinese and in English."""

import string
from pathlib import Path

import pytest

from tracking.words import language

TEXTS = language.translations()


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_it_with_the_same_placeholders(key: str) -> None:
    texts = TEXTS[key]
    assert all(texts.values())
    zh, en = _placeholders(texts["zh"]), _placeholders(texts["en"])
    # A measure word follows every Chinese figure; English names the unit once and leaves it away beside the others.
    assert en | (zh & {"unit"}) == zh


# Words that gave way to those of the field.
RETIRED = (
    *(
        "读法",
        "项入选",
        "未填报指标",
        "评分卡",
        "具备类",
        "强制",
        "最急的在最上",
        "已填报",
        "迟报",
        "标准值",
        "解读",
        "不认识",
    ),
    *("judged", "fell short", "fallen short", "nobody knows"),
)


def test_a_word_that_gave_way_stands_nowhere() -> None:
    assert [(key, word) for key, texts in TEXTS.items() for word in RETIRED if word in "".join(texts.values())] == []


def test_the_terms_are_the_words_that_a_person_sees() -> None:
    lines = (Path(__file__).parents[3] / "docs" / "terms.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    for code, zh, en, *meaning in rows:
        key = code.strip("`")
        assert {"zh": zh, "en": en} == TEXTS[key]
        known = TEXTS.get(f"methods.{key}") or TEXTS.get(f"{key}.means")
        assert meaning == (list(known.values()) if known else ["", ""])
    told = {row[0].strip("`") for row in rows}
    families = ("status.", "result.", "verdict.", "exit_warning.", "state.", "basis.", "phase.")
    assert {key for key in TEXTS if key.startswith(families)} <= told
