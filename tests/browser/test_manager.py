"""The manager's ten minutes: overview, filter, a red cell, the space, its clause and filing, and back."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Open, quiet

pytestmark = pytest.mark.browser

# More than any page has before what is gone to; in a ring without it the walk would never end.
STOPS = 300
# Where the link stands in the window that has the focus.
PLACE = "it => it.getBoundingClientRect().top"
WORDS = {
    "zh": {"track": "培育类别", "branding": "品牌化", "source": "数据与来源", "short": "未达标"},
    "en": {"track": "Track", "branding": "Branding", "source": "Figures and source", "short": "Short"},
}
# A cell of the picture, and what is missed by who waits for a decision: a keyboard has fewer stops on the way there.
LEFT = {"zh": (".cells td a", "✕"), "en": (".stacked td a:not(.row)", "required")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_from_the_overview_to_a_figure_s_file_and_back(visit: Open, lang: str) -> None:
    words = WORDS[lang]
    page = visit("?year=2025", lang=lang)
    page.get_by_label(words["track"]).first.click()
    page.get_by_role("option", name=words["branding"]).click()
    quiet(page)
    assert "track=branding" in page.url

    # In Chinese by the mouse, in English by the keyboard alone.
    walk, go = (Locator.scroll_into_view_if_needed, Locator.click) if lang == "zh" else (_walk, _enter)
    links, sign = LEFT[lang]
    left = page.locator(links, has_text=sign).first
    walk(left)
    place, address = left.evaluate(PLACE), left.get_attribute("href")
    go(left)
    page.wait_for_url("**/space**", timeout=15_000)
    quiet(page)
    assert "requirement=branding" in page.url
    first = page.locator("[class*=st-key-card]")
    expect(page.locator(".grid .open")).to_contain_text(words["short"])
    expect(first).to_be_in_viewport()
    expect(first.locator("blockquote")).not_to_be_empty()
    source = first.locator("summary", has_text=words["source"])
    walk(source)
    go(source)
    expect(first.locator(".read table")).to_be_visible()

    page.go_back()
    quiet(page)
    assert "track=branding" in page.url
    assert "/space" not in page.url
    expect(page.get_by_label(words["track"]).first).to_have_value(words["branding"])
    # At the cell that was left, where it stood.
    back = page.locator(f"{links}[href='{address}']")
    expect(back).to_be_focused()
    page.wait_for_timeout(1200)
    assert abs(back.evaluate(PLACE) - place) <= 2


def _enter(goal: Locator) -> None:
    goal.page.keyboard.press("Enter")


def _walk(goal: Locator) -> None:
    """Walk to something from stop to stop, as whoever has no mouse; that it has the focus can be seen there."""
    for _ in range(STOPS):
        goal.page.keyboard.press("Tab")
        if goal.evaluate("it => it === document.activeElement"):
            break
    outline = goal.evaluate("it => { const look = getComputedStyle(it); return look.outlineStyle + look.boxShadow }")
    assert outline != "nonenone"
