"""A draft as somebody has it before them, and why one is not kept or not to be had."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from tracking.filing.choices import Choices
from tracking.review.drafts.written import Shown


class Handle(NamedTuple):
    """A draft as somebody has it before them: how often it had been saved then."""

    draft: str
    saves: int


@dataclass(frozen=True)
class TakenUp:
    """A draft to go on with: the file as it was uploaded, what was decided about it, and what its check led to then."""

    handle: Handle
    content: bytes
    source: str
    choices: Choices
    shown: Shown
    data_version: int
    spaces: Sequence[str]
    started_by: str
    written_by: str
    saved_at: datetime


class DraftMoved(Exception):
    """Somebody else saved the draft since: nothing was written. `by` and `at` say who and when."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(by)
        self.by = by
        self.at = at


class NoDraft(LookupError):
    """The draft has been filed or thrown away, has ended, cannot be read, or is not this person's to see."""


class UnkeptDraft(Exception):
    """It is not kept: `why` is many (drafts of one person), size (of their files), long (the choices) or personal (data
    that is not collected, in the file or in what was typed)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
