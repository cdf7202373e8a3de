"""The filing page: nothing is stored unseen or without a name, and what was stored can be looked up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, read, said
from tracking import database
from tracking.database import loads
from tracking.filing import loading, register
from tracking.policy import loading as policies
from tracking.results import history

SPACE = "space_id,space_name,track,start_year,end_year\nS1,<b>甲</b> **乙**,internationalization,2023,2025\n"
FIRST = "space_id,year,international_events,international_events_note\nS1,2024,9,<i>估</i>\n".encode()
BETTER = b"space_id,year,international_events\nS1,2024,12\n"
BROKEN = "space_id,year,international_events\nS1,2024,约9\n".encode()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"duckdb:///{tmp_path}/filing.duckdb"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = database.connect(url, create=True)
    database.initialise(engine)
    policies.load_all(engine, by="tests")
    assert register.load(engine, SPACE.encode(), "register.csv", by="tests").loaded
    yield engine
    engine.dispose()


def _upload(app: AppTest, content: bytes) -> AppTest:
    app.file_uploader[0].set_value([("2024.csv", content, "text/csv")])
    return app.run()


def _press(app: AppTest, word: str, by: str | None = None) -> AppTest:
    if by is not None:
        next(each for each in app.text_input if each.label == "填报人").set_value(by)
    next(each for each in app.button if each.label == word).click()
    return app.run()


def _filed(engine: Engine) -> list[tuple[int, str]]:
    statement = "SELECT filing.revision, load.loaded_by FROM filing JOIN load USING (load_id) ORDER BY revision"
    with database.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement)).all()]


def test_a_name_typed_and_the_button_pressed_file_once_and_leave_a_receipt(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    app = _upload(open_page(url, "filing"), FIRST)
    assert "新增 0 项缺口" in said(app)
    app = _press(app, "确认保存", "示例填报人")
    assert _filed(engine) == [(1, "示例填报人")]
    assert app.query_params["receipt"] == loads.sha256(FIRST)
    assert loads.sha256(FIRST) in said(app)
    assert "示例填报人" in said(app)


@pytest.mark.usefixtures("engine")
def test_a_template_left_as_it_was_is_told_to_say_nothing(url: str, open_page: OpenPage) -> None:
    app = open_page(url, "filing")
    assert "S1 2024" in read(_upload(app, b"space_id,year,international_events\nS1,2024,\n").warning[0].value)
    assert not _upload(open_page(url, "filing"), BETTER).warning


def test_nobody_files_without_a_name(url: str, engine: Engine, open_page: OpenPage) -> None:
    app = _press(_upload(open_page(url, "filing"), FIRST), "确认保存", "  ")
    assert [each.value for each in app.warning] == ["请填写填报人，再按“确认保存”。"]
    assert _filed(engine) == []


def test_what_somebody_else_stored_meanwhile_is_shown_before_it_is_replaced(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    app = _upload(open_page(url, "filing"), BETTER)
    assert loading.load(engine, FIRST, "other.csv", by="another").loaded
    app = _press(app, "确认保存", "示例填报人")
    assert _filed(engine) == [(1, "another")]
    assert "有人保存了相关数据" in said(app)
    _press(app, "确认保存", "示例填报人")
    assert _filed(engine) == [(1, "another"), (2, "示例填报人")]


def test_a_file_with_an_error_cannot_be_confirmed_and_cancelling_takes_it_away(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    app = _upload(open_page(url, "filing"), BROKEN)
    assert "1 个错误、0 个提醒" in said(app)
    assert next(each for each in app.button if each.label == "确认保存").disabled
    app = _press(app, "取消，不保存")
    assert "填报情况" in said(app)
    assert _filed(engine) == []


def test_the_history_of_a_single_filing_shows_its_figures_and_explanations(
    url: str, engine: Engine, open_page: OpenPage
) -> None:
    assert loading.load(engine, FIRST, "2024.csv", by="示例填报人").loaded
    app = open_page(url, "filing", space="S1", task="history")
    (figures,) = [each.value for each in app.dataframe if "note" in each.value]
    assert figures[["metric_name", "value", "note"]].to_numpy().tolist() == [["国际化活动", "9", "<i>估</i>"]]


def test_the_name_of_a_space_is_shown_as_text(url: str, engine: Engine, open_page: OpenPage) -> None:
    app = _press(_upload(open_page(url, "filing"), FIRST), "确认保存", "示例填报人")
    (link,) = [each for each in app.get("page_link") if "图表" in each.proto.label]
    assert "<b>" not in link.proto.label
    assert "<b>甲</b> **乙**" in read(link.proto.label)
    assert history.receipt(engine, None, sha256=loads.sha256(FIRST))["space_name"].tolist() == ["<b>甲</b> **乙**"]
