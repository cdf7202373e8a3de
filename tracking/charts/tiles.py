"""The tiles on top of the overview: a rate each, how it changed, and a small line over the years, as HTML."""

import html
from base64 import b64encode

from tracking.charts import headlines, provisional
from tracking.results.overview.rates import Rate, Rates
from tracking.words import looks, numbers
from tracking.words.language import Lang, text

# Pixels of a small line, and around it.
WIDE, HIGH, AROUND = 150, 34, 5
_LINE = """<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">\
<polyline fill="none" stroke="#7a8591" stroke-width="1.6" points="{points}"/>{dots}</svg>"""


def tiles(rates: Rates, lang: Lang) -> str:
    """A tile for each rate: per cent, its change among those judged in both years, a line over the years, what of."""
    return f'<div class="tiles">{"".join(_tile(each, rates, lang) for each in rates.all)}</div>'


def tile(name: str, value: str, of: str) -> str:
    """A tile with a figure and what it is of."""
    return (
        f'<div class="tile"><div>{html.escape(name)}</div><div class="value">{html.escape(value)}</div>'
        f'<div class="faint">{html.escape(of)}</div></div>'
    )


def _tile(rate: Rate, rates: Rates, lang: Lang) -> str:
    of = text(
        "told.rate.of_targets" if rate.name == "missed" else "told.rate.of",
        lang,
        count=numbers.figure(rate.now.count),
        total=numbers.figure(rate.now.of),
    )
    of = provisional.of(of, rate.now.provisional, lang, rate.now.of)
    return (
        f'<div class="tile"><div>{text(f"told.rate.{rate.name}", lang)}</div>'
        f'<div class="value">{numbers.share(rate.now.share) or "–"}</div>'
        f"<div>{_change(rate, rates, lang)}</div>"
        f'{_line(rate, lang)}<div class="faint">{html.escape(of)}</div></div>'
    )


def _change(rate: Rate, rates: Rates, lang: Lang) -> str:
    way = headlines.direction(rate)
    if way is None:
        return f'<span class="faint">{text("told.rate.first", lang)}</span>'
    among = text("told.rate.twice", lang, year=rates.year - 1, twice=numbers.figure(rates.twice))
    change = text(f"told.rate.{way[1]}", lang, points=headlines.points(rate))
    return f'<span class="{way[1]}">{way[0]} {change}</span> <span class="faint">{among}</span>'


def _line(rate: Rate, lang: Lang) -> str:
    """The shares by year, the last one marked. A line of one year is none."""
    if len(rate.line) < 2:
        return '<div class="line"></div>'
    shares = [share for _, share in rate.line]
    low, span = min(shares), (max(shares) - min(shares)) or 1.0
    step = (WIDE - 2 * AROUND) / (len(shares) - 1)
    places = [
        (AROUND + step * number, HIGH - AROUND - (share - low) / span * (HIGH - 2 * AROUND))
        for number, share in enumerate(shares)
    ]
    drawn = _LINE.format(
        wide=WIDE,
        high=HIGH,
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places),
        dots="".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{4 if number == len(places) else 2.6}" '
            f'fill="{looks.FAIR if number == len(places) else "#7a8591"}"/>'
            for number, (x, y) in enumerate(places, start=1)
        ),
    )
    values = text("told.list", lang).join(
        text("told.rate.year", lang, year=year, value=headlines.in_line(rate, year, share)) for year, share in rate.line
    )
    alt = html.escape(text("told.rate.line", lang, values=values))
    source = b64encode(drawn.encode()).decode()
    return (
        f'<div class="line"><img alt="{alt}" title="{alt}" width="{WIDE}" height="{HIGH}" '
        f'src="data:image/svg+xml;base64,{source}"><div class="faint"><span>{rate.line[0][0]}</span>'
        f"<span>{rate.line[-1][0]}</span></div></div>"
    )
