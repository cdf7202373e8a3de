"""The manager's ten minutes: overview, filter, a red cell, the space, its clause and filing, and back."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, keep, quiet

pytestmark = pytest.mark.browser

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

    page.locator(".cells td a", has_text="✕").first.click()
    page.wait_for_url("**/space**", timeout=15_000)
    quiet(page)
    keep(page, f"manager-space-{lang}")
    assert "requirement=branding" in page.url
    first = page.locator("[class*=st-key-card]")
    expect(page.locator(".grid .open")).to_contain_text(words["short"])
    expect(first).to_be_in_viewport()
    expect(first.locator("blockquote")).not_to_be_empty()
    first.get_by_text(words["source"]).click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()

    page.go_back()
    quiet(page)
    assert "track=branding" in page.url
    assert "/space" not in page.url
    expect(page.get_by_label(words["track"]).first).to_have_value(words["branding"])
