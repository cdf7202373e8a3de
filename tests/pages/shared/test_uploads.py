"""A register and an edition by the people in charge: seen before they are stored, by one button."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.pages.conftest import OpenPage, drawn, look_as, read, said
from tests.policies import NINGBO
from tests.tracking.filing.test_register_preview import CHANGED
from tests.tracking.policy.test_uploaded import FILES, packed
from tracking import database


@pytest.fixture
def enrolled(tmp_path) -> Iterator[tuple[str, Engine]]:
    url = databases.shanghai_at(tmp_path / "uploads.duckdb")
    engine = database.connect(url)
    reviewed.enrolled(engine)
    yield url, engine
    engine.dispose()


def version(engine: Engine) -> int:
    with database.reading(engine) as connection:
        return database.data_version(connection)


def test_a_manager_sees_what_a_register_changes_and_stores_it(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    before = version(engine)
    look_as(monkeypatch, engine, "manager")
    page = open_page(url, "filing", lang="en", task="register")
    page.file_uploader[0].set_value(("register.csv", CHANGED.encode(), "text/csv")).run()
    assert not page.exception
    assert "Nothing is stored yet" in said(page)
    assert "甲改" in drawn(page)
    assert version(engine) == before
    next(each for each in page.button if each.label == "Confirm and store").click().run()
    assert "The register is stored." in said(page)
    assert version(engine) == before + 1
    look_as(monkeypatch, engine, "operator")
    page = open_page(url, "filing", lang="en", task="register")
    assert "manager" in said(page)
    assert not page.get("file_uploader")


def test_an_administrator_puts_an_edition_in_force(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    before = version(engine)
    look_as(monkeypatch, engine, "administrator")
    page = open_page(url, "policy", lang="en")
    page.file_uploader[0].set_value(("ningbo-trial.zip", packed({"rules.csv": b""}), "application/zip")).run()
    assert "metrics.csv" in drawn(page)
    page.file_uploader[0].set_value(
        (f"{NINGBO.name}.zip", packed({f"{NINGBO.name}/{name}": FILES[name] for name in FILES}), "application/zip")
    ).run()
    assert not page.exception
    assert f"{NINGBO.name} is a new edition" in read(said(page)).replace("**", "")
    assert version(engine) == before
    next(each for each in page.button if each.label == "Confirm and put in force").click().run()
    assert "is in force" in said(page)
    assert version(engine) == before + 1
    look_as(monkeypatch, engine, "manager")
    assert not open_page(url, "policy", lang="en").get("file_uploader")
