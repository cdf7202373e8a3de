"""What is kept of a draft is read back as it was, and no personal data are."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import by
from tests.tracking.review.drafts.about import EVERYTHING, OWN, offered, seen
from tracking import database
from tracking.filing import choices as chosen
from tracking.filing.choices import Choices, Typed
from tracking.review.drafts import keeping, written
from tracking.review.drafts.handles import UnkeptDraft


def test_what_was_decided_is_read_back_as_it_was() -> None:
    assert written.choices_of(written.choices_text(EVERYTHING)) == EVERYTHING
    assert written.choices_of(written.choices_text(chosen.NONE)) == chosen.NONE


@pytest.mark.parametrize(
    ("content", "choices"),
    [
        ("space_id,year,mentors,备注\nS1,2022,20,13800138000\n".encode(), chosen.NONE),
        (OWN, Choices(figures={("S1", 2022, "mentors"): Typed("20", note="13800138000")})),
        (OWN, Choices(again={("S1", 2022): "找 13800138000"})),
    ],
    ids=["in the file", "typed", "answered"],
)
def test_personal_data_is_kept_in_no_draft(engine: Engine, content: bytes, choices: Choices) -> None:
    operator = by(reviewed.enrolled(engine), "operator")
    looked_at = seen(operator, content)
    with pytest.raises(UnkeptDraft, match="personal"):
        keeping.save(operator, None, content, "filed.csv", choices, looked_at)
    assert offered(operator) == []
    with database.reading(engine) as connection:
        assert database.value(connection, sa.text("SELECT COUNT(*) FROM draft_document")) == 0
