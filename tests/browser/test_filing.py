"""The operator's way on the real page: template, mistake, mended cell, receipt, and the space that changed."""

import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests import databases
from tests.browser.conftest import Open, quiet, served, unfold

pytestmark = pytest.mark.browser

# A space of the made-up programme that has not filed for this year.
SPACE, YEAR = "SL00014", "2025"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard of its own: nobody else sees what is filed here."""
    with served(databases.programme_at(tmp_path_factory.mktemp("filing") / "test.duckdb")) as there:
        yield there


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("button", name=name).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def fill(template: Path) -> None:
    """Every figure typed as a hurried person types it, one of them as no figure at all."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    rows = range(2, sheet.max_row + 1)
    amounts = [row for row in rows if "是/否" not in str(sheet.cell(row, 7).value)]
    for row in rows:
        sheet.cell(row, 4).value = "１,200" if row in amounts else "是"
        sheet.cell(row, 5).value = None if row in amounts else "见附件"
    sheet.cell(amounts[0], 4).value = "约12"
    book.save(template)


def test_an_operator_files_a_year(visit: Open, tmp_path: Path) -> None:
    page = visit(f"space?space={SPACE}")
    before = page.locator(".grid").first.inner_text()
    page.goto(page.url.replace("/space", "/filing"))
    quiet(page)
    page.get_by_text(f"{YEAR} 年 – 未提交年报").click()
    quiet(page)
    template = download(page, "下载 Excel 模板", tmp_path)
    fill(template)
    page.locator("input[type=file]").first.set_input_files(template)
    expect(page.get_by_role("heading", name="1 个错误")).to_be_visible(timeout=30_000)
    commit = page.get_by_role("button", name="确认保存")
    unfold(page, "filing-refused")
    expect(commit).to_be_disabled()

    # The problem, its mend and the cell stand together.
    page.get_by_label("D2 的内容").press("Control+A")
    page.keyboard.type("1200")
    # At once: it is the press that takes the hand out of the field. On a busy machine the page may be made anew under
    # the mouse, and says then that what was typed is not checked yet.
    check = page.get_by_role("button", name="重新核对")
    check.click()
    quiet(page)
    if page.get_by_text("还没有核对").is_visible():
        check.click()
    expect(page.get_by_role("heading", name="确认后：")).to_be_visible(timeout=30_000)
    unfold(page, "filing-preview")
    page.get_by_label("填报人").fill("示例填报人")
    commit.dblclick()
    expect(page.get_by_text("已保存 1 份填报")).to_be_visible(timeout=30_000)
    quiet(page)
    unfold(page, "filing-receipt")
    receipt = pd.read_csv(download(page, "下载回执", tmp_path))
    assert receipt[["space_id", "year", "revision", "filed_by"]].to_numpy().tolist() == [
        [SPACE, int(YEAR), 1, "示例填报人"]
    ]

    page.get_by_role("link", name="的图表").click()
    page.wait_for_url("**/space**")
    quiet(page)
    assert page.locator(".grid").first.inner_text() != before


@pytest.mark.parametrize(("leave", "figure", "year"), [("mouse", 21, 2024), ("Enter", 22, 2025), ("Tab", 23, 2024)])
def test_a_figure_typed_and_confirmed_at_once_is_stored(
    visit: Open, tmp_path: Path, leave: str, figure: int, year: int
) -> None:
    file = tmp_path / "supplement.csv"
    file.write_text(f"空间编号,年度,获投企业\nSL00032,{year},{figure}\n", encoding="utf-8")
    page = visit("filing")
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_role("heading", name="读到的每个数据")).to_be_visible(timeout=60_000)
    page.get_by_label("填报人").fill("示例填报人")
    page.keyboard.press("Tab")
    quiet(page)
    table = page.get_by_test_id("stDataFrame").last
    table.scroll_into_view_if_needed()
    # From the name of the first target of the track to its figure.
    table.click(position={"x": 30, "y": 52})
    for key in ("ArrowRight", "Enter", "Control+A"):
        page.keyboard.press(key)
    # The field of a cell opens a moment later, and takes no sign before.
    page.wait_for_timeout(500)
    page.keyboard.type(str(figure), delay=50)
    if leave != "mouse":
        page.keyboard.press(leave)
    # At once: the table has not told the page of the edit yet.
    page.get_by_role("button", name="确认保存").click()
    stored_once = page.get_by_text("已保存 1 份填报")
    if leave == "mouse":
        # The press itself takes the hand out of the field; on a busy machine it was lost once in twenty times. Then
        # the page says so and stores nothing, and whoever presses while it is drawn anew presses once more.
        expect(stored_once.or_(page.get_by_text("页面上有改动还没有核对")).first).to_be_visible(timeout=60_000)
        for _ in range(3):
            quiet(page)
            if not stored_once.is_visible():
                page.get_by_role("button", name="确认保存").click()
            with suppress(AssertionError):
                expect(stored_once).to_be_visible(timeout=15_000)
                break
    expect(stored_once).to_be_visible(timeout=60_000)
    answer = page.request.get(f"{page.url.partition('/filing')[0]}/api/v1/observations.csv?space=SL00032&year={year}")
    stored = pd.read_csv(io.BytesIO(answer.body())).set_index("metric")["value"]
    assert stored["firms_and_teams_cultivated"] == figure
    assert stored["funded_firms"] == figure


