"""Figures as a person reads them, in either language: exact where they are near a threshold."""

import math

# More decimals than these never decide anything: what is filed has four.
DECIMALS = 4


def figure(value: float | None, beside: float | None = None, *, decimals: int = 1) -> str:
    """A figure with thousands separated; whole numbers without decimals; "" where there is none.

    `beside` is what it is compared with: decimals are added until the two differ as they do in truth.
    """
    return _shown(value, beside, decimals, "")


def share(value: float | None, beside: float | None = None) -> str:
    """A share, a fraction of 1, as a percentage: 0.6996 beside 0.7 is 69.96 %, never 70 %."""
    percent = None if _missing(value) else value * 100
    return _shown(percent, None if _missing(beside) else beside * 100, 1, "%")


def of_metric(value: float | None, basis: str, beside: float | None = None) -> str:
    """A requirement's figure in its metric's unit: a share as a percentage."""
    return share(value, beside) if basis == "share" else figure(value, beside)


def change(value: float) -> str:
    """A change with its sign, +3, −2 or 0."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{figure(abs(value))}"


def _shown(value: float | None, beside: float | None, decimals: int, unit: str) -> str:
    if _missing(value):
        return ""
    for places in range(decimals, DECIMALS + 3):
        text = f"{value:,.{places}f}"
        shown = float(text.replace(",", ""))
        if _missing(beside) or _sign(shown - beside) == _sign(_plain(value) - _plain(beside)):
            break
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{'0' if text == '-0' else text}{' ' if unit else ''}{unit}".replace("-", "−")


def _plain(value: float) -> float:
    """The figure without the dust of a binary division: 70.0 and 0.7 × 100 are one number."""
    return round(value, DECIMALS + 4)


def _sign(difference: float) -> int:
    return 0 if abs(difference) < 10 ** -(DECIMALS + 4) else int(math.copysign(1, difference))


def _missing(value: float | None) -> bool:
    return value is None or value != value
