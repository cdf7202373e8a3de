"""Equal texts of a table are kept once, as long as they are not too many."""

import pytest

from tracking.filing.spreadsheets import same_texts
from tracking.filing.spreadsheets.same_texts import SameTexts


def test_what_was_met_before_is_that_text_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_texts, "_MOST", 2)
    texts = SameTexts()
    one, other = ("".join(["海棠", "众创"]) for _ in range(2))
    assert texts.of([one])[0] is texts.of([other])[0] is one
    # More than it keeps: it forgets, and the text stays the same one to a reader.
    texts.of(["a", "b", "c"])
    assert texts.of([other]) == [one]
    assert texts.of([one])[0] is other
