"""Folders of policies for the tests: another city's edition, copies of one to be spoilt."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tracking.policy import loading as policies
from tracking.words.language import LANGUAGES
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


def each_in_its_place(refused: Mapping[str, Sequence[tuple[object, ...]]]) -> pytest.MarkDecorator:
    """A case for each replacement in a file: name, old, new, and the problem found: code, row, column, value."""
    cases = [
        pytest.param(name, old, new, (f"policy-{code}", *place), id=f"{name} {code} {new!r}")
        for name, replacements in refused.items()
        for old, new, code, *place in replacements
    ]
    return pytest.mark.parametrize(("name", "old", "new", "found"), cases)


def assert_refused(parent: Path, name: str, old: str, new: str, found: tuple[object, ...]) -> None:
    """A sound edition with one replacement has that problem, told with its remedy in both languages."""
    folder = copied(NINGBO, parent)
    spoil(folder, name, old, new)
    problems = [each for each in problems_of(folder) if each.sheet == name]
    assert found in [(each.code, each.row, each.column, each.value) for each in problems]
    assert all(each.message(lang) and each.hint(lang) for each in problems for lang in LANGUAGES)
