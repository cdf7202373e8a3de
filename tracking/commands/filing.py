"""A register and filings, from files."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from tracking.commands.command import AS_JSON, BY, FILES, command, file_name
from tracking.commands.output import print_problems, print_trail
from tracking.commands.settings import REFUSED, Settings
from tracking.filing import loading, register
from tracking.filing.choices import Choices
from tracking.filing.filing_report import FilingReport
from tracking.filing.spreadsheets.tables import LEFT_OUT
from tracking.words import spelling


@command("register")
@FILES
@BY
def register_files(settings: Settings, files: Sequence[Path], by: str) -> int:
    """Load spaces and enrolments."""
    engine = settings.engine()
    refused = False
    for path in files:
        report = register.load(engine, path.read_bytes(), file_name(path), by=by)
        print_problems(settings, report.problems)
        key = "registered" if report.loaded else "refused"
        click.echo(
            settings.say(key, file=spelling.shown(file_name(path)), spaces=report.spaces, enrolments=report.enrolments)
        )
        refused = refused or not report.loaded
    return REFUSED if refused else 0


def _columns(_: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """Headers with what each is: of `--map` behind the last equals sign, of `--leave-out` nothing that counts."""
    if parameter.name == "left_out":
        return dict.fromkeys(value, LEFT_OUT)
    pairs = [each.rpartition("=") for each in value]
    if any(not (header.strip() and code.strip()) for header, _, code in pairs):
        raise click.BadParameter("HEADER=metric")
    return {header.strip(): code.strip() for header, _, code in pairs}


def _choosing(work: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say of a file of filings what it does not say itself, handed on as one."""

    @wraps(work)
    def run(
        *arguments: Any,
        space: str | None,
        year: int | None,
        unit: str | None,
        mapped: dict[str, str],
        left_out: dict[str, str],
        keep: bool,
        **options: Any,
    ) -> Any:  # noqa: ANN401 - whatever the command gives
        chosen = Choices(space=space, year=year, unit=unit, columns={**mapped, **left_out}, keep=keep)
        return work(*arguments, choices=chosen, **options)

    option = click.option
    for each in (
        option("--keep", is_flag=True, help="Figures filed before and not in the file stay."),
        option("--leave-out", "left_out", metavar="HEADER", multiple=True, callback=_columns, help="Repeatable."),
        option("--map", "mapped", metavar="HEADER=METRIC", multiple=True, callback=_columns, help="Repeatable."),
        option("--unit", metavar="UNIT", help="Of the figures it can measure, where the file says none."),
        option("--year", type=int, help="Of the whole file, where it does not say."),
        option("--space", metavar="ID", help="Of the whole file, where it does not say."),
    ):
        run = each(run)
    return run


@command("check")
@FILES
@_choosing
@AS_JSON
def check(settings: Settings, files: Sequence[Path], choices: Choices, as_json: bool) -> int:
    """Tell every problem of filings; store nothing."""
    engine = settings.engine()
    reports = [loading.check(engine, path.read_bytes(), file_name(path), choices) for path in files]
    return _report(settings, reports, as_json)


@command("load")
@FILES
@BY
@_choosing
@AS_JSON
def load(settings: Settings, files: Sequence[Path], by: str, choices: Choices, as_json: bool) -> int:
    """Store filings, each file whole or not at all."""
    engine = settings.engine()
    reports = [loading.load(engine, path.read_bytes(), file_name(path), by=by, choices=choices) for path in files]
    code = _report(settings, reports, as_json)
    if not as_json and any(report.seal for report in reports):
        print_trail(settings, engine)
    return code


def _report(settings: Settings, reports: Sequence[FilingReport], as_json: bool) -> int:
    if as_json:
        rows = [report.as_dict(settings.lang) for report in reports]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for report in reports:
            print_problems(settings, report.problems)
            key = "refused" if report.refused else "loaded" if report.loaded else "checked"
            changed = report.filings - report.unchanged
            counts = {"filings": report.filings, "unchanged": report.unchanged, "observations": report.observations}
            click.echo(settings.say(key, file=spelling.shown(report.file), changed=changed, **counts))
            if report.kept and not report.refused:
                click.echo(settings.say("kept", kept=report.kept))
            if report.seal:
                click.echo(settings.say("head", head=report.seal))
    return REFUSED if any(report.refused for report in reports) else 0
