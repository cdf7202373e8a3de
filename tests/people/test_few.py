"""What is told of others taken together is told of enough of them, or to who may see each."""

import pandas as pd
import pytest
from sqlalchemy import Engine

from tests.people import ground
from tests.people.ground import OWN, YEAR
from tracking import database
from tracking.filing import stored


@pytest.mark.parametrize(("name", "told"), [("operator", False), ("reviewer", False), ("manager", True)])
def test_a_figure_is_not_held_against_the_highest_of_three_unseen_spaces(laid: Engine, name: str, told: bool) -> None:
    figures = pd.DataFrame({"space_id": [OWN], "year": [YEAR], "metric": ["mentor_services"]})
    with database.reading(ground.seen(laid, name)) as connection:
        _, highest = stored.peers(connection, figures)
    assert (len(highest) == 1) == told
