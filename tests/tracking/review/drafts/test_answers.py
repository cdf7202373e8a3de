"""An answer that was not sent yet: of who wrote it alone, and over when it is sent."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases, reviewed
from tests.reviewed import DAY, by
from tracking import database
from tracking.access.acts import Forbidden
from tracking.maintenance import backup
from tracking.review import questions
from tracking.review.drafts import answers

OF = ("S1", 2022, "mentors")


def test_an_answer_that_was_not_sent_is_kept_for_who_wrote_it_and_ends_with_it(any_engine: Engine, tmp_path) -> None:
    programme = reviewed.filed(any_engine)
    questions.write(by(programme, "reviewer"), "ask", *OF, "有名单吗？")
    operator = by(programme, "operator")

    def kept(engine: Engine) -> str:
        return answers.kept(engine, DAY, space="S1", year=2022, metric="mentors")

    assert answers.keep(operator, *OF, "名单")
    assert answers.keep(operator, *OF, "名单在附件")
    assert [kept(by(programme, name)) for name in ("operator", "everything", "reviewer")] == ["名单在附件", "", ""]
    for name in ("reviewer", "southern"):
        with pytest.raises(Forbidden):
            answers.keep(by(programme, name), *OF, "x")
    backup.backup(programme, tmp_path / "backup")
    other = databases.empty()
    backup.restore(other, tmp_path / "backup")
    with database.reading(other) as connection:
        assert connection.execute(sa.text("SELECT body FROM answer_draft")).scalars().all() == ["名单在附件"]
    other.dispose()
    # Of what it must not keep, nothing stays of before either: it would come back as theirs.
    assert [answers.keep(operator, *OF, text) for text in (" ", "电话 13800138000", "x" * 2_001)] == [False] * 3
    assert kept(operator) == ""
    assert answers.keep(operator, *OF, "名单在附件")
    questions.write(operator, "answer", *OF, "名单在附件")
    assert kept(operator) == ""
