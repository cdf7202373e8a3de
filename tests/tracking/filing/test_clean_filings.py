"""A clean filing in any layout, with titles, units, furniture and merged cells as they come, is read as it is."""

import os
import random
from collections.abc import Sequence

import pytest

from tests.files import layouts, writers
from tests.files.layouts import LAYOUTS
from tests.files.sheets import File
from tests.files.verdicts import Read, read
from tracking.policy.vocabulary import Vocabulary

# Of each layout.
FILINGS = int(os.environ.get("FUZZ_FILINGS", "200")) // 10


def _files(words: Vocabulary, layout: str) -> Sequence[tuple[int, File, Read]]:
    found = []
    for number in range(FILINGS):
        file = layouts.file(random.Random(f"{layout}, {number}"), workbooks=0.2, layout=layout)
        found.append((number, file, read(writers.content(file), writers.name(file), words)))
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_clean_filing_is_read_as_it_is(words: Vocabulary, layout: str) -> None:
    faults = []
    for number, file, got in _files(words, layout):
        problems = [(problem.code, problem.row, problem.letter) for problem in got.problems]
        if got.refused or got.figures != file.figures:
            wrong = sorted(key for key in got.figures if got.figures[key] != file.figures.get(key))
            faults.append(f"{number}: {file.container}, {file.encoding}: {wrong or 'refused'} {problems[:4]}")
    assert not faults, "\n".join([f"{len(faults)} of {FILINGS}", *faults[:20]])
