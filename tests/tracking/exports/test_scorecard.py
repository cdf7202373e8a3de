"""The scorecard: a PDF with its glyphs in it, or a sentence; the same every time."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine

from tests import databases
from tracking.exports import scorecard, typesetting
from tracking.filing import register
from tracking.words.language import Lang

pytestmark = pytest.mark.usefixtures("chinese_font")

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def made_up() -> Iterator[Engine]:
    """The made-up programme."""
    engine = databases.programme()
    yield engine
    engine.dispose()


def plainly(pdf: bytes) -> bytes:
    """The PDF with its compressed streams opened."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            opened.append(stream)
    return pdf + b"\n".join(opened)


def signs(pdf: bytes) -> set[str]:
    """The signs that the PDF's text is of, as whoever searches in it or copies from it gets them."""
    inside = plainly(pdf)
    maps = re.findall(rb"beginbf(?:char|range)(.*?)endbf", inside, re.DOTALL)
    texts = [bytes.fromhex(each.decode()) for table in maps for each in re.findall(rb"<([0-9A-Fa-f]+)>\s*\n", table)]
    return {sign for text in texts for sign in text.decode("utf-16-be")}


def test_a_name_stands_in_it_as_it_was_registered() -> None:
    name = "（集团）有限公司①号１２㎡Ａ·Cafe\u0301"
    engine = databases.shanghai()
    content = f"space_id,space_name,track,start_year,end_year\nS1,{name},branding,2022,2024\n"
    assert register.load(engine, content.encode(), "register.csv", by="tests").loaded
    assert set(name) <= signs(scorecard.scorecard(engine, TODAY, space="S1"))
    engine.dispose()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_a_pdf_of_a_page_or_two_with_chinese_glyphs_in_it(made_up: Engine, lang: Lang) -> None:
    pdf = scorecard.scorecard(made_up, TODAY, space="SL00003", lang=lang)
    inside = plainly(pdf)
    assert pdf.startswith(b"%PDF-")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", inside)) <= 2
    assert b"/FontFile" in inside
    assert b"CJK" in inside or b"Hei" in inside or b"Han" in inside or b"Fang" in inside


def test_the_same_data_give_the_same_bytes(made_up: Engine) -> None:
    once, again = (scorecard.scorecard(made_up, TODAY, space="SL00003") for _ in range(2))
    assert once == again


def test_a_space_on_two_tracks_has_both(made_up: Engine) -> None:
    both = plainly(scorecard.scorecard(made_up, TODAY, space="SL00006"))
    assert len(re.findall(rb"/Type\s*/Page\b", both)) >= 2


def test_an_archive_has_every_space_s_own(made_up: Engine) -> None:
    spaces = ["SL00001", "SL00002"]
    cards = scorecard.scorecards(made_up, TODAY, spaces=spaces)
    archive = scorecard.archive([(f"{space}.pdf", card) for space, card in zip(spaces, cards, strict=True)])
    with zipfile.ZipFile(io.BytesIO(archive)) as folder:
        assert folder.namelist() == ["SL00001.pdf", "SL00002.pdf"]
        assert folder.read("SL00001.pdf") == scorecard.scorecard(made_up, TODAY, space="SL00001")


@pytest.mark.parametrize(
    ("space", "name"),
    [
        ("SL00001", "SL00001.pdf"),
        ("../../etc/x", "..%2F..%2Fetc%2Fx.pdf"),
        ('甲:1?"', "甲%3A1%3F%22.pdf"),
        ("a/b", "a%2Fb.pdf"),
        ("a%2Fb", "a%252Fb.pdf"),
    ],
)
def test_an_id_never_leads_out_of_the_archive_s_folder(space: str, name: str) -> None:
    assert scorecard.file_name(space) == name


def test_without_a_chinese_font_nothing_is_printed(monkeypatch: pytest.MonkeyPatch, made_up: Engine) -> None:
    monkeypatch.setattr(typesetting, "CHINESE_FONTS", ("No such font",))
    typesetting._compiler.cache_clear()
    with pytest.raises(typesetting.NoChineseFont):
        scorecard.scorecard(made_up, TODAY, space="SL00001")
    typesetting._compiler.cache_clear()
