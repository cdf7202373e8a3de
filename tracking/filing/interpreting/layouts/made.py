"""What was made of a table on a sheet: the table as the figures are read from it, and what there is to tell of it."""

from dataclasses import dataclass, field

from tracking.filing.interpreting.layouts.understood import Understood
from tracking.filing.spreadsheets.tables import Table
from tracking.words.problems import Problem


@dataclass
class Reading:
    """A table of a person's sheet. table: None where no figure of it can be read, which a problem tells.

    understood: what it was taken for; without areas where the table itself says that, as one with a header does.
    missing: the keys that it lacks, where a problem tells it already.
    """

    understood: Understood
    table: Table | None = None
    problems: list[Problem] = field(default_factory=list)
    missing: frozenset[str] = frozenset()
