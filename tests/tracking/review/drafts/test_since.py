"""What is otherwise than when a draft was last looked at."""

from sqlalchemy import Engine

from tests.reviewed import by
from tests.tracking.review.drafts.about import OWN, save, seen
from tracking.filing import loading
from tracking.review.drafts import keeping, since, written


def test_what_changed_since_is_told(enrolled: Engine) -> None:
    operator = by(enrolled, "operator")
    handle = save(operator, OWN)
    up = keeping.take_up(operator, handle.draft)
    assert since.loads_since(operator, version=up.data_version, spaces=up.spaces).empty
    other = b"space_id,year,mentors,funded_firms\nS1,2022,18,5\nS1,2021,15,4\n"
    loading.load(enrolled, other, "other.csv", by="另一人")
    told = since.loads_since(operator, version=up.data_version, spaces=up.spaces)
    assert told[["kind", "by"]].to_numpy().tolist() == [["filing", "另一人"]]
    now = written.shown(seen(operator, OWN), checked=True)
    found = {each[2:] for each in since.differences(up.shown, now) if each.what in ("value", "stored", "year_before")}
    assert found == {
        ("mentors", "stored", "", None, 18.0),
        ("mentors", "year_before", "", None, 15.0),
        ("funded_firms", "stored", "", None, 5.0),
        ("funded_firms", "year_before", "", None, 4.0),
    }
    assert since.differences(now, now) == []
