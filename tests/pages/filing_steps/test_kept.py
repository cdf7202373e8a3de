"""Drafts on the filing page: what was begun is offered again, gone on with by a colleague, and never overwritten."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from pages.filing_steps import confirm
from tests import databases, reviewed
from tests.pages.conftest import OpenPage, look_as, read, said, tables_of
from tests.reviewed import by
from tracking import database
from tracking.database import DatabaseUnavailable
from tracking.filing import loading
from tracking.review.drafts import keeping

WRONG = "space_id,year,mentors,funded_firms\nS1,2022,约20,5\n".encode()
RIGHT = b"space_id,year,mentors,funded_firms\nS1,2022,20,5\n"


@pytest.fixture
def enrolled(tmp_path: Path) -> Iterator[tuple[str, Engine]]:
    """A programme with people, of which nobody filed."""
    url = databases.shanghai_at(tmp_path / "drafts.duckdb")
    engine = database.connect(url)
    reviewed.enrolled(engine)
    yield url, engine
    engine.dispose()


def upload(app: AppTest, content: bytes, name: str = "2022.csv") -> AppTest:
    app.file_uploader[0].set_value([(name, content, "text/csv")])
    return app.run()


def press(app: AppTest, word: str) -> AppTest:
    next(each for each in app.button if each.label == word).click()
    app.run()
    if confirm.PRESSED in app.session_state:
        # What the browser does a moment later.
        app.session_state[confirm.ANSWERED] = True
        app.run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [each.label for each in app.button]


def mend(app: AppTest, cell: str) -> AppTest:
    next(each for each in app.text_input if "可改" in each.label).set_value(cell)
    return app.run()


def stored(engine: Engine) -> list[tuple[object, ...]]:
    statement = "SELECT metric, CAST(value AS DOUBLE PRECISION) FROM current_observation ORDER BY metric, value"
    with database.reading(engine) as connection:
        return [tuple(row) for row in connection.execute(sa.text(statement)).all()]


def test_a_killed_browser_loses_nothing_and_a_colleague_files_it(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    look_as(monkeypatch, engine, "operator")
    app = upload(open_page(url, "filing"), WRONG)
    assert "1 个错误" in said(app)
    # Typed, and not even checked.
    mend(app, "21")
    look_as(monkeypatch, engine, "everything")
    again = open_page(url, "filing")
    assert "草稿，尚未提交" in said(again)
    assert "operator 于" in read(said(again))
    assert stored(engine) == []
    press(again, "继续填报")
    assert "operator 于" in read(said(again))
    press(again, "确认保存")
    assert stored(engine) == [("funded_firms", 5.0), ("mentors", 21.0)]
    assert "已保存 1 份填报" in said(again)
    assert "草稿，尚未提交" not in said(open_page(url, "filing"))
    # The first one is told at the next thing they do, and what they typed is still theirs.
    look_as(monkeypatch, engine, "operator")
    assert "已在别处提交或丢弃" in said(mend(app, "22"))


def test_two_at_once_are_told_and_nothing_is_overwritten(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    look_as(monkeypatch, engine, "operator")
    mine = upload(open_page(url, "filing"), WRONG)
    look_as(monkeypatch, engine, "everything")
    theirs = mend(press(open_page(url, "filing"), "继续填报"), "30")
    look_as(monkeypatch, engine, "operator")
    mend(mine, "40")
    assert "everything 于" in read(said(mine))
    assert "没有写进那份草稿" in said(mine)
    press(mine, "将我的改动另存为草稿")
    found = keeping.offered(by(engine, "operator"))
    cells = [keeping.take_up(by(engine, "operator"), each).choices.cells for each in found["draft"]]
    assert sorted(list(each.values()) for each in cells) == [["30"], ["40"]]
    look_as(monkeypatch, engine, "everything")
    assert "没有写进那份草稿" not in said(theirs.run())
    # Another page looked at meanwhile takes nothing that was typed.
    theirs.switch_page("closings.py").run().switch_page("filing.py").run()
    assert "没有发现问题" in said(theirs)


def test_a_draft_taken_up_after_others_filed_says_what_is_otherwise(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    look_as(monkeypatch, engine, "operator")
    upload(open_page(url, "filing"), RIGHT)
    loading.load(engine, b"space_id,year,mentors\nS1,2022,18\nS1,2021,9\n", "other.csv", by="另一人")
    app = press(open_page(url, "filing"), "继续填报")
    assert "有人提交了相关填报 · 另一人" in read(said(app))
    (changed,) = [each for each in tables_of(app) if "有变化的是" in each]
    told = changed[["指标", "有变化的是", "原来", "改为"]].to_numpy().tolist()
    assert told == [["创业导师", "已存的数据", "—", "18"], ["创业导师", "上一年的数据", "—", "9"]]
    assert stored(engine) == [("mentors", 9.0), ("mentors", 18.0)]


def test_throwing_away_and_setting_aside(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    look_as(monkeypatch, engine, "operator")
    app = press(upload(open_page(url, "filing"), WRONG), "暂存为草稿")
    assert "草稿，尚未提交" in said(app)
    assert "填报情况" in said(app)
    press(app, "确定丢弃")
    assert "草稿，尚未提交" not in said(app)
    # One piece of work, uploaded again as it was mended in the file.
    upload(upload(app, WRONG), RIGHT)
    assert len(keeping.offered(by(engine, "operator"))) == 1


def test_where_nothing_can_be_kept_the_work_goes_on(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    with engine.begin() as connection:
        for table in ("account", "access_grant"):
            connection.exec_driver_sql(f"DELETE FROM {table}")

    def busy(*_: object, **__: object) -> None:
        raise DatabaseUnavailable("busy", url)

    with monkeypatch.context() as hindered:
        hindered.setattr(keeping, "save", busy)
        app = upload(open_page(url, "filing"), RIGHT)
        assert "没能存为草稿" in said(app)
        next(each for each in app.text_input if each.label == "填报人").set_value("示例填报人")
        press(app, "确认保存")
    assert stored(engine) == [("funded_firms", 5.0), ("mentors", 20.0)]
    # In local mode it is kept too, for the one who is there.
    upload(open_page(url, "filing"), WRONG)
    assert "草稿，尚未提交" in said(open_page(url, "filing"))


def test_after_a_killed_server_the_draft_is_back_at_once(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    engine.dispose()
    # Killed in the middle of the work: what was saved a moment ago is all there is.
    subprocess.run([sys.executable, "-c", KILLED, url, WRONG.decode()], cwd=ROOT, check=False, timeout=120)
    again = database.connect(url)
    look_as(monkeypatch, again, "operator")
    app = open_page(url, "filing")
    assert "草稿，尚未提交" in said(app)
    begun = time.process_time()
    press(app, "继续填报")
    spent = time.process_time() - begun
    assert "没有发现问题" in said(app)
    assert spent < 2
    press(app, "确认保存")
    assert stored(again) == [("funded_firms", 5.0), ("mentors", 21.0)]
    again.dispose()


ROOT = Path(__file__).parents[3]
KILLED = """
import os, signal, sys
from tests.reviewed import DAY, by
from tracking import database
from tracking.filing import preview
from tracking.filing.choices import Choices
from tracking.review.drafts import keeping

engine = database.connect(sys.argv[1])
operator, content = by(engine, "operator"), sys.argv[2].encode()
seen = preview.preview(operator, content, "2022.csv", DAY, "zh")
handle = keeping.save(operator, None, content, "2022.csv", Choices(), seen)
keeping.save(operator, handle, content, "2022.csv", Choices(cells={(None, 2, "C"): "21"}), seen, checked=False)
os.kill(os.getpid(), signal.SIGKILL)
"""
