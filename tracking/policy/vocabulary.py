"""The words in which filings speak: metrics, units they may be written in, rules across cells."""

from dataclasses import dataclass
from decimal import Decimal
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from tracking import database
from tracking.words.language import Lang


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

    def name_in(self, lang: Lang) -> str:
        """Its name in a language."""
        return self.name_zh if lang == "zh" else self.name_en

    def unit_in(self, lang: Lang) -> str:
        """The name of its unit in a language."""
        return self.unit_zh if lang == "zh" else self.unit_en


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
class Threshold:
    """What a requirement asks of a metric's own figure.

    `by_others`: it is asked of the metric together with other figures, as the parts of a share are, what grows and what
    adds up over years, so that the figure alone does not tell.
    """

    metric: str
    comparison: str
    threshold: Decimal
    by_others: bool = False

    def met(self, figure: Decimal) -> bool:
        """Whether a figure of this year alone is enough."""
        return figure > self.threshold if self.comparison == ">" else figure >= self.threshold


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a filing can speak of, of all editions in force, in their own order.

    A metric that two editions name differently is there under both names.
    """

    metrics: tuple[Metric, ...]
    conversions: tuple[Conversion, ...]
    rules: tuple[Rule, ...]
    thresholds: tuple[Threshold, ...] = ()


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

# Of a share, its two parts, in one look at the requirements: to join them twice takes half as long again.
_THRESHOLDS = sa.text("""
SELECT DISTINCT
    CASE WHEN part.below THEN denominator ELSE filed END AS metric,
    comparison,
    threshold,
    part.below OR basis IN ('share', 'growth', 'cumulative') AS by_others
FROM current_requirement
CROSS JOIN (VALUES (FALSE), (TRUE)) AS part (below)
WHERE
    edition <> :without
    AND CASE WHEN part.below THEN denominator IS NOT NULL ELSE basis <> 'attested' END
ORDER BY
    metric,
    threshold,
    comparison
""")


# What came in, by its bytes: a load that was rolled back leaves its number to the next one.
_EDITIONS = sa.text("SELECT load_id, sha256 FROM load WHERE kind = 'policy' ORDER BY load_id")

_read: WeakKeyDictionary[Engine, tuple[object, Vocabulary]] = WeakKeyDictionary()


def vocabulary(connection: Connection, *, without: str = "") -> Vocabulary:
    """The metrics, conversions and rules of every edition in force, but for the edition `without`.

    It is read from a database once for as long as no edition comes in.
    """
    engine = database.opened(connection.engine)
    which = (without, connection.execute(_EDITIONS).all())
    kept, words = _read.get(engine, (None, None))
    if words is None or kept != which:
        words = _vocabulary(connection, without)
        _read[engine] = which, words
    return words


def _vocabulary(connection: Connection, without: str) -> Vocabulary:
    but = {"without": without}
    return Vocabulary(
        metrics=tuple(dict.fromkeys(Metric(*row) for row in connection.execute(_METRICS, but).all())),
        conversions=tuple(dict.fromkeys(Conversion(*row) for row in connection.execute(_CONVERSIONS, but).all())),
        thresholds=tuple(
            Threshold(metric, comparison, Decimal(str(threshold)), bool(by_others))
            for metric, comparison, threshold, by_others in connection.execute(_THRESHOLDS, but).all()
        ),
        rules=tuple(dict.fromkeys(Rule(*row) for row in connection.execute(_RULES, but).all())),
    )
