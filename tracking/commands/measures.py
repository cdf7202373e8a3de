"""Waivers and rectifications, of the family `review`: what stands beside a status and changes none."""

from collections.abc import Callable
from datetime import date
from functools import wraps

import click

from tracking.commands.command import command, parsed_day
from tracking.commands.review import REASON, UNTIL, YEAR, review
from tracking.commands.settings import REFUSED, Settings
from tracking.review import rectifications, waivers
from tracking.review.evidence_files import UnusableEvidence
from tracking.review.measures import Subject, UnusableMeasure
from tracking.review.rectifications import RectificationAct, Written
from tracking.words.language import text

Work = Callable[..., int | None]


def subject(*, whole: bool) -> Callable[[Work], Work]:
    """The options that say what an act is of; `whole`: without a requirement it is of the year."""

    def decorate(work: Work) -> Work:
        @wraps(work)
        def run(
            settings: Settings,
            space: str,
            year: int,
            requirement: str | None,
            edition: str | None,
            track: str | None = None,
            **options: object,
        ) -> int | None:
            try:
                work(settings, Subject(space, year, requirement, edition, track), **options)
            except UnusableMeasure as unusable:
                click.echo(text(f"measure.why_{unusable.why}", settings.lang), err=True)
                return REFUSED
            except UnusableEvidence as unusable:
                click.echo(text(f"evidence.why_{unusable.why}", settings.lang, cell=unusable.cell), err=True)
                return REFUSED
            click.echo(settings.say("access-done"))
            return None

        if whole:
            run = click.option("--track", metavar="CODE", help="Of a year as a whole, where there are several.")(run)
        code = "Code of the requirement; without it the year as a whole." if whole else "Code of the requirement."
        for option in (
            click.option("--edition", metavar="CODE", help="Where the space is enrolled under several."),
            click.option("--requirement", required=not whole, metavar="CODE", help=code),
            YEAR,
            click.option("--space", required=True, metavar="ID"),
        ):
            run = option(run)
        return run

    return decorate


@command("waive", review)
@subject(whole=False)
@UNTIL
@REASON
def waive(settings: Settings, subject: Subject, until: date, reason: str) -> None:
    """Let a requirement pass through a day; its status stays."""
    waivers.waive(settings.engine(), subject, until, reason)


@command("unwaive", review)
@subject(whole=False)
@REASON
def unwaive(settings: Settings, subject: Subject, reason: str) -> None:
    """Take a waiver back."""
    waivers.unwaive(settings.engine(), subject, reason)


def _writes(step: RectificationAct) -> Work:
    def work(settings: Settings, subject: Subject, body: str, by_day: date | None = None, **more: str) -> None:
        rectifications.write(settings.engine(), step, subject, Written(body, by_day, **more))

    return work


_TEXT = click.option("--text", "body", default="", metavar="TEXT", help="What is demanded, planned, done or decided.")
_BY_DAY = click.option("--by-day", callback=parsed_day, metavar="YYYY-MM-DD", help="The last day for the report.")
_WHO = click.option("--who", "responsible", required=True, metavar="NAME", help="Who at the space sees to it.")
_EVIDENCE = click.option("--evidence", default="", metavar="TEXT", help="Where it can be seen.")
_BESIDE: dict[RectificationAct, Callable[[Work], Work]] = {
    "rectify": _BY_DAY,
    "send_back": _BY_DAY,
    "plan": _WHO,
    "report": _EVIDENCE,
}


def _plainly(work: Work) -> Work:
    return work


_STEPS: tuple[RectificationAct, ...] = ("rectify", "plan", "report", "accept", "send_back", "withdraw")
for _step in _STEPS:
    _options = _BESIDE.get(_step, _plainly)
    command(_step.replace("_", "-"), review)(subject(whole=True)(_TEXT(_options(_writes(_step)))))
