"""Where mail goes is an account's own to say."""

import pytest
from sqlalchemy import Engine

from tests import reviewed
from tests.reviewed import by
from tracking.access.acts import Forbidden
from tracking.reminders import receivers
from tracking.reminders.receivers import UnusableAddress


@pytest.mark.parametrize(
    "address",
    ["x", "@x.cn", "a@", "a@b@c.cn", "a b@c.cn", "a@c.cn\nBcc: d@c.cn", "a@c.cn,d@c.cn", "李@c.cn", "<a@c.cn>"],
)
def test_what_is_no_address_is_not_kept(engine: Engine, address: str) -> None:
    reviewed.enrolled(engine)
    with pytest.raises(UnusableAddress):
        receivers.choose(by(engine, "operator"), address, "zh")
    assert receivers.own(by(engine, "operator")).mail == ""


def test_an_address_is_its_owners_and_the_administrators_to_change(engine: Engine) -> None:
    reviewed.enrolled(engine)
    receivers.choose(by(engine, "operator"), " li@city.example ", "en")
    assert receivers.own(by(engine, "operator")) == receivers.Wishes("li@city.example", "en")
    for name in ("operator", "reviewer", "manager"):
        with pytest.raises(Forbidden):
            receivers.set_for(by(engine, name), "analyst", "x@city.example", "zh")
    receivers.set_for(by(engine, "administrator"), "operator", "", "zh")
    assert receivers.own(by(engine, "operator")).mail == ""
