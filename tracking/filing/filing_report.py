"""What became of one file of filings, as the pages and `load --json` give it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import pandas as pd

from tracking.filing.interpreting.interpretation import Over, UnitRead
from tracking.filing.interpreting.layouts.understood import Understood
from tracking.words.language import Lang
from tracking.words.problems import Problem

# What a person would not call one piece of work is not told apart by its filings.
MOST_NAMED = 50


@dataclass(frozen=True)
class FilingReport:
    """What became of one file.

    `filings` counts the space-years in it, of which `unchanged` were stored already as they are; `observations`
    counts its figures. `revisions` has a row per filing that is (or, of a check, would be) stored:
    space_id, year, revision, figures. `kept` counts those of the observations that the file has not and that stay as
    they were filed before. `understood` tells what the cells of each table were taken for, `units` and `passed_over` as
    an interpretation has them; `spaces` are those that a file of few rows names, `named` its filings, stored or
    not, where they are no more than MOST_NAMED; `choices` what a person decided, as `choice_records` keeps
    it; `warnings` those of the problems, as `warned` keeps them. `load_id` is None where nothing was stored, and so is
    `seal`, the head of the chain of loads.
    """

    file: str
    sha256: str
    loaded: bool
    filings: int = 0
    unchanged: int = 0
    observations: int = 0
    kept: int = 0
    problems: Sequence[Problem] = ()
    understood: Sequence[Understood] = ()
    units: Sequence[UnitRead] = ()
    passed_over: Sequence[Over] = ()
    spaces: Sequence[str] = ()
    named: Sequence[tuple[str, int]] = ()
    load_id: int | None = None
    seal: str | None = None
    revisions: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["space_id", "year", "revision", "figures"])
    )
    choices: pd.DataFrame = field(default_factory=pd.DataFrame)
    warnings: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def refused(self) -> bool:
        """Whether the file has an error, and so nothing of it is stored."""
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def revised(self) -> list[str]:
        """The IDs of the spaces of its revisions, each once, in order."""
        return sorted(map(str, self.revisions["space_id"].unique()))

    def as_dict(self, lang: Lang) -> dict[str, object]:
        """The object of `load --json`."""
        return {
            "file": self.file,
            "loaded": self.loaded,
            "filings": self.filings,
            "unchanged": self.unchanged,
            "observations": self.observations,
            "problems": [problem.as_dict(lang) for problem in self.problems],
            "kept": self.kept,
            "layout": [each.as_dict() for each in self.understood],
            "unit": [asdict(each) for each in self.units],
            "passed_over": [asdict(each) for each in self.passed_over],
            "seal": self.seal,
        }
