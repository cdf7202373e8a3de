"""From a draft to an approved filing and its stamped paper, each step by who has it to do, in a real browser."""

import hashlib
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from tests import databases
from tests.browser.conftest import quiet, served, unfold, watched
from tracking import database
from tracking.access import looking_after
from tracking.access.people import Role
from tracking.database import CITY, Scope
from tracking.filing import register

pytestmark = pytest.mark.browser

PASSWORD = "four lively herons dance"
ENROLLED = "space_id,space_name,district,track,start_year,end_year\nS1,甲,北区,specialization,2022,2024\n"
PEOPLE: dict[str, tuple[Role, Scope]] = {
    "operator": ("operator", Scope("space", "S1")),
    "reviewer": ("district_reviewer", Scope("district", "北区")),
    "manager": ("manager", CITY),
}
HELD = "填报 12，清单 11 条，不一致；A13 所在行与 A4 所在行重复"
# Longer than the machine ever takes under load; what is there is there at once.
PATIENCE = 60_000


@pytest.fixture
def enrolled(tmp_path: Path) -> str:
    """The address of a database with one space and who files, checks and approves for it."""
    url = databases.shanghai_at(tmp_path / "review.duckdb")
    engine = database.connect(url)
    assert register.load(engine, ENROLLED.encode(), "register.csv", by="tests").loaded
    for name, (role, scope) in PEOPLE.items():
        looking_after.add(engine, name, password=PASSWORD)
        looking_after.give(engine, name, role, scope)
    engine.dispose()
    return url


def enter(chromium: Browser, address: str, name: str, path: str) -> Page:
    page = watched(chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 1000}))
    page.goto(f"{address}/{path}")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    quiet(page)
    return page


def again(page: Page) -> None:
    page.reload()
    quiet(page)


def confirm(page: Page) -> None:
    page.get_by_role("button", name="确认保存").click()
    expect(page.get_by_text("已保存 1 份填报")).to_be_visible(timeout=PATIENCE)


def press(page: Page, word: str) -> None:
    page.get_by_role("button", name=word, exact=True).click()
    expect(page.get_by_text(f"已处理 1 份：{word}")).to_be_visible(timeout=PATIENCE)


def attach(page: Page, folder: Path) -> None:
    """A list of 11 mentors, one of them twice, to the figure that says 12; nothing of either is stored yet."""
    listed = folder / "导师.csv"
    listed.write_text("\n".join(["导师", *(f"导师{number}" for number in range(11)), "导师2", ""]), encoding="utf-8")
    quiet(page)
    page.locator("summary", has_text="附上材料").click()
    expect(page.locator("[data-testid=stForm]").get_by_role("button", name="附上材料")).to_be_visible()
    # It opens slowly, and a list that is scrolled closes: all of the page is to be in sight.
    page.wait_for_timeout(1000)
    unfold(page, "filing-evidence")
    page.get_by_label("所支持的数据").fill("创业导师")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.locator("input[type=file]").last.set_input_files(listed)
    page.locator("[data-testid=stForm]").get_by_role("button", name="附上材料").click()
    expect(page.get_by_text(HELD)).to_be_visible(timeout=PATIENCE)


def scanned(pdf: Path) -> Path:
    """A picture of a paper, as a scanner makes it."""
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=150 / 72).to_pil().save(pdf.with_suffix(".png"))
    return pdf.with_suffix(".png")


def altered(scan: Path) -> Path:
    """The paper with one figure altered: 6 funded firms for 5, and the code that such a filing would have."""
    rows = (
        "filing|figures=1:2|revision=1:2|space_id=2:S1|year=4:2022\n"
        "observation|metric=12:funded_firms|space_id=2:S1|value=6:6.0000|year=4:2022\n"
        "observation|metric=7:mentors|space_id=2:S1|value=7:12.0000|year=4:2022\n"
    )
    other = scan.with_name("altered.png")
    segno.make(hashlib.sha256(rows.encode()).hexdigest().upper(), error="q").save(other, scale=4, border=4)
    return other


def hand_in(page: Page, scan: Path, answer: str) -> None:
    page.locator("input[type=file]").first.set_input_files(scan)
    # While the page is drawn anew, the form of before stands there too.
    quiet(page)
    page.get_by_role("button", name="保存扫描件并核对").click()
    expect(page.get_by_text(answer).first).to_be_visible(timeout=PATIENCE)


