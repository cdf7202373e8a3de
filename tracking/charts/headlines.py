"""What the overview says in words: the headline, how a rate changed, what each picture is about."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pandas as pd

from tracking.charts import provisional
from tracking.charts.base import phrase
from tracking.results.overview.coming import Coming
from tracking.results.overview.rates import Rate, Rates
from tracking.words import looks, numbers
from tracking.words.language import Lang

# More of such a rate is good.
GOOD = frozenset({"passed"})
# Of figures that differ by less than a decimal shows, nobody says that one is higher.
DECIMALS = 1


def headline(rates: Rates, lang: Lang, *, approved_only: bool = False) -> str:
    """The rate of a data year and how it changed among those judged in both years; `approved_only`, of what rests on
    approved filings, so that there may be others where there are none of these."""
    if not rates.enrolments:
        return phrase("overview.nobody_approved" if approved_only else "overview.nobody", lang, year=rates.year)
    passed = rates.passed
    sentence = phrase(
        "overview.rate",
        lang,
        year=rates.year,
        evaluation=rates.year + 1,
        rate=numbers.share(passed.now.share),
    )
    if passed.change is None:
        return sentence
    way = "same" if same(passed) else "up" if passed.change > 0 else "down"
    return phrase(f"overview.{way}", lang, sentence=sentence, points=points(passed))


def summary(rates: Rates, queues: dict[str, int], lang: Lang) -> str:
    """What the headline's rate is of, and how many wait for which decision; `queues` are counts by queue."""
    passed = rates.passed
    counts = {
        "of": {"spaces": rates.spaces, "total": rates.enrolments, "passed": passed.now.count},
        "provisional": {"count": rates.provisional, "total": rates.enrolments},
        "twice": {"twice": rates.twice, "before": passed.before.count, "now": passed.both.count},
        "provisional_before": {"count": rates.provisional_before, "twice": rates.twice},
        "to_come": {"count": rates.to_come},
    } | {name: {"count": queues[name]} for name in ("leaving", "last_chance", "failing")}
    parts = [
        phrase(f"overview.{name}", lang, **{key: numbers.figure(value) for key, value in values.items()})
        for name, values in counts.items()
        if all(values.values())
    ]
    return phrase("overview.sentences", lang, sentence=phrase("overview.between", lang).join(parts))


def coming(year: Coming, lang: Lang) -> str:
    """What of a year that is not due yet has come, and by when it must."""
    if year.enrolments.empty:
        return phrase("coming.nobody", lang, year=year.year)
    return phrase(
        "coming.title",
        lang,
        year=year.year,
        day=days(year.due, lang),
        received=_n(year.received),
        spaces=_n(year.spaces),
    )


def days(dues: Sequence[date], lang: Lang) -> str:
    """Due days, one after the other."""
    return phrase("list", lang).join(day.isoformat() for day in dues)


def in_line(rate: Rate, year: int, share: float) -> str:
    """A year's share as it stands in a rate's line."""
    return provisional.signed(numbers.share(share), year in rate.provisional)


def same(rate: Rate) -> bool:
    """Whether a rate changed by less than is shown."""
    return rate.change is not None and round(abs(rate.change) * 100, DECIMALS) == 0


def points(rate: Rate) -> str:
    """By how many percentage points a rate changed, whichever way."""
    return numbers.figure(round(abs(rate.change or 0.0) * 100, DECIMALS))


def change(rate: Rate, rates: Rates, lang: Lang) -> str:
    """How a rate changed, for better or worse, and among whom."""
    way = direction(rate)
    if way is None:
        return phrase("rate.first", lang)
    among = phrase("rate.twice", lang, year=rates.year - 1, twice=_n(rates.twice))
    return f"{way[0]} {phrase(f'rate.{way[1]}', lang, points=points(rate))} {among}"


def direction(rate: Rate) -> tuple[str, str] | None:
    """The sign of a rate's change, and whether that is better, worse or the same; None without a year before."""
    if rate.change is None:
        return None
    if same(rate):
        return "＝", "same"
    return "▲" if rate.change > 0 else "▼", "better" if (rate.change > 0) == (rate.name in GOOD) else "worse"


