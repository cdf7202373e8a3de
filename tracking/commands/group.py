"""The group of all commands: each is imported once it is asked for, so that a word of help costs next to nothing."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import click

from tracking.words.language import LANGUAGES, text

# By module, the commands that it registers with the group when it is imported.
FAMILIES = {
    "access": ("access", "audit"),
    "briefing": ("briefing",),
    "closings": ("close", "closings"),
    "filing": ("register", "check", "load"),
    "maintenance": ("verify", "backup", "restore", "copy"),
    "programme": ("init", "sample", "serve"),
    "reminders": ("remind",),
    "review": ("review",),
    "template": ("template",),
    "tables": (
        *("attainment", "shortfalls", "evaluations", "verdicts", "filings"),
        *("observations", "changes", "dictionary", "waivers", "rectifications"),
    ),
}
# Modules that have more commands of a family.
_MORE = {"review": ("measures", "evidence", "papers", "questions")}
_MODULES = {name: module for module, names in FAMILIES.items() for name in names}


class Families(click.Group):
    """A group that knows its commands by name and what their help says, and imports none before it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click asks
        """The names in their order."""
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by name."""
        if cmd_name in _MODULES:
            for module in (_MODULES[cmd_name], *_MORE.get(cmd_name, ())):
                import_module(f"tracking.commands.{module}")
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The names with a line each."""
        named = [click.Command(name, help=text(f"command.{name}.help", "en")) for name in self.list_commands(ctx)]
        room = formatter.width - 6 - max(len(str(each.name)) for each in named)
        with formatter.section("Commands"):
            formatter.write_dl([(str(each.name), each.get_short_help_str(room)) for each in named])


def _chosen(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    chosen = context.ensure_object(dict)
    if value is not None:
        chosen[str(parameter.name)] = value


def with_choices(work: Callable[..., Any], *, environment: bool = False) -> Callable[..., Any]:
    """The options of every command; the group's alone read the environment, so that an option before a command wins."""
    options: tuple[tuple[str, dict[str, Any]], ...] = (
        ("database", {"metavar": "URL", "help": "Where the data are."}),
        ("lang", {"type": click.Choice(LANGUAGES), "help": "Language."}),
        ("as", {"metavar": "NAME", "help": "The account to act for; without it the machine's keeper acts."}),
    )
    for name, how in options:
        variable = f"TRACKING_{name.upper()}" if environment else None
        names = (f"--{name}", "acting") if name == "as" else (f"--{name}",)
        work = click.option(*names, envvar=variable, expose_value=False, callback=_chosen, is_eager=True, **how)(work)
    return work


@click.group(cls=Families, context_settings={"help_option_names": ["-h", "--help"]})
@partial(with_choices, environment=True)
def group() -> None:
    """Track the yearly targets of incubator spaces: policy and filings in, attainment and shortfalls out."""
