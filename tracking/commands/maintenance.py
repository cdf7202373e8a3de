"""Verifying, backup and restore, and a copy for other tools."""

from datetime import date
from pathlib import Path

import click

from tracking import database
from tracking.access import acts
from tracking.access.trail import SHORTEST_HASH
from tracking.commands.command import command
from tracking.commands.output import not_own, print_trail
from tracking.commands.settings import REFUSED, Settings
from tracking.commands.tables import AS_OF
from tracking.maintenance import backup, copies, documents, verify
from tracking.words.language import text


def _printed(_: click.Context, parameter: click.Parameter, value: str | None) -> database.Head | None:
    """A head of the chain of loads as receipts and backups print it; of the hash, SHORTEST_HASH signs are enough."""
    if value is None:
        return None
    number, _colon, sha256 = value.strip().partition(":")
    sha256 = sha256.strip().lower()
    if not number.isdecimal() or len(sha256) < SHORTEST_HASH or set(sha256) - set("0123456789abcdef"):
        raise click.BadParameter(str(parameter.metavar))
    return database.Head(int(number), sha256)


@command("verify")
@click.option("--deep", is_flag=True, help="Read every document again too.")
@click.option("--against", callback=_printed, metavar="NUMBER:HASH", help="A head printed earlier, of loads or trail.")
def verify_all(settings: Settings, deep: bool, against: database.Head | None) -> int:
    """Check every invariant of the database."""
    engine = settings.keepers()
    findings = verify.verify(engine, against)
    for finding in findings:
        says = text(f"invariant.{finding.invariant}", settings.lang)
        click.echo(settings.say("holds" if not finding.broken else "broken", invariant=says, count=finding.broken))
        if finding.loads:
            click.echo(settings.say("broken-loads", loads=", ".join(map(str, finding.loads))))
    apart = documents.differing(engine) if deep else []
    for each in apart:
        click.echo(settings.say(f"reread-{each.cause}", load=each.load_id, rows=each.rows))
    if deep and not apart:
        click.echo(settings.say("reread"))
    with database.reading(engine) as connection:
        click.echo(settings.say("head", head=database.head(connection)))
    print_trail(settings, engine)
    return REFUSED if apart or any(finding.broken for finding in findings) else 0


@command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write_backup(settings: Settings, file: Path) -> int | None:
    """Write everything into one portable file."""
    not_own(settings, file)
    try:
        engine = settings.keepers()
        head = backup.backup(engine, file)
    except OSError as error:
        raise click.UsageError(settings.say("cannot-write", path=file, detail=error.strerror)) from error
    except backup.BrokenBackupError:
        click.echo(settings.say("backup-unproven", path=file), err=True)
        return REFUSED
    acts.noted(engine, "backup", str(head.load_id))
    click.echo(settings.say("backup", path=file, version=head.load_id))
    click.echo(settings.say("head", head=head))
    print_trail(settings, engine)
    return None


@command("restore")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
def read_backup(settings: Settings, file: Path) -> int | None:
    """Bring everything back from a backup or a folder of loads, into a database without data."""
    engine = settings.keepers(create=True)
    database.initialise(engine)
    try:
        head = backup.restore(engine, file)
    except backup.AlteredLoads as error:
        numbers = ", ".join(map(str, error.loads))
        click.echo(settings.say("restore-altered", path=file, loads=numbers), err=True)
        return REFUSED
    except backup.BrokenBackupError:
        click.echo(settings.say("restore-broken", path=file), err=True)
        return REFUSED
    except backup.NewerBackupError:
        click.echo(settings.say("restore-newer", path=file), err=True)
        return REFUSED
    except backup.NotEmptyError:
        click.echo(settings.say("restore-not-empty", url=settings.database), err=True)
        return REFUSED
    acts.noted(engine, "restore", str(head.load_id))
    click.echo(settings.say("restored", path=file, version=head.load_id))
    click.echo(settings.say("head", head=head))
    return None


@command("copy")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@AS_OF
def write_copy(settings: Settings, folder: Path, as_of: date | None) -> None:
    """Write a database for DuckDB to read, and every table as Parquet files by year."""
    not_own(settings, folder)
    not_own(settings, folder / copies.DATABASE)
    try:
        version = copies.write(settings.keepers(), folder, as_of or date.today(), lang=settings.lang)
    except OSError as error:
        raise click.UsageError(settings.say("cannot-write", path=folder, detail=error.strerror)) from error
    click.echo(settings.say("copy", folder=folder, version=version))
