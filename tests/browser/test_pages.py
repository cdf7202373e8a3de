"""Every page, as people see it: both languages, wide and narrow, light and dark."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, quiet, unfold

pytestmark = pytest.mark.browser

# What each page is sure to say with the made-up programme, in Chinese and in English.
SAYS = {
    # The first page has no path of its own.
    "": ("待决定事项", "Waiting for a decision"),
    "space?space=SL00001": ("示例空间 001", "示例空间 001"),
    "shortfalls": ("缺口最集中", "Most shortfalls"),
    "filing": ("年度填报", "Yearly filing"),
    "review": ("因此需要账号", "so it needs accounts"),
    "policy": ("条文允许的其他口径", "Other readings"),
    "decisions": ("换一种口径", "another reading"),
    "methods": ("每个数字", "How every figure"),
}
# So many pixels of the page lie beside the screen.
BEYOND = "(it => it.scrollWidth - it.clientWidth)(document.querySelector('[data-testid=stMain]'))"
LOOKS = [("zh", 1440, "light"), ("en", 390, "dark")]


# The one part of Streamlit with a finding, a minor one: the place to drop a file has a role beside its name. The button
# within it does the same, and is found and named.
EXCEPT = [["[data-testid=stFileUploaderDropzone]"]]
# How far what stood there already may move while a page is drawn, in screens: "good" as web.dev has it.
MOST_SHIFT = 0.1
# The worst burst of shifts, as browsers report it: of at most five seconds, without a pause of one.
SHIFT = """new Promise(done => {
    const bursts = [{value: 0}];
    new PerformanceObserver(list => {
        for (const {value, startTime, hadRecentInput} of list.getEntries()) {
            if (hadRecentInput) continue;
            const last = bursts.at(-1);
            const same = startTime - last.end < 1000 && startTime - last.begin < 5000;
            if (same) Object.assign(last, {value: last.value + value, end: startTime});
            else bursts.push({value, begin: startTime, end: startTime});
        }
    }).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(Math.max(...bursts.map(burst => burst.value))), 300);
})"""


@pytest.mark.parametrize(("lang", "width", "scheme"), LOOKS)
@pytest.mark.parametrize("path", SAYS, ids=lambda path: path.split("?")[0] or "overview")
def test_a_page_says_its_own_to_everybody(visit: Open, path: str, lang: str, width: int, scheme: str) -> None:
    page = visit(path, width=width, lang=lang, scheme=scheme)
    if page.evaluate(SHIFT) > MOST_SHIFT:
        # A busy machine can bring the parts of a page late once; what moves by its making moves again.
        page.reload()
        quiet(page)
        assert page.evaluate(SHIFT) <= MOST_SHIFT
    unfold(page, f"{path.split('?')[0] or 'overview'}-{width}-{lang}-{scheme}")
    expect(page.locator("body")).to_contain_text(SAYS[path][lang == "en"])
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert page.evaluate(BEYOND) <= 0
    assert page.evaluate("document.documentElement.lang").startswith(lang)
    assert " · " in page.title()
    assert _faults(page) == []


def _faults(page: Page) -> list[tuple[str, ...]]:
    """What axe-core finds, Streamlit's own parts among it."""
    found = Axe().run(page, context={"exclude": EXCEPT}).response["violations"]
    return [
        (each["id"], *node["target"], node["html"][:160], node.get("failureSummary", "")[:300])
        for each in found
        for node in each["nodes"]
    ]


def test_the_track_in_the_pictures_and_the_search_stay_when_coming_back(visit: Open) -> None:
    page = visit("?year=2024")
    page.get_by_role("radio", name="国际化").click()
    quiet(page)
    page.get_by_label("按名称或编号查找空间").fill("SL0000")
    page.keyboard.press("Enter")
    quiet(page)
    page.get_by_role("link", name="缺口清单").click()
    quiet(page)
    page.go_back()
    quiet(page)
    expect(page.get_by_label("按名称或编号查找空间")).to_have_value("SL0000")
    expect(page.get_by_role("radio", name="国际化")).to_be_checked()


def test_filters_stay_when_moving_between_pages(visit: Open) -> None:
    # By name, as somebody types it.
    page = visit("overview?track=branding&year=2024")
    expect(page.get_by_text("not found")).to_have_count(0)
    page.get_by_role("link", name="缺口清单").click()
    quiet(page)
    assert "track=branding" in page.url
    page.go_back()
    quiet(page)
    assert "track=branding" in page.url


@pytest.mark.parametrize("form", ["CSV", "JSON"])
def test_a_list_is_downloaded_from_its_address_as_its_tools_get_it(visit: Open, form: str) -> None:
    page = visit("shortfalls?year=2024&track=branding", lang="en")
    link = page.get_by_role("link", name=f"Download {form}")
    with page.expect_download() as started:
        link.click()
    assert re.fullmatch(rf"shortfalls-v\d+-\d{{8}}-[0-9a-f]{{8}}\.{form.lower()}", started.value.suggested_filename)
    assert started.value.path().read_bytes() == page.request.get(link.get_attribute("href")).body()


def test_the_picture_of_spaces_is_one_stop_and_the_arrows_go_from_cell_to_cell(visit: Open) -> None:
    page = visit("?year=2025&track=branding")
    rows = page.locator(".cells tbody tr")
    expect(page.locator(".cells a[tabindex='0']")).to_have_count(1)
    rows.nth(0).locator("a").first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    cell = rows.nth(1).locator("td a").first
    expect(cell).to_be_focused()
    # Out of the picture at once, and back to where one was.
    page.keyboard.press("Tab")
    expect(page.locator(".cells a:focus")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    expect(cell).to_be_focused()
    goal = cell.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{goal}")
    quiet(page)
    expect(page.locator("[class*=st-key-card]")).to_be_in_viewport()
