"""The database and its policy, the dashboard, and the made-up programme."""

from pathlib import Path

import click
import pandas as pd
from sqlalchemy import Engine

import tracking
from tracking import database
from tracking.commands.command import command
from tracking.commands.settings import Settings
from tracking.database import DatabaseUnavailable
from tracking.maintenance import dashboard, sample, verify
from tracking.policy import loading as policies
from tracking.results import rejudging
from tracking.results.tables import dictionary
from tracking.words import spelling
from tracking.words.language import text

# Statuses that change with the rules which are told one by one, unless they are all asked for.
FEW = 20


@command("init")
@click.option("--preview", is_flag=True, help="Say whose status changes by this release's rules, and change nothing.")
def init(settings: Settings, preview: bool) -> None:
    """Make the database and load the policy."""
    if preview:
        _preview(settings)
        return
    engine = settings.keepers(create=True)
    loaded = _made_ready(settings, engine, by="init")
    click.echo(settings.say("init", url=settings.database, loads=len(loaded)))


def _preview(settings: Settings) -> None:
    rows = None
    try:
        settings.keepers()
    except DatabaseUnavailable as unavailable:
        if unavailable.reason not in ("older", "rules"):
            raise
        rows = rejudging.difference(settings.keepers(create=True))
    if rows is None:
        click.echo(settings.say("rules-same", release=tracking.RELEASE))
    else:
        _tell(settings, rows, len(rows))


def _tell(settings: Settings, rows: pd.DataFrame, most: int) -> None:
    """Whose status changes by these rules."""
    changed = rows[rejudging.changed(rows)]
    if changed.empty:
        click.echo(settings.say("rules-none", release=tracking.RELEASE))
        return
    spaces = changed["space_id"].nunique()
    click.echo(settings.say("rules-change", release=tracking.RELEASE, spaces=spaces, statuses=len(changed)))
    for row in changed.head(most).to_dict("records"):
        sides = {
            side: "—" if pd.isna(code := row[f"status_{side}"]) else text(f"status.{code}", settings.lang)
            for side in ("before", "after")
        }
        place = {name: row[name] for name in ("track", "year", "requirement")}
        click.echo(settings.say("rules-status", space=spelling.shown(row["space_id"]), **place, **sides))
    if len(changed) > most:
        click.echo(settings.say("rules-more", more=len(changed) - most))


def _made_ready(settings: Settings, engine: Engine, by: str) -> list[int]:
    """Bring the database to this version's tables, rules and policies; the numbers of the policies' loads."""
    rejudged = rejudging.difference(engine)
    if rejudged is not None:
        _tell(settings, rejudged, FEW)
    if upgrade := database.initialise(engine):
        click.echo(settings.say("upgraded-saved" if upgrade.saved else "upgraded", **upgrade._asdict()))
    dictionary.describe(engine)
    rejudging.follow(engine, rejudged, by=by)
    return policies.load_all(engine, by=by)


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
    engine = settings.keepers(create=True)
    _made_ready(settings, engine, by="serve")
    if with_sample:
        click.echo(settings.say("sample-loading"))
        click.echo(settings.say("sample-loaded" if sample.load_once(engine) else "sample-not-needed"))
    broken = [finding.invariant for finding in verify.verify(engine) if finding.forbids_storing]
    if broken:
        sentences = [text(f"invariant.{invariant}", settings.lang) for invariant in broken]
        click.echo(settings.say("serve-read-only", broken="; ".join(sentences)), err=True)
    # The dashboard is another process, and a DuckDB file has one owner.
    engine.dispose()

    def say(address: str) -> None:
        click.echo(settings.say("serving", url=address))

    return dashboard.run(settings.database, port, say, read_only=bool(broken))
