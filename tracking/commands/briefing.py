"""The programme's briefing, as PDF."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Unpack

import click

from tracking import database
from tracking.commands.command import OUT, command
from tracking.commands.delivered import deliver
from tracking.commands.settings import REFUSED, Settings
from tracking.commands.tables import AS_OF, DATA_VERSION, filtered
from tracking.database import states
from tracking.exports import briefing, typesetting
from tracking.policy.rows import YEARS
from tracking.results.tables.filters import Chosen, check_codes


@command("briefing")
@filtered("evaluations", names=briefing.NARROWED_BY)
@click.option(
    "--year", type=click.IntRange(*YEARS), help="The data year; the latest that is due unless said otherwise."
)
@AS_OF
@DATA_VERSION
@OUT
def print_briefing(
    settings: Settings,
    year: int | None,
    as_of: date | None,
    data_version: int | None,
    out: Path | None,
    **chosen: Unpack[Chosen],
) -> int | None:
    """Print the programme's briefing of a data year as PDF."""
    chosen["lang"] = settings.lang
    engine = settings.engine()
    with database.reading(engine) as connection:
        check_codes(connection, chosen)
        newest = database.data_version(connection)
    if data_version not in (None, newest):
        engine = settings.keep(states.state(engine, data_version))
    try:
        printed = briefing.briefing(engine, as_of or date.today(), year=year, **chosen)
    except typesetting.NoChineseFont:
        click.echo(settings.say("no-font"), err=True)
        return REFUSED
    return deliver(settings, out, partial(_copied, printed))


def _copied(content: bytes, out: IO[bytes]) -> None:
    out.write(content)
