"""The stamped paper on the page of an approved filing: printed, handed in, held against what is stored."""

import pytest
from sqlalchemy import Engine

from tests.pages.conftest import OpenPage, look_as, said
from tests.reviewed import DAY, by
from tests.tracking.review.test_papers import AT, approve, scanned
from tracking.exports import papers as printed
from tracking.review import papers


@pytest.fixture
def approved(filed: tuple[str, Engine]) -> tuple[str, Engine]:
    """A programme with people, of which one had its filing approved."""
    approve(filed[1])
    return filed


def test_a_scan_and_a_typed_fingerprint_are_compared(
    open_page: OpenPage, approved: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = approved
    look_as(monkeypatch, engine, "operator")
    operator = by(engine, "operator")
    scan = scanned(printed.filing(operator, DAY, **AT), "JPEG")
    page = open_page(url, "review", lang="en", space="S1", year="2022")
    page.file_uploader[0].set_value(("scan.jpg", scan, "image/jpeg"))
    next(each for each in page.button if each.label == "Keep the scan and compare").click().run()
    assert not page.exception
    assert "The same: this paper" in said(page)
    written = next(each for each in page.text_input if each.label.startswith("Or type"))
    written.input("0" * 16).run()
    assert "Not the same" in said(page)
    assert list(papers.scans(operator, DAY, **AT)["paper"]) == ["same"]
