"""What a command prints or writes: all of it is made before the first byte goes out."""

import errno
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import click
from sqlalchemy import Engine

from tracking import database
from tracking.access import trail
from tracking.commands.settings import Settings
from tracking.database import placing
from tracking.words import spelling
from tracking.words.problems import Problem


def print_problems(settings: Settings, problems: Sequence[Problem]) -> None:
    """Say each problem with its remedy, on standard error."""
    for problem in problems:
        sheet = f"[{problem.sheet}] " if problem.sheet else ""
        severity = settings.say(problem.severity)
        line = f"{severity} {sheet}{problem.message(settings.lang)} {problem.hint(settings.lang)}"
        click.echo(spelling.shown(line), err=True)


def print_trail(settings: Settings, engine: Engine) -> None:
    """The head of the audit trail, to be kept."""
    with database.reading(engine) as connection:
        click.echo(settings.say("trail", head=trail.head(connection)))


def print_out(content: IO[bytes]) -> None:
    """Print bytes on standard output; OSError where there is none or no room."""
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        shutil.copyfileobj(content, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough; nothing is left to say on a closed pipe.
        print_no_more()


def print_no_more() -> None:
    """What waits to be printed would be tried once more at the end, and fail again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def put(settings: Settings, path: Path, content: IO[bytes]) -> None:
    """Write bytes into a file, whole or not at all; UsageError where it is the database or cannot be written."""
    not_own(settings, path)
    try:
        if path.exists() and not path.is_file():
            # A terminal or a pipe has no place that a file could take.
            with path.open("wb") as file:
                shutil.copyfileobj(content, file)
            return
        with placing.placed(path) as half, half.open("wb") as file:
            shutil.copyfileobj(content, file)
    except OSError as error:
        raise click.UsageError(settings.say("cannot-write", path=path, detail=error.strerror)) from error


def not_own(settings: Settings, path: Path) -> None:
    """Refuse the database's own file as a place to write to."""
    if database.is_own(settings.database, path):
        raise click.UsageError(settings.say("own-file", path=path))
