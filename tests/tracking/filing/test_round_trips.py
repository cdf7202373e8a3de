"""A clean filing says the same whatever wrote it: every form, encoding, delimiter, line ending, and the template."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import databases
from tracking.filing import register
from tracking.filing import templates as filing_templates
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.spreadsheets.grids import read
from tracking.policy import loading as policies
from tracking.policy.vocabulary import Vocabulary

SPACES = {f"S{number}": f"空间{number}" for number in range(3)}
REGISTER = Register(SPACES, dict.fromkeys(SPACES, frozenset(range(2021, 2025))), dict.fromkeys(SPACES, [(2022, 2024)]))
TODAY = date(2026, 11, 23)
TRACKS = ("specialization", "branding", "internationalization")
WHOLE = ("mentors", "professional_mentors", "funded_firms", "tenants")
DECIMAL = ("capital_raised", "years_operating")
YES_NO = ("international_plan", "headquartered_in_city")
METRICS = (*WHOLE, *DECIMAL, *YES_NO)
UNITS = {"mentors": "人", "professional_mentors": "人", "funded_firms": "家", "tenants": "家"}
UNITS |= {"capital_raised": "万元", "years_operating": "年"}
YES, NO = ("是", "有", "√", "yes", "Y", "TRUE", "1"), ("否", "无", "×", "no", "N", "false", "0")
UNREPORTED = ("", "-", "—", "/", "N/A", "暂无", "未填")

# What one metric of a filing says: figure, evidence and note, each of them or none; and the figure as it is written.
Said = tuple[Decimal | None, str | None, str | None]
Filing = Mapping[tuple[str, int, str], tuple[Said, str]]


def _written(figure: Decimal, metric: str) -> st.SearchStrategy[str]:
    """The ways to write a figure that the contract names."""
    if metric in YES_NO:
        return st.sampled_from(YES if figure else NO)
    plain = f"{figure:f}"
    ways = [
        plain,
        f"{figure:,f}",
        plain + UNITS[metric],
        f" {plain} ",
        plain.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ]
    if metric in WHOLE:
        ways += [f"{plain}.0", f"{figure:E}"]
    return st.sampled_from(ways)


def _figure(metric: str) -> st.SearchStrategy[Decimal]:
    if metric in YES_NO:
        return st.sampled_from([Decimal(1), Decimal(0)])
    if metric in WHOLE:
        return st.integers(0, 10**9).map(Decimal)
    return st.decimals(0, 10**9, places=4)


# Free text, with all that separates cells, and nothing that stands for a blank or looks like a telephone number.
WORDS = st.text("甲乙（），；：“”①㎡abc,;\t\n\"' ", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def filings(draw: st.DrawFn, keys: Sequence[tuple[str, int]], metrics: Sequence[str] = METRICS) -> Filing:
    """What spaces file for years: of every metric a figure, a blank, or a blank that is explained."""
    told = {}
    for space_id, year in keys:
        figures = {metric: draw(st.none() | _figure(metric)) for metric in metrics}
        part, whole = figures.get("professional_mentors"), figures.get("mentors")
        if part is not None and whole is not None:
            figures["professional_mentors"] = min(part, whole)
        for metric, figure in figures.items():
            evidence, note = draw(st.none() | WORDS), draw(st.none() | WORDS)
            text = draw(st.sampled_from(UNREPORTED) if figure is None else _written(figure, metric))
            told[space_id, year, metric] = ((figure, evidence, note), text)
    return told


KEYS = st.lists(
    st.tuples(st.sampled_from(["S0", "S1", "S2"]), st.integers(2021, 2024)), min_size=1, max_size=3, unique=True
)
FILINGS = KEYS.flatmap(filings)
Table = list[list[str]]


def wide(filing: Filing) -> Table:
    columns = [[metric, f"{metric}_evidence", f"{metric}_note"] for metric in METRICS]
    table = [["空间编号", "年度", *sum(columns, [])]]
    for space_id, year in dict.fromkeys(key[:2] for key in filing):
        row = [space_id, str(year)]
        for metric in METRICS:
            (_, evidence, note), text = filing[space_id, year, metric]
            row += [text, evidence or "", note or ""]
        table.append(row)
    return table


def long(filing: Filing) -> Table:
    header = ["空间编号", "年度", "指标", "数值", "佐证", "说明"]
    rows = [[*map(str, key), text, said[1] or "", said[2] or ""] for key, (said, text) in filing.items()]
    return [header, *rows]


def expected(filing: Filing) -> dict[tuple[str, int, str], Said]:
    """What is to be stored: all that says anything."""
    return {key: said for key, (said, _) in filing.items() if any(each is not None for each in said)}


@dataclass(frozen=True)
class Known:
    """Shanghai's words, and an empty template of each track for S0 and 2022, in both forms."""

    words: Vocabulary = field(repr=False)
    templates: Mapping[tuple[str, str], bytes] = field(repr=False)

    def read_back(self, content: bytes) -> dict[tuple[str, int, str], Said]:
        """What a file says, which must be without any problem."""
        told = filings_read.interpret(read(content, "filing"), self.words, REGISTER, TODAY)
        assert [problem.message("en") for problem in told.problems] == []
        scaled = told.observations.astype(object).where(told.observations.notna(), None)
        return {
            (row.space_id, row.year, row.metric): (_unscaled(row.value), row.evidence, row.note)
            for row in scaled.itertuples()
        }


