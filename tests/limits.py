"""What a file that cannot be read is refused for."""

import pytest

from tracking.filing.spreadsheets.grids import read
from tracking.words.problems import Problem, Refusal


def refused(content: bytes, name: str) -> Problem:
    """The one reason for which the file is refused, as it must be, in both languages."""
    with pytest.raises(Refusal) as refusal:
        read(content, name)
    (problem,) = refusal.value.problems
    for lang in ("zh", "en"):
        assert name in problem.message(lang)
        assert problem.hint(lang)
    return problem
