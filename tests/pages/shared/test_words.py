"""What comes from data is shown as it is: no markup of it is obeyed, and no part of it becomes a link."""

import re

import pytest

from pages.shared import words

# What the browser makes links of by itself, behind a backslash too.
LINKS = re.compile(r"https?://|www(?=\.)|[\w.+-]+@[\w-]+\.", re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        "see www.evil.example/login and phish@evil.example or ftp://evil.example https://evil.example",
        "WWW.EVIL.EXAMPLE",
        "[a](http://evil.example) <https://evil.example>",
    ],
)
def test_no_address_becomes_a_link(text: str) -> None:
    shown = words.plain(text)

    assert not LINKS.search(shown.replace("\\", ""))
    assert shown.replace("\\", "").replace("\u2060", "") == text


@pytest.mark.parametrize("text", ["**bold** :smile: $x$ :red[a]", "# a", "a_b~c"])
def test_markup_is_text(text: str) -> None:
    assert words.plain(text).replace("\\", "").replace("\u2060", "") == text
    assert not re.search(r"(?<!\\)[*#$_~\[]", words.plain(text))
