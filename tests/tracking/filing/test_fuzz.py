"""Hundreds of damaged files: refused in sentences or understood, never a traceback, never another figure."""

import io
import os
import random
from datetime import date

import pandas as pd
import pytest
import sqlalchemy as sa
import xlsxwriter
from sqlalchemy import Engine

from tracking.filing import enrolled, loading, register
from tracking.filing.enrolled import Register
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.interpreting.interpretation import Interpretation
from tracking.filing.spreadsheets.grids import Grid, letter, read
from tracking.policy import loading as policies
from tracking.policy.vocabulary import Vocabulary
from tracking.words.language import LANGUAGES
from tracking.words.problems import Problem, Refusal

FILES = int(os.environ.get("FUZZ_FILES", "600"))
# So that the processes that run the tests share them.
PARTS = 4
TODAY = date(2026, 11, 23)
SPACES = Register(
    names={f"S{number}": f"空间{number}" for number in range(5)},
    years={f"S{number}": frozenset(range(2021, 2025)) for number in range(5)},
    enrolments={f"S{number}": [(2022, 2024)] for number in range(5)},
)
HEADER = ["空间编号", "年度", "mentors", "获投企业（家）", "capital_raised", "resource_service_platform"]
NUMBERS = ["", "0", "12", "1,200", "约5", "70%", "无", "1e400", "9" * 40, "2022-01-01"]
CELLS = [*NUMBERS, "=1+1", "\x00", "\u202e20", "<b>1</b>"]


ENROLLED = "space_id,space_name,track,start_year,end_year\n" + "".join(
    f"{space_id},{name},specialization,2022,2024\n" for space_id, name in SPACES.names.items()
)
# So many of the files are tried on the database too, some forty: storing one costs ten times as much as reading it, and
# asks nothing of a file but what became of its reading.
TRIED = 0.05


@pytest.fixture
def words(shanghai: Engine) -> Vocabulary:
    assert register.load(shanghai, ENROLLED.encode(), "register.csv", by="tests").loaded
    with shanghai.connect() as connection:
        return policies.vocabulary(connection)


def _table(chance: random.Random) -> list[list[str]]:
    figures = [[str(chance.randrange(50)) for _ in range(3)] for _ in range(5)]
    return [list(HEADER), *([f"S{number}", "2022", *row, "是"] for number, row in enumerate(figures))]


def _damaged(table: list[list[str]], chance: random.Random) -> list[list[str]]:
    for _ in range(chance.randrange(4)):
        row = chance.choice(table)
        place = chance.randrange(len(row)) if row else 0
        match chance.randrange(4):
            case 0 if row:
                row[place] = chance.choice(CELLS)
            case 1 if row:
                other = chance.choice(table)
                if other:
                    spot = chance.randrange(len(other))
                    row[place], other[spot] = other[spot], row[place]
            case 2:
                del row[place:]
            case _:
                table.insert(chance.randrange(len(table)), list(row))
    return table


def _bytes(table: list[list[str]], chance: random.Random) -> bytes:
    # A workbook is opened by a process of its own, which takes its time.
    if chance.random() < 0.15:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": True}) as book:
            sheet = book.add_worksheet()
            for row, cells in enumerate(table):
                sheet.write_row(row, 0, [cell.replace("\x00", "") for cell in cells])
        content = bytearray(out.getvalue())
    else:
        encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "gb18030"])
        content = bytearray("\r\n".join(",".join(row) for row in table).encode(encoding))
    if content and chance.random() < 0.4:
        for _ in range(chance.randrange(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.1:
        del content[chance.randrange(len(content) + 1) :]
    return bytes(content)


def _cell(grids: list[Grid], row: object) -> str:
    for grid in grids:
        if (grid.sheet or None) == (row.sheet if isinstance(row.sheet, str) else None):
            cells = grid.rows[row.row - 1]
            index = next(index for index in range(len(cells)) if letter(index) == row.letter)
            return cells[index]
    raise AssertionError("a figure from no sheet")


def _figures_are_their_cells(grids: list[Grid], told: Interpretation) -> None:
    warned = {(problem.row, problem.letter) for problem in told.problems}
    plain = {"是": 1, "有": 1, "√": 1, "否": 0, "无": 0}
    for row in told.observations[told.observations["value"].notna()].itertuples():
        text = _cell(grids, row).strip()
        figure = row.value / 10_000
        said = text.replace(",", "").removesuffix("家").removesuffix("万元")
        same = said.isascii() and pd.to_numeric(said, errors="coerce") == figure or plain.get(text) == figure
        assert same or (row.row, row.letter) in warned, (text, figure)


def _tell(problems: list[Problem]) -> None:
    for problem in problems:
        assert all(problem.message(lang) and problem.hint(lang) for lang in LANGUAGES)


def _stored(engine: Engine) -> tuple[int, int, int]:
    """How many loads there are, and filings and figures of theirs."""
    with engine.connect() as connection:
        return tuple(
            connection.execute(sa.text(f"SELECT COUNT(*) FROM {table}")).scalar_one()
            for table in ("load", "filing", "observation")
        )


def _stored_whole_or_not_at_all(engine: Engine, content: bytes, told: Interpretation) -> None:
    before = _stored(engine)
    report = loading.load(engine, content, "file", by="fuzz")
    loads, filings, figures = (now - then for now, then in zip(_stored(engine), before, strict=True))
    assert report.loaded == all(problem.severity == "warning" for problem in told.problems)
    new = set(zip(report.revisions["space_id"], report.revisions["year"], strict=True)) if report.loaded else set()
    said = [key in new for key in zip(told.observations["space_id"], told.observations["year"], strict=True)]
    assert (loads, filings, figures) == (int(bool(new)), len(new), sum(said))


@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_files_end_in_sentences_and_never_in_other_figures(
    shanghai: Engine, words: Vocabulary, part: int
) -> None:
    chance = random.Random(20261123 + part)
    ends = {"refused": 0, "problems": 0, "clean": 0}
    for _ in range(FILES // PARTS):
        content = _bytes(_damaged(_table(chance), chance), chance)
        try:
            grids = read(content, "file")
        except Refusal as refusal:
            _tell(refusal.problems)
            ends["refused"] += 1
            continue
        told = filings_read.interpret(grids, words, SPACES, TODAY)
        _tell(told.problems)
        _figures_are_their_cells(grids, told)
        clean = all(problem.severity == "warning" for problem in told.problems)
        ends["clean" if clean else "problems"] += 1
        if chance.random() < TRIED:
            _stored_whole_or_not_at_all(shanghai, content, told)
    # None of the ways to end is so rare that nothing is learnt of it.
    assert min(ends.values()) > FILES / PARTS / 20, ends


def test_the_register_used_here_covers_what_the_files_say() -> None:
    assert enrolled.Register.periods(SPACES, "S1") == "2022–2024"
