"""The space page as it is really drawn: what a chart says must stand inside its picture."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, quiet, unfold

pytestmark = pytest.mark.browser

# Of the made-up city: filed its first year and then nothing.
ABSENT = "SL00041"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_year_without_a_filing_is_a_gap_to_be_seen(visit: Open, width: int) -> None:
    page = visit(f"space?space={ABSENT}", width=width)
    page.locator(".grid tr", has_text="≥").first.get_by_role("link").click()
    quiet(page)
    chart = page.locator(".js-plotly-plot:has(.barlayer)").first
    gaps = chart.locator(".annotation-text").filter(has_text="未提交年报")
    expect(gaps).to_have_count(2)
    frame = chart.bounding_box()
    assert frame is not None
    for gap in gaps.all():
        told = gap.bounding_box()
        assert told is not None
        assert frame["x"] < told["x"] < told["x"] + told["width"] < frame["x"] + frame["width"]
        assert frame["y"] < told["y"] < frame["y"] + frame["height"]
    unfold(page, f"space-absent-{width}")


def test_a_row_is_walked_to_by_keyboard_opens_its_card_in_view_and_back_closes_it(visit: Open) -> None:
    page = visit(f"space?space={ABSENT}")
    link = page.locator(".grid tbody a").nth(5)
    link.focus()
    page.keyboard.press("Enter")
    quiet(page)
    card = page.locator("[class*=st-key-card]")
    expect(card).to_be_in_viewport()
    expect(card.locator("blockquote")).not_to_be_empty()
    assert "requirement=" in page.url
    page.go_back()
    quiet(page)
    expect(card).to_have_count(0)
    expect(page.locator(".grid")).to_be_in_viewport()
