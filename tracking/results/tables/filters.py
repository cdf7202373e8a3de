"""What a table can be filtered by: each filter is declared once, in `Chosen`, with its keyword, its type and all else.

The command line, the addresses and their description, the covers, the pages and the queries are made from it. A new
filter is a line there, and its words: `column.<column>`, `api.parameter.<name>` and, on the pages, `filter.<name>`.
A code that names nothing is told, never answered with an empty table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, TypedDict, get_args, get_origin, get_type_hints

import sqlalchemy as sa
from sqlalchemy import Connection

from tracking.policy.rows import YEARS
from tracking.results.tables.columns import CHANGES, COLUMNS, DECISIONS, STATUS, in_view
from tracking.words import spelling
from tracking.words.language import Lang

_EVERY = (*COLUMNS, "observations_wide", "changes", "decisions")
_REQUIREMENTS = ("attainment", "shortfalls", "waivers", "rectifications")
# Those whose rows say whether they are provisional.
_MARKED = (*(table for table, columns in COLUMNS.items() if "provisional" in columns), "observations_wide", "decisions")
# Those in whose views rows that are withheld stand without what they say.
_WITHHELD = ("attainment", "evaluations", "verdicts", "filings", "decisions")
_PHASES = ("attainment", "shortfalls", "evaluations", "decisions")
# The columns of a table's rows; the wide observations are chosen by those of the long ones.
_COLUMNS = {**COLUMNS, "changes": CHANGES, "decisions": DECISIONS}


@dataclass(frozen=True)
class Filter:
    """One filter: what it is called, and what it chooses by.

    `name` is of the option and of the parameter, `column` is what it chooses by; `names` and `columns` say both by
    table where they are others. `of` is what it tells of: where a table lacks the column, a space is looked up in
    the register, and a space's year in its enrolments. A code must stand in the view `known`; `coded` values are
    those that the dictionary has for the column. `place` is where it stands in the pages' row of filters, 0 nowhere.
    """

    name: str
    column: str = ""
    of: Literal["space", "enrolment", "year", "row"] = "row"
    known: str = ""
    coded: bool = False
    least: int = 0
    most: int = 0
    tables: Sequence[str] = _EVERY
    names: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    place: int = 0
    # As Chosen's annotation says: the keyword, the type of a value, and whether there can be several.
    keyword: str = ""
    kind: type = str
    several: bool = False

    @property
    def default(self) -> str | int | None:
        """What it says where nothing is chosen."""
        if self.kind is bool:
            return False
        return None if self.several else self.least or ""

    def name_in(self, table: str) -> str:
        """What the option and the parameter of a table are called."""
        return self.names.get(table, self.name)

    def column_in(self, table: str) -> str:
        """The column of a table that it chooses by."""
        return self.columns.get(table, self.column)


class Chosen(TypedDict, total=False):
    """What to show of a table; an empty filter means all, and one that a table does not know chooses nothing out.

    `approved_only` leaves the rows out that rest on a filing that is not approved, and changes none of the others: to
    judge a space as if it had not filed would tell `unfiled`, and with it a warning of exit, of one that has. What is
    left out is told beside (`left_out`). `at_least` is of consecutive_years. `search` is part of a space's ID or name
    or, where there is one, of a metric's name; in any letters' case. `lang` is of metric_name and unit.

    Whoever sees what is approved alone is shown none of the others whatever is chosen. `withheld`: those rows stand
    there too, without what they say.
    """

    spaces: Annotated[Sequence[str], Filter("space", "space_id", "space", "visible_space")]
    tracks: Annotated[Sequence[str], Filter("track", "track", "enrolment", "current_requirement", place=2)]
    editions: Annotated[Sequence[str], Filter("edition", "edition", "enrolment", "current_edition", place=1)]
    districts: Annotated[Sequence[str], Filter("district", "district", "space", "visible_space", place=3)]
    brands: Annotated[Sequence[str], Filter("brand", "brand", "space", "visible_space", place=4)]
    years: Annotated[Sequence[int], Filter("year", "year", "year", least=YEARS[0], most=YEARS[1], place=5)]
    phases: Annotated[Sequence[str], Filter("phase", "phase", "year", coded=True, tables=_PHASES, place=6)]
    requirements: Annotated[
        Sequence[str], Filter("requirement", "requirement", known="current_requirement", tables=_REQUIREMENTS)
    ]
    at_least: Annotated[int, Filter("at_least", "consecutive_years", least=1, most=100, tables=("shortfalls",))]
    search: Annotated[str, Filter("search", tables=tuple(COLUMNS))]
    statuses: Annotated[
        Sequence[str],
        Filter(
            "status",
            coded=True,
            tables=(*STATUS, "changes"),
            names={"changes": "change"},
            columns={**STATUS, "changes": "change"},
        ),
    ]
    approved_only: Annotated[bool, Filter("approved_only", "provisional", tables=_MARKED, place=7)]
    withheld: bool
    lang: Lang


def _declared() -> Iterator[Filter]:
    for keyword, hint in get_type_hints(Chosen, include_extras=True).items():
        if get_origin(hint) is Annotated:
            kind, declared = get_args(hint)
            several = get_origin(kind) is not None
            yield replace(declared, keyword=keyword, kind=get_args(kind)[0] if several else kind, several=several)


FILTERS = tuple(_declared())


def of_table(table: str) -> tuple[Filter, ...]:
    """The filters that a table can be chosen by."""
    return tuple(each for each in FILTERS if table in each.tables)


def applied(table: str, chosen: Chosen) -> Iterator[tuple[Filter, Any]]:
    """The filters that choose something out of a table, with their values."""
    for each in of_table(table):
        value = chosen.get(each.keyword)
        if value and (each.several or value != each.least):
            yield each, value


def conditions(table: str, chosen: Chosen) -> list[sa.ColumnElement[bool]]:
    """What the rows of a table must meet to be chosen."""
    columns = _COLUMNS[table]
    found: list[sa.ColumnElement[bool]] = []
    covered: dict[str, Sequence[object]] = {}
    if table in _WITHHELD and not chosen.get("withheld"):
        # What was closed is as it was, and says nothing of it.
        found.append(sa.column("withheld", sa.Boolean).is_not(True))
    for each, value in applied(table, chosen):
        column = each.column_in(table)
        if each.name == "search":
            found += _searched(columns, value, chosen.get("lang", "zh"))
        elif each.kind is bool:
            found.append(~sa.column(column, sa.Boolean))
        elif not each.several:
            found.append(sa.column(column, sa.Integer) >= value)
        elif column in columns:
            found.append(_among(column, value))
        elif each.of == "space":
            found.append(_looked_up(["space_id"], each.known, [_among(column, value)]))
        elif each.of == "enrolment":
            covered[column] = value
        else:
            found.append(sa.or_(*map(_in_period, value)))
    if covered:
        # One enrolment must meet all of them.
        among = [_among(column, values) for column, values in covered.items()]
        found.append(_looked_up(["space_id", "year"], "enrolment_year", among))
    return found


def in_scope(table: str, chosen: Chosen) -> tuple[str, dict[str, object]]:
    """`conditions` as text that stands in a query whose rows have the columns of a table, and its values by name."""
    met = sa.and_(sa.true(), *conditions(table, chosen)).compile(compile_kwargs={"render_postcompile": True})
    return f"({met})", dict(met.params)


def _searched(columns: Mapping[str, str], search: str, lang: Lang) -> Iterator[sa.ColumnElement[bool]]:
    part = search.strip().lower()
    if part:
        names = ["space_id", "space_name", *([in_view("metric_name", lang)] if "metric_name" in columns else [])]
        # A name is kept in the width that it was registered in, and typed in any.
        spelt = list(dict.fromkeys([part, spelling.one_width(part), spelling.full_width(part)]))
        lower = [sa.func.lower(sa.column(name)) for name in names]
        yield sa.or_(*(name.contains(each, autoescape=True) for name in lower for each in spelt))


def _among(name: str, values: Sequence[object]) -> sa.ColumnElement[bool]:
    """Whether a column says one of some values. One alone is an equality: past it, DuckDB reads the whole table."""
    column: sa.ColumnElement[Any] = sa.column(name)
    return column == values[0] if len(values) == 1 else column.in_(list(values))


def _looked_up(keys: Sequence[str], view: str, met: Sequence[sa.ColumnElement[bool]]) -> sa.ColumnElement[bool]:
    """Whether a row's keys stand in a view beside what is looked for."""
    there: sa.Select[*tuple[Any, ...]] = sa.select(*map(sa.column, keys)).select_from(sa.table(view)).where(*met)
    return sa.tuple_(*map(sa.column, keys)).in_(there) if len(keys) > 1 else sa.column(keys[0]).in_(there)


