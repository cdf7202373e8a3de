"""How every figure and word comes about: formulas, and examples worked by hand from the policy's reading.

The words are in the translations, `methods.<code>`. Nothing is computed here: an example says what it comes to,
and the tests let the product judge the very same filings.
"""

import re
from datetime import date

import pandas as pd

from tracking.words.language import Lang, text
from tracking.words.worked_examples import ALL_DUE, FIRST_YEAR, LAST_YEAR_OPEN, Basis, Filed, Owed, Period, Year

# A word within a formula, by its code in the translations.
_WORD = re.compile(r"\\text\{(\w+)\}")

THRESHOLD = 5

BASES = (
    Basis(
        "annual",
        r"a_y = x_y \qquad a_y \ge t",
        ">=",
        "5",
        (
            Year(5, "met", required=5, actual=5, gap=0),
            Year(4, "short", required=5, actual=4, gap=1),
            Year("blank", "unreported", required=5),
        ),
    ),
    Basis(
        "stock",
        r"a_y = x_y \qquad a_y \ge t",
        ">=",
        "10",
        (
            Year(12, "met", required=10, actual=12, gap=0),
            Year(9, "short", required=10, actual=9, gap=1),
            Year("none", "unfiled", required=10),
        ),
    ),
    Basis(
        "cumulative",
        # The rule makes room for Chinese, which is taller than what LaTeX expects above a line.
        # Of a metric that is counted in whole units; of an amount the pace stays as it is.
        r"a_y = \sum_{i \le y} x_i \qquad r_y = \left\lfloor"
        r" t \cdot \frac{\rule{0pt}{1.2em}\text{elapsed}}{\text{years}} + \tfrac{1}{2} \right\rfloor"
        r" \qquad n_y = \frac{t - a_y}{\text{left}}",
        ">=",
        "10",
        (
            Year(2, "behind_pace", required=3, actual=2, gap=1, needed_per_year=4),
            Year(5, "on_pace", required=7, actual=7, gap=0, needed_per_year=3),
            Year(3, "met", required=10, actual=10, gap=0),
        ),
    ),
    Basis(
        "share",
        r"a_y = \frac{n_y}{d_y} \qquad n_y \ge t \cdot d_y \qquad k = \min\{k \ge 0 : n_y + k \ge t \cdot d_y\}",
        ">=",
        "0.7",
        (
            Year((7, 10), "met", required=0.7, actual=0.7, gap=0, short_by=0),
            Year((20, 30), "short", required=0.7, actual=2 / 3, gap=1 / 30, short_by=1),
            Year((0, 0), "unreported", required=0.7),
        ),
    ),
    Basis(
        "growth",
        r"a_y = x_y - x_{y-1} \qquad a_y > 0",
        ">",
        "0",
        (
            Year(8, "baseline", required=0),
            Year(9, "met", required=0, actual=1, gap=0),
            Year(9, "short", required=0, actual=0, gap=0),
        ),
    ),
    Basis(
        "attested",
        r"x_y \in \{0, 1\} \qquad x_y = 1",
        ">=",
        "1",
        (
            Year(1, "met", required=1, actual=1, gap=0),
            Year(0, "short", required=1, actual=0, gap=1),
            Year("none", "upcoming", required=1),
        ),
        as_of=LAST_YEAR_OPEN,
    ),
    Basis(
        "preferred",
        r"a_y = x_y \qquad a_y \ge t",
        ">=",
        "5",
        (
            Year(4, "forgone", required=5, actual=4, gap=1),
            Year(5, "met", required=5, actual=5, gap=0),
            Year("blank", "unreported", required=5),
        ),
        mandatory=False,
    ),
)

# Either satisfies its clause: once one is met, both are.
ALTERNATIVE = r"a^A_y \ge t_A \;\lor\; a^B_y \ge t_B \;\implies\; A_y,\, B_y: \text{met}"
ALTERNATIVES = (
    Owed("A", "stock", 5, (6, 4, 4), ("met", "met", "short"), "failed"),
    Owed("B", "stock", 1, (0, 1, "blank"), ("met", "met", "unreported"), "unknown"),
)

