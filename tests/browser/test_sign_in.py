"""A person's way in and out, in a real browser: lock-out, first password, one-time codes, two tabs."""

from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests import databases
from tests.browser.conftest import picture, quiet, served, watched
from tracking import database
from tracking.access import looking_after
from tracking.database import CITY

PASSWORD = "four lively herons dance"


@pytest.fixture
def first(tmp_path: Path) -> tuple[str, str]:
    """The address of a database with one account, and its first password."""
    url = databases.programme_at(tmp_path / "test.duckdb")
    engine = database.connect(url)
    password = looking_after.add(engine, "wang", "王一")
    for role in ("manager", "administrator"):
        looking_after.give(engine, "wang", role, CITY)
    engine.dispose()
    return url, password


def enter(page: Page, password: str, code: str = "") -> None:
    page.fill("[name=name]", "wang")
    page.fill("[name=password]", password)
    page.fill("[name=code]", code)
    page.click("main button")


def test_a_person_comes_in_step_by_step_and_goes_out_everywhere(chromium: Browser, first: tuple[str, str]) -> None:
    url, password = first
    with served(url) as address:
        context = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 800})
        page = watched(context)
        page.goto(f"{address}/shortfalls?year=2024")
        assert "/sign-in?next=" in page.url
        picture(page, "sign-in")
        for _ in range(6):
            enter(page, "wrong wrong wrong")
        # The seventh comes too early, right as it is.
        enter(page, password)
        expect(page.get_by_role("alert")).to_contain_text("不正确")
        page.wait_for_timeout(2_500)
        enter(page, password)
        assert page.url.endswith("/password")
        for name, value in (("before", password), ("after", PASSWORD), ("again", PASSWORD)):
            page.fill(f"[name={name}]", value)
        page.click("main button")
        quiet(page)

        page.goto(f"{address}/second-factor")
        picture(page, "second-factor")
        phone = pyotp.TOTP(page.locator("[name=secret]").get_attribute("value") or "")
        page.fill("[name=code]", phone.now())
        page.click("main button")
        quiet(page)

        other = watched(context)
        other.goto(f"{address}/decisions")
        quiet(other)
        # As if it were about to end: the page says so while it can still be kept, and goes where one signs in again.
        warning = other.locator("#session-ends")
        expect(warning).to_have_count(0)
        other.evaluate("window.trackingSession.ends = Date.now() + 60000")
        expect(warning).to_be_visible()
        picture(other, "session-ends")
        other.evaluate("window.trackingSession.ends = 0")
        other.wait_for_url("**/sign-in?next=%2Fdecisions*")
        other.goto(f"{address}/decisions")
        quiet(other)
        wide = watched(context)
        wide.set_viewport_size({"width": 1440, "height": 1900})
        wide.goto(f"{address}/people")
        quiet(wide)
        picture(wide, "people")
        wide.close()
        page.goto(f"{address}/account")
        picture(page, "account")
        page.get_by_role("button", name="退出登录").click()
        page.wait_for_url("**/sign-in*")
        # What was open stays as it was drawn, and does nothing more.
        other.get_by_role("link", name="缺口").first.click()
        expect(other.get_by_text("登录").first).to_be_visible()
        other.goto(f"{address}/decisions?year=2024")
        assert "/sign-in?next=" in other.url
        enter(other, PASSWORD, "000000")
        expect(other.get_by_role("alert")).to_be_visible()
        context.close()
