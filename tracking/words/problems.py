"""What is wrong with something a person gave, as data: where, what was found, how to mend it.

Problem     one finding in a file; all findings of a file are told at once
Refusal     the exception that carries them, where a thing is refused whole
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tracking.words.language import Lang, text, translations

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `row` counts as a spreadsheet shows it; `letter` is the spreadsheet's column letter.

    `column` is the code of a known column, else the header as it was typed.
    `details` fills the placeholders of the sentences `<code>.message` and `<code>.hint`; a word that differs by
    language is a dict of languages.
    """

    severity: Severity
    code: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    letter: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)

    def message(self, lang: Lang) -> str:
        """What is wrong, in one sentence."""
        sentence = self._sentence("message", lang)
        # A file of text has no sheet; a policy's file is one, which its own sentences name.
        if self.sheet is None or self.row is None or "{sheet}" in translations()[f"{self.code}.message"][lang]:
            return sentence
        return text("sheet.told", lang, sheet=self.sheet, message=sentence)

    def hint(self, lang: Lang) -> str:
        """How to mend it, in one sentence."""
        return self._sentence("hint", lang)

    def as_dict(self, lang: Lang) -> dict[str, object]:
        """The object of `check --json`: severity, code, sheet, row, column, value, message, hint."""
        return {
            "severity": self.severity,
            "code": self.code,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message(lang),
            "hint": self.hint(lang),
        }

    def _sentence(self, part: str, lang: Lang) -> str:
        places = {"sheet": self.sheet, "row": self.row, "column": self.column, "value": self.value}
        details = {name: value[lang] if isinstance(value, dict) else value for name, value in self.details.items()}
        return text(f"{self.code}.{part}", lang, **{**places, "letter": self.letter, **details})


class Refusal(Exception):
    """Refused whole, with every reason. Nothing of it was stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message("en") for problem in problems))
        self.problems = list(problems)
