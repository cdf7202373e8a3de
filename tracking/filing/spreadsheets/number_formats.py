"""What a number looks like under a spreadsheet's number format, where that is not the number alone.

A cell that holds 0.7 may show 70%, one that holds 12 may show 12千元, one that holds 12000000 may show 1200.0万. What a
person sees is what they mean to file.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

# Stands between a number and the format under which it looks like another one.
DISGUISED = "⟦"
# The built-in formats of percentages by their numbers; a workbook need not spell them out.
PERCENTS: Mapping[int, str] = {9: "0%", 10: "0.00%"}

_TOKEN = re.compile(r'"[^"]*"|[\\!_*].|\[[^\[\]]*\]|General|G/通用格式|.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(\d+(?:\.\d+)?)\]")
_CURRENCY = re.compile(r"\[\$([^-\]]*)")
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_PLACES = frozenset("0#?.,")
_DATE = frozenset("ymdhsYMDHS")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_YUAN = "￥¥"
# Words, a number with its thousands apart, words.
_SHOWN_NUMBER = re.compile(r"([^\d,.]*)(\d[\d,]*(?:\.\d+)?)([^\d,.]*)")
_PLAIN_SIGNS = ("", "+", "-", "−")
# The format that shows nothing.
_NOTHING = ";;;"
# A thousandth of the number is shown for every comma behind its last whole digit.
_SCALED = re.compile(r",(?:$|\.)")


@dataclass(slots=True)
class _Section:
    """One of the up to four parts of a format; `holds` is the condition in its brackets."""

    holds: Callable[[float], bool] | None = None
    before: str = ""
    places: str = ""
    after: str = ""
    percents: int = 0
    apart: bool = False


def shown(value: float, code: str) -> str | None:
    """What is seen of a number: 70%, 20家, 007; the number, DISGUISED and the format where that is another number.

    None where it is the number itself, or the format is one of dates or of texts.
    """
    section = _of(value, _sections(code)) if value >= 0 else None
    if section is None or not section.places and value == 0:
        return None
    words = section.before + section.after
    if not section.places or section.apart or _SCALED.search(section.places) or any(map(str.isdigit, words)):
        return f"{_digits(value)}{DISGUISED}{code}"
    number = _digits(value * 100**section.percents)
    if set(section.places) == {"0"}:
        number = number.zfill(len(section.places))
    text = f"{section.before}{number}{'%' * section.percents}{section.after}"
    return None if text == _digits(value) else text


def number(value: float) -> str:
    """A number as a person would type it: a spreadsheet keeps 15 digits, behind them is noise of the binary one."""
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def shows_itself(code: str) -> bool:
    """Whether every number is seen as itself under a format: nothing stands with it, and nothing is left out."""
    return not _CONDITION.search(code) and all(shown(value, code) is None for value in (0, 0.5, 1))


def of_time(code: str) -> bool:
    """Whether a number is seen as a date, or a time, under a format."""
    return elapsed(code) or any(token[0] in _DATE for token in _TOKEN.findall(code))


def elapsed(code: str) -> bool:
    """Whether a number is seen as a length of time under a format: 30:00 for a day and a quarter."""
    return bool(_ELAPSED.search(code))


def _of(value: float, sections: list[_Section] | None) -> _Section | None:
    if not sections:
        return None
    if any(section.holds for section in sections):
        return next((section for section in sections if section.holds is None or section.holds(value)), None)
    # A format's own look for zero, a dash mostly: what was typed is a zero all the same.
    return None if value == 0 and len(sections) > 2 else sections[0]


@lru_cache(maxsize=1_000)
def _sections(code: str) -> list[_Section] | None:
    """The parts of a format; None for one of dates or of texts, and for none at all."""
    if not code:
        return None
    sections = [_Section()]
    for token in _TOKEN.findall(code):
        section = sections[-1]
        if token == ";":
            sections.append(_Section())
        elif token[0] == "[":
            condition, currency = _CONDITION.match(token), _CURRENCY.match(token)
            if condition:
                section.holds = _condition(condition[1], float(condition[2]))
            elif currency:
                _say(section, currency[1])
        elif token in ("General", "G/通用格式"):
            section.places += "#"
        elif token in _PLACES:
            # Signs between two places cut the number in two: 0!.0 shows 12 as 1.2.
            section.apart |= bool(section.after.strip(" -")) and token not in ".,"
            section.places += token
        elif token == "%":
            section.percents += 1
        elif token in _DATE or token == "@" and len(sections) == 1:
            return None
        elif token[0] in '"\\!':
            _say(section, token.strip('"') if token[0] == '"' else token[1])
        elif token in ("(", "-") and not section.places:
            # A figure below zero, to the eye.
            section.apart = True
        elif token[0] not in "_*" and token not in "+-()/E":
            _say(section, token)
    return sections


def _say(section: _Section, words: str) -> None:
    """Words beside the number; the sign of the yuan is a way to show money, and no unit of its own."""
    words = "".join(sign for sign in words if sign not in _YUAN)
    if section.places:
        section.after = (section.after + words).rstrip()
    else:
        section.before = (section.before + words).lstrip()


def _condition(comparison: str, limit: float) -> Callable[[float], bool]:
    return lambda value: _COMPARISONS[comparison](value, limit)


def _digits(value: float) -> str:
    return f"{value:.13g}" if value < 1e13 else f"{value:.0f}"


def seen(value: float, text: str, *, blank: bool = False) -> str:
    """What is seen of a number, where a file tells both the number and the text that it is shown as.

    Without a text the file does not tell what is seen, unless it says that it is a `blank`.
    The number as it is held, with the words beside it; the number, DISGUISED and the text where that is another number.
    """
    if value == 0 and not any(map(str.isdigit, text)):
        # A format's own look for zero, a dash mostly.
        return "0"
    found = _SHOWN_NUMBER.fullmatch("".join(sign for sign in text if sign not in _YUAN).strip())
    if found is None:
        return f"{_digits(value)}{DISGUISED}{text.strip() or _NOTHING}" if text.strip() or blank else _digits(value)
    before, digits, after = found[1].strip(), found[2].replace(",", ""), found[3].strip()
    decimals = len(digits.partition(".")[2])
    held = value * 100 if after.startswith("%") else value
    if abs(abs(held) - float(digits)) > 0.5 * 10**-decimals + 1e-9 * abs(held):
        return f"{_digits(value)}{DISGUISED}{text}"
    return f"{'' if before in _PLAIN_SIGNS else before}{_digits(held)}{after}"
