"""What was agreed stands in the scorecard and in the briefing, in the reader's language, and nowhere else."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from tests import databases, reviewed
from tracking.exports import briefing, scorecard
from tracking.review import rectifications, waivers
from tracking.review.measures import Subject
from tracking.review.rectifications import Written

SOON = date.today() + timedelta(days=30)
FUNDED = Subject("S1", 2022, "specialization.target.5.funded_firms")


@pytest.fixture(scope="module")
def agreed_with() -> Iterator[Engine]:
    """S1, that missed something, with a waiver and a rectification."""
    engine = reviewed.enrolled(databases.empty())
    reviewed.file(engine, "space_id,year,mentors,funded_firms\nS1,2022,20,4\n")
    manager = reviewed.by(engine, "manager")
    waivers.waive(manager, FUNDED, SOON, "搬迁")
    rectifications.write(manager, "rectify", Subject("S1", 2022), Written("整体整改", SOON))
    yield engine
    engine.dispose()


def test_both_say_what_was_agreed(agreed_with: Engine, printed: list) -> None:
    scorecard.scorecard(agreed_with, date.today(), space="S1", lang="zh")
    briefing.briefing(agreed_with, date.today(), year=2022, lang="zh")
    told = [
        f"2022 年度“获投企业”豁免至 {SOON}：搬迁（manager）",
        f"2022 年度“整个年度”未整改：整体整改（manager 要求，限 {SOON}）；2023 年度：未提交年报",
    ]
    card, brief = printed
    assert card["enrolments"][0]["agreed"] == told
    assert [row["text"] for row in brief["agreed"]["rows"]] == told


def test_another_s_say_nothing_of_it(agreed_with: Engine, printed: list) -> None:
    scorecard.scorecard(agreed_with, date.today(), space="S2", lang="zh")
    briefing.briefing(agreed_with, date.today(), year=2022, districts=("南区",), lang="zh")
    assert printed[0]["enrolments"][0]["agreed"] == []
    assert printed[1]["agreed"]["rows"] == []