def test_from_a_draft_to_an_approved_filing_and_its_paper(chromium: Browser, enrolled: str, tmp_path: Path) -> None:
    file = tmp_path / "2022.xlsx"
    book = openpyxl.Workbook()
    for row in (["空间编号", "年度", "创业导师", "获投企业"], ["S1", 2022, "约20", 5]):
        book.active.append(row)
    book.save(file)
    with served(enrolled) as address:
        operator = enter(chromium, address, "operator", "filing?space=S1")
        operator.locator("input[type=file]").first.set_input_files(file)
        expect(operator.get_by_role("heading", name="1 个错误")).to_be_visible(timeout=PATIENCE)
        operator.get_by_label("C2 的内容").press("Control+A")
        operator.keyboard.type("20")
        operator.keyboard.press("Tab")
        expect(operator.get_by_text("页面上有改动还没有核对")).to_be_visible(timeout=PATIENCE)
        # Killed: all that is left is that they are signed in.
        kept = operator.context.storage_state()
        operator.context.close()
        operator = watched(chromium.new_context(storage_state=kept, locale="zh-CN"))
        operator.goto(f"{address}/filing?space=S1")
        quiet(operator)
        expect(operator.get_by_text("草稿，尚未提交")).to_be_visible()
        unfold(operator, "filing-draft-offered")
        operator.get_by_role("button", name="继续填报").click()
        expect(operator.get_by_role("heading", name="读到的每个数据")).to_be_visible(timeout=PATIENCE)
        confirm(operator)

        reviewer = enter(chromium, address, "reviewer", "review?space=S1&year=2022")
        reviewer.get_by_label("理由").fill("网站上写的是 12 位")
        # By the keyboard: a click while the list still opens chooses nothing.
        reviewer.get_by_label("指明").fill("创业导师")
        reviewer.keyboard.press("Enter")
        reviewer.keyboard.press("Tab")
        expect(reviewer.get_by_test_id("stMultiSelect").get_by_text("创业导师")).to_be_visible()
        press(reviewer, "退回")

        operator.goto(f"{address}/filing?space=S1")
        quiet(operator)
        expect(operator.get_by_text("网站上写的是 12 位").first).to_be_visible()
        unfold(operator, "filing-returned")
        with operator.expect_download() as started:
            operator.get_by_role("button", name="下载我的文件").click()
        started.value.save_as(file)
        book = openpyxl.load_workbook(file)
        (named,) = [cell for row in book.active.iter_rows() for cell in row if cell.comment]
        assert (named.coordinate, named.value) == ("C2", "约20")
        assert "网站上写的是 12 位" in named.comment.text
        named.value = 12
        book.save(file)
        operator.locator("input[type=file]").first.set_input_files(file)
        expect(operator.get_by_text("标色的数据是退回时请您核对的")).to_be_visible(timeout=PATIENCE)
        attach(operator, tmp_path)
        confirm(operator)

        again(reviewer)
        expect(reviewer.get_by_text(HELD)).to_be_visible()
        address_of_list = reviewer.get_by_role("link", name="导师.csv").get_attribute("href")
        fetched = reviewer.context.request.get(str(address_of_list))
        assert fetched.headers["content-disposition"].startswith("attachment; ")
        press(reviewer, "审核通过")
        manager = enter(chromium, address, "manager", "review?space=S1&year=2022")
        press(manager, "批准")
        expect(manager.get_by_text("已批准").first).to_be_visible()

        again(reviewer)
        reviewer.get_by_role("button", name="生成待盖章的 PDF").click()
        with reviewer.expect_download() as started:
            reviewer.get_by_role("button", name="下载待盖章的 PDF").click()
        paper = tmp_path / "paper.pdf"
        started.value.save_as(paper)
        scan = scanned(paper)
        hand_in(reviewer, scan, "一致：这张纸是按系统中已批准的数据打印的")
        hand_in(reviewer, altered(scan), "不一致：这张纸的指纹不属于这份填报")
        unfold(reviewer, "review-paper")
        for page in (operator, reviewer, manager):
            page.context.close()
