"""The command line imports what its command needs, and lists every command that there is."""

import json
import subprocess
import sys

import click

from tracking.commands.group import FAMILIES, group

IMPORTED = """
import json, sys
from importlib import metadata
before = set(sys.modules)
from tracking.commands import group
group({arguments}, standalone_mode=False)
installed = metadata.packages_distributions()
names = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(json.dumps(sorted(names & set(installed))))
"""


def imported(*arguments: str) -> set[str]:
    """The installed packages that a call of the command line imports."""
    code = IMPORTED.format(arguments=list(arguments))
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return set(json.loads(printed.splitlines()[-1]))


def test_a_word_of_help_imports_no_database_and_no_frames() -> None:
    assert imported("--help") == {"click"}


def test_every_command_is_listed_with_what_it_says_itself() -> None:
    context = click.Context(group)
    listed = {name: group.get_command(context, name) for name in group.list_commands(context)}
    assert all(listed.values())
    assert set(group.commands) == set(listed) == {name for names in FAMILIES.values() for name in names}
    shown = group.get_help(context)
    for name, command in listed.items():
        assert command is not None
        assert f"{name} " in shown
        assert command.get_short_help_str(30).removesuffix("...") in " ".join(shown.split())
