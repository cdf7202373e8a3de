"""Printed pages: nothing is printed rather than boxes, and the same day and data are the same bytes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tracking.exports import typesetting
from tracking.exports.typesetting import NoChineseFont


@pytest.fixture
def without_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(typesetting, "CHINESE_FONTS", ("No such font",))
    typesetting._compiler.cache_clear()
    yield
    typesetting._compiler.cache_clear()


@pytest.mark.usefixtures("without_font")
def test_without_a_chinese_font_nothing_is_printed() -> None:
    with pytest.raises(NoChineseFont):
        typesetting.check()


def test_the_same_day_and_data_are_the_same_bytes(tmp_path: Path) -> None:
    template = tmp_path / "page.typ"
    template.write_text("#let said = json(bytes(sys.inputs.data))\n#said.text", encoding="utf-8")
    one, again, other = (typesetting.pdf(template, {"text": text}, date(2024, 3, 1)) for text in ("甲", "甲", "乙"))
    assert one == again != other
    assert one.startswith(b"%PDF-")
