"""One mistake at a time: a table or a file for every problem that an uploaded file can have."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tracking.filing.spreadsheets.grids import SIZE_LIMIT
from tracking.words.language import Lang

MENTORS = "创业导师|Start-up mentors"
CAPITAL = "获得资本金额|Capital raised"
PLAN = "国际化业务目标与规划|Goals and plan for international business"


@dataclass(frozen=True)
class Case:
    """A table with one mistake.

    place: the letter and row of the CSV file's cell; a row alone where the whole row is meant.
    named: what the message calls the column, in Chinese|English, or alike in both.
    quoted: what it quotes of the file.
    """

    code: str
    table: str
    place: str
    named: str = ""
    quoted: str = ""
    kind: str = "filing"
    editions: int = 1

    @property
    def row(self) -> int:
        return int(re.sub(r"\D", "", self.place))

    @property
    def letter(self) -> str | None:
        return re.sub(r"\d", "", self.place) or None

    def named_in(self, lang: Lang) -> str:
        return self.named.split("|")[-1 if lang == "en" else 0]


def _cell(code: str, said: str, metric: str = MENTORS, column: str = "创业导师", *, quoted: bool = True) -> Case:
    """A mistake in the one figure of a table."""
    table = f"空间编号,年度,{column}\nS01,2022,{_quoted(said)}"
    return Case(code, table, "C2", metric, said if quoted else "")


def _quoted(said: str) -> str:
    return f'"{said}"' if "," in said else said


def _enrolled(code: str, row: str, place: str, named: str, quoted: str = "", editions: int = 1) -> Case:
    """A mistake in the one row of a register."""
    header = "space_id,space_name,track,edition,start_year,end_year,exit_year"
    return Case(code, f"{header}\n{row}", place, named, quoted, "register", editions)


FILED = [
    Case("missing-column", "空间编号,创业导师\nS01,25", "1", "年度|year"),
    Case("missing-column", "space_id,year,metric\nS01,2022,mentors", "1", "数值|value"),
    Case("column-twice", "空间编号,年度,mentors,创业导师\nS01,2022,25,26", "D1", "创业导师"),
    Case("unknown-column", "空间编号,年度,创业导帅\nS01,2022,25", "C1", "创业导帅"),
    Case(
        "column-divides",
        "空间编号,年度,季度,指标,数值\nS01,2022,一,获投企业,2\nS01,2022,二,获投企业,2",
        *("C1", "季度"),
    ),
    Case("unnamed-column", "空间编号,年度,创业导师,\nS01,2022,25,\nS02,2022,25,7", "D3", "", "7"),
    Case("mixed-forms", "空间编号,年度,指标,数值,获投企业\nS01,2022,mentors,25,5", "E1", "获投企业"),
    Case("column-of-long-form", "空间编号,年度,创业导师,说明\nS01,2022,25,属实", "D1", "说明"),
    Case(
        "header-unit-unknown", "空间编号,年度,获得资本金额（美元）\nS01,2022,25", "C1", "获得资本金额（美元）", "美元"
    ),
    Case(
        "header-unit-unknown",
        "空间编号,年度,指标,数值\nS01,2022,创业导师,25\nS01,2022,获得资本金额（美元）,3",
        *("C3", "指标", "美元"),
    ),
    Case(
        "share-column",
        "空间编号,年度,专业化集聚度\nS01,2022,70%\nS02,2022,80%",
        "C2",
        "专业化集聚度|Degree of specialization",
        "70%",
    ),
    Case(
        "percentages-for-counts",
        "空间编号,年度,本专业在孵企业\nS01,2022,\nS02,2022,70%\nS01,2023,80%",
        *("C3", "本专业在孵企业|Firms of the specialty in incubation", "70%"),
    ),
    Case(
        "units-converted",
        "空间编号,年度,获得资本金额【千元】\nS01,2022,12000\nS01,2023,8000\nS01,2024,",
        *("C2", CAPITAL, "12000"),
    ),
    Case("passed-over", "空间编号,年度,创业导师,备注\nS01,2022,25,已核", "D1", "", "备注"),
    Case(
        "second-table", "空间编号,年度,创业导师\nS01,2022,25\n空间编号,时间,企业家数\nS09,2023,5", "3", "", "空间编号"
    ),
    Case(
        "space-in-first-row",
        "空间编号,年度,指标,数值\nS01,2022,mentors,25\n,,funded_firms,5",
        *("A3", "空间编号", "S01"),
    ),
    Case("unit-fits-nothing", "单位：千元,,\n空间编号,年度,创业导师\nS01,2022,25", "A1", "", "单位：千元"),
    Case(
        "units-disagree",
        "单位：千元,,\n空间编号,年度,获得资本金额（万元）\nS01,2022,25",
        *("A1", CAPITAL, "单位：千元"),
    ),
    Case(
        "unit-left-blank",
        "空间编号,年度,指标,单位,数值\nS01,2022,获得资本金额,千元,9000\nS01,2021,获得资本金额,,25",
        *("D3", CAPITAL, "千元"),
    ),
    Case(
        "unit-unsure",
        "注：单笔在百万元以上的才计,,\n空间编号,年度,获得资本金额\nS01,2022,25",
        *("A1", CAPITAL, "百万元"),
    ),
    Case("qualified-column", "空间编号,年度,获投企业（计划）\nS01,2022,25", "C1", "获投企业（计划）", "计划"),
    Case(
        "two-columns-of-metric",
        "空间编号,年度,获投企业,上年获投企业\nS01,2022,5,25",
        *("D1", "获投企业|Firms that obtained investment", "上年"),
    ),
    Case("qualified-row", "空间编号,年度,指标,数值\nS01,2022,获投企业（计划）,25", "C2", "指标", "计划"),
    Case("remark-qualifies", "空间编号,年度,创业导师\nS01,2022,25\n注：以上均为计划数,,", "A3", "", "计划"),
    Case("plan-feared", "2022年众创空间预计数据,,\n空间编号,年度,创业导师\nS01,2022,25", "A1", "", "预计"),
    Case("years-feared", "2021-2022年数据,,\n空间编号,年度,创业导师\nS01,2022,25", "A1", "", "2021-2022"),
    Case("totals-row", "空间编号,年度,创业导师\nS01,2022,25\n合 计,,25", "3", "", "合 计"),
    Case(
        "header-again", "空间编号,年度,创业导师\nS01,2022,25\n空间编号,年度,创业导师\nS09,2023,25", "3", "", "空间编号"
    ),
    Case("missing-space", "空间编号,年度,创业导师\n,2022,25", "A2", "空间编号", "2022"),
    Case("unknown-space", "空间编号,年度,创业导师\nS001,2022,25", "A2", "空间编号", "S001"),
    Case("missing-year", "空间编号,年度,创业导师\nS01,,25", "B2", "年度"),
    Case("not-a-year", "空间编号,年度,创业导师\nS01,二〇二二,25", "B2", "年度", "二〇二二"),
    Case("year-in-future", "空间编号,年度,创业导师\nS01,2999,25", "B2", "年度", "2999"),
    Case("year-not-covered", "空间编号,年度,创业导师\nS01,2020,25", "B2", "年度", "2020"),
    Case("name-mismatch", "空间编号,空间名称,年度,创业导师\nS01,丙空间,2022,25", "B2", "空间名称", "丙空间"),
    Case("rows-joined", "空间编号,年度,创业导师\nS01,2022,25\nS01,2022年,25", "3", "", "S01 2022"),
    Case("figure-twice", "空间编号,年度,创业导师\nS01,2022,25\nS01,2022年,26", "C3", MENTORS, "26"),
    Case(
        "figure-twice",
        "空间编号,年度,指标,数值\nS01,2022,mentors,25\nS01,2022,创业导师,26",
        *("D3", MENTORS, "26"),
    ),
    Case("unknown-metric", "空间编号,年度,指标,数值\nS01,2022,创业导帅,25", "C2", "指标", "创业导帅"),
    Case("missing-metric", "空间编号,年度,指标,数值\nS01,2022,,25", "C2", "指标"),
    _cell("formula-without-result", "=1+1", quoted=False),
    Case("formula-without-result", "空间编号,年度,创业导师\nS01,=A9+1,25", "B2", "年度"),
    Case("formula-without-result", "空间编号,年度,创业导师\n=A9,2022,25", "A2", "空间编号"),
    _cell("error-value", "#DIV/0!"),
    # Told without the number: a message is printed, logged and sent on.
    _cell("personal-data", "13800138000", "创业导师", quoted=False),
    Case("personal-data", "空间编号,年度,创业导师,创业导师佐证\nS01,2022,25,张三13800138000", "D2", "创业导师佐证"),
    _cell("none-is-unreported", "无"),
    _cell("negative", "-5"),
    _cell("date-for-number", "2022-03-01"),
    _cell("not-exact", "约20"),
    _cell("not-a-number", "很多"),
    _cell("not-yes-or-no", "基本具备", PLAN, "international_plan"),
    _cell("unit-converted", "12000千元", CAPITAL, "获得资本金额"),
    _cell("unit-against-column", "12000千元", CAPITAL, "获得资本金额（万元）"),
    _cell("percentage-for-count", "70%"),
    _cell("unit-unknown", "20家"),
    _cell("too-large", "1e15"),
    _cell("rounding-decides", "999.99995", CAPITAL, "获得资本金额"),
    _cell("not-whole", "12.5"),
    Case(
        "part-exceeds-whole",
        "空间编号,年度,创业导师,专业化导师\nS01,2022,25,26",
        *("D2", "专业化导师|Specialized mentors", "26"),
    ),
    Case("fivefold", "空间编号,年度,获得资本金额\nS01,2022,100\nS01,2023,500", "C3", CAPITAL, "500"),
    Case(
        "far-above-others",
        "空间编号,年度,获投企业\nS01,2022,50",
        *("C2", "获投企业|Firms that obtained investment", "50"),
    ),
    Case("tenfold", "空间编号,年度,创业导师\nS01,2022,25\nS01,2023,250", "C3", MENTORS, "250"),
    Case(
        "figures-dropped", "空间编号,年度,创业导师\nS02,2022,25", "2", "获投企业|Firms that obtained investment", "S02"
    ),
]
ENROLLED = [
    Case(
        "missing-column",
        "space_id,track,start_year,end_year\nS08,branding,2022,2024",
        *("1", "众创空间名称|space_name", "", "register"),
    ),
    Case(
        "unknown-column",
        "space_id,space_name,tracks,track,start_year,end_year\nS08,丁空间,a,branding,2022,2024",
        *("C1", "tracks", "", "register"),
    ),
    Case(
        "column-twice",
        "space_id,space_name,品牌,brand,track,start_year,end_year\nS08,丁空间,甲,乙,branding,2022,2024",
        *("D1", "brand", "", "register"),
    ),
    _enrolled("unnamed-column", "S08,丁空间,branding,,2022,2024,,2023", "H2", "", "2023"),
    _enrolled("not-a-year", "S08,丁空间,branding,,1822,2024,", "E2", "start_year", "1822"),
    _enrolled("missing-value", "S08,,branding,,2022,2024,", "B2", "space_name"),
    _enrolled("error-value", "S08,#REF!,branding,,2022,2024,", "B2", "space_name", "#REF!"),
    _enrolled("not-a-year", "S08,丁空间,branding,,2022,24,", "F2", "end_year", "24"),
    _enrolled("misleading-name", "S08,丁\u202e空间,branding,,2022,2024,", "B2", "space_name", "丁⟨U+202E⟩空间"),
    _enrolled("misleading-name", "S08,丁\ue000空间,branding,,2022,2024,", "B2", "space_name", "丁⟨U+E000⟩空间"),
    _enrolled("unknown-track", "S08,丁空间,品牌,,2022,2024,", "C2", "track", "品牌"),
    _enrolled("unknown-edition", "S08,丁空间,branding,shanghai,2022,2024,", "D2", "edition", "shanghai"),
    Case(
        "edition-needed",
        "space_id,space_name,track,start_year,end_year\nS08,丁空间,branding,2022,2024",
        *("2", "edition", "", "register", 2),
    ),
    _enrolled("period-wrong", "S08,丁空间,branding,,2024,2022,", "F2", "end_year", "2024–2022"),
    _enrolled("exit-outside-period", "S08,丁空间,branding,,2022,2024,2025", "G2", "exit_year", "2025"),
]


@dataclass(frozen=True)
class Unreadable:
    """A file of which nothing is understood; `row` is where it shows, `limits` are lower ones of `reading`."""

    code: str
    content: Callable[[], bytes]
    row: int | None = None
    kind: str = "filing"
    editions: int = 1
    limits: dict[str, int] = field(default_factory=dict)
    name: str = "file"


def _text(text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: text.encode(encoding)


def _workbook(*sheets: str) -> bytes:
    """A workbook of these sheets, written as CSV."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for text in sheets or (_HEADER,):
            sheet = book.add_worksheet()
            for number, row in enumerate(text.splitlines()):
                sheet.write_row(number, 0, row.split(","))
    return out.getvalue()


