"""Review: what waits for whom, and moving filings on."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import click
import pandas as pd
from sqlalchemy import Engine

from tracking.commands.command import BY, OUT, command, parsed_day
from tracking.commands.delivered import deliver
from tracking.commands.group import group
from tracking.commands.settings import REFUSED, Settings
from tracking.commands.tables import FORM
from tracking.exports import formats
from tracking.policy import rows as policy_rows
from tracking.review import acting, deadlines, exceptions, standing, terms, waiting, windows
from tracking.review.acting import Done, Filing, Given, ReviewAct
from tracking.review.terms import Days
from tracking.words import spelling
from tracking.words.language import text

review = click.Group("review", help=text("command.review.help", "en"))
group.add_command(review)

STEP = click.option("--step", type=click.Choice(standing.STEPS), help="The district's check or the city's approval.")
SPACES = click.option("--space", "spaces", multiple=True, metavar="ID", help="Repeatable.")
YEAR = click.option("--year", type=click.IntRange(*policy_rows.YEARS), required=True, help="Data year.")
REASON = click.option("--reason", required=True, metavar="TEXT", help="Why.")
UNTIL = click.option("--until", callback=parsed_day, required=True, metavar="YYYY-MM-DD", help="Through that day.")
CLEAN = click.option("--clean", is_flag=True, help="All that came without a warning and change no shortfall.")


@command("list", review)
@STEP
@click.option("--year", type=click.IntRange(*policy_rows.YEARS), help="Data year.")
@FORM
@OUT
def list_waiting(settings: Settings, step: str | None, year: int | None, form: str, out: Path | None) -> int | None:
    """List what waits, what changes most first."""
    engine = settings.engine()
    queues = [
        standing.queue(engine, date.today(), needs=each, year=year) for each in standing.STEPS if step in (None, each)
    ]
    return deliver(settings, out, partial(formats.write, [pd.concat(queues)], form))


def _several(act: ReviewAct) -> Callable[..., int]:
    def work(settings: Settings, spaces: Sequence[str], year: int, clean: bool) -> int:
        engine = settings.engine()
        if bool(spaces) == clean:
            raise click.UsageError(settings.say("review-which"))
        if clean:
            queue = standing.queue(engine, date.today(), needs=act, year=year)  # type: ignore[arg-type]
            spaces = list(queue[queue["clean"]]["space_id"])
        done = acting.act(engine, act, _filings(engine, spaces, year), only_clean=clean)
        return _tell(settings, act, done)

    return work


for _act in ("check", "approve"):
    command(_act, review)(CLEAN(YEAR(SPACES(_several(_act)))))


@command("return", review)
@SPACES
@YEAR
@REASON
@click.option("--cell", "cells", multiple=True, metavar="METRIC", help="A figure to be looked at. Repeatable.")
@click.option(
    "--until", callback=parsed_day, metavar="YYYY-MM-DD", help="And let them file outside the window through that day."
)
def give_back(
    settings: Settings, spaces: Sequence[str], year: int, reason: str, cells: Sequence[str], until: date | None
) -> int:
    """Return filings with a reason."""
    engine, given = settings.engine(), Given(reason, tuple(cells))
    if until is None:
        code = _one(settings, "return", spaces, year, given)
    else:
        ends = {each: windows.end_for(engine, each, until) for each in spaces}
        codes = [_one(settings, "return", [each], year, replace(given, exception_until=ends[each])) for each in spaces]
        code = max(codes, default=0)
    for each in spaces if code == 0 else ():
        way = exceptions.way(engine, date.today(), space=each, year=year)
        if not way.is_open:
            values = {"space": spelling.shown(each), "way": way.sentence(year, settings.lang)}
            click.echo(text("review.still_shut", settings.lang, **values), err=True)
    return code


@command("reopen", review)
@SPACES
@YEAR
@REASON
@UNTIL
def reopen(settings: Settings, spaces: Sequence[str], year: int, reason: str, until: date) -> int:
    """Reopen approved filings for a while, outside their window too."""
    codes = [_one(settings, "reopen", [each], year, _until(settings, each, year, reason, until)) for each in spaces]
    return max(codes, default=0)


def _until(settings: Settings, space: str, year: int, reason: str, until: date) -> Given:
    engine = settings.engine()
    ends = windows.end_for(engine, space, until)
    shut = exceptions.way(engine, date.today(), space=space, year=year).ends_before(until)
    return Given(reason, until_at=ends, exception_until=ends if shut else None)


@command("window", review)
@click.option("--edition", required=True, help="Code of the edition.")
@YEAR
@click.option("--opens", callback=parsed_day, metavar="YYYY-MM-DD", help="From that day on; without it at any time.")
@click.option("--closes", callback=parsed_day, metavar="YYYY-MM-DD", help="Through that day; without it for good.")
@click.option("--time-zone", "zone", metavar="ZONE", help="Of these days (default: that of the edition's last window).")
@BY
def set_window(
    settings: Settings, edition: str, year: int, opens: date | None, closes: date | None, zone: str | None, by: str
) -> int | None:
    """Take filings of a data year between two days; without days at any time again."""
    return _windows(settings, lambda: windows.set_window(settings.engine(), edition, year, opens, closes, zone, by=by))


def _days(name: str, help: str) -> Callable[[Callable[..., int | None]], Callable[..., int | None]]:
    return click.option(f"--{name}-days", type=click.IntRange(1, terms.MOST_DAYS), metavar="DAYS", help=help)


@command("term", review)
@click.option("--edition", required=True, help="Code of the edition.")
@_days("check", "For the district's check.")
@_days("approve", "For the city's approval.")
@_days("mend", "For the new revision of what was returned.")
@BY
def set_term(settings: Settings, edition: str, by: str, **days: int | None) -> int | None:
    """Name the days of each step of review under an edition anew; without days none has an end."""
    return _windows(settings, lambda: terms.set_days(settings.engine(), edition, Days(**days), by=by))


@command("terms", review)
@FORM
@OUT
def list_terms(settings: Settings, form: str, out: Path | None) -> int | None:
    """List the days that are named."""
    rows = terms.listed(settings.engine(), date.today())
    return deliver(settings, out, partial(formats.write, [rows], form))


@command("overdue", review)
@FORM
@OUT
def list_overdue(settings: Settings, form: str, out: Path | None) -> int | None:
    """List what lies too long at its step, the longest over first."""
    rows = waiting.overdue(settings.engine(), deadlines.now())
    return deliver(settings, out, partial(formats.write, [rows], form))


@command("extend", review)
@click.option("--space", required=True, metavar="ID")
@YEAR
@UNTIL
@REASON
@BY
def extend(settings: Settings, space: str, year: int, until: date, reason: str, by: str) -> int | None:
    """Let a space file outside the window through a day."""
    return _windows(settings, lambda: windows.extend(settings.engine(), space, year, until, reason, by=by))


@command("windows", review)
@FORM
@OUT
def list_windows(settings: Settings, form: str, out: Path | None) -> int | None:
    """List the windows that are set."""
    rows = windows.listed(settings.engine(), date.today())
    return deliver(settings, out, partial(formats.write, [rows], form))


def _windows(settings: Settings, work: Callable[[], None]) -> int | None:
    try:
        work()
    except windows.UnusableWindow as error:
        click.echo(text(f"window.unusable_{error.what}", settings.lang), err=True)
        return REFUSED
    except terms.UnusableTerm as error:
        click.echo(text(f"term.unusable_{error.what}", settings.lang), err=True)
        return REFUSED
    except acting.UnusableReason:
        click.echo(text("review.bad_reason", settings.lang), err=True)
        return REFUSED
    click.echo(settings.say("access-done"))
    return None


def _one(settings: Settings, act: ReviewAct, spaces: Sequence[str], year: int, given: Given) -> int:
    engine = settings.engine()
    try:
        done = acting.act(engine, act, _filings(engine, spaces, year), given)
    except acting.UnusableReason:
        click.echo(text("review.bad_reason", settings.lang), err=True)
        return REFUSED
    except acting.UnknownCell as error:
        click.echo(text("review.bad_cell", settings.lang, metric=spelling.shown(error.metric)), err=True)
        return REFUSED
    return _tell(settings, act, done)


def _filings(engine: Engine, spaces: Sequence[str], year: int) -> list[Filing]:
    """The current revisions; 0 where there is none, which is refused as unknown."""
    found = []
    for space in spaces:
        states = standing.states(engine, date.today(), space=space)
        revisions = states[states["year"] == year]["revision"]
        found.append(Filing(space, year, int(revisions.iloc[0]) if len(revisions) else 0))
    return found


def _tell(settings: Settings, act: ReviewAct, done: Done) -> int:
    for each in done.refused:
        why = text(f"review.why.{each.why}", settings.lang)
        place = {"space": spelling.shown(each.filing.space_id), "year": each.filing.year}
        click.echo(text("review.refused", settings.lang, **place, why=why), err=True)
    acted = text(f"review_act.{act}", settings.lang)
    click.echo(text("review.moved", settings.lang, count=len(done.moved), act=acted))
    return REFUSED if done.refused else 0
