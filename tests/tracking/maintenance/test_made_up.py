"""Made-up figures tell what their characters are, and contradict no rule of the policy."""

import numpy as np
import pytest

from tests.conftest import SHANGHAI
from tracking.maintenance import made_up
from tracking.policy import loading as policies

SPACES, YEARS = 64, 3


@pytest.mark.parametrize("seed", range(5))
def test_no_part_exceeds_its_whole_and_the_same_seed_gives_the_same(seed: int) -> None:
    read = policies.read(SHANGHAI)
    made = []
    for _ in range(2):
        random = np.random.default_rng(seed)
        enrolments = made_up.enrol(random, [each.track for each in read.tracks], SPACES, YEARS)
        made.append(made_up.figures(random, read, enrolments, YEARS)[0])
    figures, again = made
    assert figures.equals(again)
    for rule in read.rules:
        assert not (figures[rule.part] > figures[rule.whole]).any()


def test_who_is_strong_files_every_year_and_who_is_absent_does_not() -> None:
    read = policies.read(SHANGHAI)
    random = np.random.default_rng(0)
    enrolments = made_up.enrol(random, [each.track for each in read.tracks], SPACES, YEARS)
    figures, _ = made_up.figures(random, read, enrolments, YEARS)
    filed = set(zip(figures["space"], figures["year"], strict=True))
    kinds = dict(zip(enrolments.space, [made_up.CHARACTERS[each] for each in enrolments.character], strict=True))
    due = {
        space: [year for year in range(first, first + YEARS) if year <= made_up.LAST_YEAR]
        for space, first in zip(enrolments.space, enrolments.start, strict=True)
    }
    missing = {space for space, years in due.items() if any((space, year) not in filed for year in years)}
    assert not [space for space in missing if kinds[space] == "strong"]
    assert {space for space, kind in kinds.items() if kind == "absent" and len(due[space]) == YEARS} <= missing