def _in_period(year: int) -> sa.ColumnElement[bool]:
    """Whether a year is one of an enrolment's period."""
    first: sa.ColumnElement[int] = sa.column("start_year")
    last: sa.ColumnElement[int] = sa.column("end_year")
    return sa.literal(year).between(first, last)


# How many of the codes that exist an answer names.
_NAMED = 50


class UnknownCode(Exception):
    """There is no such space, track and so on, as `kind` says; `known` are the first that there are."""

    def __init__(self, kind: str, code: str, known: Sequence[str]) -> None:
        super().__init__(f"{kind}: {code}")
        self.kind = kind
        self.code = code
        self.known = known


def check_codes(connection: Connection, chosen: Chosen) -> None:
    """Raises UnknownCode for the first code that is not there, of the filters whose codes must be known."""
    for each in FILTERS:
        if each.known:
            _check(connection, each, chosen.get(each.keyword) or ())  # type: ignore[arg-type]


def _check(connection: Connection, declared: Filter, codes: Sequence[str]) -> None:
    if not codes:
        return
    code: sa.ColumnElement[str] = sa.column(declared.column, sa.String)
    there = sa.select(code).select_from(sa.table(declared.known)).distinct()
    found = set(connection.execute(there.where(code.in_(list(codes)))).scalars().all())
    missing = next((each for each in codes if each not in found), None)
    if missing is not None:
        known = connection.execute(there.where(code != "").order_by(code).limit(_NAMED)).scalars().all()
        raise UnknownCode(declared.name, missing, known)
