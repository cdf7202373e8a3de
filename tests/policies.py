"""Folders of policies for the tests: another city's edition, copies of one to be spoilt."""

import shutil
from pathlib import Path

import pytest

from tracking.policy import loading as policies
from tracking.words.problems import Problem, Refusal

TESTS = Path(__file__).parent
SHANGHAI = TESTS.parent / "data" / "policy" / "shanghai-sanhua"
ANNEX = TESTS / "policy.txt"
NINGBO = TESTS / "editions" / "ningbo-trial"


def copied(edition: Path, parent: Path) -> Path:
    """A copy of an edition's folder, of the same name."""
    return Path(shutil.copytree(edition, parent / edition.name))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the one place where a file of the folder says something."""
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def problems_of(folder: Path) -> list[Problem]:
    """Why the folder is refused, as it must be."""
    with pytest.raises(Refusal) as refused:
        policies.read(folder)
    return refused.value.problems
