"""What an address answers: the rows of the whole, unchanged or not, and to whom."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from tests import databases
from tests.served import served
from tracking import api, database
from tracking.exports import formats
from tracking.filing import loading
from tracking.results.tables import attainment

ADDRESS = f"{api.PREFIX}/attainment.json"
DAY = {"as_of": "2026-06-01"}
client = TestClient(served)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """A programme that may be written to: each test counts from what it finds."""
    fresh = databases.small()
    yield fresh
    fresh.dispose()


@pytest.fixture
def own(engine: Engine) -> TestClient:
    """The addresses of that programme."""
    return TestClient(Starlette(routes=[Mount(api.PREFIX, api.application(lambda: engine))]))


def file(engine: Engine, mentors: int) -> None:
    """One more load: a figure of a space that is there."""
    content = f"space_id,year,metric,value\nSL00001,2025,mentors,{mentors}\n".encode()
    assert loading.load(engine, content, "more.csv", by="tests").loaded


def test_pages_are_of_one_state_whatever_is_loaded_between_them(engine: Engine, own: TestClient) -> None:
    whole = own.get(ADDRESS, params={**DAY, "limit": 1000}).json()
    page = own.get(ADDRESS, params={**DAY, "limit": 50}).json()
    rows = page["rows"]
    while page["next"]:
        file(engine, 30 + len(rows)) if len(rows) == 50 else None
        page = own.get(page["next"]).json()
        rows += page["rows"]
    assert rows == whole["rows"]
    assert own.get(ADDRESS, params=DAY).json()["data_version"] == whole["data_version"] + 1


def test_what_is_held_is_unchanged_until_something_is_loaded(engine: Engine, own: TestClient) -> None:
    address = f"{api.PREFIX}/shortfalls.csv"
    held = {"If-None-Match": own.get(address, params=DAY).headers["ETag"]}
    again = own.get(address, params=DAY, headers=held)
    assert (again.status_code, again.content) == (304, b"")
    for other in ({"lang": "en"}, {"year": 2024}, {"as_of": "2026-06-02"}, {"data_version": 3}):
        assert own.get(address, params={**DAY, **other}, headers=held).status_code == 200, other
    file(engine, 31)
    assert own.get(address, params=DAY, headers=held).status_code == 200


def test_an_address_gives_the_bytes_of_the_export_while_others_read_and_write(engine: Engine, own: TestClient) -> None:
    address = f"{api.PREFIX}/observations.csv"
    with ThreadPoolExecutor(20) as pool:
        answers = [pool.submit(own.get, address) for _ in range(20)]
        for mentors in range(40, 45):
            file(engine, mentors)
        answers += [pool.submit(own.get, address) for _ in range(20)]
    for answer in (each.result() for each in answers):
        version = answer.headers["Data-Version"]
        assert answer.content == own.get(address, params={"data_version": version}).content
    assert answers[-1].result().content == formats.to_csv(attainment.observations(engine, attainment.date.today()))


def test_a_head_is_what_a_get_would_say_without_its_rows() -> None:
    head, get = (client.request(method, f"{api.PREFIX}/verdicts.csv") for method in ("HEAD", "GET"))
    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(get.headers))


def test_no_page_of_another_site_can_read_an_answer() -> None:
    for address in (ADDRESS, f"{api.PREFIX}/openapi.json", f"{api.PREFIX}/nothing.csv"):
        evil = client.get(address, headers={"Origin": "https://evil.example"}).headers
        assert not [name for name in evil if name.startswith("access-control")]
        assert (evil["Cross-Origin-Resource-Policy"], evil["X-Content-Type-Options"]) == ("same-origin", "nosniff")


def test_a_file_is_read_in_ranges_as_tools_read_parquet() -> None:
    address = f"{api.PREFIX}/evaluations.parquet"
    whole = client.get(address)
    size = int(whole.headers["Content-Length"])
    wanted = ("bytes=0-99", f"bytes=100-{size + 9}", "bytes=-8")
    parts = [client.get(address, headers={"Range": each}) for each in wanted]
    assert [part.status_code for part in parts] == [206] * 3
    assert parts[0].content + parts[1].content == whole.content
    assert parts[2].content == whole.content[-8:]
    assert parts[2].headers["Content-Range"] == f"bytes {size - 8}-{size - 1}/{size}"
    beyond = client.get(address, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.json()["type"]) == (416, "urn:tracking:problem:no-such-range")


def test_columns_are_chosen_sorted_grouped_and_pages_lead_on() -> None:
    rows = client.get(f"{api.PREFIX}/shortfalls.json?paged=no&lang=en").json()
    asked = f"{api.PREFIX}/shortfalls.json?column=space_id&column=gap&sort=-gap&limit=3&lang=en"
    page = client.get(asked)
    largest = sorted((row["gap"] for row in rows if row["gap"] is not None), reverse=True)[:3]
    assert [list(row) for row in page.json()["rows"]] == [["space_id", "gap"]] * 3
    assert [row["gap"] for row in page.json()["rows"]] == largest
    assert page.headers["Link"] == f'<{page.json()["next"]}>; rel="next"'
    assert (page.headers["Rules"], page.json()["rules"]) == (database.rules(), database.rules())
    groups = client.get(f"{api.PREFIX}/shortfalls.json?paged=no&group_by=district&lang=en").json()
    counted = Counter(row["district"] for row in rows)
    assert {group["district"]: group["shortfalls"] for group in groups} == counted
