"""Files of forty spaces, read by the interpreting alone: their figures, their problems."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl

from tracking.filing.enrolled import Register
from tracking.filing.interpreting import filings as filings_read
from tracking.filing.interpreting.interpretation import Interpretation
from tracking.filing.spreadsheets.grids import read
from tracking.policy.vocabulary import Vocabulary
from tracking.words.problems import Problem

TODAY = date(2024, 6, 30)
FORTY = [f"S{number:02}" for number in range(40)]
REGISTER = Register(
    names={space_id: f"空间{space_id}" for space_id in FORTY},
    years={space_id: frozenset(range(2021, 2025)) for space_id in FORTY},
    enrolments={space_id: [(2022, 2024)] for space_id in FORTY},
)
HEADER = "空间编号,年度,"


def understood(words: Vocabulary, content: str | bytes) -> Interpretation:
    grids = read(content.encode() if isinstance(content, str) else content, "file")
    return filings_read.interpret(grids, words, REGISTER, TODAY)


def problems(words: Vocabulary, content: str | bytes) -> list[Problem]:
    return understood(words, content).problems


def figures(words: Vocabulary, content: str | bytes) -> dict[tuple[str, int, str], float]:
    """The figures of a file without any problem."""
    told = understood(words, content)
    assert told.problems == []
    rows = told.observations.itertuples()
    return {(row.space_id, row.year, row.metric): row.value / 10_000 for row in rows}


def workbook_of(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
