"""Numbers of persons are known wherever they stand in a text, and no other number is taken for one."""

import pytest

from tracking.words import personal_data

# The example of GB 11643 itself.
CARD = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CARD, "identity-card"),
        (f"法人身份证{CARD.lower()}。", "identity-card"),
        ("110105194912310021", None),
        ("11010519491331002X", None),
        ("13800138000", "mobile"),
        ("电话：138 0013 8000", "mobile"),
        ("+8613800138000", "mobile"),
        ("12800138000", None),
        ("913800138000", None),
        ("138001380001", None),
        ("021-64000000", None),
        ("12,345,678.90", None),
        ("", None),
    ],
)
def test_a_text_holds_personal_data_or_none(text: str, kind: str | None) -> None:
    assert personal_data.kind(text) == kind
