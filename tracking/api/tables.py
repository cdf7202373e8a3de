"""The tables that have an address: what each may be asked, and how it is read."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.api.parameters import AS_OF, CLOSING, DATA_VERSION, FROM, LANG, TO, Parameter, of_filters
from tracking.api.refusals import Refused
from tracking.closings import archive, frozen, since
from tracking.database import states
from tracking.policy.vocabulary import vocabulary
from tracking.results import shortfalls
from tracking.results.tables import attainment, changes, code_lists, dictionary, observations, versions
from tracking.results.tables.columns import CLOSINGS, CODES, COLUMNS, SINCE_CLOSING, STATUS, VERSIONS
from tracking.results.tables.filters import Chosen
from tracking.words.language import Lang

# Keywords of what is asked that choose rows, as `attainment` takes them.
_CHOSEN = tuple(Chosen.__annotations__)
# Comparisons held in memory, each with all that differs.
_COMPARISONS_KEPT = 2
_one_comparison = threading.Lock()


@dataclass(frozen=True)
class Query:
    """What an address asks for: the rows chosen, the day, the versions, and (of JSON) the page; no limit is all.

    `columns` are all where none is named; `sort` is a column, with a minus before it from the largest on.
    """

    chosen: Chosen
    as_of: date
    data_version: int | None = None
    closing: int | None = None
    columns: Sequence[str] = ()
    sort: str | None = None
    group_by: str | None = None
    earlier: int = 0
    later: int | None = None
    limit: int | None = None
    offset: int = 0
    # Whether the day was named, or is today.
    day_chosen: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Query":
        """From the values of an address's parameters; without a day, as of today."""
        chosen: Any = {name: value for name, value in values.items() if name in _CHOSEN}
        others = {name: value for name, value in values.items() if name not in _CHOSEN}
        if others.pop("paged", "yes") == "no":
            others = {name: value for name, value in others.items() if name not in ("limit", "offset")}
        others["columns"] = tuple(others.get("columns") or ())
        day = values.get("as_of")
        return cls(chosen, **{**others, "as_of": day or date.today(), "day_chosen": day is not None})


@dataclass(frozen=True)
class Rows:
    """Rows to send, in frames, and how many there are in all: to be asked before a frame is taken."""

    frames: Iterable[pd.DataFrame]
    columns: Sequence[str]
    total: Callable[[], int]


@dataclass(frozen=True)
class Source:
    """The database, and a connection on the state and the day that are asked for."""

    engine: Engine
    connection: Connection


@dataclass(frozen=True)
class Endpoint:
    """A table with an address: fixed columns (in `open` ones, metrics follow), parameters, how its rows are read."""

    name: str
    columns: Mapping[str, str]
    read: Callable[[Source, Query], Rows] = field(repr=False)
    parameters: tuple[Parameter, ...] = ()
    open: bool = False


def _stored(name: str) -> Endpoint:
    def read(source: Source, query: Query) -> Rows:
        scope = (source.connection, name, query.chosen)
        if query.group_by is not None:
            if query.columns or query.sort:
                raise Refused("contradiction", "group_by", other="column, sort")
            return _one_frame(shortfalls.groups(source.connection, query.group_by, query.chosen), query)
        shape: Any = {"columns": query.columns, "exact": True}
        if query.sort is not None:
            shape |= {"order": query.sort.removeprefix("-"), "descending": query.sort.startswith("-")}
        frames: Iterable[pd.DataFrame] = attainment.frames(*scope, **shape)
        if query.limit is not None:
            frames = [attainment.read(*scope, limit=query.limit, offset=query.offset, **shape)]
        return Rows(frames, list(query.columns or COLUMNS[name]), partial(attainment.count, *scope))

    columns = tuple(COLUMNS[name])
    parameters = [
        *of_filters(name),
        # What was filed does not depend on a day.
        *([AS_OF] if name in STATUS else []),
        DATA_VERSION,
        *([CLOSING] if name in archive.TABLES else []),
        Parameter("column", "columns", "choice", choices=columns, repeatable=True),
        Parameter("sort", "sort", "choice", choices=(*columns, *(f"-{column}" for column in columns))),
        *([Parameter("group_by", "group_by", "choice", choices=tuple(shortfalls.BY))] if name == "shortfalls" else []),
        LANG,
    ]
    return Endpoint(name, COLUMNS[name], read, tuple(parameters))


