"""No hint leads to a wrong figure: a machine does what the hints say, and what is stored then is what was meant."""

import csv
import os
import random
from pathlib import Path

import pytest

from tests.files import hints, writers
from tests.files.deeds.taking import Place
from tests.files.drawing import Damaged, damaged
from tests.files.sheets import Figures
from tests.files.verdicts import Read, read
from tracking.policy.vocabulary import Vocabulary
from tracking.words import language
from tracking.words.problems import Problem

FILINGS = int(os.environ.get("FUZZ_FILINGS", "148"))
PARTS = 4
# What is not right after so many rounds of mending stays refused.
ROUNDS = 6
# Hints of another kind: to a policy's own files, and the name of the column that they stand in on the page.
_OTHERS = ("policy_problems.csv",)
_NO_PROBLEMS = {"column"}


def test_every_hint_is_followed_or_is_listed_as_naming_no_deed() -> None:
    keys = {key for path in language.FOLDER.glob("*.csv") if path.name not in _OTHERS for key in _keys(path)}
    codes = {key.removesuffix(".hint") for key in keys if key.endswith(".hint")}
    codes = {code for code in codes if f"{code}.message" in keys} - _NO_PROBLEMS
    listed = hints.OF_THE_FILE | hints.TO_BE_CHECKED | hints.OF_A_CHOICE | hints.OF_A_REGISTER
    assert codes == hints.DEEDS.keys() | listed
    assert not hints.DEEDS.keys() & listed


def _keys(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as texts:
        return [row["key"] for row in csv.DictReader(texts)]


@pytest.mark.parametrize("part", range(PARTS))
def test_following_the_hints_never_ends_in_a_figure_that_nobody_meant(words: Vocabulary, part: int) -> None:
    faults = []
    for number in range(part, FILINGS, PARTS):
        drawn = damaged(number)
        done: list[str] = []
        got = _mended(drawn, words, random.Random(number), done)
        wrong = [] if got.refused or not done else _nobody_meant(got, drawn)
        if wrong:
            file = f"{number}: {drawn.damage}, {drawn.file.layout}, {drawn.file.container}"
            faults.append(f"{file}: {done} ends in {wrong[:3]}")
    assert not faults, "\n".join([str(len(faults)), *faults[:20]])


def _mended(drawn: Damaged, words: Vocabulary, chance: random.Random, done: list[str]) -> Read:
    """What is read once the hints are followed, round after round; `done` is told every deed."""
    got = read(drawn.content, drawn.name, words)
    for _ in range(ROUNDS):
        errors = [problem for problem in got.problems if problem.severity == "error"]
        if not errors:
            break
        before = writers.content(drawn.file)
        # From the end, so that no row or column moves that is still to be mended.
        for problem in sorted(errors, key=_place, reverse=True):
            choices = hints.DEEDS.get(problem.code, ())
            if choices:
                deed = chance.choice(choices)
                deed(Place(drawn.file, problem, _truth(drawn)))
                done.append(f"{problem.code} {problem.letter or ''}{problem.row}: {deed.__name__}")
        content = writers.content(drawn.file)
        if content == before:
            break
        got = read(content, writers.name(drawn.file), words)
    return got


def _place(problem: Problem) -> tuple[str, int, int, str]:
    letter = problem.letter or ""
    return problem.sheet or "", problem.row or 0, len(letter), letter


def _truth(drawn: Damaged) -> Figures:
    """The figures that a person has before them who mends the file."""
    return (drawn.expected.mended or drawn.expected.readings or [drawn.file.figures])[0]


def _nobody_meant(got: Read, drawn: Damaged) -> list[str]:
    """The figures read that are in none of the readings, and of which no warning names the cell or the row.

    A figure fewer is none of them: who took out a row knows it.
    """
    meant = drawn.expected.mended or drawn.expected.readings or [drawn.file.figures]
    named = {(problem.sheet, problem.row, problem.letter) for problem in got.problems}
    return [
        f"{key} = {value}"
        for key, value in got.figures.items()
        if value not in [figures.get(key) for figures in meant]
        and not named & {got.places[key], (*got.places[key][:2], None)}
    ]


def test_a_figure_typed_as_a_hint_says_is_in_the_unit_that_it_names(words: Vocabulary) -> None:
    """Under a title of 千元, a cell that is to be given in 万元 would be taken for a tenth."""
    rows = ["单位：千元", "空间编号,年度,获得资本金额", "SH0001,2023,约12000"]
    for text in ("约12000", "12000家", "很多", "-5"):
        rows[-1] = f"SH0001,2023,{text}"
        problem = read("\n".join(rows).encode(), "filing.csv", words).problems[0]
        # Where the hint names a unit, the figure is typed in it: 1200 万元, the unit with it where the hint says so.
        hint = problem.hint("zh")
        typed = f"1200{'万元' * ('连同单位' in hint)}" if "万元" in hint else "12000"
        rows[-1] = f"SH0001,2023,{typed}"
        got = read("\n".join(rows).encode(), "filing.csv", words)
        assert got.refused or list(got.figures.values()) == [1200], (text, problem.hint("zh"))
