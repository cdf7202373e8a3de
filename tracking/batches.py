"""The spaces a batch at a time: what is held at one time does not grow with the country."""

import sqlalchemy as sa
from sqlalchemy import Connection


def batches(connection: Connection, size: int) -> list[tuple[str, str]]:
    """The first and the last space of each batch of `size`, in the database's own order; none without spaces."""
    spaces = connection.execute(sa.text("SELECT DISTINCT space_id FROM space ORDER BY space_id")).scalars().all()
    parts = [spaces[at : at + size] for at in range(0, len(spaces), size)]
    return [(part[0], part[-1]) for part in parts]
