"""Evidence of figures and of rectifications, of the family `review`: attached, listed, taken off."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import click

from tracking.commands.command import OUT, command, file_name
from tracking.commands.delivered import deliver
from tracking.commands.measures import subject
from tracking.commands.review import YEAR, review
from tracking.commands.settings import REFUSED, Settings
from tracking.commands.tables import FORM
from tracking.exports import formats
from tracking.review import evidence, rectification_files
from tracking.review.evidence_files import UnusableEvidence
from tracking.review.measures import Subject, UnusableMeasure
from tracking.words.language import text

_SPACE = click.option("--space", required=True, metavar="ID")


@command("attach", review)
@_SPACE
@YEAR
@click.option("--cell", "metric", required=True, metavar="METRIC", help="The figure that it backs.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def attach(settings: Settings, space: str, year: int, metric: str, file: Path) -> int | None:
    """Attach a file to a figure."""
    name = file_name(file)
    return _done(settings, lambda: evidence.attach(settings.engine(), space, year, metric, file.read_bytes(), name))


@command("detach", review)
@click.argument("number", type=int)
def detach(settings: Settings, number: int) -> int | None:
    """Take a file off, by the number that `evidence` or `rectification-files` lists."""
    return _done(settings, lambda: _remove(settings, number))


def _remove(settings: Settings, number: int) -> None:
    try:
        evidence.remove(settings.engine(), number)
    except UnusableEvidence as unusable:
        if unusable.why != "unknown":
            raise
        rectification_files.remove(settings.engine(), number)


@command("rectification-attach", review)
@subject(whole=True)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def attach_to_rectification(settings: Settings, subject: Subject, file: Path) -> None:
    """Attach a file that shows what was done about a rectification."""
    rectification_files.attach(settings.engine(), subject, file.read_bytes(), file_name(file))


@command("rectification-files", review)
@_SPACE
@YEAR
@FORM
@OUT
def attached_to_rectifications(settings: Settings, space: str, year: int, form: str, out: Path | None) -> int | None:
    """List what is attached to the rectifications of a year."""
    rows = rectification_files.attached(settings.engine(), date.today(), space=space, year=year)
    return deliver(settings, out, partial(formats.write, [rows], form))


@command("evidence", review)
@_SPACE
@YEAR
@FORM
@OUT
def attached(settings: Settings, space: str, year: int, form: str, out: Path | None) -> int | None:
    """List what backs the figures of a year."""
    rows = evidence.attached(settings.engine(), date.today(), space=space, year=year, lang=settings.lang)
    return deliver(settings, out, partial(formats.write, [rows], form))


def _done(settings: Settings, work: Callable[[], object]) -> int | None:
    try:
        work()
    except UnusableEvidence as unusable:
        click.echo(text(f"evidence.why_{unusable.why}", settings.lang, cell=unusable.cell), err=True)
        return REFUSED
    except UnusableMeasure as unusable:
        click.echo(text(f"measure.why_{unusable.why}", settings.lang), err=True)
        return REFUSED
    click.echo(settings.say("access-done"))
    return None
