"""Verifying, backup and restore, and a copy for other tools."""

from datetime import date
from pathlib import Path

import click

from tracking import database
from tracking.commands.group import command
from tracking.commands.output import not_own
from tracking.commands.settings import REFUSED, Settings
from tracking.commands.tables import AS_OF
from tracking.maintenance import backup, copies, verify
from tracking.words.language import text


@command("verify")
def verify_all(settings: Settings) -> int:
    """Check every invariant of the database."""
    findings = verify.verify(settings.keepers())
    for finding in findings:
        says = text(f"invariant.{finding.invariant}", settings.lang)
        click.echo(settings.say("holds" if not finding.broken else "broken", invariant=says, count=finding.broken))
    return REFUSED if any(finding.broken for finding in findings) else 0


@command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write_backup(settings: Settings, file: Path) -> int | None:
    """Write everything into one portable file."""
    not_own(settings, file)
    try:
        version = backup.backup(settings.keepers(), file)
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
    engine = settings.keepers(create=True)
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
def write_copy(settings: Settings, folder: Path, as_of: date | None) -> None:
    """Write a database for DuckDB to read, and every table as Parquet files by year."""
    not_own(settings, folder)
    not_own(settings, folder / copies.DATABASE)
    try:
        version = copies.write(settings.keepers(), folder, as_of or date.today(), lang=settings.lang)
    except OSError as error:
        raise click.UsageError(settings.say("cannot-write", path=folder, detail=error.strerror)) from error
    click.echo(settings.say("copy", folder=folder, version=version))