def coming_figures(year: Coming, lang: Lang) -> list[tuple[str, str, str]]:
    """The figures of a year that is not due yet, each with its name and what it is of."""
    rows = year.enrolments
    figures: dict[str, tuple[int, dict[str, str]]] = {
        "owed": (year.spaces, {"enrolments": _n(len(rows)), "days": days(year.due, lang)}),
        "received": (year.received, {"share": numbers.share(year.received / year.spaces) if year.spaces else ""}),
        "last_chance": (len(year.chances), {}),
        "last_year": (int(rows["last_year"].sum()), {}),
    }
    return [
        (phrase(f"coming.{name}", lang), _n(count), phrase(f"coming.{name}_of", lang, **details))
        for name, (count, details) in figures.items()
    ]


def everywhere(rows: pd.DataFrame, lang: Lang) -> str:
    """The rate of all districts together, from `places.districts`."""
    passed, judged = int(rows["passed"].sum()), int(rows["judged"].sum())
    sentence = phrase("districts.city", lang, share=numbers.share(passed / judged), passed=_n(passed), total=_n(judged))
    return provisional.of(sentence, int(rows["provisional"].sum()), lang, judged)


def weakest(rows: pd.DataFrame, tracks: dict[str, str], lang: Lang) -> str:
    """Which cultivation target was most often fallen short of, from `weakest.weakest`: absence is told apart.

    Of several that are equal none is singled out. `tracks` are the tracks' names by code.
    """
    owed = rows[(rows["stage"] == "target") & (rows["low"] > 0)]
    if owed.empty:
        return phrase("weakest.nothing", lang)
    shares = [Fraction(int(low), int(of)) for low, of in zip(owed["low"], owed["owed"], strict=True)]
    first = owed[[share == max(shares) for share in shares]]
    worst = first.iloc[0]
    figures = {"owed": _n(worst["owed"]), "low": _n(worst["low"])}
    if len(first) > 1:
        if first["owed"].nunique() > 1:
            return phrase("weakest.equal", lang, count=_n(len(first)), share=numbers.share(float(max(shares))))
        return phrase("weakest.several", lang, count=_n(len(first)), **figures)
    sentence = phrase(
        "weakest.worst", lang, metric=worst["metric_name"], track=tracks.get(worst["track"], worst["track"]), **figures
    )
    sentence += phrase("weakest.absent", lang, absent=_n(worst["absent"])) if worst["absent"] else ""
    return provisional.of(sentence, worst["provisional"], lang, worst["owed"])


def cohort(row: pd.Series, lang: Lang) -> str:
    """A cohort by its years, and whether its period is over, from a row of `cohorts.cohorts`."""
    key = "cohorts.over" if row["period_over"] else "cohorts.left"
    return phrase(key, lang, start=row["start_year"], end=row["end_year"], left=row.get("years_left", 0))


def districts(rows: pd.DataFrame, lang: Lang) -> str:
    """Which district passes least, where there is one that does, from `places.districts`."""
    shares = [Fraction(int(passed), int(of)) for passed, of in zip(rows["passed"], rows["judged"], strict=True)]
    if len(shares) < 2 or shares.count(min(shares)) > 1:
        return phrase("districts.title", lang)
    lowest = rows.iloc[shares.index(min(shares))]
    sentence = phrase(
        "districts.lowest",
        lang,
        district=lowest["district"],
        share=numbers.share(lowest["share"]),
        passed=_n(lowest["passed"]),
        total=_n(lowest["judged"]),
    )
    return provisional.of(sentence, lowest["provisional"], lang, lowest["judged"])


def filings(rows: pd.DataFrame, year: int, lang: Lang) -> str:
    """How many filings of a year came in time, late and not, from `places.filings`."""
    of_year = rows[rows["year"] == year]
    counts = of_year.groupby("state")["filings"].sum()
    total = int(counts.sum())
    parts = [
        phrase(
            "filings.part",
            lang,
            state=looks.word("state", state, lang),
            count=_n(counts[state]),
            share=numbers.share(counts[state] / total),
        )
        for state in looks.STATES
        if state in counts.index
    ]
    sentence = phrase("filings.owed", lang, year=year, count=_n(total)) + phrase("list", lang).join(parts)
    return provisional.filings(sentence, int(of_year["provisional"].sum()), lang)


def _n(count: int) -> str:
    return numbers.figure(count)
