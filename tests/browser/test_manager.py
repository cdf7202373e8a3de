"""The manager's ten minutes: overview, filter, a red cell, the space, its clause and filing, and back."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Open, quiet

pytestmark = pytest.mark.browser

# Where the link stands in the window that has the focus.
PLACE = "it => it.getBoundingClientRect().top"
WORDS = {
    "zh": {"track": "培育类别", "branding": "品牌化", "source": "数据与来源", "short": "未达标"},
    "en": {"track": "Track", "branding": "Branding", "source": "Figures and source", "short": "Short"},
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_from_the_overview_to_a_figure_s_file_and_back(visit: Open, lang: str) -> None:
    words = WORDS[lang]
    page = visit("?year=2025", lang=lang)
    page.get_by_label(words["track"]).first.click()
    page.get_by_role("option", name=words["branding"]).click()
    quiet(page)
    assert "track=branding" in page.url

    # In Chinese by the mouse, in English by the keyboard alone.
    go = Locator.click if lang == "zh" else _enter
    left = page.locator(".cells td a", has_text="✕").first
    left.scroll_into_view_if_needed()
    place, address = left.evaluate(PLACE), left.get_attribute("href")
    go(left)
    page.wait_for_url("**/space**", timeout=15_000)
    quiet(page)
    assert "requirement=branding" in page.url
    first = page.locator("[class*=st-key-card]")
    expect(page.locator(".grid .open")).to_contain_text(words["short"])
    expect(first).to_be_in_viewport()
    expect(first.locator("blockquote")).not_to_be_empty()
    go(first.locator("summary", has_text=words["source"]))
    expect(first.locator(".read table")).to_be_visible()

    page.go_back()
    quiet(page)
    assert "track=branding" in page.url
    assert "/space" not in page.url
    expect(page.get_by_label(words["track"]).first).to_have_value(words["branding"])
    # At the cell that was left, where it stood.
    back = page.locator(f".cells td a[href='{address}']")
    expect(back).to_be_focused()
    page.wait_for_timeout(1200)
    assert abs(back.evaluate(PLACE) - place) <= 2


def _enter(goal: Locator) -> None:
    """Go to something by its key; that it has the focus can be seen."""
    # Where the last word was the keyboard's, the focus shows.
    goal.page.keyboard.press("Tab")
    goal.focus()
    outline = goal.evaluate("it => { const look = getComputedStyle(it); return look.outlineStyle + look.boxShadow }")
    assert outline != "nonenone"
    goal.press("Enter")
