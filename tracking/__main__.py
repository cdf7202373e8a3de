"""The command line: `python -m tracking COMMAND`. Only this file turns what is raised into a sentence."""

import errno
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial, wraps
from pathlib import Path
from typing import IO, Any, Unpack

import click
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.database import DatabaseUnavailable, placing, refresh, states
from tracking.exports import covers, formats
from tracking.filing import loading, register, templates
from tracking.filing.choices import Choices
from tracking.filing.spreadsheets.tables import LEFT_OUT
from tracking.maintenance import backup, copies, dashboard, sample, verify
from tracking.policy import loading as policies
from tracking.policy import rows as policy_rows
from tracking.policy.vocabulary import vocabulary
from tracking.results.tables import changes, dictionary, filters
from tracking.results.tables.columns import STATUS
from tracking.results.tables.filters import Chosen, Filter, UnknownCode, check_codes
from tracking.words import spelling
from tracking.words.language import LANGUAGES, Lang, text
from tracking.words.problems import Problem, Refusal

REFUSED, UNUSABLE = 1, 3
LONGEST_SIGNATURE = 200


class Settings:
    """What is chosen for every command: by option before or after it, else by the environment."""

    def __init__(self) -> None:
        self.database = database.DEFAULT_URL
        self.lang: Lang = LANGUAGES[0]
        self._opened: list[Engine] = []

    def say(self, key: str, **values: object) -> str:
        """A sentence in the chosen language."""
        return text(f"command.{key}", self.lang, **values)

    def engine(self, *, create: bool = False) -> Engine:
        """The database, and what had to be mended of it told. Raises DatabaseUnavailable."""
        engine = self.keep(database.connect(self.database, create=create))
        for each in database.found(engine):
            click.echo(text(f"mended.{each.kind}", self.lang, load=each.load_id, rows=each.rows), err=True)
        return engine

    def keep(self, engine: Engine) -> Engine:
        """The engine, closed when the command is done."""
        self._opened.append(engine)
        return engine

    def close(self) -> None:
        """Let go of the database: a DuckDB file has one owner."""
        for engine in self._opened:
            engine.dispose()


def _chosen(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    settings = context.ensure_object(Settings)
    if value is not None:
        setattr(settings, str(parameter.name), value)


def command(name: str) -> Callable[[Callable[..., int | None]], click.Command]:
    """A command of the group, with the options that all of them have and an exit code for what goes wrong."""

    def decorate(work: Callable[..., int | None]) -> click.Command:
        @wraps(work)
        def run(*arguments: Any, **options: Any) -> None:
            settings = click.get_current_context().ensure_object(Settings)
            try:
                code = work(settings, *arguments, **options)
            except DatabaseUnavailable as error:
                click.echo(settings.say(f"database-{error.reason}", url=error.url, detail=error.detail), err=True)
                code = UNUSABLE
            except states.UnknownVersion as error:
                raise click.UsageError(settings.say("unknown-version", newest=error.newest)) from error
            except UnknownCode as error:
                details = {"option": f"--{error.kind}", "value": error.code, "known": ", ".join(error.known) or "—"}
                raise click.UsageError(settings.say("unknown-code", **details)) from error
            except Refusal as refusal:
                _print_problems(settings, refusal.problems)
                code = REFUSED
            except BrokenPipeError:
                raise  # click ends a command whose reader has left
            except OSError as error:
                if error.filename is None:
                    _print_no_more()
                details = {"path": error.filename or "stdout", "detail": error.strerror or str(error)}
                raise click.UsageError(settings.say("cannot-use", **details)) from error
            finally:
                settings.close()
            sys.exit(code or 0)

        return group.command(name, help=text(f"command.{name}.help", "en"))(_common(run))

    return decorate


def _common(work: Callable[..., Any], *, environment: bool = False) -> Callable[..., Any]:
    """The options of every command; the group's alone read the environment, so that an option before a command wins."""
    options: tuple[tuple[str, dict[str, Any]], ...] = (
        ("database", {"metavar": "URL", "help": "Where the data are."}),
        ("lang", {"type": click.Choice(LANGUAGES), "help": "Language."}),
    )
    for name, how in options:
        variable = f"TRACKING_{name.upper()}" if environment else None
        work = click.option(f"--{name}", envvar=variable, expose_value=False, callback=_chosen, is_eager=True, **how)(
            work
        )
    return work


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@partial(_common, environment=True)
def group() -> None:
    """Track the yearly targets of incubator spaces: policy and filings in, attainment and shortfalls out."""


FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))


