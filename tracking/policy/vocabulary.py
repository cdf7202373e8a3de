"""The words in which filings speak: metrics, units they may be written in, rules across cells."""

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as an edition in force names it; a share is never filed, its numerator and denominator are."""

    code: str
    name_zh: str
    name_en: str
    unit: str
    unit_zh: str
    unit_en: str
    kind: str
    numerator: str | None
    denominator: str | None


@dataclass(frozen=True, slots=True)
class Conversion:
    """A figure written in another unit, times factor, is in `unit`."""

    unit: str
    written: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """Part must not exceed whole; both are codes of metrics."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a filing can speak of, of all editions in force, in their own order.

    A metric that two editions name differently is there under both names.
    """

    metrics: tuple[Metric, ...]
    conversions: tuple[Conversion, ...]
    rules: tuple[Rule, ...]


_METRICS = sa.text("""
SELECT
    metric,
    name_zh,
    name_en,
    unit,
    unit_zh,
    unit_en,
    kind,
    numerator,
    denominator
FROM current_metric
WHERE edition <> :without
ORDER BY
    edition,
    position
""")

_CONVERSIONS = sa.text("""
SELECT
    conversion.unit,
    conversion.written,
    conversion.factor
FROM conversion
INNER JOIN current_edition
    ON conversion.edition = current_edition.edition
    AND conversion.load_id = current_edition.load_id
WHERE conversion.edition <> :without
ORDER BY
    conversion.edition,
    conversion.unit,
    conversion.factor,
    conversion.written
""")

_RULES = sa.text("""
SELECT
    rule.part,
    rule.whole
FROM rule
INNER JOIN current_edition
    ON rule.edition = current_edition.edition
    AND rule.load_id = current_edition.load_id
WHERE rule.edition <> :without
ORDER BY
    rule.edition,
    rule.part,
    rule.whole
""")


def vocabulary(connection: Connection, *, without: str = "") -> Vocabulary:
    """The metrics, conversions and rules of every edition in force, but for the edition `without`."""
    but = {"without": without}
    return Vocabulary(
        metrics=tuple(dict.fromkeys(Metric(*row) for row in connection.execute(_METRICS, but).all())),
        conversions=tuple(dict.fromkeys(Conversion(*row) for row in connection.execute(_CONVERSIONS, but).all())),
        rules=tuple(dict.fromkeys(Rule(*row) for row in connection.execute(_RULES, but).all())),
    )
