"""Closing a data year, and what was closed."""

from datetime import date

import click

from tracking import database
from tracking.closings import closing as closings
from tracking.closings import frozen, since
from tracking.commands.command import BY, command
from tracking.commands.delivered import Target
from tracking.commands.settings import REFUSED, Settings
from tracking.commands.tables import AS_OF, TARGET, whole
from tracking.policy import rows as policy_rows
from tracking.words import spelling

# Differences from the closing before that are told one by one.
FEW = 20


@command("close")
@click.option("--year", type=click.IntRange(*policy_rows.YEARS), required=True, help="Data year.")
@click.option("--edition", help="Code of the edition; not needed while there is only one.")
@AS_OF
@BY
@click.option("--with-unapproved", is_flag=True, help="Also where filings it rests on are not approved.")
def close(
    settings: Settings, year: int, edition: str | None, as_of: date | None, by: str, with_unapproved: bool
) -> int | None:
    """Freeze what was decided of a data year."""
    engine = settings.engine()
    with database.reading(engine) as connection:
        known = frozen.editions(connection)
    if edition is None and len(known) == 1:
        edition = known[0]
    if edition not in known:
        raise click.UsageError(settings.say("close-edition", known=", ".join(known) or "—"))
    try:
        made = closings.close(engine, edition=edition, year=year, by=by, as_of=as_of, with_unapproved=with_unapproved)
    except closings.NothingToClose:
        click.echo(settings.say("close-nothing", edition=edition, year=year), err=True)
        return REFUSED
    except closings.UnapprovedFilings as error:
        click.echo(settings.say("close-unapproved", count=len(error.rows), edition=edition, year=year), err=True)
        for row in error.rows.head(FEW).to_dict("records"):
            click.echo(
                f"  {spelling.shown(row['space_id'])} {spelling.shown(row['space_name'])} {row['year']}", err=True
            )
        if len(error.rows) > FEW:
            click.echo(settings.say("close-unapproved-more", more=len(error.rows) - FEW), err=True)
        return REFUSED
    click.echo(settings.say("closed", number=made.number, edition=edition, year=year))
    if made.before is not None:
        click.echo(settings.say("closed-again", before=made.before, count=len(made.differing)))
        for row in made.differing.head(FEW).fillna("—").to_dict("records"):
            place = spelling.shown(" · ".join(filter(None, (row["space_id"], row["track"], row["requirement"]))))
            sides = {side: row[f"decided_{side}"] for side in ("before", "after")}
            click.echo(settings.say("closed-differs", place=place, **sides))
    return None


@command("closings")
@click.option("--since", "since_closing", type=int, metavar="N", help="What differs today from that closing.")
@TARGET
def list_closings(settings: Settings, since_closing: int | None, target: Target) -> int | None:
    """List what was closed."""
    engine = settings.engine()
    if since_closing is None:
        with database.reading(engine) as connection:
            return whole(settings, connection, "closings", frozen.closings(connection), target)
    frame = since.since(engine, date.today(), closing=since_closing, lang=settings.lang)
    with database.reading(engine) as connection:
        return whole(settings, connection, "since_closing", frame, target)
