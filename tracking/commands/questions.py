"""Questions on figures, of the family `review`: asked, answered, resolved, listed."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import click

from tracking.commands.command import OUT, command
from tracking.commands.delivered import deliver
from tracking.commands.review import YEAR, review
from tracking.commands.settings import REFUSED, Settings
from tracking.commands.tables import FORM
from tracking.exports import formats
from tracking.review import questions
from tracking.review.questions import Entry
from tracking.words.language import text


@command("questions", review)
@click.option("--space", metavar="ID", help="Of that space alone.")
@click.option("--resolved", is_flag=True, help="Those that are resolved too.")
@FORM
@OUT
def list_questions(settings: Settings, space: str | None, resolved: bool, form: str, out: Path | None) -> int | None:
    """List the questions that are not resolved."""
    rows = questions.threads(settings.engine(), date.today(), space=space, resolved=resolved, lang=settings.lang)
    return deliver(settings, out, partial(formats.write, [rows], form))


def _writes(entry: Entry) -> Callable[..., int | None]:
    def work(settings: Settings, space: str, year: int, metric: str, body: str) -> int | None:
        try:
            questions.write(settings.engine(), entry, space, year, metric, body)
        except questions.UnusableQuestion as unusable:
            click.echo(text(f"question.why_{unusable.why}", settings.lang), err=True)
            return REFUSED
        click.echo(settings.say("access-done"))
        return None

    return work


_SPACE = click.option("--space", required=True, metavar="ID")
_METRIC = click.option("--cell", "metric", required=True, metavar="METRIC", help="The figure that it is about.")
_BODY = click.option("--text", "body", default="", metavar="TEXT", help="What is asked or answered.")
for _entry in ("ask", "answer", "resolve"):
    command(_entry, review)(_BODY(_METRIC(YEAR(_SPACE(_writes(_entry))))))