def _unscaled(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value) / 10_000


@pytest.fixture(scope="module")
def known() -> Iterator[Known]:
    engine = databases.shanghai()
    spaces = "space_id,space_name,track,start_year,end_year\nS0,空间0,branding,2022,2024\n"
    assert register.load(engine, spaces.encode(), "register.csv", by="tests").loaded
    with engine.connect() as connection:
        words = policies.vocabulary(connection)
    empty = {
        (track, form): filing_templates.template(engine, track, form, space="S0", year=2022)
        for track in TRACKS
        for form in ("csv", "xlsx")
    }
    yield Known(words, empty)
    engine.dispose()


def _text(table: Table, delimiter: str = ",", ending: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    # The writer quotes a line break within a cell only where it ends rows with it.
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    return out.getvalue().replace("\r\n", ending)


def _workbook(table: Table, down: int, right: int) -> bytes:
    """The table in the second sheet, some way down and right, plain figures as typed numbers."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("封面").write_string(0, 0, "年度填报")
        sheet = book.add_worksheet("填报")
        for row, texts in enumerate(table, start=down):
            for column, text in enumerate(texts, start=right):
                if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit():
                    sheet.write_number(row, column, float(text))
                else:
                    sheet.write_string(row, column, text)
    return out.getvalue()


@given(
    filing=FILINGS,
    form=st.sampled_from([wide, long]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_text_says_the_same_in_every_form_and_encoding(
    known: Known, filing: Filing, form: Callable[[Filing], Table], encoding: str, delimiter: str, ending: str
) -> None:
    assert known.read_back(_text(form(filing), delimiter, ending).encode(encoding)) == expected(filing)


@settings(max_examples=20)
@given(filing=FILINGS, form=st.sampled_from([wide, long]), down=st.integers(0, 3), right=st.integers(0, 2))
def test_a_workbook_says_the_same_wherever_the_table_stands(
    known: Known, filing: Filing, form: Callable[[Filing], Table], down: int, right: int
) -> None:
    assert known.read_back(_workbook(form(filing), down, right)) == expected(filing)


@settings(max_examples=10)
@given(data=st.data())
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("track", TRACKS)
def test_a_filled_template_says_what_was_filled_in(known: Known, track: str, form: str, data: st.DataObject) -> None:
    content = known.templates[track, form]
    asked = _asked(known, content)
    metrics = [metric for metric in asked if metric in METRICS]
    filing = data.draw(filings([("S0", 2022)], metrics))
    filled = {asked[metric]: (text, *said[1:]) for (_, _, metric), (said, text) in filing.items()}
    assert known.read_back((_fill_csv if form == "csv" else _fill_xlsx)(content, filled)) == expected(filing)


def _asked(known: Known, content: bytes) -> dict[str, str]:
    """The metrics that a template asks for, by code, with the label that it gives to each."""
    codes = {f"{metric.name_zh} {metric.name_en}": metric.code for metric in known.words.metrics}
    labels = [row[2] for grid in read(content, "template")[:1] for row in grid.rows[1:]]
    return {codes[label]: label for label in labels}


Filled = Mapping[str, tuple[str, str | None, str | None]]


def _fill_csv(content: bytes, filled: Filled) -> bytes:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    for row in rows:
        row[3:6] = [text or "" for text in filled.get(row[2], row[3:6])]
    return _text(rows).encode("utf-8-sig")


def _fill_xlsx(content: bytes, filled: Filled) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book.worksheets[0].iter_rows(min_row=2):
        for cell, text in zip(row[3:6], filled.get(row[2].value, ()), strict=False):
            cell.value = text or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
