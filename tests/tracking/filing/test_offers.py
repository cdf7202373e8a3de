"""What was chosen once is offered again."""

from sqlalchemy import Engine

from tests.tracking.filing.choosing import AS_OF, FILE, load
from tracking.filing import choice_records, offers
from tracking.filing.choices import Choices
from tracking.filing.spreadsheets.tables import LEFT_OUT


def test_a_header_chosen_once_is_offered_to_the_same_space_again(enrolled: Engine) -> None:
    load(enrolled, FILE, Choices(columns={"投资额": "capital_raised", "天气": LEFT_OUT}))
    assert choice_records.headers(enrolled, ["S1"]) == {"投资额": "capital_raised", "天气": LEFT_OUT}
    assert choice_records.headers(enrolled, ["S2"]) == {}
    offered = offers.offers(enrolled, AS_OF, headers=["获得资本"], spaces=["S1"], lang="zh")
    assert offered.nearest["获得资本"][0] == "capital_raised"
    assert {"元", "千元", "万元"} <= set(offered.units)
