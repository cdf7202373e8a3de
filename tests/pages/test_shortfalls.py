"""The shortfalls page: what is chosen in the URL is what it lists, and what its files and addresses give."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from pages.shared import downloads
from tests import databases, reviewed
from tests.pages.conftest import TODAY, OpenPage, drawn, listed, look_as, said, tables_of
from tests.reviewed import by, file
from tracking import api, database
from tracking.access.gate import Gate
from tracking.exports import formats, workbook
from tracking.results import shortfalls
from tracking.results.tables import attainment, observations
from tracking.results.tables.columns import STATUS
from tracking.results.tables.filters import Chosen
from tracking.review import rectifications, waivers
from tracking.review.measures import Subject
from tracking.review.rectifications import Written

CHOSEN: Chosen = {
    "tracks": ("branding",),
    "districts": ("北区（示例）",),
    "years": (2025,),
    "phases": ("cultivation",),
    "statuses": ("short", "unfiled"),
    "requirements": ("branding.target.5.media_reports",),
    "at_least": 2,
    "search": "示例",
    "lang": "en",
}


def test_the_list_is_what_the_url_says(open_page: OpenPage, made_up: str, programme: Engine) -> None:
    query = {"track": "branding", "year": "2025", "phase": "cultivation", "years": "2", "text": "媒体", "lang": "zh"}
    app = open_page(made_up, "shortfalls", **query, column="space_id")
    chosen: Chosen = {"tracks": ["branding"], "years": [2025], "phases": ["cultivation"], "at_least": 2}
    expected = attainment.shortfalls(programme, TODAY, **chosen, search="媒体")["space_id"]
    assert len(expected) > 0
    assert listed(app) == expected.tolist()


@pytest.mark.parametrize("view", ["list", *shortfalls.BY])
def test_nothing_that_a_url_can_say_is_an_error(open_page: OpenPage, made_up: str, view: str) -> None:
    most = "9" * 5000
    query = {"page": most, "years": most, "order": "1;--", "column": "\x00", "direction": "up", "status": "met"}
    app = open_page(made_up, "shortfalls", view=view, **{**query, "years": "0"})
    assert not app.exception
    assert not open_page(made_up, "shortfalls", view=view, text="\x00' OR 1=1" * 99, **query).exception
    app = open_page(made_up, "shortfalls", view=view, page="999999999")
    assert listed(app) if view == "list" else len(tables_of(app)[0]) > 0


def test_a_telephone_shows_what_a_group_is_called_and_where_it_leads(open_page: OpenPage, made_up: str) -> None:
    """What it does without is never the first cell, which is the link."""
    table = drawn(open_page(made_up, "shortfalls", view="district"))
    first = re.findall(r'<tr><t[hd](?: scope="col")? class="([^"]*)">(?:<a class="inside row")?', table)
    assert len(first) > 1
    assert not [names for names in first if "minor" in names.split()]


@pytest.mark.parametrize("table", downloads.TABLES)
def test_an_address_gives_the_file_of_the_same_filters(programme: Engine, table: str) -> None:
    served = Starlette(routes=[Mount(api.PREFIX, api.application(lambda: programme))])
    kept = downloads.of_table(table, CHOSEN)
    with database.reading(programme, TODAY) as connection:
        wide = table == "observations_wide"
        rows = observations.wide(connection, kept) if wide else attainment.read(connection, table, kept)
    # In the made-up programme nothing is waived, and nobody is to put anything right.
    assert len(rows) > 0 or table in ("waivers", "rectifications")
    day = f"&as_of={TODAY}" if table in STATUS else ""
    for form in ("csv", "json"):
        path = downloads.address(table, kept, form).partition(api.PREFIX)[2]
        assert TestClient(served).get(f"{api.PREFIX}{path}{day}").content == formats.written([rows], form)


def test_a_sheet_that_cannot_hold_the_rows_is_not_offered(
    open_page: OpenPage, made_up: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    app = open_page(made_up, "shortfalls", lang="en")
    links = {each.proto.label: each.proto for each in app.get("link_button")}
    assert {label for label, each in links.items() if each.disabled} == {"Download XLSX"}
    assert "sheet of XLSX" in links["Download XLSX"].help


def test_a_file_that_takes_its_time_is_made_on_the_disk_and_fetched_from_there(
    open_page: OpenPage, made_up: str, programme: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(downloads.QUICK, "json", 10)
    app = open_page(made_up, "shortfalls", lang="zh")
    assert not any("JSON" in each.proto.label for each in app.get("link_button"))
    app = app.button(key="prepare_json").click().run()
    (made,) = (each.proto for each in app.run().get("link_button") if each.proto.label.startswith("下载 JSON（0."))
    gated = Gate(Starlette(routes=api.routes(lambda: programme)), lambda: programme)
    address = made.url[made.url.index(api.PREFIX) :]
    fetched = TestClient(gated, "http://localhost", client=("127.0.0.1", 1)).get(address)
    assert fetched.content == formats.written([attainment.shortfalls(programme, TODAY)], "json")
    assert re.search(rf"-{TODAY:%Y%m%d}-[0-9a-f]{{8}}[.]json", fetched.headers["Content-Disposition"])
    # A file is its person's: whoever comes by another way than the gate is somebody else.
    assert TestClient(gated.app).get(address).status_code == 404


def test_nothing_missed_is_said(open_page: OpenPage, nothing: str) -> None:
    assert "Nothing is missed" in said(open_page(nothing, "shortfalls", lang="en"))


@pytest.mark.parametrize("name", ["only", "status", "view"])
def test_what_is_unknown_is_said_and_no_list_shown_in_its_place(open_page: OpenPage, made_up: str, name: str) -> None:
    app = open_page(made_up, "shortfalls", **{name: "nowhere"})
    assert "nowhere" in app.warning[0].value
    assert not listed(app)


def test_what_was_agreed_stands_beside_the_status_of_its_row(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.shanghai_at(tmp_path / "agreed.duckdb")
    engine = database.connect(url)
    reviewed.enrolled(engine)
    file(engine, "space_id,year,mentors,funded_firms\nS2,2022,20,4\nS3,2022,20,4\n")
    funded, ahead = "specialization.target.5.funded_firms", date.today() + timedelta(days=9)
    waivers.waive(by(engine, "manager"), Subject("S2", 2022, funded), ahead, "why")
    rectifications.write(by(engine, "manager"), "rectify", Subject("S3", 2022), Written("why", ahead))
    look_as(monkeypatch, engine, "analyst")
    engine.dispose()
    page = open_page(url, "shortfalls", lang="en", year="2022", only=funded)
    rows = {row.partition("</a>")[0].rpartition(">")[2]: row for row in drawn(page).split("<tr>") if "</a></td>" in row}
    assert f"◆ Waived until {ahead}</span>" in rows["乙"]
    # 2023, which was due long ago and never filed, put nothing right.
    assert f"Whole year to be put right by {ahead}: Not put right</span>" in rows["丙"]
    # Neither changes the status beside it.
    assert "✕ Short" in rows["乙"]
    assert "Waived" not in drawn(open_page(url, "shortfalls", lang="en", year="2023", only=funded))
