"""Ten questions of a manager, each from the overview, with the clicks that its answer takes."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, quiet

pytestmark = pytest.mark.browser

# The most clicks that an answer may take.
CLICKS = 2


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

    def answered(self, selector: str, text: str) -> None:
        """The answer stands there; the page goes back to where the question was asked."""
        expect(self.page.locator(selector, has_text=text).first).to_be_visible()
        print(f"{text}: {self.clicks} clicks, {time.monotonic() - self.begun:.1f} s")
        assert self.clicks <= CLICKS
        if self.clicks:
            self.page.goto(self.home)
            quiet(self.page)
        self.clicks, self.begun = 0, time.monotonic()


def test_ten_questions_of_a_manager_are_answered_within_two_clicks(visit: Open) -> None:
    page = visit("?year=2025")
    asked = Asked(page, page.url)
    # Who is on course, as a part of each cohort.
    asked.answered("[data-testid=stMain]", "整个培育期走到哪里了")
    for tab in ("进度落后", "未提交年报", "再不通过即退出"):
        asked.click(".tabs a", tab)
        asked.answered(".tab[data-current]", tab)
    # Which requirement is missed most; is it getting better; which district.
    for told in ("最常未达标的", "个百分点", "通过率最低的是"):
        asked.answered("[data-testid=stMain]", told)
    # What must it do next year.
    asked.click(".tabs a", "再不通过即退出")
    asked.click(".read a.row")
    asked.answered(".grid thead", "年须")
    # Why was it judged so, to the file.
    asked.click('.read td a[href*="requirement="]')
    asked.click("[class*=st-key-card] summary", "数据与来源")
    asked.answered("[class*=st-key-card]", "各次填报与更正")
    asked.answered("[data-testid=stMain]", "打印简报")
