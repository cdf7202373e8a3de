"""One figure among its peers on a line, small enough for a row of a table: HTML, in the colours of the page."""

import html

import pandas as pd

from tracking.words import looks

# So far beyond the largest figure the line goes on.
BEYOND = 1.06


def strip(row: pd.Series, spread: pd.Series | None, alt: str) -> str:
    """An own figure (a dot), what is asked (dotted), the peers' middle half (a band) and median (a line).

    `row` is one of `attainment` with its meanings, `spread` its row of `one_space.peers`; `alt` says the same in
    words. "" where there is neither a figure nor a spread. How the marks look is the stylesheet's: `.strip`.
    """
    own = None if pd.isna(row["actual"]) else float(row["actual"])
    if own is None and spread is None:
        return ""
    required = float(row["required"])
    quartiles = [] if spread is None else [float(spread[name]) for name in ("lower", "median", "upper")]
    figures = [0.0, required, *quartiles, *([] if own is None else [own])]
    low, span = min(figures), (max(figures) - min(figures) or 1.0) * BEYOND

    def at(figure: float) -> float:
        return round(100 * (figure - low) / span, 1)

    marks = []
    if quartiles:
        lower, median, upper = map(at, quartiles)
        marks.append(f'<i class="band" style="left:{lower}%;width:{round(upper - lower, 1)}%"></i>')
        marks.append(f'<i class="median" style="left:{median}%"></i>')
    marks.append(f'<i class="asked" style="left:{at(required)}%"></i>')
    if own is not None:
        colour = looks.BAD if row["missed"] else looks.FAIR
        marks.append(f'<i class="own" style="left:{at(own)}%;background:{colour}"></i>')
    label = html.escape(alt)
    return f'<span class="strip" role="img" aria-label="{label}" title="{label}">{"".join(marks)}</span>'
