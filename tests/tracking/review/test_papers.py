"""The paper of an approved filing is known again by its code, stamped and scanned; an altered one is found."""

import hashlib
import io
import random
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
import sqlalchemy as sa
from PIL import Image, ImageDraw, ImageFilter
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import DAY, by, file, of
from tracking import database
from tracking.access.acts import Forbidden
from tracking.exports import papers as printed
from tracking.maintenance import backup, verify
from tracking.review import acting, papers
from tracking.review.acting import Given
from tracking.review.papers import NotApproved, UnusableScan

AT = {"space": "S1", "year": 2022}


def approve(engine: Engine, revision: int = 1) -> None:
    acting.act(by(engine, "reviewer"), "check", [of("S1", revision)])
    acting.act(by(engine, "manager"), "approve", [of("S1", revision)])


def _approve(engine: Engine) -> None:
    reviewed.filed(engine)
    approve(engine)


@pytest.fixture
def approved(engine: Engine) -> Engine:
    return databases.filled(engine, _approve)


def scanned(pdf: bytes, kind: str, degrees: float = 0.0) -> bytes:
    """A paper as a scanner gives it: a picture, askew, with a stamp across and some dust."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil().convert("RGB")
    draw, chance = ImageDraw.Draw(page), random.Random(1)
    draw.ellipse((300, 900, 620, 1220), outline=(200, 30, 30), width=9)
    for _ in range(2_000):
        x, y = chance.randrange(page.width), chance.randrange(page.height)
        draw.point((x, y), fill=(90, 90, 90))
    turned = page.rotate(degrees, expand=True, fillcolor=(255, 255, 255)).filter(ImageFilter.GaussianBlur(0.6))
    out = io.BytesIO()
    turned.save(out, kind, resolution=150)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "degrees"), [("PDF", 0.0), ("JPEG", 3.0), ("PNG", 180.0)])
def test_a_scan_of_the_printed_paper_is_the_same(approved: Engine, kind: str, degrees: float) -> None:
    operator = by(approved, "operator")
    scan = scanned(printed.filing(operator, DAY, **AT), kind, degrees)
    assert papers.keep(operator, "S1", 2022, scan, by="-") == "same"
    (row,) = papers.scans(operator, DAY, **AT).to_dict("records")
    assert (row["paper"], row["by"], row["revision"]) == ("same", "operator", 1)
    assert papers.content(operator, row["load_id"]) == scan


def test_a_paper_of_other_figures_or_of_before_is_found(approved: Engine) -> None:
    operator, manager = by(approved, "operator"), by(approved, "manager")
    first = scanned(printed.filing(operator, DAY, **AT), "JPEG")
    typed = papers.approved(operator, DAY, **AT).fingerprint
    grouped = typed[:20].upper()
    assert papers.compare(operator, DAY, **AT, fingerprint=f"{grouped[:4]} {grouped[4:]}") == "same"
    assert papers.compare(operator, DAY, **AT, fingerprint=typed[:15]) == "none"
    assert papers.compare(operator, DAY, **AT, fingerprint="0" * 64) == "other"
    acting.act(manager, "reopen", [of("S1")], Given("more", until_at=datetime(2900, 1, 1)))
    with pytest.raises(NotApproved):
        printed.filing(operator, DAY, **AT)
    file(operator, "space_id,year,mentors,funded_firms\nS1,2022,21,5\n")
    approve(approved, 2)
    assert papers.keep(operator, "S1", 2022, first, by="-") == "earlier"
    again = scanned(printed.filing(operator, DAY, **AT), "JPEG")
    assert papers.keep(operator, "S1", 2022, again, by="-") == "same"


def test_the_fingerprint_is_of_the_figures_on_either_engine_and_survives_a_backup(
    any_engine: Engine, tmp_path: Path
) -> None:
    engine = reviewed.filed(any_engine)
    approve(engine)
    found = papers.approved(engine, DAY, **AT)
    # By hand: each row with its cells by name and length, as loads are sealed, on whatever engine and in whatever load.
    rows = (
        "filing|figures=1:2|revision=1:1|space_id=2:S1|year=4:2022\n"
        "observation|metric=12:funded_firms|space_id=2:S1|value=6:5.0000|year=4:2022\n"
        "observation|metric=7:mentors|space_id=2:S1|value=7:20.0000|year=4:2022\n"
    )
    assert found.fingerprint == hashlib.sha256(rows.encode()).hexdigest()
    papers.keep(by(engine, "reviewer"), "S1", 2022, blank("PNG"), by="-")
    backup.backup(engine, tmp_path / "backup")
    other = databases.empty()
    backup.restore(other, tmp_path / "backup")
    assert papers.approved(other, DAY, **AT) == found
    assert list(papers.scans(other, DAY, **AT)["paper"]) == ["none"]
    assert [each for each in verify.verify(other) if each.broken] == []
    with other.begin() as connection:
        connection.execute(sa.text("UPDATE observation SET value = 21 WHERE space_id = 'S1' AND metric = 'mentors'"))
    assert papers.approved(other, DAY, **AT).fingerprint != found.fingerprint
    other.dispose()


def blank(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("L", (300, 300), 255).save(out, kind)
    return out.getvalue()


NO_SCANS = (
    (b"<html>", "kind"),
    (b"GIF89a" + b"0" * 100, "kind"),
    (b"%PDF-1.7\nno more", "unreadable"),
    (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "unreadable"),
    (b"\xff\xd8\xff" + b"0" * 20_000_000, "size"),
)


def test_what_is_no_scan_is_not_kept(approved: Engine) -> None:
    operator = by(approved, "operator")
    with database.reading(approved) as connection:
        before = database.data_version(connection)
    for content, why in NO_SCANS:
        with pytest.raises(UnusableScan) as unusable:
            papers.keep(operator, "S1", 2022, content, by="-")
        assert unusable.value.why == why
    with database.reading(approved) as connection:
        assert database.data_version(connection) == before


def test_others_neither_print_nor_hand_in_nor_fetch(approved: Engine) -> None:
    papers.keep(by(approved, "operator"), "S1", 2022, blank("PNG"), by="-")
    number = int(papers.scans(approved, DAY, **AT)["load_id"].iloc[0])
    for name in ("southern", "administrator"):
        with pytest.raises(NotApproved):
            printed.filing(by(approved, name), DAY, **AT)
        with pytest.raises(LookupError):
            papers.content(by(approved, name), number)
    for name in ("southern", "analyst", "administrator"):
        with pytest.raises(Forbidden):
            papers.keep(by(approved, name), "S1", 2022, blank("PNG"), by="-")


def texts(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_districts_list_has_those_who_have_not_filed_first_and_why(approved: Engine) -> None:
    reviewer = by(approved, "reviewer")
    acting.act(reviewer, "return", [of("S2")], Given("导师名单不符"))
    listed = texts(printed.district(reviewer, DAY, district="北区", year=2022))
    assert "北区 2022 年度填报情况汇总表" in listed
    assert "应填报空间 7 个，其中未提交 5 个" in listed
    assert listed.index("T00") < listed.index("S1")
    assert "导师名单不符" in listed
    assert papers.approved(reviewer, DAY, **AT).fingerprint[:16] in listed
    # Of another district nothing.
    assert "应填报空间 0 个" in texts(printed.district(by(approved, "southern"), DAY, district="北区", year=2022))


def test_the_paper_says_every_figure_as_it_is_stored(approved: Engine) -> None:
    told = texts(printed.filing(by(approved, "manager"), DAY, **AT, lang="en"))
    assert "Figures of the data year 2022" in told
    assert papers.approved(approved, DAY, **AT).fingerprint[:4] in told
    with database.reading(approved) as connection:
        stored = connection.execute(sa.text("SELECT value FROM current_observation WHERE space_id = 'S1'")).scalars()
        assert all(f"{value:.0f}" in told for value in stored)
