"""Every word that a person sees exists in Chinese and in English."""

import string

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
