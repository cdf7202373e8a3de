"""Who may use the server: accounts, grants, the audit trail."""

import csv
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click
import pandas as pd
from sqlalchemy import Engine

from tracking.access import accounts, looking_after, passwords
from tracking.access.accounts import UnusableName
from tracking.access.grants import UnusableScope
from tracking.access.people import ROLES, Role
from tracking.access.trail import Head
from tracking.commands.command import OUT, command, parsed_day
from tracking.commands.delivered import deliver
from tracking.commands.group import group
from tracking.commands.settings import REFUSED, Settings
from tracking.commands.tables import FORM
from tracking.database import CITY, Scope
from tracking.exports import formats
from tracking.reminders import receivers
from tracking.words import spelling
from tracking.words.language import LANGUAGES, Lang, text

_NUMBERS = ("number", "account", "access_grant")
FIRST_BY_CSV = ("name", "display", "role", "scope", "code")

access = click.Group("access", help=text("command.access.help", "en"))
group.add_command(access)

NAME = click.argument("name")
ROLE = click.argument("role", type=click.Choice(ROLES))


def _printed(_: click.Context, parameter: click.Parameter, value: str | None) -> Head | None:
    if value is None:
        return None
    number, digest = (*value.strip().split(":", 1), "")[:2]
    if not (number.isascii() and number.isdecimal() and len(number) < 10 and digest):
        raise click.BadParameter(str(parameter.metavar))
    return Head(int(number), digest)


@command("add", access)
@NAME
@click.option("--display", default="", metavar="TEXT", help="The name as others read it.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(settings: Settings, name: str, display: str, password_stdin: bool) -> int | None:
    """Make a local account; without a password of its own a first one is printed, once."""
    try:
        if not password_stdin:
            password = looking_after.add(settings.engine(), name, display)
            click.echo(settings.say("access-added", name=spelling.shown(name), days=accounts.FIRST_DAYS))
            click.echo(password)
            return None
        chosen = sys.stdin.readline().rstrip("\r\n")
        if reason := passwords.weakness(chosen, name):
            click.echo(text(f"sign_in.password_{reason}", settings.lang), err=True)
            return REFUSED
        looking_after.add(settings.engine(), name, display, password=chosen)
    except UnusableName:
        click.echo(text("people.unusable_name", settings.lang), err=True)
        return REFUSED
    click.echo(settings.say("access-done"))
    return None


@command("grant", access)
@NAME
@ROLE
@click.option("--space", "spaces", multiple=True, metavar="ID", help="Repeatable.")
@click.option("--district", "districts", multiple=True, help="Repeatable.")
@click.option("--edition", "editions", multiple=True, help="Repeatable.")
@click.option("--from", "from_day", callback=parsed_day, metavar="YYYY-MM-DD", help="From that day on.")
@click.option("--until", "until_day", callback=parsed_day, metavar="YYYY-MM-DD", help="Through that day.")
@click.option("--provisional", is_flag=True, help="An analyst: also what rests on filings not approved yet.")
def grant(
    settings: Settings,
    name: str,
    role: Role,
    spaces: Sequence[str],
    districts: Sequence[str],
    editions: Sequence[str],
    from_day: date | None,
    until_day: date | None,
    provisional: bool,
) -> int | None:
    """Give an account a role; over the whole city where nothing narrower is said and the role can be held over it."""
    if until_day is not None and until_day < (from_day or date.today()):
        raise click.UsageError(settings.say("access-days", until=until_day))
    scopes = [Scope("space", each) for each in spaces]
    scopes += [Scope("district", each) for each in districts]
    scopes += [Scope("edition", each) for each in editions]
    try:
        days: dict[str, date | None] = {"from_day": from_day, "until_day": until_day}
        looking_after.give(settings.engine(), name, role, *(scopes or [CITY]), **days, provisional=provisional)
    except UnusableScope as error:
        click.echo(f"{text('people.unusable_scope', settings.lang)} {spelling.shown(error.code)}", err=True)
        return REFUSED
    click.echo(settings.say("access-done"))
    return None


@command("end", access)
@NAME
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, help="That role alone. Repeatable.")
def end(settings: Settings, name: str, roles: Sequence[Role]) -> None:
    """End an account, or some of its roles, with every session."""
    if roles:
        looking_after.take_roles(settings.engine(), name, roles)
    else:
        looking_after.end(settings.engine(), name)
    click.echo(settings.say("access-done"))


