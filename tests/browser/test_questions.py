"""Ten questions of a manager, each from the overview, with the clicks that its answer takes."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, quiet

pytestmark = pytest.mark.browser

# The most clicks that an answer may take.
CLICKS = 2
CARD = "[class*=st-key-card]"


class Asked:
    """The clicks and seconds of one question after the other, on one page."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.clicks, self.begun = 0, time.monotonic()

    def click(self, selector: str, text: str | None = None) -> None:
        """One click on the first that is meant."""
        self.page.locator(selector, has_text=text).first.click()
        self.clicks += 1
        quiet(self.page)

    def answered(self, question: str, selector: str, text: str) -> None:
        """The answer stands there; the page goes back to where the question was asked."""
        expect(self.page.locator(selector, has_text=text).first).to_be_visible()
        print(f"{question}: {self.clicks} clicks, {time.monotonic() - self.begun:.1f} s")
        assert self.clicks <= CLICKS
        if self.clicks:
            self.page.goto(self.home)
            quiet(self.page)
        self.clicks, self.begun = 0, time.monotonic()


def test_ten_questions_of_a_manager_are_answered_within_two_clicks(visit: Open) -> None:
    page = visit("?year=2025")
    asked = Asked(page, page.url)
    asked.click(".bar a", "正常")
    asked.answered("who is on course", "h3.list", "正常")
    tabs = {"who falls behind": "进度落后", "who has not filed": "未提交年报", "who leaves": "再不通过即退出"}
    for question, tab in tabs.items():
        asked.click(".tabs a", tab)
        asked.answered(question, ".tab[data-current]", tab)
    told = {"what is missed most": "最常未达标的", "is it better": "个百分点", "which district": "通过率最低的是"}
    for question, answer in told.items():
        asked.answered(question, "[data-testid=stMain]", answer)
    asked.click(".tabs a", "再不通过即退出")
    asked.click(".read a.row")
    asked.answered("what it must do next year", ".grid thead", "年须")
    asked.click('.read td a[href*="requirement="]')
    asked.click(f"{CARD} summary", "数据与来源")
    asked.answered("why it was judged so", f"{CARD} [data-testid=stDownloadButton]", ".csv")
    with page.expect_download() as printed:
        asked.click("button", "打印简报")
    assert printed.value.path().read_bytes().startswith(b"%PDF")
    asked.answered("print it", "[data-testid=stMain]", "打印简报")
