"""What a file says to the interpreting alone, without a database: its figures of S01 and its problems."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl

from tracking.filing.enrolled import Register
from tracking.filing.interpreting import filings
from tracking.filing.interpreting.interpretation import Interpretation
from tracking.filing.spreadsheets.grids import read
from tracking.policy.vocabulary import Vocabulary

TODAY = date(2024, 6, 30)
REGISTER = Register(
    names={"S01": "甲空间", "S02": "乙空间", "00012": "丙空间"},
    years=dict.fromkeys(("S01", "S02", "00012"), frozenset(range(2021, 2025))),
    enrolments=dict.fromkeys(("S01", "S02", "00012"), [(2022, 2024)]),
)


def understood(words: Vocabulary, content: str | bytes, name: str = "file") -> Interpretation:
    """What a file of text, or a workbook, says."""
    grids = read(content.encode() if isinstance(content, str) else content, name)
    return filings.interpret(grids, words, REGISTER, TODAY)


def figures(found: Interpretation) -> dict[str, float]:
    """The figures of S01 for 2022, by metric."""
    rows = found.observations.itertuples()
    return {row.metric: row.value / 10_000 for row in rows if (row.space_id, row.year) == ("S01", 2022)}


def codes(found: Interpretation, severity: str = "error") -> list[str]:
    """The codes of the problems of one severity."""
    return [problem.code for problem in found.problems if problem.severity == severity]


def workbook(rows: Sequence[Sequence[object]], *merges: str, title: str = "填报") -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for merge in merges:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
