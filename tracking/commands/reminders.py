"""Telling people what their inbox has, for a timer to run."""

import click

from tracking.commands.command import command
from tracking.commands.settings import REFUSED, UNUSABLE, Settings
from tracking.database import DatabaseUnavailable
from tracking.reminders import channels, run
from tracking.review import inbox
from tracking.words.language import text


@command("remind")
def remind(settings: Settings) -> int | None:
    """Send what is due to be said, once."""
    try:
        configured = channels.configured()
    except channels.UnusableChannels as unusable:
        click.echo(text(f"channels.unusable_{unusable.reason}", settings.lang), err=True)
        return REFUSED
    if configured is None:
        click.echo(settings.say("remind-nothing", file=channels.FILE))
        return None
    try:
        engine = settings.keepers()
    except DatabaseUnavailable as unavailable:
        if unavailable.reason != "held":
            raise
        click.echo(settings.say("remind-held", file=channels.FILE), err=True)
        return UNUSABLE
    report = run.remind(engine, configured, inbox.now())
    for account, channel, error in report.failed:
        click.echo(settings.say("remind-failed", account=account, channel=channel, error=error), err=True)
    click.echo(settings.say("remind-sent", count=report.sent))
    return REFUSED if report.failed else None
