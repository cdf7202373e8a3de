"""Trials of one piece of work are one draft to go on with, the earlier ones behind it, and told once it is filed."""

import pytest
from sqlalchemy import Engine

from tests.pages.conftest import OpenPage, look_as, read, said
from tests.pages.filing_steps.test_kept import RIGHT, WRONG, enrolled, labels, press, upload
from tests.reviewed import by
from tracking.filing import loading
from tracking.review.drafts import keeping

__all__ = ["enrolled"]


def test_trials_of_a_space_and_year_are_offered_as_one(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    look_as(monkeypatch, engine, "operator")
    other = b"space_id,year,mentors\nS2,2022,20\n"
    for name, content in (("a.csv", WRONG), ("b.csv", WRONG + b"\n"), ("c.csv", RIGHT), ("d.csv", other)):
        press(upload(open_page(url, "filing"), content, name), "暂存为草稿")
    app = open_page(url, "filing")
    heads = [read(each.value) for each in app.markdown if "草稿，尚未提交" in each.value]
    assert [head.rpartition("**")[2] for head in heads] == [" · S2 · 2022 年", " · S1 · 2022 年"]
    assert [each.label for each in app.expander if "较早的草稿" in each.label] == [
        "同一空间、同一年度还有 2 份较早的草稿"
    ]
    assert labels(app).count("继续填报") == 4
    press(app, "丢弃这 2 份较早的草稿")
    left = keeping.offered(by(engine, "operator"))
    assert left["source"].tolist() == ["d.csv", "c.csv"]


def test_a_draft_whose_year_was_filed_since_says_so(
    open_page: OpenPage, enrolled: tuple[str, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, engine = enrolled
    look_as(monkeypatch, engine, "operator")
    upload(open_page(url, "filing"), WRONG)
    assert "提交过" not in said(open_page(url, "filing"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE draft SET saved_at = saved_at - INTERVAL 1 MINUTE")
    assert loading.load(by(engine, "operator"), RIGHT, "other.csv", by="").loaded
    assert "提交过" in said(open_page(url, "filing"))
