"""Bars and dots as HTML: read out as they stand, printed whole, the same in light and dark.

Addresses are handed in, since only the pages know them. Everything that comes from data is escaped here.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tracking.charts import headlines, provisional
from tracking.words import looks, numbers
from tracking.words.language import Lang, text
from tracking.words.looks import Look


@dataclass(frozen=True)
class Segment:
    """A part of a bar: how much, how it looks, its word with its sign, what is said when it is pointed at, where it
    leads."""

    count: int
    look: Look
    word: str
    title: str
    address: str = ""


def bar(segments: Sequence[Segment], most: int) -> str:
    """A bar of parts side by side; one of `most` is as long as the place is wide."""
    return f'<div class="bar">{"".join(_segment(each, most) for each in segments if each.count)}</div>'


def parts(segments: Sequence[Segment]) -> str:
    """The parts of a bar in words, for a screen on which its own do not fit; who hears the bar has them already."""
    words = "".join(
        f'<span><i style="background:{each.look.colour}"></i>{html.escape(each.word)} {each.count:,}</span>'
        for each in segments
        if each.count
    )
    return f'<div class="key parts" aria-hidden="true">{words}</div>'


def ranked(rows: pd.DataFrame, most: float, year: int, address: Callable[[str], str], lang: Lang) -> str:
    """Requirements from `weakest.weakest`: short and absent as shares of those who owed it, last year's level a tick.

    A share of `most` is as long as the place is wide; `address` leads from a requirement's code.
    """
    return f'<div class="ranked">{"".join(_ranked(row, most, year, address, lang) for _, row in rows.iterrows())}</div>'


def dots(rows: pd.DataFrame, chosen: str | None, year: int, address: Callable[[str], str], lang: Lang) -> str:
    """Districts from `places.districts`: a ring for last year, a dot for this one, the line of all together.

    The district that is `chosen` stands out; `address` leads from a district's name.
    """
    shares = [*rows["share"], *rows["share_before"].dropna()]
    passed, judged = int(rows["passed"].sum()), int(rows["judged"].sum())
    low, high = max(0.0, min(shares) - 0.05), min(1.0, max(shares) + 0.05)

    def at(share: float) -> str:
        return percent((share - low) / ((high - low) or 1))

    city = headlines.everywhere(rows, lang)
    lines = []
    for row in rows.itertuples(index=False):
        now = text("told.districts.row", lang, share=numbers.share(row.share), passed=row.passed, total=row.judged)
        before = "" if pd.isna(row.share_before) else numbers.share(row.share_before)
        title = text("told.districts.alt", lang, district=row.district, now=now, before=before or "–")
        title = provisional.of(title, row.provisional, lang, row.judged)
        rests = provisional.mark(lang) if row.provisional else ""
        ring, way = "", ""
        if before:
            ends = sorted((row.share, row.share_before))
            ring = f'<i class="ring" style="left:{at(row.share_before)}"></i>'
            way = f'<i class="way" style="left:{at(ends[0])};right:calc(100% - {at(ends[1])})"></i>'
        current = ' aria-current="true"' if row.district == chosen else ""
        lines.append(
            f'<a class="inside" href="{html.escape(address(row.district))}" title="{html.escape(title)}"{current}>'
            f"<span>{html.escape(row.district)}</span>"
            f'<span class="axis"><i class="city" style="left:{at(passed / judged)}"></i>{way}{ring}'
            f'<i class="dot" style="left:{at(row.share)}"></i></span>'
            f"<span>{html.escape(now)}{rests}</span></a>"
        )
    words = {name: text("told.districts.now", lang, year=each) for name, each in (("ring", year - 1), ("dot", year))}
    return f'<div class="dots">{legend({**words, "city": city})}{"".join(lines)}</div>'


def filings(rows: pd.DataFrame, year: int, lang: Lang) -> str:
    """The filings of a year by state, as a bar, from `places.filings`."""
    counts = rows[rows["year"] == year].groupby("state")["filings"].sum()
    segments = [
        Segment(int(counts[state]), look, looks.mark("state", state, lang), looks.word("state", state, lang))
        for state, look in looks.STATES.items()
        if state in counts.index
    ]
    return bar(segments, int(counts.sum()))


def strip(years: pd.DataFrame, lang: Lang) -> str:
    """The results of an enrolment's years side by side, a sign and the year each; provisional ones have their own."""
    return "".join(
        _marked(
            looks.RESULTS[result],
            f"{looks.RESULTS[result].sign}{year % 100:02}",
            f"{year} {looks.word('result', result, lang)}",
            provisional.mark(lang) if rests else "",
        )
        for year, result, rests in zip(years["year"], years["result"], years["provisional"], strict=True)
    )


def legend(words: Mapping[str, str]) -> str:
    """What classes of the stylesheet mean: a patch of each, then its word."""
    parts = "".join(f'<span><i class="{name}"></i>{html.escape(word)}</span>' for name, word in words.items())
    return f'<div class="key">{parts}</div>'


def percent(fraction: float) -> str:
    """A fraction of 1 as a length of CSS."""
    return f"{fraction * 100:.2f}%"


def _segment(each: Segment, most: int) -> str:
    # Whether there is room for the word and the count, the stylesheet knows: a figure is never cut.
    sign, word = each.look.sign, each.word.removeprefix(each.look.sign)
    words = f'<b class="sign">{html.escape(sign)}</b><b class="word">{html.escape(word)}</b>'
    shown = f'{words} <b class="count">{each.count:,}</b>'
    style = f"width:{percent(each.count / most)};background:{each.look.colour};color:{each.look.ink}"
    attributes = f'style="{style}" title="{html.escape(each.title)}"'
    if not each.address:
        return f"<span {attributes}>{shown}</span>"
    label = f'aria-label="{html.escape(each.title)}"'
    return f'<a class="inside" href="{html.escape(each.address)}" {attributes} {label}>{shown}</a>'


def _ranked(row: pd.Series, most: float, year: int, address: Callable[[str], str], lang: Lang) -> str:
    figures = {name: numbers.figure(row[name]) for name in ("owed", "low", "absent")}
    title = text("told.weakest.row", lang, metric=row["metric_name"], **figures)
    before = row["share_before"]
    tick = "" if pd.isna(before) else f'<i class="tick" style="left:{percent(min(before / most, 1))}"></i>'
    level = "" if pd.isna(before) else f"; {text('told.weakest.before', lang, year=year - 1)} {numbers.share(before)}"
    low, absent = (percent(row[name] / row["owed"] / most) for name in ("low", "absent"))
    title = provisional.of(title + level, row["provisional"], lang, row["owed"])
    rests = provisional.mark(lang) if row["provisional"] else ""
    return (
        f'<a class="inside" href="{html.escape(address(row["requirement"]))}" title="{html.escape(title)}">'
        f"<span>{html.escape(row['metric_name'])}</span>"
        f'<span class="axis"><i class="low" style="width:{low}"></i><i class="silent" style="width:{absent}"></i>'
        f"{tick}</span><span>{numbers.share(round(row['share'], 3))}{rests}</span></a>"
    )


def _marked(look: Look, shown: str, title: str, after: str) -> str:
    style = f"background:{look.colour};color:{look.ink}"
    return f'<span class="mark" style="{style}" title="{html.escape(title)}">{html.escape(shown)}{after}</span>'
