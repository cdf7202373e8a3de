"""Figures as a person reads them, in either language: exact where they are near a threshold."""

import math
from decimal import Decimal

import pandas as pd

from tracking.words import language
from tracking.words.language import Lang

# More decimals than these never decide anything: what is filed has four.
DECIMALS = 4


def figure(value: float | None, beside: float | None = None, *, decimals: int = 1) -> str:
    """A figure with thousands separated; whole numbers without decimals; "" where there is none.

    `beside` is what it is compared with: decimals are added until the two differ as they do in truth.
    """
    return _shown(value, beside, decimals, "")


def share(value: float | None, beside: float | None = None) -> str:
    """A share, a fraction of 1, as a percentage: 0.6996 beside 0.7 is 69.96%, never 70%."""
    return _shown(_hundredfold(value), _hundredfold(beside), 1, "%")


def of_metric(value: float | None, basis: str, beside: float | None = None) -> str:
    """A requirement's figure in its metric's unit: a share as a percentage."""
    return share(value, beside) if basis == "share" else figure(value, beside)


def sign(value: float, basis: str) -> str:
    """What stands before a figure that says how much more it became; a fall has its minus by itself."""
    return "+" if basis == "growth" and value > 0 else ""


def comparison(code: str) -> str:
    """The sign of a comparison as the policy's files have it."""
    return "≥" if code == ">=" else code


def counted(figure: str, unit: str) -> str:
    """A figure as it is shown and what it counts: 7 institutions, 850 × 10,000 CNY; one of a plural apart."""
    if unit[:1].isdecimal():
        return f"{figure} × {unit}"
    return f"{figure} ({unit})" if figure in ("1", "−1") and unit.isascii() else f"{figure} {unit}"


def needed(value: float) -> str:
    """A figure that must be reached: rounded up to one decimal, since less would not do."""
    return figure(math.ceil(round(value * 10, 6)) / 10)


def digits(value: Decimal) -> str:
    """All digits of an exact figure, without the zeros that its column fills it up with."""
    whole, _, decimals = f"{value:f}".partition(".")
    return f"{whole}.{decimals}".rstrip("0").rstrip(".")


def _shown(value: float | None, beside: float | None, decimals: int, unit: str) -> str:
    if value is None or math.isnan(value):
        return ""
    for places in range(decimals, DECIMALS + 3):
        text = f"{value:,.{places}f}"
        if beside is None or math.isnan(beside):
            break
        shown = float(text.replace(",", ""))
        if _side(shown, beside) == _side(value, beside):
            break
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{'0' if text == '-0' else text}{unit}".replace("-", "−")


def _hundredfold(value: float | None) -> float | None:
    return None if value is None else value * 100


def _side(value: float, of: float) -> int:
    """Below, at or above, but for the dust of a binary division: 0.7 × 100 is 70."""
    difference = value - of
    return 0 if abs(difference) < 10 ** -(DECIMALS + 4) else int(math.copysign(1, difference))


def filed(value: float | None, kind: str, lang: Lang) -> str:
    """A filed figure to its last digit, that of a yes/no metric in words; "" where there is none."""
    if kind != "yes_no" or value is None or pd.isna(value):
        return figure(value, decimals=DECIMALS)
    return language.text(f"told.{'yes' if value else 'no'}", lang)


def judged(value: float | None, basis: str, beside: float | None, lang: Lang) -> str:
    """What a requirement is judged on: a share as a percentage, yes or no in words; "" where there is none."""
    if basis == "attested":
        return filed(value, "yes_no", lang)
    return of_metric(value, basis, beside)
