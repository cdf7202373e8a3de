"""What one cell says: a figure, a yes or no, nothing, or a problem. Source: the contract, "a cell says"."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from tracking.filing.spreadsheets.grids import FORMULA_WITHOUT_RESULT
from tracking.filing.spreadsheets.number_formats import DISGUISED
from tracking.policy.vocabulary import Metric
from tracking.words import personal_data
from tracking.words.problems import Severity
from tracking.words.spelling import tidy

# Figures are DECIMAL(18, 4): stored as whole ten-thousandths.
SCALE = 10_000
LARGEST = Decimal(10) ** 14
# No figure is longer, whatever stands about it: a text that is one is not looked at any further.
LONGEST = 200
BLANK = frozenset({"", "-", "--", "—", "——", "–", "/", "n/a", "暂无", "未填"})
YES = frozenset({"是", "有", "√", "✓", "✔", "yes", "y", "true", "1"})
NO = frozenset({"否", "无", "×", "no", "n", "false", "0"})

# Digits of other scripts are no figures here: only their full-width forms are, which `tidy` has made plain.
_NUMBER = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]*)?(?:e[+-]?[0-9]{1,4})?)\s*(.*)", re.DOTALL
)
_ABOUT = re.compile(r"(约|大约|近|超过|不少于|≥|≤|>=|<=|>|<|~)\s*\d.*|\d[\d,.]*\s*(\+|多|余|几|\D{0,4}(以上|左右))\S*")
_ERROR_VALUE = re.compile(r"#(n/a|[a-z]+[!?/0]*[!?])")
_MINUS = ("-", "−", "–", "—")
# What makes a number look like another: 10² is not 102, and behind an override 12 is shown as 21.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RANGE = re.compile(r"\d[\d,.]*\s*[-~—–至到]\s*\d\S*")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?( .*)?|\d{1,2}:\d{2}(:\d{2})?")
_YEAR = re.compile(r"(\d{4})(?:\.0+)?\s*(年|年度)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says. `scaled` is the figure in ten-thousandths, yes is SCALE and no 0, None is unreported.

    `code` names the problem, where there is one; a figure with a warning still counts.
    """

    scaled: int | None = None
    code: str | None = None
    severity: Severity = "error"
    details: Mapping[str, object] = field(default_factory=dict)


def unsaid(text: str) -> str | None:
    """The code of the problem where a spreadsheet put something in place of what was meant, else None."""
    said = tidy(text).casefold()
    if text == FORMULA_WITHOUT_RESULT or said.startswith("="):
        return "formula-without-result"
    return "error-value" if _ERROR_VALUE.fullmatch(said) else None


def figure(text: str, metric: Metric, conversions: Mapping[str, Decimal], written_in: str = "") -> Cell:
    """What a cell under a metric says. `conversions` are the other units it may be written in, `written_in` is
    the one that the header names, if any."""
    if text.isascii() and text.isdigit() and len(text) < 10 and not written_in and metric.kind != "yes_no":
        return Cell(int(text) * SCALE)
    said = tidy(text).casefold()
    if said in BLANK:
        return Cell()
    if (code := unsaid(text)) is not None:
        return Cell(code=code)
    # 13812345678元 is a sum of money; the same digits alone are a number to be called.
    if (kind := personal_data.kind(said)) and not said.endswith((*conversions, *_own(metric))):
        return Cell(code="personal-data", details={"kind": kind})
    if metric.kind == "yes_no":
        return _yes_or_no(said)
    if len(text) > LONGEST:
        return Cell(code="not-a-number")
    if said == "无":
        return Cell(code="none-is-unreported", severity="warning")
    if any(sign in _OVERRIDES or unicodedata.category(sign) == "No" for sign in text):
        return Cell(code="not-a-number")
    if said.startswith(_MINUS) and said[1:2].isdigit():
        return Cell(code="negative")
    if _DATE.fullmatch(said):
        return Cell(code="date-for-number")
    if _RANGE.fullmatch(said) or _ABOUT.fullmatch(said):
        return Cell(code="not-exact")
    if DISGUISED in text:
        held, _, form = text.partition(DISGUISED)
        return Cell(code="shown-otherwise", details={"held": held, "format": form})
    number = _NUMBER.fullmatch(said)
    # What a unit cannot begin with: 5/10, 12:30, 1_000.
    if not number or number[2] and not (number[2][0].isalpha() or number[2] == "%" or number[2] in _own(metric)):
        return Cell(code="not-a-number")
    return _in_unit(Decimal(number[1].replace(",", "")), number[2].strip(), metric, conversions, written_in)


def year(text: str) -> int | None:
    """The year that a cell says: 2023, 2023年, 2023年度; None where it says none."""
    said = _YEAR.fullmatch(tidy(text))
    return int(said[1]) if said else None


def _yes_or_no(said: str) -> Cell:
    if said in YES:
        return Cell(SCALE)
    if said in NO:
        return Cell(0)
    return Cell(code="not-yes-or-no")


def _in_unit(number: Decimal, unit: str, metric: Metric, conversions: Mapping[str, Decimal], written_in: str) -> Cell:
    unit = unit or written_in
    if unit in conversions:
        cell = _exactly(number * conversions[unit], metric)
        if cell.code:
            return cell
        return Cell(
            cell.scaled, "unit-converted", "warning", {"unit": unit, "result": _plain(number * conversions[unit])}
        )
    if unit == "%":
        return Cell(code="percentage-for-count")
    if unit and unit not in _own(metric):
        return Cell(code="unit-unknown", details={"unit": unit})
    return _exactly(number, metric)


def _own(metric: Metric) -> tuple[str, str]:
    return tidy(metric.unit_zh).casefold(), tidy(metric.unit_en).casefold()


def _exactly(number: Decimal, metric: Metric) -> Cell:
    try:
        if number and number.adjusted() >= LARGEST.adjusted():
            return Cell(code="too-large")
        if number and number.adjusted() < -8:
            return Cell(code="too-precise")
        scaled = number * SCALE
        if scaled != int(scaled):
            return Cell(code="not-whole" if metric.kind == "whole" else "too-precise")
        if metric.kind == "whole" and number != int(number):
            return Cell(code="not-whole")
    except InvalidOperation:
        return Cell(code="too-large")
    return Cell(int(scaled))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
