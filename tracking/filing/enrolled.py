"""Who may file for which years: the register in force, as the interpretation of a file asks it."""

import difflib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from tracking.words import spelling

# No name is longer, and no form mentions more of them.
_LONGEST_NAME = 100
_MOST_NAMES = 2_000
_NUMBER = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,20})?(?:e[+-]?[0-9]{1,2})?", re.IGNORECASE)
# From here on a cell shows 3.10115E+11.
_MANY_DIGITS = 1e11
# 0 and O, 1 and l; zeros in front of a number.
_TAKEN_FOR = str.maketrans("oli", "011")
_BESIDE, _ZEROS = re.compile(r"[-_./ ]|[(\[【].*"), re.compile(r"(?<![0-9])0+(?=[0-9])")
_DAY = re.compile(r"(?:[0-9]{4}[-/])?([0-9]{1,2})[-/月]([0-9]{1,2})日?")


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
        made = _made_by_a_spreadsheet(written)
        same = [space_id for space_id in names if _made_by_a_spreadsheet(space_id) == made]
        if same:
            return f"{same[0]} {names[same[0]]}" if len(same) == 1 else ""
        for alike in (_alike, _a_slip):
            slips = [space_id for space_id in names if alike(_key(written), _key(space_id))]
            if slips:
                # Of several that are as like, any but one is another's.
                return f"{slips[0]} {names[slips[0]]}" if len(slips) == 1 else ""
        close = difflib.get_close_matches(written, list(names.values()), 1, 0.6)
        return next((f"{space_id} {name}" for space_id, name in names.items() if name in close), "")

    def periods(self, space_id: str) -> str:
        """The periods of a space's enrolments, as 2023–2025."""
        return ", ".join(f"{first}–{last}" for first, last in self.enrolments.get(space_id, ()))


def _made_by_a_spreadsheet(text: str) -> str:
    """What a spreadsheet makes of an ID that is typed into it, and of that again the same: 12 of 00012, 12000 of 12E3,
    a day of 3-5, and of many digits the first ones."""
    if _NUMBER.fullmatch(text):
        value = float(text)
        return f"{value:.6g}" if value >= _MANY_DIGITS else f"{value:.15g}"
    day = _DAY.fullmatch(text)
    return f"{int(day[1])}-{int(day[2])}" if day else text


def _key(text: str) -> str:
    """An ID without the signs that are left out, or taken for others, when it is typed."""
    return _BESIDE.sub("", spelling.folded(text)).translate(_TAKEN_FOR)


def _alike(key: str, other: str) -> bool:
    return _ZEROS.sub("", key) == _ZEROS.sub("", other)


def _a_slip(key: str, other: str) -> bool:
    """Whether one sign is another, missing or too many, or two beside each other are exchanged."""
    if abs(len(key) - len(other)) > 1 or key == other:
        return key == other
    start = next(
        (at for at, (one, two) in enumerate(zip(key, other, strict=False)) if one != two), min(map(len, (key, other)))
    )
    one, two = key[start:], other[start:]
    return one[1:] in (two, two[1:]) or one == two[1:] or one[:2] == two[1::-1] and one[2:] == two[2:]


def known(connection: Connection, mentioned: Collection[str] | None = None) -> Register:
    """The register in force: all of it, or of the spaces alone whose ID or name is among the texts `mentioned`, all of
    them casefolded.

    In the file of one space, reading of all the others took most of the time.
    """
    named = sa.table("visible_space", sa.column("space_id", sa.String), sa.column("space_name"))
    enrolled = sa.table(
        "current_enrolment", sa.column("space_id", sa.String), sa.column("start_year"), sa.column("end_year")
    )
    everyone = sa.select(named)
    periods = sa.select(enrolled).order_by(enrolled.c.space_id, enrolled.c.start_year)
    if mentioned is None:
        names = _names(connection, everyone)
        periods = periods.where(enrolled.c.space_id.in_(sa.select(named.c.space_id)))
    else:
        ids = connection.execute(sa.text("SELECT DISTINCT space_id FROM space")).scalars().all()
        meant = [space_id for space_id in ids if space_id.casefold() in mentioned]
        meant = list(dict.fromkeys([*meant, *_by_name(connection, mentioned)]))
        meant = meant or _by_key(connection, mentioned)
        names = _names(connection, everyone.where(named.c.space_id.in_(meant)))
        # These may be seen, and are few: to look for all that may be seen once more took longer than the periods.
        periods = periods.where(enrolled.c.space_id.in_(list(names)))
    enrolments: dict[str, list[tuple[int, int]]] = {}
    for space_id, first, last in connection.execute(periods).all():
        enrolments.setdefault(space_id, []).append((first, last))
    years = {
        space_id: frozenset(year for first, last in each for year in range(first - 1, last + 1))
        for space_id, each in enrolments.items()
    }
    others = None if mentioned is None else cache(lambda: _names(connection, everyone))
    return Register(names, years, enrolments, others)


def _names(connection: Connection, spaces: sa.Select[Any]) -> dict[str, str]:
    return dict(map(tuple, connection.execute(spaces)))


def _by_key(connection: Connection, mentioned: Collection[str]) -> list[str]:
    """The IDs of spaces whose name is mentioned in another width than it is registered in."""
    if len(mentioned) > _MOST_NAMES:
        return []
    keys = {spelling.folded(text) for text in mentioned if 1 < len(text) <= _LONGEST_NAME}
    named = connection.execute(sa.text("SELECT DISTINCT space_id, space_name FROM space ORDER BY space_id")).all()
    return list(dict.fromkeys(space_id for space_id, name in named if spelling.folded(name) in keys))


def _by_name(connection: Connection, mentioned: Collection[str]) -> Sequence[str]:
    """The IDs of spaces whose name is mentioned; a file of more texts than a form has gives IDs."""
    names = [text for text in mentioned if 1 < len(text) <= _LONGEST_NAME and not text.replace(".", "").isdigit()]
    if not names or len(names) > _MOST_NAMES:
        return []
    space = sa.table("space", sa.column("space_id", sa.String), sa.column("space_name", sa.String))
    statement = sa.select(space.c.space_id).distinct().where(sa.func.lower(space.c.space_name).in_(names))
    return connection.execute(statement).scalars().all()
