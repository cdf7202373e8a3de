"""Evidence of figures, of the family `review`: attached, listed, taken off."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import click

from tracking.commands.command import OUT, command, file_name
from tracking.commands.output import deliver
from tracking.commands.review import YEAR, review
from tracking.commands.settings import REFUSED, Settings
from tracking.commands.tables import FORM
from tracking.exports import formats
from tracking.review import evidence
from tracking.review.evidence import UnusableEvidence
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
    """Take a file off its figure, by the number that `evidence` lists."""
    return _done(settings, lambda: evidence.remove(settings.engine(), number))


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
    click.echo(settings.say("access-done"))
    return None
