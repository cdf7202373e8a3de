"""The URL is read and written in one place, whatever stands in it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import streamlit as st

from pages.shared import url

PAGES = Path(__file__).parents[3] / "pages"


class Given(dict[str, Sequence[str]]):
    """Parameters as an address has them, some several times."""

    def get_all(self, name: str) -> list[str]:
        return list(self[name])


def test_no_page_reads_or_writes_the_url_by_itself() -> None:
    naming = [path for path in PAGES.rglob("*.py") if "query_params." in path.read_text(encoding="utf-8")]
    naming += [path for path in PAGES.rglob("*.py") if "query_params[" in path.read_text(encoding="utf-8")]
    assert {path.relative_to(PAGES).as_posix() for path in naming} == {"shared/url.py"}


@pytest.mark.parametrize(
    ("written", "number"), [("7", 7), ("0", 0), ("-1", None), ("1e3", None), ("", None), ("9" * 10, None), ("９", 9)]
)
def test_a_number_in_the_url_is_a_number_or_nothing(
    monkeypatch: pytest.MonkeyPatch, written: str, number: int | None
) -> None:
    monkeypatch.setattr(st, "query_params", {"year": written})
    assert url.whole_number("year") == number
    assert url.whole_number("receipt") is None


def test_what_is_left_out_of_an_address_leaves_the_rest_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "query_params", Given(district=["浦东 新区", "静安"], as_of=["2025-01-01"], space=["S&1"]))
    kept = "?district=%E6%B5%A6%E4%B8%9C+%E6%96%B0%E5%8C%BA&district=%E9%9D%99%E5%AE%89&space=S%261"
    assert url.here("as_of") == kept
    assert url.here("as_of", "district", space="S2", lang="en") == "?space=S2&lang=en"