def _signature(_: click.Context, __: click.Parameter, value: str) -> str:
    """Who loads, as it is kept and shown: not nobody, no essay, nothing that forges a line of the log."""
    if not value.strip() or len(value) > LONGEST_SIGNATURE or spelling.misleading(value):
        raise click.BadParameter(spelling.shown(value[:LONGEST_SIGNATURE]) or "''")
    return value.strip()


BY = click.option("--by", envvar="USER", default="command line", callback=_signature, help="Who loads it.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
OUT = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")


def _file_name(path: Path) -> str:
    """A file's name as text: those that are unpacked from a Chinese archive can be in GB18030."""
    name = os.fsencode(path.name)
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


@command("init")
def init(settings: Settings) -> None:
    """Make the database and load the policy."""
    engine = settings.engine(create=True)
    loaded = _made_ready(settings, engine, by="init")
    click.echo(settings.say("init", url=settings.database, loads=len(loaded)))


def _made_ready(settings: Settings, engine: Engine, by: str) -> list[int]:
    """Bring the database to this version's tables, rules and policies; the numbers of the policies' loads."""
    if upgrade := database.initialise(engine):
        click.echo(settings.say("upgraded-saved" if upgrade.saved else "upgraded", **upgrade._asdict()))
    dictionary.describe(engine)
    refresh.follow_schema(engine)
    return policies.load_all(engine, by=by)


@command("register")
@FILES
@BY
def register_files(settings: Settings, files: Sequence[Path], by: str) -> int:
    """Load spaces and enrolments."""
    engine = settings.engine()
    refused = False
    for path in files:
        report = register.load(engine, path.read_bytes(), _file_name(path), by=by)
        _print_problems(settings, report.problems)
        key = "registered" if report.loaded else "refused"
        click.echo(
            settings.say(key, file=spelling.shown(_file_name(path)), spaces=report.spaces, enrolments=report.enrolments)
        )
        refused = refused or not report.loaded
    return REFUSED if refused else 0


def _columns(_: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """Headers with what each is: of `--map` behind the last equals sign, of `--leave-out` nothing that counts."""
    if parameter.name == "left_out":
        return dict.fromkeys(value, LEFT_OUT)
    pairs = [each.rpartition("=") for each in value]
    if any(not (header.strip() and code.strip()) for header, _, code in pairs):
        raise click.BadParameter("HEADER=metric")
    return {header.strip(): code.strip() for header, _, code in pairs}


def _choosing(work: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say of a file of filings what it does not say itself, handed on as one."""

    @wraps(work)
    def run(
        *arguments: Any,
        space: str | None,
        year: int | None,
        unit: str | None,
        mapped: dict[str, str],
        left_out: dict[str, str],
        keep: bool,
        **options: Any,
    ) -> Any:  # noqa: ANN401 - whatever the command gives
        chosen = Choices(space=space, year=year, unit=unit, columns={**mapped, **left_out}, keep=keep)
        return work(*arguments, choices=chosen, **options)

    option = click.option
    for each in (
        option("--keep", is_flag=True, help="Figures filed before and not in the file stay."),
        option("--leave-out", "left_out", metavar="HEADER", multiple=True, callback=_columns, help="Repeatable."),
        option("--map", "mapped", metavar="HEADER=METRIC", multiple=True, callback=_columns, help="Repeatable."),
        option("--unit", metavar="UNIT", help="Of the figures it can measure, where the file says none."),
        option("--year", type=int, help="Of the whole file, where it does not say."),
        option("--space", metavar="ID", help="Of the whole file, where it does not say."),
    ):
        run = each(run)
    return run


@command("check")
@FILES
@_choosing
@AS_JSON
def check(settings: Settings, files: Sequence[Path], choices: Choices, as_json: bool) -> int:
    """Tell every problem of filings; store nothing."""
    engine = settings.engine()
    reports = [loading.check(engine, path.read_bytes(), _file_name(path), choices) for path in files]
    return _report(settings, reports, as_json)


@command("load")
@FILES
@BY
@_choosing
@AS_JSON
def load(settings: Settings, files: Sequence[Path], by: str, choices: Choices, as_json: bool) -> int:
    """Store filings, each file whole or not at all."""
    engine = settings.engine()
    reports = [loading.load(engine, path.read_bytes(), _file_name(path), by=by, choices=choices) for path in files]
    return _report(settings, reports, as_json)


def _report(settings: Settings, reports: Sequence[loading.Report], as_json: bool) -> int:
    if as_json:
        rows = [report.as_dict(settings.lang) for report in reports]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for report in reports:
            _print_problems(settings, report.problems)
            key = "refused" if report.refused else "loaded" if report.loaded else "checked"
            changed = report.filings - report.unchanged
            counts = {"filings": report.filings, "unchanged": report.unchanged, "observations": report.observations}
            click.echo(settings.say(key, file=spelling.shown(report.file), changed=changed, **counts))
            if report.kept and not report.refused:
                click.echo(settings.say("kept", kept=report.kept))
    return REFUSED if any(report.refused for report in reports) else 0


def _print_problems(settings: Settings, problems: Sequence[Problem]) -> None:
    for problem in problems:
        sheet = f"[{problem.sheet}] " if problem.sheet else ""
        severity = settings.say(problem.severity)
        line = f"{severity} {sheet}{problem.message(settings.lang)} {problem.hint(settings.lang)}"
        click.echo(spelling.shown(line), err=True)


def _day(_: click.Context, __: click.Parameter, value: str | None) -> date:
    try:
        # Of all that ISO 8601 allows, the one form that the contract names.
        return datetime.strptime(value, "%Y-%m-%d").date() if value is not None else date.today()
    except ValueError as error:
        raise click.BadParameter(f"{value!r}: YYYY-MM-DD") from error


FORM = click.option("--format", "form", type=click.Choice(list(formats.FORMATS)), default="csv", show_default=True)
AS_OF = click.option("--as-of", callback=_day, metavar="YYYY-MM-DD", help="The day that decides what is due.")
DATA_VERSION = click.option("--data-version", type=int, help="The data as they stood after that load.")


def _filtered(*tables: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option for every filter that all of these tables know."""

    def decorate(work: Callable[..., Any]) -> Callable[..., Any]:
        for each in reversed(filters.of_table(tables[0])):
            if all(table in each.tables for table in tables):
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
    @_filtered(name)
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
            return _write(settings, out, partial(formats.export, connection, name, chosen, form))


for _name in STATUS:
    _table(_name)


@command("observations")
@_filtered("observations", "observations_wide")
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
        return _write(settings, out, partial(formats.export, connection, table, chosen, form))


@command("changes")
@click.option("--from", "earlier", type=int, required=True, help="The earlier data version.")
@click.option("--to", "later", type=int, help="The later data version; the newest unless said otherwise.")
@_filtered("changes")
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
        return _write(settings, out, partial(formats.write, changes.frames(differing, chosen), form, cover=cover))


@command("dictionary")
@FORM
@OUT
def explain(settings: Settings, form: str, out: Path | None) -> int | None:
    """Say what every table and column that goes out means."""
    with database.reading(settings.engine()) as connection:
        frame = dictionary.dictionary(settings.lang, vocabulary(connection).metrics)
        cover = covers.cover(connection, "dictionary", {"lang": settings.lang}, frame.columns, len(frame))
    return _write(settings, out, partial(formats.write, [frame], form, cover=cover))


def _write(settings: Settings, out: Path | None, write: Callable[[IO[bytes]], None]) -> int | None:
    """Write a table: all of it is made before the first byte goes out, so that no half of it takes a file's place."""
    try:
        made = formats.spooled(write)
    except formats.TooManyRows as error:
        click.echo(settings.say("too-many-rows", rows=error.rows, most=error.most), err=True)
        return REFUSED
    with made:
        if out is None:
            _print(made)
        else:
            _put(settings, out, made)
    return None


def _print(content: IO[bytes]) -> None:
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        shutil.copyfileobj(content, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough; nothing is left to say on a closed pipe.
        _print_no_more()


def _print_no_more() -> None:
    """What waits to be printed would be tried once more at the end, and fail again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _put(settings: Settings, path: Path, content: IO[bytes]) -> None:
    _not_own(settings, path)
    try:
        if path.exists() and not path.is_file():
            # A terminal or a pipe has no place that a file could take.
            with path.open("wb") as file:
                shutil.copyfileobj(content, file)
            return
        with placing.placed(path) as half, half.open("wb") as file:
            shutil.copyfileobj(content, file)
    except OSError as error:
        raise click.UsageError(settings.say("cannot-write", path=path, detail=error.strerror)) from error


def _not_own(settings: Settings, path: Path) -> None:
    """Refuse the database's own file as a place to write to."""
    if database.is_own(settings.database, path):
        raise click.UsageError(settings.say("own-file", path=path))


@command("verify")
def verify_all(settings: Settings) -> int:
    """Check every invariant of the database."""
    findings = verify.verify(settings.engine())
    for finding in findings:
        says = text(f"invariant.{finding.invariant}", settings.lang)
        click.echo(settings.say("holds" if not finding.broken else "broken", invariant=says, count=finding.broken))
    return REFUSED if any(finding.broken for finding in findings) else 0


@command("template")
@click.option("--track", required=True, help="Track code.")
@click.option("--space", default="", help="Space code: its last year's figures stand beside.")
@click.option("--year", type=click.IntRange(*policy_rows.YEARS), help="Data year (default: last year).")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .xlsx or .csv file.")
def write_template(settings: Settings, track: str, space: str, year: int | None, out: Path) -> None:
    """Write an empty filing to fill in."""
    form = templates.form_of(out)
    if form is None:
        raise click.UsageError(settings.say("template-ending", path=out))
    try:
        content = templates.template(settings.engine(), track, form, space=space, year=year)
    except templates.UnknownTrackError as error:
        known = ", ".join(error.known)
        raise click.UsageError(settings.say("unknown-track-code", track=track, known=known)) from error
    except templates.UnknownSpaceError as error:
        raise click.UsageError(settings.say("unknown-space-code", space=space)) from error
    _put(settings, out, io.BytesIO(content))
    click.echo(settings.say("template", path=out))


@command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write_backup(settings: Settings, file: Path) -> int | None:
    """Write everything into one portable file."""
    _not_own(settings, file)
    try:
        version = backup.backup(settings.engine(), file)
    except OSError as error:
        raise click.UsageError(settings.say("cannot-write", path=file, detail=error.strerror)) from error
    except backup.BrokenBackupError:
        click.echo(settings.say("backup-unproven", path=file), err=True)
        return REFUSED
    click.echo(settings.say("backup", path=file, version=version))
    return None


@command("restore")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
def read_backup(settings: Settings, file: Path) -> int | None:
    """Bring everything back from a backup or a folder of loads, into a database without data."""
    engine = settings.engine(create=True)
    database.initialise(engine)
    try:
        version = backup.restore(engine, file)
    except backup.BrokenBackupError:
        click.echo(settings.say("restore-broken", path=file), err=True)
        return REFUSED
    except backup.NewerBackupError:
        click.echo(settings.say("restore-newer", path=file), err=True)
        return REFUSED
    except backup.NotEmptyError:
        click.echo(settings.say("restore-not-empty", url=settings.database), err=True)
        return REFUSED
    click.echo(settings.say("restored", path=file, version=version))
    return None


@command("copy")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@AS_OF
def write_copy(settings: Settings, folder: Path, as_of: date) -> None:
    """Write a database for DuckDB to read, and every table as Parquet files by year."""
    _not_own(settings, folder)
    _not_own(settings, folder / copies.DATABASE)
    try:
        version = copies.write(settings.engine(), folder, as_of, lang=settings.lang)
    except OSError as error:
        raise click.UsageError(settings.say("cannot-write", path=folder, detail=error.strerror)) from error
    click.echo(settings.say("copy", folder=folder, version=version))


@command("sample")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--spaces", type=click.IntRange(1, 99_999), default=32, show_default=True, help="How many spaces.")
@click.option("--years", type=click.IntRange(1, 10), default=3, show_default=True, help="How many data years.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed, the same bytes.")
def write_sample(settings: Settings, folder: Path, spaces: int, years: int, seed: int) -> None:
    """Write a made-up register and filings."""
    try:
        sample.write(folder, spaces=spaces, years=years, seed=seed)
    except OSError as error:
        raise click.UsageError(settings.say("cannot-write", path=folder, detail=error.strerror)) from error
    click.echo(settings.say("sample", folder=folder, spaces=spaces, years=years))


@command("serve")
@click.option("--port", type=click.IntRange(1, 65_535), default=8501, show_default=True, help="Port on this machine.")
@click.option("--with-sample", is_flag=True, help="Fill a database without a register with the made-up programme.")
def serve(settings: Settings, port: int, with_sample: bool) -> int:
    """Start the dashboard, for this machine alone."""
    engine = settings.engine(create=True)
    _made_ready(settings, engine, by="serve")
    if with_sample:
        click.echo(settings.say("sample-loading"))
        click.echo(settings.say("sample-loaded" if sample.load_once(engine) else "sample-not-needed"))
    broken = [finding.invariant for finding in verify.verify(engine) if finding.broken]
    if broken:
        sentences = [text(f"invariant.{invariant}", settings.lang) for invariant in broken]
        click.echo(settings.say("serve-read-only", broken="; ".join(sentences)), err=True)
    # The dashboard is another process, and a DuckDB file has one owner.
    engine.dispose()

    def say(address: str) -> None:
        click.echo(settings.say("serving", url=address))

    return dashboard.run(settings.database, port, say, read_only=bool(broken))


if __name__ == "__main__":
    group(prog_name="python -m tracking")
