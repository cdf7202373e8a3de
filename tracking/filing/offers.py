"""What a header that nobody knows may stand for: the names most like it, and what was chosen for it before."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from tracking import database
from tracking.filing import choice_records
from tracking.filing.interpreting.headers import KEYS
from tracking.filing.interpreting.units import Units
from tracking.policy.vocabulary import vocabulary
from tracking.words import spelling
from tracking.words.language import Lang

# So many of the nearest names come first.
NEAREST = 5
# The keys that a header of one's own may mean; the others belong to a table with a row per figure.
_KEYS = ("space_id", "space_name", "year")


@dataclass(frozen=True)
class Offers:
    """names: what a header may stand for, a name by code. nearest: by header, the codes whose names are most like it.
    before, units_before: by header, the code and the unit that were last chosen for it. units: those in which amounts
    may be written. units_of: by metric, its own unit and others in which its figures may be written. told: the headers
    that say a unit themselves.
    """

    names: dict[str, str]
    nearest: dict[str, list[str]]
    before: dict[str, str]
    units_before: dict[str, str]
    units: list[str]
    units_of: dict[str, list[str]]
    with_units: frozenset[str]


def offers(engine: Engine, _: date, *, headers: Sequence[str], spaces: Sequence[str], lang: Lang) -> Offers:
    """What to offer for headers in a file of these spaces; the day is none of it."""
    with database.reading(engine) as connection:
        known = vocabulary(connection)
    keys = dict(KEYS)
    names = {code: keys[code][1] if lang == "zh" else keys[code][-1] for code in _KEYS}
    for metric in known.metrics:
        if metric.kind != "share":
            names.setdefault(metric.code, f"{metric.name_in(lang)} ({metric.unit_in(lang)})")
    both = {code: {spelling.folded(each.partition(" (")[0]) for each in (name, code)} for code, name in names.items()}
    nearest = {header: _nearest(spelling.folded(header), both) for header in headers}
    written: dict[str, list[str]] = {}
    for each in known.conversions:
        written.setdefault(each.unit, []).append(each.written)
    units_of = {
        metric.code: list(dict.fromkeys([metric.unit_zh, *written[metric.unit]]))
        for metric in known.metrics
        if metric.unit in written
    }
    before, units_before = (choice_records.headers(engine, spaces, kind) for kind in ("column", "unit"))
    units = list(dict.fromkeys(unit for each in units_of.values() for unit in each))
    with_units = frozenset(filter(Units(known).tells, headers))
    return Offers(names, nearest, before, units_before, units, units_of, with_units)


def _nearest(header: str, names: dict[str, set[str]]) -> list[str]:
    alike = {
        code: max(difflib.SequenceMatcher(None, header, each).ratio() for each in labels)
        for code, labels in names.items()
    }
    return sorted(names, key=lambda code: -alike[code])[:NEAREST]
