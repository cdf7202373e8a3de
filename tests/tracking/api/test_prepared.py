"""A file made beforehand is fetched by its address, which says nothing, until so many others were made."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.served import served
from tracking import api
from tracking.access import people
from tracking.api import prepared
from tracking.api.prepared import Prepared

client = TestClient(served)

Make = Callable[[bytes], Prepared]


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes a file, among those of this test alone."""
    monkeypatch.setattr(prepared, "_files", {})
    return lambda content: prepared.prepare(lambda out: out.write(content), "list.csv", people.current.get())


def test_a_file_is_fetched_as_it_was_made_and_more_than_once(make: Make) -> None:
    address = f"{api.PREFIX}{make(b'a,b').address}"
    answers = [client.get(address) for _ in range(2)]
    assert [(each.status_code, each.content) for each in answers] == [(200, b"a,b")] * 2
    assert 'filename="list.csv"' in answers[0].headers["Content-Disposition"]
    assert answers[0].headers["Cache-Control"].startswith("private")


def test_two_files_of_one_name_have_addresses_that_nobody_guesses(make: Make) -> None:
    one, other = make(b"1").address, make(b"2").address
    assert one != other
    guessed = one.replace(one.split("/")[2], "0" * 22)
    assert client.get(f"{api.PREFIX}{guessed}").status_code == 404


def test_the_oldest_goes_when_so_many_others_were_made(make: Make) -> None:
    oldest, *_, newest = [make(b"x").address for _ in range(21)]
    assert client.get(f"{api.PREFIX}{oldest}").status_code == 404
    assert client.get(f"{api.PREFIX}{newest}").status_code == 200


def test_what_is_kept_no_more_is_closed_once_nobody_reads_it(make: Make) -> None:
    oldest = make(b"x")
    content, reading = oldest.file.content, oldest.file.pieces()
    del oldest
    for _ in range(20):
        make(b"y")
    assert not content.closed
    assert next(reading) == b"x"
    del reading
    assert content.closed