@command("reset", access)
@NAME
@click.option("--second-factor", is_flag=True, help="Turn one-time codes off instead: the phone is lost.")
def reset(settings: Settings, name: str, second_factor: bool) -> None:
    """A new first password instead of the one that was."""
    if second_factor:
        looking_after.turn_off_codes(settings.engine(), name)
        click.echo(settings.say("access-done"))
        return
    password = looking_after.reset(settings.engine(), name)
    click.echo(settings.say("access-added", name=spelling.shown(name), days=accounts.FIRST_DAYS))
    click.echo(password)


@command("mail", access)
@NAME
@click.argument("address", default="")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="In which reminders are.")
def mail(settings: Settings, name: str, address: str, language: Lang) -> int | None:
    """Where reminders for an account go by mail; without an address nowhere."""
    try:
        receivers.set_for(settings.engine(), name, address, language)
    except receivers.UnusableAddress:
        click.echo(text("inbox.unusable_address", settings.lang), err=True)
        return REFUSED
    click.echo(settings.say("access-done"))
    return None


@command("list", access)
@FORM
@OUT
def show(settings: Settings, form: str, out: Path | None) -> int | None:
    """Who may see and do what: a row per account and grant."""
    rows = looking_after.standing(settings.engine())
    if limited := int((~rows["provisional"].fillna(True).astype("bool")).sum()):
        click.echo(settings.say("access-approved-only", count=limited), err=True)
    return _write(settings, out, rows, form)


@command("import", access)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def bring(settings: Settings, file: Path) -> int | None:
    """Make accounts and grants from a CSV file, whole or not at all; prints each first password once."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or any(set(FIRST_BY_CSV) - set(row) or row["role"] not in ROLES for row in rows):
        click.echo(settings.say("access-columns", columns=", ".join(FIRST_BY_CSV), roles=", ".join(ROLES)), err=True)
        return REFUSED
    try:
        made = looking_after.bring(settings.engine(), rows)
    except (UnusableName, UnusableScope) as error:
        click.echo(settings.say("access-row", detail=spelling.shown(str(error))), err=True)
        return REFUSED
    for name, password in made.items():
        click.echo(f"{spelling.shown(name)}\t{password}")
    return None


@command("audit")
@click.option("--against", callback=_printed, metavar="NUMBER:HASH", help="A head printed earlier, to be held to.")
@click.option("--from", "from_day", callback=parsed_day, metavar="YYYY-MM-DD", help="From that day on.")
@FORM
@OUT
def audit(settings: Settings, from_day: date | None, against: Head | None, form: str, out: Path | None) -> int | None:
    """The audit trail, newest first; its head goes to standard error."""
    engine: Engine = settings.engine()
    if not looking_after.trail_holds(engine, against):
        click.echo(settings.say("audit-altered"), err=True)
        return REFUSED
    lines, head = looking_after.trail(engine, most=1_000_000_000, first=from_day)
    click.echo(str(head), err=True)
    return _write(settings, out, lines, form)


def _write(settings: Settings, out: Path | None, rows: pd.DataFrame, form: str) -> int | None:
    cells = rows.astype("str").where(rows.notna(), "")
    # Numbers are numbers, and yes is true, wherever a format has any.
    for name in rows.columns.intersection(_NUMBERS):
        cells[name] = rows[name].astype("Int64")
    for name in rows.select_dtypes("boolean").columns:
        cells[name] = rows[name]
    return deliver(settings, out, partial(formats.write, [cells], form))