YEARS = (
    Period(
        "result",
        r"\text{passed} \iff \frac{n - n_{\text{short}} - n_{\text{unreported}}}{n} \ge p",
        (5, "blank", 4, "none"),
        date(2025, 6, 1),
        {
            "evaluation_year": (2023, 2024, 2025, 2026),
            "phase": ("construction", "cultivation", "cultivation", "cultivation"),
            "result": ("pass", "fail", "fail", "upcoming"),
            "exit_warning": ("none", "one_more", "exit", "none"),
        },
    ),
    Period(
        "consecutive_years",
        r"s_y = s_{y-1} + 1 \;\; (\text{missed}) \qquad s_y = 0 \;\; (\text{otherwise})",
        (4, "blank", 5, 3),
        date(2026, 4, 1),
        {"status": ("short", "unreported", "met", "short"), "consecutive_years": (1, 2, None, 1)},
    ),
)

# What a requirement misses of a year, the same for every basis; and when a figure is which status.
GAP = r"g_y = \max(0,\; r_y - a_y)"
STATUSES = {
    "met": r"a_y \ge t",
    "on_pace": r"r_y \le a_y < t",
    "behind_pace": r"a_y < r_y < t",
    "short": r"a_y < t",
    "baseline": r"\nexists\, x_{y-1}",
    "unreported": r"\nexists\, x_y",
}

# The worst of what the requirements r come to.
VERDICT = r"v = \max_r v_r"
WORSE = r"\text{fulfilled} < \text{on_track} < \text{unknown} < \text{at_risk} < \text{failed}"
# What an enrolment comes to, by what its years filed: at least THRESHOLD each.
VERDICTS: dict[str, tuple[tuple[Filed, ...], date]] = {
    "fulfilled": ((5, 6, 7), ALL_DUE),
    "on_track": ((5, 6, "none"), LAST_YEAR_OPEN),
    "unknown": ((5, "blank", "none"), LAST_YEAR_OPEN),
    "at_risk": ((5, 4, "none"), LAST_YEAR_OPEN),
    "failed": ((5, 4, 7), ALL_DUE),
}

# Two requirements of one enrolment as of LAST_YEAR_OPEN, and what it comes to: one alone would be well.
TOGETHER = (
    Owed("A", "annual", 5, (5, 6, "none"), ("met", "met", "upcoming"), "on_track"),
    Owed("B", "cumulative", 9, (2, 3, "none"), ("behind_pace", "behind_pace", "upcoming"), "at_risk"),
)
TOGETHER_VERDICT = "at_risk"

# When a year's only filing came, and what state that leaves it in.
STATES = {"filed": date(2023, 3, 31), "late": date(2023, 4, 1)}


# Figures by year, and where their least-squares line leads: the year, the figure, give or take.
# Source: NIST/SEMATECH e-Handbook of Statistical Methods, 4.1.4.1, Linear Least Squares Regression.
HINT_FORMULA = (
    r"\hat{x}_y = \bar{x} + b\,(y - \bar{y})"
    r" \qquad b = \frac{\sum (y_i - \bar{y})(x_i - \bar{x})}{\sum (y_i - \bar{y})^2}"
    r" \qquad s = \max_i |x_i - \hat{x}_{y_i}|"
)
HINT_YEARS = {2022: 10, 2023: 14, 2024: 15}
HINT = (2025, 18, 1)


def in_language(formula: str, lang: Lang) -> str:
    """A formula (LaTeX) with the words in it."""
    return _WORD.sub(lambda found: rf"\text{{{text(f'methods.symbol.{found[1]}', lang)}}}", formula)


def verdicts() -> pd.DataFrame:
    """The examples of VERDICTS as a table: a column per year, as_of, verdict."""
    rows = [
        {**{str(FIRST_YEAR + number): str(filed) for number, filed in enumerate(years)}, "as_of": day, "verdict": code}
        for code, (years, day) in VERDICTS.items()
    ]
    return pd.DataFrame(rows)


def alternatives() -> pd.DataFrame:
    """The example of ALTERNATIVES as a table: a row per year and requirement, with status."""
    rows = [
        (FIRST_YEAR + number, owed.letter, owed.filed[number], owed.statuses[number])
        for number in range(len(ALTERNATIVES[0].filed))
        for owed in ALTERNATIVES
    ]
    return pd.DataFrame(rows, columns=["year", "requirement", "filed", "status"])


def together() -> pd.DataFrame:
    """The example of TOGETHER as a table: a column per year, outcome."""
    rows = [
        {
            "requirement": owed.letter,
            **{str(FIRST_YEAR + number): str(filed) for number, filed in enumerate(owed.filed)},
            "outcome": owed.outcome,
        }
        for owed in TOGETHER
    ]
    return pd.DataFrame(rows)
