"""Who may file for which years: the register in force, as the interpretation of a file asks it."""

import difflib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy import Connection


@dataclass(frozen=True)
class Register:
    """Who may file for which years: the year before an enrolment's first is welcome, it is the baseline.

    `everyone` gives the names of all spaces where `names` has only those that a file mentions.
    """

    names: Mapping[str, str]
    years: Mapping[str, frozenset[int]]
    enrolments: Mapping[str, Sequence[tuple[int, int]]]
    everyone: Callable[[], Mapping[str, str]] | None = None

    def nearest(self, written: str) -> str:
        """The space most like what was written for one, as `id name`; empty where none is."""
        names = self.everyone() if self.everyone else self.names
        # A spreadsheet makes 12 of 00012.
        same = [space_id for space_id in names if space_id.lstrip("0") == written.lstrip("0")]
        if len(same) == 1:
            return f"{same[0]} {names[same[0]]}"
        for told, by in ((names, list(names)), (None, list(names.values()))):
            close = difflib.get_close_matches(written, by, 1, 0.6)
            if close:
                space_id = close[0] if told else next(each for each, name in names.items() if name == close[0])
                return f"{space_id} {names[space_id]}"
        return ""

    def periods(self, space_id: str) -> str:
        """The periods of a space's enrolments, as 2023–2025."""
        return ", ".join(f"{first}–{last}" for first, last in self.enrolments.get(space_id, ()))


def known(connection: Connection, mentioned: Collection[str] | None = None) -> Register:
    """The register in force: all of it, or of the spaces alone whose ID, casefolded, is among the texts `mentioned`.

    In the file of one space, reading of all the others took most of the time.
    """
    named = sa.table("current_space", sa.column("space_id", sa.String), sa.column("space_name"))
    enrolled = sa.table(
        "current_enrolment", sa.column("space_id", sa.String), sa.column("start_year"), sa.column("end_year")
    )
    everyone, periods = sa.select(named), sa.select(enrolled).order_by(enrolled.c.space_id, enrolled.c.start_year)
    spaces = everyone
    if mentioned is not None:
        ids = connection.execute(sa.text("SELECT DISTINCT space_id FROM space")).scalars().all()
        meant = [space_id for space_id in ids if space_id.casefold() in mentioned]
        spaces, periods = spaces.where(named.c.space_id.in_(meant)), periods.where(enrolled.c.space_id.in_(meant))
    enrolments: dict[str, list[tuple[int, int]]] = {}
    for space_id, first, last in connection.execute(periods).all():
        enrolments.setdefault(space_id, []).append((first, last))
    years = {
        space_id: frozenset(year for first, last in each for year in range(first - 1, last + 1))
        for space_id, each in enrolments.items()
    }
    names = dict(map(tuple, connection.execute(spaces)))
    others = None if mentioned is None else cache(lambda: dict(map(tuple, connection.execute(everyone))))
    return Register(names, years, enrolments, others)
