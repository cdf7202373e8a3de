"""What every command has: its options, and a sentence and an exit code for what is raised."""

import os
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from tracking.access.accounts import UnknownAccount
from tracking.access.acts import Forbidden
from tracking.closings.unknown import UnknownClosing
from tracking.commands.group import group, with_choices
from tracking.commands.output import print_no_more, print_problems
from tracking.commands.settings import REFUSED, UNUSABLE, Settings
from tracking.database import DatabaseUnavailable, states
from tracking.operations import log
from tracking.results.tables.filters import UnknownCode
from tracking.words import spelling
from tracking.words.language import text
from tracking.words.problems import Refusal

LONGEST_SIGNATURE = 200


def command(name: str, family: click.Group | None = None) -> Callable[[Callable[..., int | None]], click.Command]:
    """A command of the group, with the options that all of them have and an exit code for what goes wrong.

    `family` is the command that it is one of, as in `access add`.
    """
    key = f"command.{name}.help" if family is None else f"command.{family.name}-{name}.help"

    def decorate(work: Callable[..., int | None]) -> click.Command:
        @wraps(work)
        def run(*arguments: Any, **options: Any) -> None:
            settings = Settings(**click.get_current_context().ensure_object(dict))
            try:
                log.begin()
                code = work(settings, *arguments, **options)
            except DatabaseUnavailable as error:
                click.echo(settings.say(f"database-{error.reason}", url=error.url, detail=error.detail), err=True)
                code = UNUSABLE
            except Forbidden:
                click.echo(settings.say("forbidden"), err=True)
                code = REFUSED
            except UnknownAccount as error:
                raise click.UsageError(settings.say("unknown-account", name=spelling.shown(str(error)))) from error
            except states.UnknownVersion as error:
                raise click.UsageError(settings.say("unknown-version", newest=error.newest)) from error
            except UnknownClosing as error:
                raise click.UsageError(settings.say("unknown-closing", newest=error.newest)) from error
            except UnknownCode as error:
                details = {"option": f"--{error.kind}", "value": error.code, "known": ", ".join(error.known) or "—"}
                raise click.UsageError(settings.say("unknown-code", **details)) from error
            except Refusal as refusal:
                print_problems(settings, refusal.problems)
                code = REFUSED
            except BrokenPipeError:
                raise  # click ends a command whose reader has left
            except OSError as error:
                if error.filename is None:
                    print_no_more()
                details = {"path": error.filename or "stdout", "detail": error.strerror or str(error)}
                raise click.UsageError(settings.say("cannot-use", **details)) from error
            finally:
                settings.close()
            sys.exit(code or 0)

        return (family or group).command(name, help=text(key, "en"))(with_choices(run))

    return decorate


FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))


def _signature(_: click.Context, __: click.Parameter, value: str) -> str:
    """Who loads, as it is kept and shown: not nobody, no essay, nothing that forges a line of the log."""
    if not value.strip() or len(value) > LONGEST_SIGNATURE or spelling.misleading(value):
        raise click.BadParameter(spelling.shown(value[:LONGEST_SIGNATURE]) or "''")
    return value.strip()


def parsed_day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    """What an option says as a day."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r}: YYYY-MM-DD") from error


BY = click.option("--by", envvar="USER", default="command line", callback=_signature, help="Who loads it.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
# Taken first, since what its name ends in says the format where nothing else does.
OUT = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), is_eager=True, help="Write to a file.")


def file_name(path: Path) -> str:
    """A file's name as text: those that are unpacked from a Chinese archive can be in GB18030."""
    name = os.fsencode(path.name)
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")
