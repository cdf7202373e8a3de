"""Whom to call about a filing, for those who may."""

from collections.abc import Sequence

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.access import people

_VISIBLE = sa.table("visible_space", sa.column("space_id", sa.String))
_KNOWN = sa.table("current_space", sa.column("space_id", sa.String), sa.column("contact_name"), sa.column("telephone"))
_CONTACTS = (
    sa.select(_KNOWN.c.space_id, _KNOWN.c.contact_name, _KNOWN.c.telephone)
    .join_from(_VISIBLE, _KNOWN, _VISIBLE.c.space_id == _KNOWN.c.space_id)
    .where(sa.func.coalesce(_KNOWN.c.contact_name, _KNOWN.c.telephone).is_not(None))
    .order_by(_KNOWN.c.space_id)
)


def of(engine: Engine, spaces: Sequence[str]) -> pd.DataFrame:
    """The contacts of these spaces that the person who looks through an engine may call.

    Columns space_id, contact_name, telephone; a row for each space of which the register names one. Whoever sees
    figures alone gets no rows.
    """
    calling = database.seen_by(engine, people.person_of(engine).callable)
    with database.reading(calling) as connection:
        return database.frame(connection, _CONTACTS.where(_KNOWN.c.space_id.in_(list(spaces))))
