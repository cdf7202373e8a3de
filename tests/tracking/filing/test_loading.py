"""A file is stored whole or not at all; what was filed is never lost."""

import io
from decimal import Decimal

import pytest
import sqlalchemy as sa
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests import databases
from tracking import database
from tracking.filing import loading, register
from tracking.filing.filing_report import FilingReport

REGISTER = "space_id,space_name,track,start_year,end_year\n" + "".join(
    f"S{number},空间{number},specialization,2022,2024\n" for number in range(1000)
)
METRICS = ("mentors", "partner_institutions", "mentor_services", "funded_firms")


def _enrol(engine: Engine) -> None:
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded


@pytest.fixture
def registered(shanghai: Engine) -> Engine:
    return databases.filled(shanghai, _enrol)


def _rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with database.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(sa.text(query)).all()]


def _load(engine: Engine, text: str) -> FilingReport:
    return loading.load(engine, text.encode(), "file.csv", by="tests")


def test_one_bad_row_among_a_thousand_stores_nothing(registered: Engine) -> None:
    rows = [f"S{number},2022,25" for number in range(1000)]
    rows[700] = "S700,2022,很多"
    report = _load(registered, "\n".join(["space_id,year,mentors", *rows]))
    assert (report.loaded, [(problem.code, problem.row) for problem in report.problems]) == (
        *(False, [("not-a-number", 702)]),
    )
    assert _rows(registered, "SELECT COUNT(*) FROM filing") == [(0,)]


@pytest.mark.parametrize("rows", [1, 501])
@pytest.mark.parametrize(("written", "near"), [("S0077", "S77 空间77"), ("空间 78", "S78 空间78")])
def test_who_is_unknown_is_told_the_nearest_of_all_spaces(
    registered: Engine, rows: int, written: str, near: str
) -> None:
    known = "".join(f"s{number},2022,25\n" for number in range(1, rows))
    report = _load(registered, f"space_id,year,mentors\n{written},2022,25\n{known}")
    (problem,) = report.problems
    assert (problem.code, problem.row) == ("unknown-space", 2)
    assert near in problem.hint("zh")


def test_the_same_file_again_stores_nothing_new(registered: Engine) -> None:
    first = _load(registered, "space_id,year,mentors\nS1,2022,25\n")
    again = _load(registered, "space_id,year,mentors\nS1,2022,25\n")
    assert (first.load_id, again.load_id, again.unchanged) == (3, None, 1)


def test_one_changed_cell_is_one_new_revision_and_the_old_one_stays(registered: Engine) -> None:
    _load(registered, "space_id,year,mentors\nS1,2022,25\nS2,2022,25\n")
    report = _load(registered, "space_id,year,mentors\nS1,2022,26\nS2,2022,25\n")
    assert (report.unchanged, len(report.revisions)) == (1, 1)
    kept = "SELECT revision, value FROM observation JOIN filing USING (load_id, space_id, year) WHERE space_id = 'S1'"
    assert sorted(_rows(registered, kept)) == [(1, Decimal(25)), (2, Decimal(26))]


def test_figures_that_a_revision_drops_are_warned_of(registered: Engine) -> None:
    _load(registered, "space_id,year,mentors,funded_firms\nS1,2022,25,5\n")
    report = _load(registered, "space_id,year,mentors\nS1,2022,25\n")
    (problem,) = report.problems
    assert (problem.severity, problem.code, "获投企业" in problem.message("zh")) == ("warning", "figures-dropped", True)


def test_the_year_before_the_first_is_welcome_and_the_one_before_is_not(registered: Engine) -> None:
    assert _load(registered, "space_id,year,mentors\nS1,2021,25\n").loaded
    (problem,) = _load(registered, "space_id,year,mentors\nS1,2020,25\n").problems
    assert (problem.code, problem.column, problem.value) == ("year-not-covered", "year", "2020")


def test_an_explained_blank_is_kept_with_its_word(registered: Engine) -> None:
    _load(registered, "空间编号,年度,创业导师,创业导师说明\nS1,2022,,核实中\n")
    assert _rows(registered, "SELECT metric, value, note FROM observation") == [("mentors", None, "核实中")]


def test_the_file_is_kept_byte_for_byte(registered: Engine) -> None:
    content = "空间编号,年度,创业导师\nS1,2022,25\n".encode("gb18030")
    report = loading.load(registered, content, "文件.csv", by="tests")
    (kept,) = _rows(registered, f"SELECT content FROM document WHERE sha256 = '{report.sha256}'")
    assert kept == (content,)


def test_checking_stores_nothing(registered: Engine) -> None:
    report = loading.check(registered, b"space_id,year,mentors\nS1,2022,25\n", "file.csv")
    assert (report.loaded, report.filings, report.observations) == (False, 1, 1)
    assert _rows(registered, "SELECT COUNT(*) FROM load WHERE kind = 'filing'") == [(0,)]


# -- round trips -----------------------------------------------------------------------------

# The most filings that are drawn, and as many spaces are enrolled.
MOST = 4
FIGURES = st.lists(
    st.lists(st.integers(0, 10**9), min_size=len(METRICS), max_size=len(METRICS)), min_size=1, max_size=MOST
)


def _xlsx(table: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(table):
            sheet.write_row(row, 0, cells)
    return out.getvalue()


@pytest.fixture(scope="module")
def shared() -> Engine:
    engine = databases.shanghai()
    assert register.load(engine, "".join(REGISTER.splitlines(True)[: 1 + MOST]).encode(), "r.csv", by="tests").loaded
    return engine


@settings(max_examples=settings().max_examples // 2)
@given(
    figures=FIGURES,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "xlsx"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_clean_filing_reads_back_to_the_same_figures(
    shared: Engine, figures: list[list[int]], encoding: str, delimiter: str, ending: str
) -> None:
    table: list[list[object]] = [["空间编号", "年度", *METRICS]]
    table += [[f"S{number}", 2022, *row] for number, row in enumerate(figures)]
    text = ending.join(delimiter.join(map(str, row)) for row in table)
    content = _xlsx(table) if encoding == "xlsx" else text.encode(encoding)
    report = loading.load(shared, content, "file", by="tests")
    assert report.loaded
    told = _rows(shared, "SELECT space_id, metric, CAST(value AS BIGINT) FROM current_observation")
    expected = {
        (f"S{number}", metric, figure)
        for number, row in enumerate(figures)
        for metric, figure in zip(METRICS, row, strict=True)
    }
    assert expected <= set(told)
