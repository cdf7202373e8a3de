"""Filings in every layout and container, each with one damage: read as a person reads them, or refused in its place.

What is never to be is a figure stored that nobody wrote, or one lost, without a word at its place. The counts by
damage are printed behind the tests; `FUZZ_FILINGS` is how many files are drawn.
"""

import os
from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from tests.files import verdicts
from tests.files.damages.every import DAMAGES
from tests.files.drawing import Damaged, damaged
from tests.files.verdicts import NEEDLESS, UNTOLD, WRONG, Read
from tracking.policy.vocabulary import Vocabulary

FILINGS = int(os.environ.get("FUZZ_FILINGS", "370"))

Outcome = tuple[Damaged, Read, str]


@pytest.fixture(scope="module")
def outcomes(words: Vocabulary, damage: str) -> Sequence[Outcome]:
    """The files with one damage, how each was read, and what that comes to."""
    found = []
    for number in range(list(DAMAGES).index(damage), FILINGS, len(DAMAGES)):
        drawn = damaged(number)
        got = verdicts.read(drawn.content, drawn.name, words)
        found.append((drawn, got, verdicts.verdict(got, drawn.expected)))
    return found


def _told(outcomes: Sequence[Outcome], *ends: str) -> str:
    """A line for every file that came to one of these ends."""
    lines = []
    for drawn, got, end in outcomes:
        if end in ends:
            problems = [(problem.code, problem.row, problem.letter) for problem in got.problems[:3]]
            lines.append(f"{drawn.number}: {drawn.file.layout}, {drawn.file.container}: {end} {problems}")
    return "\n".join(lines[:20])


@pytest.mark.parametrize("damage", DAMAGES, scope="module")
def test_a_damaged_filing_is_never_stored_wrongly_without_a_word(
    outcomes: Sequence[Outcome], damage: str, record_property: Callable[[str, object], None]
) -> None:
    counts = Counter(end for _, _, end in outcomes)
    record_property("ends by damage", [(damage, end, count) for end, count in sorted(counts.items())])
    assert not _told(outcomes, WRONG, UNTOLD)


@pytest.mark.parametrize("damage", DAMAGES, scope="module")
def test_what_a_person_reads_in_spite_of_the_damage_is_read(outcomes: Sequence[Outcome]) -> None:
    assert not _told(outcomes, NEEDLESS)


def test_every_damage_is_done_to_several_files() -> None:
    assert 5 * len(DAMAGES) <= FILINGS


def test_a_number_gives_the_same_file_again() -> None:
    texts = [damaged(number) for number in (7, 7)]
    assert texts[0].content == texts[1].content
    assert texts[0].expected == texts[1].expected