def _stored(page: Page, year: int) -> dict[str, float]:
    """The figures of a filing, by metric, as they are told by address."""
    answer = page.request.get(f"{page.url.partition('/filing')[0]}/api/v1/observations.csv?space=SL00032&year={year}")
    figures = pd.read_csv(io.BytesIO(answer.body())).set_index("metric")["value"].dropna()
    return {str(metric): float(value) for metric, value in figures.items()}


def test_forms_of_any_layout_are_shown_as_understood_and_stored_as_shown(visit: Open, tmp_path: Path) -> None:
    page = visit("filing")
    forms = (
        ("每行一个空间的一个年度", "空间编号,年度,获投企业,融资额\nSL00032,2024,约5,12000\n", 5, 1200),
        (
            "一个空间的填报表",
            "空间编号：SL00032,,年度：2024\n指标,单位,本年\n获投企业,家,6\n获得资本金额,千元,13000\n",
            6,
            1300,
        ),
        (
            "指标从上到下",
            "空间编号,SL00032,\n指标,2024年,2025年\n获投企业,7,8\n获得资本金额（千元）,14000,15000\n",
            7,
            1400,
        ),
    )
    for number, (layout, text, firms, capital) in enumerate(forms):
        file = tmp_path / f"form{number}.csv"
        file.write_text(text, encoding="utf-8")
        page.locator("input[type=file]").first.set_input_files(file)
        expect(page.get_by_text("系统对该文件的识读结果")).to_be_visible(timeout=60_000)
        quiet(page)
        unfold(page, f"filing-form{number}")
        expect(page.get_by_text(layout).first).to_be_visible()
        if number == 0:
            # A header of one's own: its metric, and then the unit of its figures; and a cell typed anew.
            page.get_by_label("列名“融资额”是").click()
            page.get_by_role("option", name="获得资本金额").click()
            page.get_by_label("“融资额”的单位").click()
            page.get_by_role("option", name="千元", exact=True).click()
            page.get_by_label("C2 的内容").press("Control+A")
            page.keyboard.type("5")
            page.get_by_role("button", name="重新核对").click()
            checked = page.get_by_role("heading", name="读到的每个数据")
            unchecked = page.get_by_text("页面上有改动还没有核对")
            expect(checked.or_(unchecked).first).to_be_visible(timeout=60_000)
            quiet(page)
            if not checked.is_visible():
                # A press right behind typing, lost on a busy machine: the page says so, and nothing is checked.
                page.get_by_role("button", name="重新核对").click()
            expect(checked).to_be_visible(timeout=60_000)
        page.get_by_label("填报人").fill("示例填报人")
        page.get_by_role("button", name="确认保存").click()
        expect(page.get_by_text("填报回执")).to_be_visible(timeout=60_000)
        assert _stored(page, 2024) == {"funded_firms": firms, "capital_raised": capital}
        page.get_by_role("button", name="再上传一份").click()
        quiet(page)


# Each with its name on the page, and figures that no other of them has.
ON_A_PHONE = (
    (
        "a row per figure",
        "空间编号,年度,指标,数值\nSL00032,2024,获投企业,11\nSL00032,2024,获得资本金额,1510\n",
        11,
        1510,
    ),
    (
        "labels with their values beside them",
        "空间编号,SL00032,年度,2024\n获投企业,12,获得资本金额,1520\n",
        12,
        1520,
    ),
    (
        "years over metrics",
        "空间编号,2023年,,2024年,\n,获投企业,获得资本金额,获投企业,获得资本金额\nSL00032,9,1330,13,1530\n",
        13,
        1530,
    ),
    (
        "metrics over years",
        "空间编号,获投企业,,获得资本金额,\n,2023年,2024年,2023年,2024年\nSL00032,9,14,1340,1540\n",
        14,
        1540,
    ),
)


def test_the_other_layouts_are_stored_as_shown_on_a_phone_in_english(visit: Open, tmp_path: Path) -> None:
    page = visit("filing", width=390, lang="en")
    for number, (layout, text, firms, capital) in enumerate(ON_A_PHONE):
        file = tmp_path / f"phone{number}.csv"
        file.write_text(text, encoding="utf-8")
        page.locator("input[type=file]").first.set_input_files(file)
        understood = page.get_by_text("How this file was understood")
        expect(understood).to_be_visible(timeout=60_000)
        quiet(page)
        if not page.get_by_text(layout).first.is_visible():
            # Of the layouts of the templates it is a press away.
            understood.click()
        unfold(page, f"filing-phone{number}")
        expect(page.get_by_text(layout).first).to_be_visible()
        page.get_by_label("Who files").fill("An operator")
        page.get_by_role("button", name="Confirm and store").click()
        expect(page.get_by_role("heading", name="Receipt")).to_be_visible(timeout=60_000)
        assert _stored(page, 2024) == {"funded_firms": firms, "capital_raised": capital}
        page.get_by_role("button", name="Upload another file").click()
        quiet(page)
