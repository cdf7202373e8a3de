"""The card of a requirement of a space: what it says, its chart, and all that it rests on."""

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from pages.shared import data, drawing, filters, html_table, provisional, tables, words
from tracking.charts import attested, period, sentences, to_come
from tracking.charts import requirement as charts
from tracking.filing import originals
from tracking.results import outlook, receipts

# In rem.
WIDTH_OF_MANY_YEARS = 32


@dataclass(frozen=True)
class Behind:
    """What a card draws from: frames and the latest rows of `one_space`, the best years of the enrolment's track."""

    clauses: pd.DataFrame
    figures: pd.DataFrame
    sources: pd.DataFrame
    peers: pd.DataFrame
    best: dict[str, float]
    latest: dict[str, pd.Series]


def show(part: pd.DataFrame, behind: Behind) -> None:
    """Draw the card of a part of the rows of `attainment`, as `one_enrolment.cards` cut them."""
    (_attested if part["basis"].iloc[0] == "attested" else _counted)(part, behind)


def _counted(rows: pd.DataFrame, behind: Behind) -> None:
    """A requirement with figures: what it says, its chart, the other spaces, what may come, its reading and source."""
    lang = words.lang()
    code, basis, unit, name = rows[["requirement", "basis", "unit", "metric_name"]].iloc[0]
    filed = _filed(behind.figures, behind.clauses.loc[behind.clauses["requirement"] == code, "filed"].iloc[0])
    peers = behind.peers[behind.peers["requirement"] == code]
    hint = _hint(rows, filed, basis)
    latest = behind.latest.get(code, rows.iloc[0])
    finding = sentences.requirement(latest, lang)

    st.markdown(f"**{words.plain(name)}** {_place(rows)}\n\n{words.plain(finding)}")
    drawn = charts.draw(rows, filed, peers, hint, lang)
    with _wide(rows):
        drawing.chart(drawn, f"chart_{code}", f"{name} {finding}")
    st.caption(words.plain(charts.key(drawn, basis, lang)))
    provisional.legend(rows["provisional"].any())
    if code in behind.best and latest["needed_per_year"] > behind.best[code]:
        out = to_come.out_of_reach(latest["needed_per_year"], behind.best[code], unit, lang)
        st.markdown(f":material/block: **{words.plain(out)}**")
    remarks = []
    spread = peers[peers["period_year"].isin(rows["period_year"]) & (peers["period_year"] <= latest["period_year"])]
    if len(spread):
        last = spread.iloc[-1]
        year = int(rows["year"].iloc[0] - rows["period_year"].iloc[0] + last["period_year"])
        remarks.append(sentences.peers(last, year, basis, unit, lang))
    if hint:
        remarks.append(to_come.hint(hint, basis, unit, lang))
    _behind(rows, behind, remarks)


def _attested(rows: pd.DataFrame, behind: Behind) -> None:
    """The requirements of a clause that are attested: yes and no by year, with the evidence."""
    lang, several = words.lang(), rows["requirement"].nunique() > 1
    name = words.text("space.attested") if several else words.plain(rows["metric_name"].iloc[0])
    known = rows[rows["status"] != "upcoming"]
    latest = known if len(known) else rows
    finding = sentences.attested(latest[latest["year"] == latest["year"].max()], lang)
    st.markdown(f"**{name}** {_place(rows)}\n\n{words.plain(finding)}")
    with _wide(rows):
        st.html(attested.attested(rows, f"{name} {finding}", lang))
    provisional.legend(rows["provisional"].any())
    _behind(rows, behind)


def _wide(rows: pd.DataFrame) -> AbstractContextManager[object]:
    """A place for a chart; many years need more room than a telephone has."""
    if rows["year"].nunique() <= period.FEW:
        return nullcontext()
    return drawing.wide(f"wide_{rows['requirement'].iloc[0].replace('.', '_')}", WIDTH_OF_MANY_YEARS)


def _place(rows: pd.DataFrame) -> str:
    """Where the requirements stand in the policy, in grey."""
    stage, clause, basis = rows[["stage", "clause", "basis"]].iloc[0]
    place = words.text("space.clause", stage=words.text(f"stage.{stage}"), clause=words.plain(clause))
    preferred = "" if rows["mandatory"].iloc[0] else words.text("space.preferred")
    return f":gray[{place} · {words.text(f'basis.{basis}')}{preferred}]"


