"""What the figures say, in a sentence: the finding above a table or a chart."""

import pandas as pd

from tracking import language, numbers
from tracking.language import Lang
from tracking.overview import Standing


def standing(now: Standing, lang: Lang) -> str:
    """How the programme stands in a data year."""
    if not now.enrolments:
        return _text("standing.nobody", lang, year=now.year)
    told = _text(
        "standing.results" if now.spaces == now.enrolments else "standing.results_enrolments",
        lang,
        year=now.year,
        evaluation=now.year + 1,
        total=_n(now.enrolments),
        spaces=_n(now.spaces),
        passed=_n(now.passed),
        failed=_n(now.failed),
        unfiled=_n(now.unfiled),
    )
    more = [
        _text(f"standing.{name}", lang, count=_n(count))
        for name, count in (("upcoming", now.upcoming), ("one_more", now.one_more), ("exit", now.exit))
        if count
    ]
    return _text("standing.joined", lang, told=told, more=_text("standing.and", lang).join(more)) if more else told


def attention(frame: pd.DataFrame, lang: Lang) -> str:
    """How many enrolments need attention, from `overview.attention`."""
    return _text("attention.some" if len(frame) else "attention.nobody", lang, count=_n(len(frame)))


def reasons(row: pd.Series, lang: Lang) -> str:
    """Why an enrolment needs attention, from a row of `overview.attention`."""
    told = [] if row["exit_warning"] == "none" else [_text(f"reason.{row['exit_warning']}", lang)]
    if row["second_unfiled"]:
        told.append(_text("reason.second_unfiled", lang))
    if row["unreachable"]:
        told.append(_text("reason.unreachable", lang, count=_n(row["unreachable"])))
    return _text("standing.and", lang).join(told)


def statuses(frame: pd.DataFrame, year: int, lang: Lang) -> str:
    """Which requirement is missed most in a data year, from `overview.statuses`."""
    missed = frame[(frame["year"] == year) & frame["status"].isin(("short", "behind_pace", "unreported", "unfiled"))]
    if missed.empty:
        return _text("statuses.none", lang, year=year)
    counts = missed.groupby(["requirement", "metric_name"], sort=False)["enrolments"].sum()
    (_, name), count = counts.idxmax(), int(counts.max())
    total = int(frame[(frame["year"] == year) & (frame["requirement"] == counts.idxmax()[0])]["enrolments"].sum())
    return _text("statuses.worst", lang, year=year, metric=name, count=_n(count), total=_n(total))


def received(frame: pd.DataFrame, lang: Lang) -> str:
    """How many filings came, late and not, from `overview.received`."""
    counts = frame.groupby("state")["filings"].sum()
    of = {state: int(counts.get(state, 0)) for state in ("filed", "late", "unfiled", "upcoming")}
    key = "received.open" if of["upcoming"] else "received.due"
    return _text(
        key,
        lang,
        came=_n(of["filed"] + of["late"]),
        total=_n(sum(of.values())),
        late=_n(of["late"]),
        unfiled=_n(of["unfiled"]),
        upcoming=_n(of["upcoming"]),
    )


def districts(frame: pd.DataFrame, lang: Lang) -> str:
    """Which district passes least, from `overview.districts`."""
    counts = frame.pivot_table(index="district", columns="result", values="enrolments", aggfunc="sum", fill_value=0)
    judged = counts.drop(columns=["upcoming"], errors="ignore").sum(axis=1)
    counts, judged = counts[judged > 0], judged[judged > 0]
    if len(counts) < 2:
        return _text("districts.few", lang)
    passed = counts["pass"] if "pass" in counts else judged * 0
    worst = (passed / judged).idxmin()
    return _text("districts.worst", lang, district=worst, passed=_n(passed[worst]), total=_n(judged[worst]))


def _text(key: str, lang: Lang, **values: object) -> str:
    return language.text(f"told.{key}", lang, **values)


def _n(count: int) -> str:
    return numbers.figure(count)
