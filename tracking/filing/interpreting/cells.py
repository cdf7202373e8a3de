"""What one cell says: a figure, a yes or no, nothing, or a problem. Source: the contract, "a cell says"."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, InvalidOperation

from tracking.filing.interpreting import units
from tracking.filing.spreadsheets.grids import FORMULA_WITHOUT_RESULT
from tracking.filing.spreadsheets.number_formats import DISGUISED
from tracking.policy.vocabulary import Metric, Threshold
from tracking.words import personal_data
from tracking.words.problems import Severity
from tracking.words.spelling import tidy

# Figures are DECIMAL(18, 4): stored as whole ten-thousandths.
SCALE = 10_000
LARGEST = Decimal(10) ** 14
# No figure that a cell can hold loses a digit in it: 999.99…9 is not 1000.
_EXACT = Context(prec=500)
_FOUR = Decimal(1) / SCALE
# No figure is longer, whatever stands about it: a text that is one is not looked at any further.
LONGEST = 200
BLANK = frozenset({"", "-", "--", "—", "——", "–", "/", "n/a", "暂无", "未填"})
# What stands in the cell above.
DITTO = frozenset({"同上", "〃", "″", "ditto"})
YES = frozenset({"是", "有", "√", "✓", "✔", "yes", "y", "true", "1"})
NO = frozenset({"否", "无", "×", "no", "n", "false", "0"})

# Digits of other scripts are no figures here: only their full-width forms are, which `tidy` has made plain.
_NUMBER = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]*)?(?:e[+-]?[0-9]{1,4})?)\s*(.*)", re.DOTALL
)
_ABOUT = re.compile(r"(约|大约|近|超过|不少于|≥|≤|>=|<=|>|<|~)\s*\d.*|\d[\d,.]*\s*(\+|多|余|几|\D{0,4}(以上|左右))\S*")
_ERROR_VALUE = re.compile(r"#(n/a|[a-z]+[!?/0]*[!?])")
_MINUS = ("-", "−", "–", "—")
# What makes a number look like another: 10² is not 102, ① no 1, and behind an override 12 is shown as 21.
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
    word = tidy(text).casefold()
    if text == FORMULA_WITHOUT_RESULT or word.startswith("="):
        return "formula-without-result"
    return "error-value" if _ERROR_VALUE.fullmatch(word) else None


def figure(
    text: str,
    metric: Metric,
    conversions: Mapping[str, Decimal],
    written_in: str = "",
    *,
    limits: Sequence[Threshold] = (),
    rounds: bool = False,
) -> Cell:
    """What a cell under a metric says. `conversions` are the units it may be written in, with their factors;
    `written_in` is the one that is read for it elsewhere, as in its header.

    A figure in another unit is rounded to what can be stored, and one in the metric's own where it `rounds`; never so
    that one of the `limits` would be kept or missed by the rounding alone.
    """
    if text.isascii() and text.isdigit() and len(text) < 10 and not written_in and metric.kind != "yes_no":
        return Cell(int(text) * SCALE)
    word = tidy(text).casefold()
    if (instead := _instead(text, word, metric, conversions)) is not None:
        return instead
    number = _NUMBER.fullmatch(word)
    # What a unit cannot begin with: 5/10, 12:30, 1_000.
    if not number or number[2] and not (number[2][0].isalpha() or number[2] == "%" or number[2] in _own(metric)):
        return Cell(code="not-a-number")
    unit, value = number[2].strip(), Decimal(number[1].replace(",", ""))
    factor = _factor(unit, metric, conversions) if unit else Decimal(1)
    if unit == "%":
        return Cell(code="percentage-for-count")
    if factor is None:
        return Cell(code="unit-unknown", details={"unit": unit})
    elsewhere = _factor(written_in, metric, conversions) if written_in else None
    if unit and elsewhere is not None and elsewhere != factor:
        return Cell(code="unit-against-column", details={"unit": unit, "other": written_in})
    if elsewhere is not None:
        unit, factor = unit or written_in, elsewhere
    if factor == 1:
        return _stored(value, metric, limits, rounds=rounds)
    return _converted(value, factor, unit, metric, limits)


def _instead(text: str, word: str, metric: Metric, conversions: Mapping[str, Decimal]) -> Cell | None:
    """What a cell says that has no number to be read: nothing, yes or no, or what stands there instead; None of a
    number with or without a unit."""
    if word in BLANK:
        return Cell()
    if (code := unsaid(text)) is not None:
        return Cell(code=code)
    # 13812345678元 is a sum of money; the same digits alone are a number to be called.
    if (kind := personal_data.kind(word)) and not word.endswith((*conversions, *_own(metric))):
        return Cell(code="personal-data", details={"kind": kind})
    if metric.kind == "yes_no":
        return Cell(code="not-yes-or-no") if _disguised(text) else _yes_or_no(word)
    if len(text) > LONGEST:
        return Cell(code="not-a-number")
    if word == "无":
        return Cell(code="none-is-unreported", severity="warning")
    if _disguised(text):
        return Cell(code="not-a-number")
    if word.startswith(_MINUS) and word[1:2].isdigit():
        return Cell(code="negative")
    if _DATE.fullmatch(word):
        return Cell(code="date-for-number")
    if _RANGE.fullmatch(word) or _ABOUT.fullmatch(word):
        return Cell(code="not-exact")
    if DISGUISED in text:
        held, _, form = text.partition(DISGUISED)
        return Cell(code="shown-otherwise", details={"held": held, "format": form})
    return None


def year(text: str) -> int | None:
    """The year that a cell says: 2023, 2023年, 2023年度; None where it says none."""
    match = _YEAR.fullmatch(tidy(text))
    return int(match[1]) if match and not _disguised(text) else None


def _disguised(text: str) -> bool:
    return any(sign in _OVERRIDES or unicodedata.category(sign) == "No" for sign in text)


def _yes_or_no(word: str) -> Cell:
    if word in YES:
        return Cell(SCALE)
    if word in NO:
        return Cell(0)
    return Cell(code="not-yes-or-no")


def _factor(unit: str, metric: Metric, conversions: Mapping[str, Decimal]) -> Decimal | None:
    return Decimal(1) if unit in _own(metric) else units.factor(unit, conversions)


def _converted(number: Decimal, factor: Decimal, unit: str, metric: Metric, limits: Sequence[Threshold]) -> Cell:
    cell = _stored(_EXACT.multiply(number, factor), metric, limits, rounds=True)
    if cell.severity == "error" and cell.code:
        return cell
    assert cell.scaled is not None
    details = {"unit": unit, "result": decimal_text(cell.scaled), "rounded": cell.code == "rounded"}
    return Cell(cell.scaled, "unit-converted", "warning", details)


def _own(metric: Metric) -> tuple[str, str]:
    return tidy(metric.unit_zh).casefold(), tidy(metric.unit_en).casefold()


def _stored(number: Decimal, metric: Metric, limits: Sequence[Threshold], *, rounds: bool) -> Cell:
    """A figure in the metric's own unit, as it is stored."""
    try:
        if number and number.adjusted() >= LARGEST.adjusted():
            return Cell(code="too-large")
        scaled = _EXACT.multiply(number, Decimal(SCALE))
        whole = scaled.to_integral_value(ROUND_HALF_UP)
    except InvalidOperation:
        return Cell(code="too-large")
    if metric.kind == "whole" and (scaled != whole or whole % SCALE):
        return Cell(code="not-whole")
    if scaled == whole:
        return Cell(int(whole))
    for limit in limits:
        if (decided := _decided_by_rounding(number, limit)) is not None:
            return Cell(code="rounding-decides", details=decided)
    if not rounds:
        return Cell(code="too-precise")
    return Cell(int(whole), "rounded", "warning", {"result": decimal_text(int(whole))})


def _decided_by_rounding(number: Decimal, limit: Threshold) -> dict[str, object] | None:
    """What the rounded figure says of a threshold where the figure itself says otherwise; None where both say alike."""
    down, up = (number.quantize(_FOUR, rounding, _EXACT) for rounding in (ROUND_FLOOR, ROUND_CEILING))
    if limit.by_others:
        return {"threshold": f"{limit.threshold:f}", "sign": limit.comparison, "kept": f"{down:f} / {up:f}"}
    rounded = number.quantize(_FOUR, ROUND_HALF_UP, _EXACT)
    met = limit.met(number)
    if met == limit.met(rounded):
        return None
    kept = next(each for each in (down, up) if limit.met(each) == met)
    return {"threshold": f"{limit.threshold.normalize():f}", "sign": limit.comparison, "kept": f"{kept.normalize():f}"}


def decimal_text(scaled: int) -> str:
    """A figure in ten-thousandths as a person writes it."""
    whole, rest = divmod(scaled, SCALE)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
