"""The table person by action by surface, generated from one declaration; every cell is tried, the denied ones first.

Who may do what is said by hand in `by_page`, `by_callback`, `by_address` and `by_command`, as it was promised to the
city, each cell through a surface of its own. Every function is called in `test_every_function.py`.
"""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from sqlalchemy import Engine

from tests.people import by_address, by_callback, by_command, by_page, ground, trials
from tests.people.at_page import FRAGMENT
from tests.people.trials import FEW, SEE_OPEN, SEE_OTHER, Cell, Trial
from tracking.access import people
from tracking.commands import group

CELLS = [*by_page.cells(), *by_callback.cells(), *by_address.cells(), *by_command.cells()]
# For each of these a database is made, or much is asked.
SLOW = ("closing", "before", "newest", "briefing")


@pytest.fixture
def everybody(any_laid: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Trial]]:
    with trials.opened(any_laid, tmp_path, monkeypatch) as made:
        yield made


def first_of(name: str) -> list[Cell]:
    """Of the pages and of the commands the first that somebody is denied and the first that somebody is granted."""
    some = [[each for each in CELLS if each.surface == surface] for surface in ("page", "command line")]
    both = [[each for each in cells if (name in each.may) == granted] for cells in some for granted in (False, True)]
    # There is a page that nobody is granted who holds no role.
    return [cells[0] for cells in both if cells]


def tried(cell: Cell, trial: Trial) -> bool:
    slow = any(each in cell.action for each in SLOW)
    if trial.whole.dialect.name != "duckdb" and cell.surface in ("page", "command line"):
        # What they ask is asked of the server by the other surfaces.
        return (trial.name == "operator" and cell.surface == "page" and not slow) or cell in first_of(trial.name)
    shown = cell.surface == "command line" and cell.may in (SEE_OTHER, SEE_OPEN)
    return trial.name in FEW or not (shown or slow)


def test_everybody_sees_and_does_what_was_granted_and_nothing_else(everybody: list[Trial]) -> None:
    cells = [(cell, trial) for cell in CELLS for trial in everybody if tried(cell, trial)]
    denied = [(cell, trial) for cell, trial in cells if trial.name not in cell.may]
    granted = [(cell, trial) for cell, trial in cells if trial.name in cell.may]
    wrong = [
        (cell.action, cell.surface, trial.name, expected)
        for expected, cells in ((False, denied), (True, granted))
        for cell, trial in cells
        if cell.attempt(trial) != expected
    ]
    assert wrong == []
    for trial in everybody:
        # What a callback acts through is what a fragment does.
        same = [people.person_of(each) for each in (trial.seen, trial.browser.engine(FRAGMENT))]
        assert same == [ground.person(trial.whole, trial.name)] * 2


def test_every_command_has_its_cells() -> None:
    every = set()
    for name in group.list_commands(click.Context(group)):
        found = group.get_command(click.Context(group), name)
        every |= {(name, each) for each in found.commands} if isinstance(found, click.Group) else {(name,)}
    named = [*by_command.SHOWN, *by_command.SHOWN_OPEN] + [words for words, _ in by_command.DONE] + [("review", "list")]
    assert every - {each[:2] for each in named} - {each[:1] for each in named} == by_command.OF_NOBODY


def test_every_page_has_its_cells() -> None:
    pages = {path.stem for path in (Path(people.__file__).parents[2] / "pages").glob("*.py")}
    assert pages - {"__init__", "front"} == {name for name, *_ in by_page.PAGES}
