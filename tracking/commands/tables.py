"""The tables that go out, printed or written."""

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial, wraps
from pathlib import Path
from typing import IO, Any, Unpack

import click
import pandas as pd
from sqlalchemy import Connection

from tracking import database
from tracking.closings import archive, frozen
from tracking.commands.command import OUT, command
from tracking.commands.delivered import Target, write
from tracking.commands.settings import Settings
from tracking.database import states
from tracking.exports import covers, formats, provenance
from tracking.policy.vocabulary import vocabulary
from tracking.results.tables import changes, code_lists, dictionary, filters
from tracking.results.tables.columns import STATUS
from tracking.results.tables.filters import Chosen, Filter, applied, check_codes
from tracking.words.language import text


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    try:
        # Of all that ISO 8601 allows, the one form that the contract names.
        return datetime.strptime(value, "%Y-%m-%d").date() if value is not None else None
    except ValueError as error:
        raise click.BadParameter(f"{value!r}: YYYY-MM-DD") from error


AS_OF = click.option("--as-of", callback=_day, metavar="YYYY-MM-DD", help="The day that decides what is due; today.")
DATA_VERSION = click.option("--data-version", type=int, help="The data as they stood after that load.")


def _form(context: click.Context, _: click.Parameter, value: str | None) -> str:
    """The format that was asked for, or that of the file's name: nobody means a workbook's name for delimited text."""
    out = context.params.get("out")
    ending = out.suffix.lower().removeprefix(".") if out is not None else ""
    return value or (ending if ending in formats.FORMATS else "csv")


FORM = click.option(
    "--format", "form", type=click.Choice(list(formats.FORMATS)), callback=_form, help="csv, or what --out ends in."
)


def TARGET(work: Callable[..., Any]) -> Callable[..., Any]:  # noqa: N802 - used as the other options are
    """The options that say where a table goes, handed on as one."""

    @wraps(work)
    def run(*arguments: Any, form: str, out: Path | None, meta: bool, **options: Any) -> Any:  # noqa: ANN401
        return work(*arguments, target=Target(form, out, meta), **options)

    for each in (
        click.option("--meta", is_flag=True, help="What the rows rest on, in a file beside: OUT.meta.json."),
        OUT,
        FORM,
    ):
        run = each(run)
    return run


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
    if declared.kind is bool:
        option, help_text = f"--{name.replace('_', '-')}", text(f"api.parameter.{name}", "en")
        return click.option(option, declared.keyword, is_flag=True, help=help_text)
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


def _export(
    settings: Settings,
    connection: Connection,
    table: str,
    chosen: Chosen,
    target: Target,
    closing: provenance.Closing | None = None,
) -> int | None:
    check_codes(connection, chosen)
    rests_on = provenance.of(connection, table, chosen, closing=closing)
    content = partial(formats.export, connection, table, chosen, target.form, closing=closing)
    return write(settings, target, content, rests_on)


def _table(name: str) -> None:
    def run(
        settings: Settings,
        as_of: date | None,
        data_version: int | None,
        target: Target,
        closing: int | None = None,
        **chosen: Unpack[Chosen],
    ) -> int | None:
        chosen["lang"] = settings.lang
        if closing is None:
            with _standing(settings, data_version, as_of or date.today()) as connection:
                return _export(settings, connection, name, chosen, target)
        if as_of or data_version is not None:
            raise click.UsageError(settings.say("closing-alone"))
        return _closed(settings, closing, name, chosen, target)

    if name in archive.TABLES:
        run = click.option("--closing", type=int, help="The table as it was frozen by that closing.")(run)
    command(name)(filtered(name)(AS_OF(DATA_VERSION(TARGET(run)))))


def _closed(settings: Settings, number: int, table: str, chosen: Chosen, target: Target) -> int | None:
    """A closed year's table: the whole of it as Parquet is the file that was frozen, byte for byte."""
    engine = settings.engine()
    with frozen.reading(engine, number) as (connection, closed):
        if target.form != "parquet" or any(applied(table, chosen)) or not frozen.whole(engine):
            return _export(settings, connection, table, chosen, target, closed.basis)
        kept = closed.given_back(table, settings.lang)
        rests_on = provenance.of(connection, table, closed.scope.chosen(settings.lang), closing=closed.basis)
        return write(settings, target, lambda out: _copy(kept, out), rests_on)


def _copy(content: bytes, out: IO[bytes]) -> None:
    out.write(content)


for _name in STATUS:
    _table(_name)


@command("observations")
@filtered("observations")
@click.option("--wide", is_flag=True, help="A row per filing and a column per metric.")
@DATA_VERSION
@TARGET
def figures(
    settings: Settings, wide: bool, data_version: int | None, target: Target, **chosen: Unpack[Chosen]
) -> int | None:
    """Print or write the figures that were filed."""
    chosen["lang"] = settings.lang
    table = "observations_wide" if wide else "observations"
    if unfit := [each for each, _ in applied("observations", chosen) if table not in each.tables]:
        raise click.UsageError(settings.say("not-wide", option=f"--{unfit[0].name}"))
    with _standing(settings, data_version) as connection:
        return _export(settings, connection, table, chosen, target)


@command("changes")
@click.option("--from", "earlier", type=int, required=True, help="The earlier data version.")
@click.option("--to", "later", type=int, help="The later data version; the newest unless said otherwise.")
@filtered("changes")
@AS_OF
@TARGET
def compare(
    settings: Settings,
    earlier: int,
    later: int | None,
    as_of: date | None,
    target: Target,
    **chosen: Unpack[Chosen],
) -> int | None:
    """Compare the shortfalls of two data versions."""
    chosen["lang"] = settings.lang
    engine = settings.engine()
    day = as_of or date.today()
    with database.reading(engine) as connection:
        check_codes(connection, chosen)
    replayed = settings.keep(changes.replayed(engine, earlier, later, day, chosen))
    with database.reading(replayed) as differing, database.reading(engine, day) as connection:
        compared = (earlier, database.data_version(connection) if later is None else later)
        rests_on = provenance.of(connection, "changes", chosen, compared=compared)
        cover = covers.cover(connection, rests_on, chosen, changes.COLUMNS, changes.count(differing, chosen))
        content = partial(formats.write, changes.frames(differing, chosen), target.form, cover=cover)
        return write(settings, target, content, rests_on)


@command("dictionary")
@click.option("--codes", is_flag=True, help="The code lists instead: a row per column and code, with its words.")
@TARGET
def explain(settings: Settings, codes: bool, target: Target) -> int | None:
    """Say what every table and column that goes out means."""
    with database.reading(settings.engine()) as connection:
        words = vocabulary(connection)
        table, frame = "dictionary", dictionary.dictionary(settings.lang, words.metrics)
        if codes:
            table, frame = "codes", code_lists.code_lists(connection)
        return whole(settings, connection, table, frame, target)


def whole(settings: Settings, connection: Connection, table: str, frame: pd.DataFrame, target: Target) -> int | None:
    """Write a table that is in one frame, without filters."""
    chosen: Chosen = {"lang": settings.lang}
    rests_on = provenance.of(connection, table, chosen)
    cover = covers.cover(connection, rests_on, chosen, frame.columns, len(frame))
    return write(settings, target, partial(formats.write, [frame], target.form, cover=cover), rests_on)
