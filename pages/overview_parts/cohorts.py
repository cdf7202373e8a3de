"""The whole period: a bar for each cohort, those that are over apart from those running; a part leads to its list."""

import pandas as pd
import streamlit as st

from pages.overview_parts import listing
from pages.shared import html_table, links, url, words
from pages.shared.data import ask
from pages.shared.html_table import Column, Html, address, link
from tracking.charts import bars, headlines, provisional, reasons
from tracking.charts.bars import Segment
from tracking.results.overview import cohorts
from tracking.words import looks, numbers

COHORT = ["period_over", "end_year", "start_year"]


def show(scope: dict[str, object], tracks: dict[str, str]) -> None:
    """The bars, and below them the list that the URL asks for."""
    found = ask(cohorts.cohorts, **scope)
    st.subheader(words.text("told.cohorts.title"), anchor=False)
    rows: list[list[str]] = []
    ended = None
    for (over, _, _), parts in found.groupby(COHORT, sort=False):
        if ended != over:
            rows.append([Html(f"<b>{words.text('told.cohorts.ended' if over else 'told.cohorts.running')}</b>"), ""])
            ended = over
        rows.append(_bar(parts))
    hint = Html(f'<span class="hint">{words.text("overview.cohort_hint")}</span>')
    columns = [Column(words.text("overview.cohort")), Column(hint)]
    html_table.show(columns, rows, caption=words.text("told.cohorts.title"), stacked=True)
    _members(found, scope, tracks)


def code(row: pd.Series) -> str:
    """A cohort as the URL names it."""
    return f"{row['start_year']}-{row['end_year']}-{'over' if row['period_over'] else 'running'}"


def _bar(parts: pd.DataFrame) -> list[str]:
    lang, total = words.lang(), int(parts["enrolments"].sum())
    counts = dict(zip(parts["verdict"], parts["enrolments"], strict=True))
    rests = dict(zip(parts["verdict"], parts["provisional"], strict=True))
    cohort = parts.loc[parts["years_left"].idxmax()]
    name = headlines.cohort(cohort, lang)
    segments = []
    for verdict, look in looks.VERDICTS.items():
        if verdict in counts:
            labels = {"verdict": looks.word("verdict", verdict, lang), "count": numbers.figure(counts[verdict])}
            title = words.text("told.cohorts.part", **labels, share=numbers.share(counts[verdict] / total))
            title = provisional.of(title, rests[verdict], lang)
            leads = address("overview", cohort=code(cohort), verdict=verdict)
            segments.append(
                Segment(counts[verdict], look, looks.mark("verdict", verdict, lang), f"{name} · {title}", leads)
            )
    count = words.text("told.cohorts.count", count=numbers.figure(total))
    count = provisional.of(count, int(parts["provisional"].sum()), lang)
    return [
        Html(f'{name}<br><small class="faint">{count}</small>'),
        Html(bars.bar(segments, total) + bars.parts(segments)),
    ]


def _members(found: pd.DataFrame, scope: dict[str, object], tracks: dict[str, str]) -> None:
    """The list of a cohort's enrolments with one verdict, where the URL names both."""
    written, verdict = url.written("cohort"), url.written("verdict")
    parts = found[[code(row) == written and row["verdict"] == verdict for _, row in found.iterrows()]]
    if parts.empty:
        if written:
            links.unknown("cohort", f"{written} {verdict or ''}".strip(), words.text("overview.cohort"), "verdict")
        return
    part, lang = parts.iloc[0], words.lang()
    members = ask(
        cohorts.members,
        start=int(part["start_year"]),
        end=int(part["end_year"]),
        verdict=str(verdict),
        over=bool(part["period_over"]),
        **scope,
    )
    title = words.text(
        "told.cohort.members",
        cohort=headlines.cohort(part, lang),
        verdict=looks.word("verdict", str(verdict), lang),
        count=numbers.figure(len(members)),
    )
    close = link("overview", words.text("overview.close"))
    st.html(f'<h3 class="list">{html_table.escaped(title)} <small>{close}</small></h3>')
    why: listing.Why = lambda _, missed: Html(reasons.over_period(missed, lang, listing.to_its_card))  # noqa: E731
    listing.show(
        members,
        why,
        words.text("overview.over_period"),
        tracks,
        title,
        approved_only=bool(scope.get("approved_only")),
        cohort=str(written),
        verdict=str(verdict),
    )
