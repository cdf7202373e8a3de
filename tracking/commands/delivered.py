"""What a command makes as a file, a table with what it rests on beside it: all of it before the first byte goes out."""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click

from tracking.commands.output import print_out, put
from tracking.commands.settings import REFUSED, Settings
from tracking.exports import formats, workbook
from tracking.exports.provenance import Provenance


@dataclass(frozen=True)
class Target:
    """Where a table goes: in which format, to which file (None: standard output), and whether with its metadata."""

    form: str
    out: Path | None
    meta: bool


def write(settings: Settings, target: Target, content: Callable[[IO[bytes]], None], rests_on: Provenance) -> int | None:
    """Write a table, and beside it, where that is wanted, what it rests on."""
    if target.meta and target.out is None:
        raise click.UsageError(settings.say("meta-needs-file"))

    def beside(made: IO[bytes]) -> None:
        if target.meta and target.out:
            basis = {"file": target.out.name, "sha256": _sha256(made), **rests_on.as_dict()}
            text = json.dumps(basis, ensure_ascii=False, indent=1)
            put(settings, target.out.with_name(f"{target.out.name}.meta.json"), io.BytesIO(text.encode()))

    return deliver(settings, target.out, content, beside)


def deliver(
    settings: Settings,
    out: Path | None,
    content: Callable[[IO[bytes]], None],
    beside: Callable[[IO[bytes]], None] | None = None,
) -> int | None:
    """Print or write what is made: all of it before the first byte goes out, so that no half takes a file's place."""
    try:
        made = formats.spooled(content)
    except workbook.TooManyRows as error:
        click.echo(settings.say("too-many-rows", rows=error.rows, most=error.most), err=True)
        return REFUSED
    with made:
        if beside is not None:
            beside(made)
        if out is None:
            print_out(made)
        else:
            put(settings, out, made)
    return None


def _sha256(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(1 << 20):
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()
