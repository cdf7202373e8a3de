"""Commands run on a database of a test's own."""

import shutil
from pathlib import Path

import pytest

from tests.tracking.commands.about import GOOD, REGISTER, Run, runs_in


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a database of the test's own; texts become files."""
    return runs_in(tmp_path)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of the policy, one space and one filing, to be copied."""
    folder = tmp_path_factory.mktemp("original")
    for words in (["init"], ["register", "register.csv"], ["load", "good.csv"]):
        assert runs_in(folder)(*words, register=REGISTER, good=GOOD).exit_code == 0
    return folder


@pytest.fixture
def filled(run: Run, original: Path, tmp_path: Path) -> Run:
    """The same, with the policy, one space and one filing."""
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    return run
