"""One requirement of a space as the space page shows it: its chart, and beside it everything it rests on."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.shared import drawing, tables, words
from tracking import outlook, story, telling
from tracking.charts import requirement as charts


@dataclass(frozen=True)
class Behind:
    """What the panels of one enrolment draw from: frames of `story`, and the best years of its track."""

    clauses: pd.DataFrame
    figures: pd.DataFrame
    peers: pd.DataFrame
    best: dict[str, float]


def panel(rows: pd.DataFrame, behind: Behind) -> None:
    """Draw a requirement from its rows of `attainment`, a row per year."""
    lang = words.lang()
    code, basis, unit = rows[["requirement", "basis", "unit"]].iloc[0]
    filed = _filed(behind.figures, _clause(rows, behind)["filed"])
    peers = behind.peers[behind.peers["requirement"] == code]
    hint = _hint(rows, filed, basis)
    latest = story.latest(rows).get(code, rows.iloc[0])

    st.markdown(f"##### {words.plain(rows['metric_name'].iloc[0])} {_kind(rows.iloc[0])}")
    finding = telling.requirement(latest, lang)
    picture, words_beside = st.columns([3, 2])
    with picture:
        drawing.chart(
            charts.draw(rows, filed, peers, hint, lang), f"chart_{code}", f"{rows['metric_name'].iloc[0]} {finding}"
        )
    with words_beside:
        st.markdown(f"**{words.plain(finding)}**")
        needed = latest["needed_per_year"]
        if code in behind.best and needed > behind.best[code]:
            st.markdown(words.plain(telling.out_of_reach(needed, behind.best[code], unit, lang)))
        spread = peers[peers["period_year"] == latest["period_year"]]
        if len(spread):
            st.caption(words.plain(telling.peers(spread.iloc[0], basis, unit, lang)))
        if hint:
            st.caption(words.plain(telling.hint(hint, unit, lang)))
        clause(rows, behind)
        with st.expander(words.text("space.source"), icon=":material/description:"):
            source(rows, behind)


def clause(rows: pd.DataFrame, behind: Behind) -> None:
    """The clause in its own words, how it is read, and what was said beside the figures."""
    stated = _clause(rows, behind)
    st.markdown(f"> {words.plain(stated['clause_text'])}")
    if stated["note"]:
        st.caption(words.text("space.reading", note=words.plain(stated["note"])))
    for row in _source(rows, behind).itertuples(index=False):
        for kind in ("evidence", "note"):
            said = getattr(row, kind)
            if said and not pd.isna(said):
                st.caption(words.text(f"space.{kind}", year=row.year, said=words.plain(said)))


def source(rows: pd.DataFrame, behind: Behind) -> None:
    """What was filed, by year: the figure, its revision, when, by whom and in which file."""
    told = _source(rows, behind).drop(columns=["metric", "evidence", "note"])
    tables.show(rows[["year", "required", "actual", "status"]].merge(told, on="year", how="left"))


def _clause(rows: pd.DataFrame, behind: Behind) -> pd.Series:
    return behind.clauses[behind.clauses["requirement"] == rows["requirement"].iloc[0]].iloc[0]


def _source(rows: pd.DataFrame, behind: Behind) -> pd.DataFrame:
    stated = _clause(rows, behind)
    own = behind.figures[behind.figures["metric"] == stated["filed"]]
    return own[own["year"].isin(rows["year"])]


def _filed(figures: pd.DataFrame, metric: str) -> dict[int, float]:
    """By year, what was filed for a metric."""
    own = figures[(figures["metric"] == metric) & figures["value"].notna()]
    return {int(year): float(value) for year, value in own[["year", "value"]].itertuples(index=False)}


def _hint(rows: pd.DataFrame, filed: dict[int, float], basis: str) -> outlook.Hint | None:
    """The last years' line, read off in the first year to come, for the bases that have no pace."""
    to_come = rows[rows["status"] == "upcoming"]["year"]
    if basis not in ("annual", "stock") or to_come.empty:
        return None
    return outlook.hint(list(filed), list(filed.values()), int(to_come.min()))


def _kind(row: pd.Series) -> str:
    """Where a requirement stands in the policy, in grey beside its name."""
    preferred = "" if row["mandatory"] else words.text("space.preferred")
    stage, basis = words.text(f"stage.{row['stage']}"), words.text(f"basis.{row['basis']}")
    return f":gray[{stage} {words.plain(row['clause'])} · {basis}{preferred}]"
