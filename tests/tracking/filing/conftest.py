"""What the tests of filings begin with: the policy's words, a few spaces, workbooks opened in this process."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests import databases
from tests.tracking.filing.choosing import enrol
from tests.tracking.filing.previewed import file
from tracking.filing.spreadsheets import limited, workbook_process
from tracking.filing.spreadsheets.sheets import Limits
from tracking.policy import loading as policies
from tracking.policy.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def words() -> Iterator[Vocabulary]:
    """What the metrics are called, and their units."""
    engine = databases.shanghai()
    with engine.connect() as connection:
        yield policies.vocabulary(connection)
    engine.dispose()


@pytest.fixture(autouse=True, scope="module")
def opened_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """Open workbooks in this process: one of its own takes half a second, and what they say is the same.

    How it is done for a person is tested where workbooks are.
    """
    apart = limited.run

    def here(module: str, *arguments: int, given: bytes, seconds: int = limited.SECONDS) -> bytes:
        if module != workbook_process.__name__:
            return apart(module, *arguments, given=given, seconds=seconds)
        return pickle.dumps(workbook_process.answer(given, Limits(*arguments)))

    with pytest.MonkeyPatch.context() as patch:
        if "spreadsheets" not in request.path.relative_to(Path(__file__).parent).parts:
            patch.setattr(limited, "run", here)
        yield


@pytest.fixture
def enrolled(any_engine: Engine) -> Engine:
    """Two spaces that may file."""
    return databases.filled(any_engine, enrol)


@pytest.fixture
def quick(shanghai: Engine) -> Engine:
    """The same on one engine: nothing is stored."""
    return databases.filled(shanghai, enrol)


@pytest.fixture
def first_filed(any_engine: Engine) -> Engine:
    """A space that filed once."""
    return databases.filled(any_engine, file)
