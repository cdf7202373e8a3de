"""Drafts are bounded, and end by themselves."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests.reviewed import by
from tests.tracking.review.drafts.about import OWN, SPACELESS, WRONG, offered, save
from tracking import database
from tracking.review.drafts import keeping, rows
from tracking.review.drafts.handles import UnkeptDraft


def test_drafts_are_bounded_and_end_by_themselves(enrolled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    operator = by(enrolled, "operator")
    monkeypatch.setattr(rows, "MOST", 2)
    kept = [save(operator, OWN), save(operator, WRONG)]
    with pytest.raises(UnkeptDraft, match="many"):
        save(operator, SPACELESS)
    # A colleague's room is their own.
    save(by(enrolled, "everything"), OWN)
    old = rows.now() - timedelta(days=rows.DAYS, seconds=1)
    with enrolled.begin() as connection:
        connection.execute(
            sa.text("UPDATE draft SET saved_at = :old WHERE draft = :draft"), {"old": old, "draft": kept[1].draft}
        )
    assert kept[1].draft not in offered(operator)
    save(operator, SPACELESS)
    with database.reading(enrolled) as connection:
        stored = connection.execute(sa.text("SELECT content FROM draft_document")).scalars().all()
    assert sorted(map(bytes, stored)) == sorted([OWN, SPACELESS])
    monkeypatch.setattr(rows, "MOST", 20)
    monkeypatch.setattr(rows, "MOST_BYTES", 100)
    with pytest.raises(UnkeptDraft, match="size"):
        save(operator, WRONG)
    monkeypatch.setattr(keeping, "LONGEST", 10)
    with pytest.raises(UnkeptDraft, match="long"):
        save(operator, OWN)
