"""Papers to be stamped, of the family `review`: printed, their scans and fingerprints held against what is stored."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

import click

from tracking.access import acts
from tracking.commands.command import BY, OUT, command
from tracking.commands.delivered import deliver
from tracking.commands.review import YEAR, review
from tracking.commands.settings import REFUSED, Settings
from tracking.exports import papers as printed
from tracking.exports import typesetting
from tracking.results.tables.filters import UnknownCode
from tracking.review import papers
from tracking.review.papers import NotApproved, Paper, UnusableScan
from tracking.words.language import text

_SPACE = click.option("--space", required=True, metavar="ID")


@command("paper", review)
@_SPACE
@YEAR
@OUT
def print_paper(settings: Settings, space: str, year: int, out: Path | None) -> int | None:
    """Print an approved filing as PDF, to be stamped."""
    engine = settings.engine()
    make = partial(printed.filing, engine, date.today(), space=space, year=year, lang=settings.lang)
    code = _print(settings, make, out)
    if not code:
        acts.downloaded(engine, f"paper {space} {year}")
    return code


@command("summary", review)
@click.option("--district", required=True, metavar="NAME")
@YEAR
@OUT
def print_summary(settings: Settings, district: str, year: int, out: Path | None) -> int | None:
    """Print a district's list of a year as PDF, who has not filed first, to be stamped."""
    engine = settings.engine()
    known = printed.districts(engine, date.today())
    if district not in known:
        raise UnknownCode("district", district, known)
    make = partial(printed.district, engine, date.today(), district=district, year=year, lang=settings.lang)
    code = _print(settings, make, out)
    if not code:
        acts.downloaded(engine, f"district {district} {year}")
    return code


@command("scan", review)
@_SPACE
@YEAR
@BY
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def hand_in(settings: Settings, space: str, year: int, by: str, file: Path) -> int | None:
    """Hold a scan against what is approved, and keep it where it is the same."""
    engine = settings.engine()
    return _compared(settings, lambda: papers.keep(engine, space, year, file.read_bytes(), by=by, only_same=True))


@command("fingerprint", review)
@_SPACE
@YEAR
@click.argument("fingerprint")
def compare(settings: Settings, space: str, year: int, fingerprint: str) -> int | None:
    """Hold the fingerprint on a paper, its first 16 signs or more, against what is approved."""
    engine = settings.engine()
    return _compared(
        settings, lambda: papers.compare(engine, date.today(), space=space, year=year, fingerprint=fingerprint)
    )


def _print(settings: Settings, make: Callable[[], bytes], out: Path | None) -> int | None:
    try:
        content = make()
    except NotApproved:
        return _refused(text("paper.not_approved", settings.lang))
    except typesetting.NoChineseFont:
        return _refused(settings.say("no-font"))
    return deliver(settings, out, partial(_copied, content))


def _copied(content: bytes, out: IO[bytes]) -> None:
    out.write(content)


def _compared(settings: Settings, work: Callable[[], Paper]) -> int | None:
    try:
        paper = work()
    except NotApproved:
        return _refused(text("paper.not_approved", settings.lang))
    except UnusableScan as unusable:
        return _refused(text(f"paper.unusable_{unusable.why}", settings.lang))
    sentence = text(f"paper.is.{paper}", settings.lang)
    if paper != "same":
        return _refused(sentence)
    click.echo(sentence)
    return None


def _refused(sentence: str) -> int:
    click.echo(sentence, err=True)
    return REFUSED
