"""What can be closed at all."""

import pytest
from sqlalchemy import Engine

from tests.tracking.closings.about import EDITION
from tracking import database
from tracking.closings import closing, frozen
from tracking.closings.unknown import UnknownClosing


def test_what_nobody_owes_cannot_be_closed(decided: Engine) -> None:
    with pytest.raises(closing.NothingToClose):
        closing.close(decided, edition=EDITION, year=2030, by="tests")
    with database.reading(decided) as connection, pytest.raises(UnknownClosing):
        frozen.find(connection, 2)