def _archive(name: str, content: str, beside: bytes = b"") -> bytes:
    """An archive that holds a file, beside what another one holds."""
    out = io.BytesIO(beside)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _carrying(part: str) -> Callable[[], bytes]:
    return lambda: _archive(part, "", _workbook(_HEADER + "S01,2022,25"))


def _far_corner() -> bytes:
    """A workbook of two cells, as far apart as a sheet allows."""
    out = io.BytesIO()
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576">'
        '<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(io.BytesIO(_workbook())) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return out.getvalue()


Write = Callable[[Workbook, Worksheet], object]


@dataclass(frozen=True)
class Shown:
    """A workbook with one mistake that no text can have, in its sheet 填报 of S01 for 2022; place and words as Case."""

    code: str
    write: Write
    place: str
    named: str
    quoted: str = ""
    sheet: str = "填报"

    def content(self) -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet("填报")
            sheet.write_row("A1", ["空间编号", "年度", "创业导师", "获投企业"])
            sheet.write_row("A2", ["S09", 2022, 25, 5])
            sheet.write_row("A3", ["S01", 2022, 25, 5])
            self.write(book, sheet)
        return out.getvalue()


def _hidden_sheet(book: Workbook, _: Worksheet) -> None:
    last_year = book.add_worksheet("去年")
    last_year.write_row("A2", ["空间编号", "年度", "创业导师"])
    last_year.write_row("A3", ["S01", 2021, 25])
    last_year.hide()


