"""What an edition that is uploaded would change: stored beside in memory, looked at, and thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.access import acts, people
from tracking.database import states
from tracking.filing import status_changes
from tracking.policy import loading
from tracking.words.language import Lang

# Of fewer spaces nothing is told to whoever may not see them one by one.
FEWEST = 5
_THERE = sa.text("SELECT 1 FROM current_edition WHERE edition = :edition")
_ENROLLED = sa.text("SELECT DISTINCT space_id FROM current_enrolment WHERE edition = :edition")


@dataclass(frozen=True)
class EditionPreview:
    """What would be different after loading an edition.

    new: there is none of this name; same: it says what is in force. enrolled: the spaces that are enrolled under it.
    spaces, closed, opened: how many of them change, and shortfalls that there would be less and more; None where they
    are too few to be told to somebody who does not see them. changes: of those who are seen, columns of
    `status_changes`.
    """

    edition: str
    new: bool
    same: bool
    enrolled: int = 0
    spaces: int | None = 0
    closed: int | None = 0
    opened: int | None = 0
    changes: pd.DataFrame = field(default_factory=lambda: database.typed(pd.DataFrame(), status_changes.COLUMNS))


def preview(engine: Engine, edition: str, files: Mapping[str, bytes], as_of: date, lang: Lang) -> EditionPreview:
    """See what loading an edition's files would do; nothing is stored.

    Raises Refusal with everything that is wrong in them, Forbidden, DatabaseUnavailable.
    """
    # Who looks after editions sees no space by that, and is still to know what changes.
    everything = database.opened(engine)

    def work(connection: Connection) -> EditionPreview:
        person = acts.check(connection, engine, "policy")
        new = database.value(connection, _THERE, {"edition": edition}) is None
        enrolled = sorted(connection.execute(_ENROLLED, {"edition": edition}).scalars().all())
        with states.trial(everything, connection, as_of, enrolled) as (standing, target):
            before = status_changes.owed(standing, enrolled, lang)
            if loading.take_in(target, edition, files, by="") is None:
                return EditionPreview(edition, new=False, same=True)
            if not enrolled:
                return EditionPreview(edition, new, same=False)
            changes = status_changes.between(before, status_changes.owed(target, enrolled, lang))
        seen = people.among(connection, person.visible, enrolled)
        hidden = changes.loc[~changes["space_id"].isin(list(seen)), "space_id"].nunique()
        counts: tuple[int | None, int | None, int | None] = (
            int(changes["space_id"].nunique()),
            int((changes["change"] == "closed").sum()),
            int((changes["change"] == "opened").sum()),
        )
        if 0 < hidden < FEWEST:
            counts = (None, None, None)
        shown = changes[changes["space_id"].isin(list(seen))].reset_index(drop=True)
        return EditionPreview(edition, new, False, len(enrolled), *counts, shown)

    return database.rehearse(everything, work, as_of)
