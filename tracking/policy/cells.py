"""What a cell of a policy's files says: text, a code, a number, one of some words."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

_CODE = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_NUMBER = re.compile(r"[0-9]{1,10}(\.[0-9]{1,8})?")
_FIGURE = re.compile(r"[0-9]{1,14}(\.[0-9]{1,4})?")


class UnfitError(Exception):
    """A value is not what its column takes; `code` is the problem's, without its place."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def words(text: str) -> str:
    """Text for a person: anything but control characters, which no database and no screen bears."""
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
        raise UnfitError("policy-control-character")
    return text


def code(text: str) -> str:
    """A code: lower-case ASCII words; a dot would blur the parts of a requirement's code."""
    if not _CODE.fullmatch(text):
        raise UnfitError("policy-not-a-code")
    return text


def requirement_code(text: str) -> str:
    """The codes of track, stage, clause and metric, joined by dots."""
    for part in text.split("."):
        code(part)
    return text


def figure(text: str) -> Decimal:
    """A number of 0 or more that DECIMAL(18, 4) holds exactly."""
    if not _FIGURE.fullmatch(text):
        raise UnfitError("policy-not-a-figure")
    return Decimal(text)


def factor(text: str) -> Decimal:
    """A number above 0 that DECIMAL(18, 8) holds exactly."""
    if not _NUMBER.fullmatch(text) or not Decimal(text):
        raise UnfitError("policy-not-a-factor")
    return Decimal(text)


def pass_mark(text: str) -> Decimal:
    """A share of the requirements: above 0, at most 1."""
    if not _FIGURE.fullmatch(text) or not 0 < Decimal(text) <= 1:
        raise UnfitError("policy-pass-mark")
    return Decimal(text)


def yes_or_no(text: str) -> bool:
    """yes or no, as a boolean."""
    return one_of("yes", "no")(text) == "yes"


def one_of(*choices: str) -> Callable[[str], str]:
    """A parser of one of these words."""

    def parse(text: str) -> str:
        if text not in choices:
            raise UnfitError("policy-not-one-of", choices=", ".join(choices))
        return text

    return parse


@dataclass(frozen=True, slots=True)
class Column:
    """How a column's cells are read, and what an empty one means, where it may be empty."""

    parse: Callable[[str], object]
    blank: object = ...
    # Whether a folder may lack the column, as those written before it was thought of do.
    optional: bool = False

    def value(self, cell: str) -> object:
        """What the cell says. Raises UnfitError."""
        if cell:
            return self.parse(cell)
        if self.blank is ...:
            raise UnfitError("policy-cell-missing")
        return self.blank