def _one_frame(rows: pd.DataFrame, query: Query) -> Rows:
    last = None if query.limit is None else query.offset + query.limit
    return Rows([rows.iloc[query.offset : last]], list(rows.columns), lambda: len(rows))


def _wide(source: Source, query: Query) -> Rows:
    scope = (source.connection, query.chosen)
    frames: Iterable[pd.DataFrame] = observations.frames(*scope, exact=True)
    if query.limit is not None:
        frames = [observations.page(*scope, limit=query.limit, offset=query.offset, exact=True)]
    return Rows(frames, observations.columns(*scope), partial(observations.count, *scope))


def _changes(source: Source, query: Query) -> Rows:
    later = database.data_version(source.connection) if query.later is None else query.later
    try:
        with _one_comparison:
            whole = database.opened(source.engine)
            spaces = tuple(query.chosen["spaces"])
            made = _compared(whole, query.earlier, later, query.as_of, spaces, query.chosen["lang"])
            compared = states.as_seen(made, source.connection)
    except states.UnknownVersion as error:
        at_fault = "to" if error.version == later else "from"
        raise Refused("unknown-version", at_fault, value=error.version, newest=error.newest) from error
    return Rows(_compared_frames(compared, query), list(changes.COLUMNS), partial(_compared_count, compared, query))


@lru_cache(maxsize=_COMPARISONS_KEPT)
def _compared(engine: Engine, earlier: int, later: int, as_of: date, spaces: Sequence[str], lang: Lang) -> Engine:
    """The comparison, which takes a while to make: its pages and its other filters follow from the one that is made."""
    return database.opened(changes.replayed(engine, earlier, later, as_of, {"spaces": spaces, "lang": lang}))


def _compared_frames(compared: Engine, query: Query) -> Iterator[pd.DataFrame]:
    with database.reading(compared) as connection:
        if query.limit is None:
            yield from changes.frames(connection, query.chosen)
        else:
            yield changes.read(connection, query.chosen, limit=query.limit, offset=query.offset)


def _compared_count(compared: Engine, query: Query) -> int:
    with database.reading(compared) as connection:
        return changes.count(connection, query.chosen)


def _dictionary(source: Source, query: Query) -> Rows:
    return _one_frame(dictionary.dictionary(query.chosen["lang"], vocabulary(source.connection).metrics), query)


def _codes(source: Source, query: Query) -> Rows:
    return _one_frame(code_lists.code_lists(source.connection), query)


def _versions(source: Source, query: Query) -> Rows:
    return _one_frame(versions.versions(source.connection), query)


def _closings(source: Source, query: Query) -> Rows:
    return _one_frame(frozen.closings(source.connection), query)


def _since_closing(source: Source, query: Query) -> Rows:
    assert query.closing is not None
    rows = since.since(source.engine, query.as_of, closing=query.closing, lang=query.chosen["lang"])
    return _one_frame(rows, query)


TABLES = (
    *map(_stored, COLUMNS),
    Endpoint(
        "observations_wide",
        observations.WIDE | observations.LAST,
        _wide,
        (*of_filters("observations_wide"), DATA_VERSION, LANG),
        open=True,
    ),
    Endpoint("changes", changes.COLUMNS, _changes, (FROM, TO, *of_filters("changes"), AS_OF, LANG)),
    Endpoint("versions", VERSIONS, _versions, (LANG,)),
    Endpoint("closings", CLOSINGS, _closings, (LANG,)),
    Endpoint("since_closing", SINCE_CLOSING, _since_closing, (replace(CLOSING, required=True), LANG)),
    Endpoint("dictionary", dictionary.COLUMNS, _dictionary, (LANG,)),
    Endpoint("codes", CODES, _codes, (LANG,)),
)
