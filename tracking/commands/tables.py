"""The tables that go out, printed or written."""

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Unpack

import click
from sqlalchemy import Connection

from tracking import database
from tracking.commands.group import OUT, command
from tracking.commands.output import write
from tracking.commands.settings import Settings
from tracking.database import states
from tracking.exports import covers, formats
from tracking.policy.vocabulary import vocabulary
from tracking.results.tables import changes, dictionary, filters
from tracking.results.tables.columns import STATUS
from tracking.results.tables.filters import Chosen, Filter, check_codes
from tracking.words.language import text


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date:
    try:
        # Of all that ISO 8601 allows, the one form that the contract names.
        return datetime.strptime(value, "%Y-%m-%d").date() if value is not None else date.today()
    except ValueError as error:
        raise click.BadParameter(f"{value!r}: YYYY-MM-DD") from error


FORM = click.option("--format", "form", type=click.Choice(list(formats.FORMATS)), default="csv", show_default=True)
AS_OF = click.option("--as-of", callback=_day, metavar="YYYY-MM-DD", help="The day that decides what is due.")
DATA_VERSION = click.option("--data-version", type=int, help="The data as they stood after that load.")


def filtered(*tables: str, names: Container[str] | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option for every filter that all of these tables know, or of these names alone."""

    def decorate(work: Callable[..., Any]) -> Callable[..., Any]:
        for each in reversed(filters.of_table(tables[0])):
            if all(table in each.tables for table in tables) and (names is None or each.name in names):
                work = _option(each, tables[0])(work)
        return work

    return decorate


def _option(declared: Filter, table: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    name = declared.name_in(table)
    kind: Any = declared.kind
    if declared.coded:
        kind = click.Choice(dictionary.codes(declared.column_in(table)))
    elif declared.most:
        kind = click.IntRange(declared.least, declared.most)
    return click.option(
        f"--{name.replace('_', '-')}",
        declared.keyword,
        type=kind,
        multiple=declared.several,
        default=declared.default,
        help=text(f"api.parameter.{name}", "en"),
    )


@contextmanager
def _standing(settings: Settings, data_version: int | None, as_of: date | None = None) -> Iterator[Connection]:
    """The database as of a day, or what it was after that load. Raises UnknownVersion."""
    engine = settings.engine()
    with database.reading(engine, as_of) as connection:
        if data_version is None or data_version == database.data_version(connection):
            yield connection
            return
    with database.reading(settings.keep(states.state(engine, data_version)), as_of) as connection:
        yield connection


def _table(name: str) -> None:
    @command(name)
    @filtered(name)
    @AS_OF
    @DATA_VERSION
    @FORM
    @OUT
    def run(
        settings: Settings, as_of: date, data_version: int | None, form: str, out: Path | None, **chosen: Unpack[Chosen]
    ) -> int | None:
        chosen["lang"] = settings.lang
        with _standing(settings, data_version, as_of) as connection:
            check_codes(connection, chosen)
            return write(settings, out, partial(formats.export, connection, name, chosen, form))


for _name in STATUS:
    _table(_name)


@command("observations")
@filtered("observations", "observations_wide")
@click.option("--wide", is_flag=True, help="A row per filing and a column per metric.")
@DATA_VERSION
@FORM
@OUT
def figures(
    settings: Settings, wide: bool, data_version: int | None, form: str, out: Path | None, **chosen: Unpack[Chosen]
) -> int | None:
    """Print or write the figures that were filed."""
    chosen["lang"] = settings.lang
    with _standing(settings, data_version) as connection:
        check_codes(connection, chosen)
        table = "observations_wide" if wide else "observations"
        return write(settings, out, partial(formats.export, connection, table, chosen, form))


@command("changes")
@click.option("--from", "earlier", type=int, required=True, help="The earlier data version.")
@click.option("--to", "later", type=int, help="The later data version; the newest unless said otherwise.")
@filtered("changes")
@AS_OF
@FORM
@OUT
def compare(
    settings: Settings,
    earlier: int,
    later: int | None,
    as_of: date,
    form: str,
    out: Path | None,
    **chosen: Unpack[Chosen],
) -> int | None:
    """Compare the shortfalls of two data versions."""
    chosen["lang"] = settings.lang
    engine = settings.engine()
    with database.reading(engine) as connection:
        check_codes(connection, chosen)
    replayed = settings.keep(changes.replayed(engine, earlier, later, as_of, chosen))
    with database.reading(replayed) as differing, database.reading(engine, as_of) as connection:
        compared = (earlier, database.data_version(connection) if later is None else later)
        rows = changes.count(differing, chosen)
        cover = covers.cover(connection, "changes", chosen, changes.COLUMNS, rows, compared=compared)
        return write(settings, out, partial(formats.write, changes.frames(differing, chosen), form, cover=cover))


@command("dictionary")
@FORM
@OUT
def explain(settings: Settings, form: str, out: Path | None) -> int | None:
    """Say what every table and column that goes out means."""
    with database.reading(settings.engine()) as connection:
        frame = dictionary.dictionary(settings.lang, vocabulary(connection).metrics)
        cover = covers.cover(connection, "dictionary", {"lang": settings.lang}, frame.columns, len(frame))
    return write(settings, out, partial(formats.write, [frame], form, cover=cover))
