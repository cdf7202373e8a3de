"""The empty form to fill in."""

import io
from pathlib import Path

import click

from tracking.commands.command import command
from tracking.commands.output import put
from tracking.commands.settings import Settings
from tracking.filing import templates
from tracking.policy import rows as policy_rows


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
    except templates.UncoveredYearError as error:
        periods = error.periods or "—"
        raise click.UsageError(settings.say("template-year", space=space, year=error.year, periods=periods)) from error
    put(settings, out, io.BytesIO(content))
    click.echo(settings.say("template", path=out))