def _example(book: Workbook, _: Worksheet) -> None:
    example = book.add_worksheet("填写示例")
    example.write_row("A1", ["空间编号", "年度", "知识产权培训"])
    example.write_row("A2", ["S01", 2022, 99])


def _hidden_table(book: Workbook, sheet: Worksheet) -> None:
    cover = book.add_worksheet("封面")
    cover.activate()
    cover.set_first_sheet()
    sheet.hide()


def _computed(*rows: int) -> Write:
    """Figures as a formula gives them, with more decimals than anybody types."""

    def write(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_column("D1", ["获得资本金额", 1200])
        for row in rows:
            sheet.write(f"D{row}", 1234.56789)

    return write


SHOWN = [
    Shown("rounded", _computed(3), "D3", CAPITAL, "1234.56789"),
    Shown("figures-rounded", _computed(2, 3), "D2", CAPITAL, "1234.56789"),
    Shown(
        "struck-through",
        lambda book, sheet: sheet.write_row("A2", ["S09", 2022, 25, 5], book.add_format({"font_strikeout": True})),
        *("A2", "", "A2:D2"),
    ),
    Shown(
        "superscript",
        lambda book, sheet: sheet.write_rich_string("C3", "25", book.add_format({"font_script": 1}), "1"),
        *("C3", "", "C3"),
    ),
    Shown(
        "unseen-text",
        lambda book, sheet: sheet.write_number("C3", 25, book.add_format({"font_color": "white"})),
        *("C3", "", "C3"),
    ),
    Shown("only-table-hidden", _hidden_table, "1", ""),
    Shown(
        "shown-otherwise",
        lambda book, sheet: sheet.write_number("C3", 250_000, book.add_format({"num_format": '0!.0,"万"'})),
        *("C3", MENTORS, "250000"),
    ),
    Shown("merged-figure", lambda _, sheet: sheet.merge_range("C2:C3", 25), "C2", "创业导师", "C2:C3"),
    Shown("merged-figure", lambda _, sheet: sheet.merge_range("C3:D3", 25), "C3", "创业导师", "C3:D3"),
    Shown("hidden-rows", lambda _, sheet: sheet.set_row(2, None, None, {"hidden": True}), "3", ""),
    Shown("hidden-columns", lambda _, sheet: sheet.set_column("D:D", None, None, {"hidden": True}), "D1", "获投企业"),
    Shown("hidden-sheet", _hidden_sheet, "2", "", sheet="去年"),
    Shown("sheet-not-filed", _example, "1", "", sheet="填写示例"),
    Shown(
        "personal-data",
        lambda book, _: book.add_worksheet("联系人").write("B2", "张三 138 0013 8000"),
        *("B2", "表格以外|outside the table"),
        sheet="联系人",
    ),
]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = "空间编号,年度,创业导师\n"
UNREADABLE = [
    Unreadable("file-empty", _text("\r\n")),
    Unreadable("file-too-large", lambda: b"a" * (SIZE_LIMIT + 1)),
    Unreadable("file-too-demanding", _far_corner),
    Unreadable("file-too-many-sheets", lambda: _workbook(*[_HEADER] * 101)),
    Unreadable("file-too-many-cells", _text(_HEADER + "S01,2022,25\n"), limits={"MOST_CELLS": 5}),
    Unreadable("file-too-long", _text(_HEADER + "S01,2022,25\n"), limits={"MOST_ROWS": 1}),
    Unreadable("file-quotation", _text(_HEADER + 'S01,2022,"25\n'), row=2),
    Unreadable("file-unpacks-too-large", _workbook, limits={"UNPACKED_LIMIT": 100}),
    Unreadable("file-too-wide", _text(_HEADER + "," * 5_000), row=2),
    Unreadable("file-cell-too-long", _text(_HEADER + "S01,2022," + "x" * 40_000), row=2),
    # The last sign is cut off.
    Unreadable("file-encoding", lambda: (_HEADER + "S01,2022,二十").encode()[:-1], row=2),
    Unreadable("file-binary", _text(_HEADER + "S01,2022,\x0025"), row=2),
    Unreadable("file-not-a-spreadsheet", lambda: _archive("photo.txt", "a photo")),
    Unreadable("file-other-encoding", _text("space_id,year,mentors\nS01,2022,25\nS02,2022,說明", "big5"), row=3),
    Unreadable("web-page-nested", _text("<table><tr><td><table><tr><td>空间编号</table></table>")),
    Unreadable("file-name-misleading", _text(_HEADER + "S01,2022,25"), name="2022\x1b[2J.csv"),
    Unreadable("file-protected", lambda: _OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
    Unreadable("file-embeds", _carrying("xl/embeddings/oleObject1.bin")),
    # These two are read all the same.
    Unreadable("macros-ignored", _carrying("xl/vbaProject.bin")),
    Unreadable("linked-workbooks", _carrying("xl/externalLinks/externalLink1.xml")),
    Unreadable("file-broken", lambda: _workbook()[:-100]),
    # A spreadsheet computes more decimals than four; who types them in text means them.
    Unreadable("too-precise", _text("空间编号,年度,获得资本金额\nS01,2022,0.12345\n"), row=2),
    Unreadable("no-header", _text("机构,时间,数量\nS01,2022,25\n")),
    # Tables that only text can have.
    Unreadable(
        "figure-in-remarks",
        _text("空间编号,年度,获得资本金额,创业导师,备注\nS01,2022,1,200,25\nS02,2022,900,25,"),
        row=2,
    ),
    Unreadable("row-shifted", _text("空间编号,年度,获得资本金额,创业导师\nS01,2022,1,200,25\nS02,2022,900,25"), row=2),
    # Read all the same: its last cell may be blank.
    Unreadable("row-shorter", _text("空间编号,年度,创业导师,获投企业\nS01,2022,25,5\nS09,2022,25"), row=3),
    Unreadable(
        "rows-in-cell",
        _text(
            '空间编号,年度,创业导师,创业导师说明\nS01,2022,25,"按旧口径\nS02,2022,30,\nS01,2023,25,含线上"\nS09,2022,25,'
        ),
        row=2,
    ),
    Unreadable("no-figures", _text(_HEADER), row=1),
    Unreadable("sheet-without-header", lambda: _workbook(_HEADER + "S01,2022,25", "\nS02,2022,25"), row=2),
    Unreadable("no-register-header", _text("机构,时间\nS01,2022\n"), kind="register"),
    Unreadable("no-edition", _text(_HEADER + "S01,2022,25\nS02,2022,25\n"), editions=0),
    Unreadable(
        "no-edition",
        _text("space_id,space_name,track,start_year,end_year\nS08,丁空间,branding,2022,2024\n"),
        row=2,
        kind="register",
        editions=0,
    ),
]
