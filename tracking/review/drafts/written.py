"""What a person decided about a file, and what its check led to, as a draft has them: JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from tracking.filing.choices import Choices, Typed
from tracking.filing.preview import Preview
from tracking.words import personal_data, spelling

# So much of what a check led to is kept to be compared; a filing of one space has some sixty of these.
MOST_SHOWN = 1_000
# What is kept of a figure that was shown, and of a requirement that it serves.
_OF_FIGURE = ("value", "stored", "year_before")
_OF_REQUIREMENT = ("required", "status")

# What says of a file that it has personal data.
_PERSONAL = "personal-data"

# The space, the year, the metric, what of it, and the requirement where it is of one.
Item = tuple[str, int, str, str, str]
# Code, sheet, row, letter and value of a problem.
Told = tuple[str, str | None, int | None, str | None, str | None]


@dataclass(frozen=True)
class Shown:
    """What the check of a file led to: every figure with what stands beside it, and the problems.

    filings: those of the file, by space and year, where they are few; none where that is not known. whole: whether
    that is all of it, and not the first MOST_SHOWN. checked: whether it is of all that was decided about the file, and
    nothing was typed since that was not checked yet.
    """

    items: Mapping[Item, str | float | None] = field(default_factory=dict)
    problems: frozenset[Told] = frozenset()
    filings: Sequence[tuple[str, int]] = ()
    whole: bool = True
    checked: bool = True


def shown(seen: Preview, *, checked: bool) -> Shown:
    """What is kept of a preview."""
    items: dict[Item, str | float | None] = {}
    for row in seen.figures.to_dict("records"):
        key = (str(row["space_id"]), int(row["year"]), str(row["metric"]))
        items |= {(*key, name, ""): _bare(row[name]) for name in _OF_FIGURE}
        if isinstance(row["requirement"], str):
            items |= {(*key, name, row["requirement"]): _bare(row[name]) for name in _OF_REQUIREMENT}
    problems = [(each.code, each.sheet, each.row, each.letter, each.value) for each in seen.report.problems]
    few = dict(list(items.items())[:MOST_SHOWN])
    whole = len(few) == len(items) and len(problems) <= MOST_SHOWN
    return Shown(few, frozenset(problems[:MOST_SHOWN]), seen.report.named, whole, checked)


def shown_text(what: Shown) -> str:
    """As it is stored."""
    problems = sorted(what.problems, key=repr)
    items = [[*key, value] for key, value in what.items.items()]
    kept = {"items": items, "problems": problems, "filings": what.filings}
    kept |= {"whole": what.whole, "checked": what.checked}
    return json.dumps(kept, ensure_ascii=False)


def shown_of(text: str) -> Shown:
    """Read from what is stored. Raises ValueError, KeyError, TypeError where it is something else."""
    kept = json.loads(text)
    items = {(space, int(year), metric, what, of): value for space, year, metric, what, of, value in kept["items"]}
    problems = frozenset((code, sheet, row, letter, value) for code, sheet, row, letter, value in kept["problems"])
    return Shown(items, problems, _filings(kept), bool(kept["whole"]), bool(kept["checked"]))


def filings_of(text: str) -> Sequence[tuple[str, int]]:
    """The filings of a draft, from what is stored; none where that does not say."""
    try:
        return _filings(json.loads(text))
    except (KeyError, TypeError, ValueError):
        return ()


def _filings(kept: Mapping[str, Any]) -> Sequence[tuple[str, int]]:
    # What was kept by an earlier release does not say.
    return tuple((str(space), int(year)) for space, year in kept.get("filings", ()))


def personal(choices: Choices, seen: Preview) -> bool:
    """Whether the file, as it was seen, or what was typed since has personal data, which is kept in no draft."""
    typed = [text for each in choices.figures.values() for text in asdict(each).values()]
    texts = [*choices.cells.values(), *choices.again.values(), *typed]
    found = any(personal_data.kind(spelling.tidy(text)) for text in texts if text)
    return found or any(each.code == _PERSONAL for each in seen.report.problems)


def choices_text(choices: Choices) -> str:
    """As they are stored."""
    document = {
        "space": choices.space,
        "year": choices.year,
        "unit": choices.unit,
        "columns": dict(choices.columns),
        "units": dict(choices.units),
        "left_out": sorted(([sheet, place] for sheet, place in choices.left_out), key=repr),
        "cells": [[*place, text] for place, text in choices.cells.items()],
        "figures": [[*figure, asdict(typed)] for figure, typed in choices.figures.items()],
        "keep": choices.keep,
        "again": [[*filing, answer] for filing, answer in choices.again.items()],
    }
    return json.dumps(document, ensure_ascii=False)


def choices_of(text: str) -> Choices:
    """Read from what is stored. Raises ValueError, KeyError, TypeError where it is something else."""
    kept = json.loads(text)
    return Choices(
        space=kept["space"],
        year=kept["year"],
        unit=kept["unit"],
        columns=kept["columns"],
        units=kept["units"],
        left_out=frozenset((sheet, place) for sheet, place in kept["left_out"]),
        cells={(sheet, row, letter): typed for sheet, row, letter, typed in kept["cells"]},
        figures={(space, year, metric): Typed(**typed) for space, year, metric, typed in kept["figures"]},
        keep=kept["keep"],
        again={(space, year): answer for space, year, answer in kept["again"]},
    )


def _bare(value: object) -> str | float | None:
    if isinstance(value, str):
        return value
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type]
