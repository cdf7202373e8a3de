"""The rows of a policy's files, as types: the columns of a file are the fields of its dataclass.

`row` is where it stands, as a spreadsheet shows it, the header being 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, get_type_hints

from tracking.policy.cells import Column, code, factor, figure, one_of, pass_mark, requirement_code, words, yes_or_no

KINDS = ("whole", "decimal", "yes_no", "share")
STAGES = ("entry", "target")
BASES = ("annual", "stock", "cumulative", "share", "growth", "attested")
COMPARISONS = (">=", ">")
COUNTED = ("period", "cultivation")
# Of whom a requirement is asked where it is not of each space by itself.
WHOSE = ("brand",)


Code = Annotated[str, Column(code)]
CodeOrNone = Annotated[str | None, Column(code, blank=None)]
Words = Annotated[str, Column(words)]
Note = Annotated[str, Column(words, blank="")]
Stage = Annotated[str, Column(one_of(*STAGES))]


@dataclass(frozen=True, slots=True)
class TrackRow:
    """tracks.csv"""

    row: int
    track: Code
    name_zh: Words
    name_en: Words


@dataclass(frozen=True, slots=True)
class UnitRow:
    """units.csv"""

    row: int
    unit: Code
    name_zh: Words
    name_en: Words


@dataclass(frozen=True, slots=True)
class ConversionRow:
    """conversions.csv: a figure written in another unit, times factor, is in `unit`."""

    row: int
    unit: Code
    written: Words
    factor: Annotated[Decimal, Column(factor)]


@dataclass(frozen=True, slots=True)
class MetricRow:
    """metrics.csv: numerator and denominator are metrics, of a share alone."""

    row: int
    metric: Code
    name_zh: Words
    name_en: Words
    unit: Code
    kind: Annotated[str, Column(one_of(*KINDS))]
    numerator: CodeOrNone
    denominator: CodeOrNone


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """clauses.csv: text_zh is the policy's own."""

    row: int
    track: Code
    stage: Stage
    clause: Code
    text_zh: Words
    text_en: Words


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """requirements.csv: the order of its rows is the policy's own."""

    row: int
    track: Code
    stage: Stage
    clause: Code
    metric: Code
    basis: Annotated[str, Column(one_of(*BASES))]
    comparison: Annotated[str, Column(one_of(*COMPARISONS))]
    threshold: Annotated[Decimal, Column(figure)]
    mandatory: Annotated[bool, Column(yes_or_no)]
    alternative: CodeOrNone
    counted: Annotated[str | None, Column(one_of(*COUNTED), blank=None)]
    note_zh: Note
    note_en: Note
    whose: Annotated[str | None, Column(one_of(*WHOSE), blank=None, optional=True)] = None

    @property
    def requirement(self) -> str:
        """The requirement's code."""
        return f"{self.track}.{self.stage}.{self.clause}.{self.metric}"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """rules.csv: part must not exceed whole."""

    row: int
    part: Code
    whole: Code


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """readings.csv: another reading of a requirement, or where that is blank of the pass mark.

    What is not blank after the defaults would replace what is in force.
    """

    row: int
    reading: Code
    requirement: Annotated[str | None, Column(requirement_code, blank=None)]
    name_zh: Words
    name_en: Words
    default_zh: Words
    default_en: Words
    metric: CodeOrNone
    basis: Annotated[str | None, Column(one_of(*BASES), blank=None)]
    comparison: Annotated[str | None, Column(one_of(*COMPARISONS), blank=None)]
    threshold: Annotated[Decimal | None, Column(figure, blank=None)]
    counted: Annotated[str | None, Column(one_of(*COUNTED), blank=None)]
    pass_mark: Annotated[Decimal | None, Column(pass_mark, blank=None)]


@dataclass(frozen=True, slots=True)
class EditionKeys:
    """edition.toml: `due` is the last day, month and day of the year after, on which a filing is in time."""

    name_zh: str
    name_en: str
    source_zh: str
    source_en: str
    construction_years: int
    due: tuple[int, int]
    pass_mark: Decimal
    pass_mark_is_default: bool
    # Who publishes the data, said or not.
    publisher_zh: str | None = None
    publisher_en: str | None = None
    licence: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What the folder of one edition says; `edition` is its code, the folder's name."""

    edition: str
    keys: EditionKeys
    tracks: tuple[TrackRow, ...]
    units: tuple[UnitRow, ...]
    conversions: tuple[ConversionRow, ...]
    metrics: tuple[MetricRow, ...]
    clauses: tuple[ClauseRow, ...]
    requirements: tuple[RequirementRow, ...]
    rules: tuple[RuleRow, ...]
    readings: tuple[ReadingRow, ...]


Row = TrackRow | UnitRow | ConversionRow | MetricRow | ClauseRow | RequirementRow | RuleRow | ReadingRow
TABLES: Mapping[str, type[Row]] = {
    "tracks": TrackRow,
    "units": UnitRow,
    "conversions": ConversionRow,
    "metrics": MetricRow,
    "clauses": ClauseRow,
    "requirements": RequirementRow,
    "rules": RuleRow,
    "readings": ReadingRow,
}


def columns(kind: type[Row]) -> dict[str, Column]:
    """The columns of a file by name, in their order, as the annotations of its rows say."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items() if hasattr(hint, "__metadata__")}


# No programme is older or looks further ahead; past 9999 not every database has a day on which a filing is due.
YEARS = (1900, 2200)