def _behind(rows: pd.DataFrame, behind: Behind, remarks: Sequence[str] = ()) -> None:
    """Remarks, the clause in its own words, how it is read, what was said beside the latest figures, and their source.

    The texts are one element: each has its cost in the browser, and a page has some twenty cards.
    """
    stated = behind.clauses[behind.clauses["requirement"].isin(rows["requirement"])]
    sources = behind.sources[behind.sources["requirement"].isin(rows["requirement"])]
    details = [words.text("space.reading", note=words.plain(note)) for note in stated["note"] if note]
    filed = sources[sources["revision"].notna()]
    for row in filed[filed["year"] == filed["year"].max()].itertuples(index=False):
        for kind in ("evidence", "note"):
            remark = getattr(row, kind)
            if remark and not pd.isna(remark):
                metric = words.plain(row.metric_name)
                details.append(words.text(f"space.{kind}", metric=metric, words=words.plain(remark)))
    quoted = f"> :small[{words.plain(stated['clause_text'].iloc[0])}]"
    st.markdown("\n\n".join([*(_faint(words.plain(each)) for each in remarks), quoted, *map(_faint, details)]))
    _source(sources.assign(space_id=rows["space_id"].iloc[0]))


def _faint(text: str) -> str:
    """Markdown, smaller and in grey."""
    return f":small[:gray[{text}]]"


@st.fragment
def _source(sources: pd.DataFrame) -> None:
    """What was filed, by year: the figure, its revision, when, by whom and in which file; drawn when it is opened.

    Below it the files themselves, and the way to every earlier revision.
    """
    code = sources["requirement"].iloc[0]
    with st.expander(
        words.text("space.source"), icon=":material/description:", key=f"source_{code}", on_change="rerun"
    ) as place:
        if not place.open:
            return
        alone = ["metric_name"] if sources["requirement"].nunique() == 1 else []
        counts = [name for name in ("value", "numerator", "denominator") if sources[name].isna().all()]
        left_out = {"requirement", "sha256", "space_id", *alone, *counts}
        shown = [name for name in sources if name not in left_out]
        tables.show(sources, shown=shown, caption=words.text("space.source"), link=_to_filing)
        files = sources[sources["sha256"].notna()].groupby(["sha256", "source"], sort=False)["year"].unique()
        for (sha256, source), years in files.items():
            st.download_button(
                words.text("space.file", years=", ".join(map(str, years)), file=words.plain(source)),
                partial(receipts.document, data.engine(), sha256),
                file_name=data.ask(originals.name, sha256=sha256, source=source),
                on_click="ignore",
                icon=":material/download:",
                key=f"file_{code}_{sha256}",
            )
        st.page_link(
            "filing.py",
            label=words.text("space.history"),
            icon=":material/history:",
            query_params=filters.carried() | {"task": "history"},
        )


def _to_filing(row: tables.Row, label: object) -> html_table.Html:
    """To what was filed for the year, in the revision that the figure is of; without any, to where it is filed."""
    space, year = row["space_id"], row["year"]
    if pd.isna(row["revision"]):
        return html_table.link("filing", label, row=True, space=space, year=year)
    return html_table.to_filing(space, year, label, int(row["revision"]))


def _filed(figures: pd.DataFrame, metric: str) -> dict[int, float]:
    """By year, what was filed for a metric."""
    own = figures[(figures["metric"] == metric) & figures["value"].notna()]
    return {int(year): float(value) for year, value in own[["year", "value"]].itertuples(index=False)}


def _hint(rows: pd.DataFrame, filed: dict[int, float], basis: str) -> outlook.Hint | None:
    """The last years' line, read off in the first year to come, for the bases that have no pace."""
    ahead = rows[rows["status"] == "upcoming"]["year"]
    if basis == "cumulative" or ahead.empty:
        return None
    known = filed
    if basis == "share":
        shares = rows[rows["actual"].notna()]
        known = dict(zip(shares["year"], shares["actual"], strict=True))
    return outlook.hint(list(known), list(known.values()), int(ahead.min()), most=1.0 if basis == "share" else math.inf)
