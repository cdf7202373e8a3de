"""What was agreed beside the statuses of an enrolment, and what whoever looks may do about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from pages.shared import data, doing, html_table, rectification_files, words
from pages.shared.data import ask
from pages.shared.html_table import Html
from tracking.access import acts
from tracking.charts import agreed as sentences
from tracking.results.tables import attainment
from tracking.review import measures, rectifications, waivers
from tracking.review.measures import Subject, UnusableMeasure
from tracking.review.rectifications import RectificationAct, Written

_KEPT = "agreed_kept"
_DAYS = "YYYY-MM-DD"
# Of a text of a few lines, in pixels.
_LOW = 90
# What goes with an act beside its text.
_WITH_DAY: tuple[RectificationAct, ...] = ("rectify", "send_back")


@dataclass(frozen=True)
class Agreed:
    """Of one enrolment: its rows of `waivers` and `rectifications`, with their meanings."""

    space: str
    edition: str
    track: str
    waivers: pd.DataFrame
    rectifications: pd.DataFrame

    def subject(self, row: "pd.Series[object]") -> Subject:
        """What a row is of."""
        code = row["requirement"]
        return self.of(int(str(row["year"])), None if pd.isna(code) else str(code))

    def of(self, year: int, requirement: str | None) -> Subject:
        """A requirement in a year, or the year as a whole."""
        return Subject(self.space, year, requirement, self.edition, self.track)

    def marks(self) -> Mapping[tuple[str, int], Html]:
        """A small mark for each cell of the grid beside which something stands, by requirement and year."""
        found: dict[tuple[str, int], list[Html]] = {}
        for column, rows, sentence in (
            ("waiver_state", self.waivers[self.waivers["in_force"]], sentences.waiver),
            ("progress", self.rectifications, sentences.rectification),
        ):
            for _, row in rows.iterrows():
                key = ("" if pd.isna(row["requirement"]) else str(row["requirement"]), int(row["year"]))
                found.setdefault(key, []).append(
                    html_table.small_mark(column, row[column], sentence(row, words.lang()))
                )
        return {key: html_table.joined(each) for key, each in found.items()}


def read(space: str, edition: str, track: str) -> Agreed:
    """What was agreed with a space on a track."""
    within = {"spaces": (space,), "editions": (edition,), "tracks": (track,), "lang": words.lang()}
    rows = [ask(attainment.meant, table=table, **within) for table in ("waivers", "rectifications")]
    return Agreed(space, edition, track, *rows)


def briefs(rows: pd.DataFrame, year: int) -> Mapping[tuple[str, ...], str]:
    """In a few words what was agreed of a data year with the enrolments in rows, by their space, edition and track."""
    within = {"spaces": tuple(dict.fromkeys(rows["space_id"])), "years": (year,), "lang": words.lang()}
    if rows.empty:
        return {}
    given, demands = (ask(attainment.meant, table=table, **within) for table in ("waivers", "rectifications"))
    return sentences.briefs(given, demands, words.lang())


def beside(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Rows of enrolments with a column `agreed`, empty where nothing was."""
    texts = briefs(rows, year)
    return rows.assign(agreed=[texts.get(tuple(key), "") for key in rows[sentences.KEYS].itertuples(index=False)])


def show(agreed: Agreed, rows: pd.DataFrame, evaluations: pd.DataFrame) -> None:
    """Every waiver and rectification, with what may be done; `rows` and `evaluations` are the enrolment's own."""
    if st.session_state.pop(_KEPT, False):
        st.success(words.text("agreed.kept"), icon=":material/check_circle:")
    may_act = data.version() == data.newest() and data.person().account is not None
    offers = [each for each in ("waive", "rectify") if may_act and _covered(each, agreed)]
    if agreed.waivers.empty and agreed.rectifications.empty and not offers:
        return
    st.subheader(words.text("agreed.title"), anchor="agreed")
    st.caption(words.text("agreed.about"))
    for _, row in agreed.waivers.sort_values("in_force", ascending=False, kind="stable").iterrows():
        with st.container(border=True):
            _sentence("waiver_state", row, sentences.waiver)
            if row["in_force"] and "waive" in offers:
                _unwaive(agreed.subject(row))
    with st.container(key=rectification_files.KEY):
        for _, row in agreed.rectifications.iterrows():
            with st.container(border=True):
                _rectification(agreed, row, may_act=may_act)
    if "waive" in offers:
        _waive(agreed, rows)
    if "rectify" in offers:
        _demand(agreed, rows, evaluations)


def _covered(act: acts.Act, agreed: Agreed) -> bool:
    """Whether to offer an act: whoever stores it is asked again."""
    return measures.may(data.engine(), data.today(), act=act, subject=agreed.of(0, None))


def _sentence(column: str, row: "pd.Series[object]", sentence: Callable[..., str]) -> None:
    mark = html_table.mark(column, str(row[column]))
    st.html(html_table.joined([mark, sentence(row, words.lang())], " "))


def _rectification(agreed: Agreed, row: "pd.Series[object]", *, may_act: bool) -> None:
    subject = agreed.subject(row)
    _sentence("progress", row, sentences.rectification)
    if row["open"]:
        # What the next year's figure has closed waits for nobody.
        state = html_table.mark("rectification_state", str(row["rectification_state"]))
        st.html(html_table.joined([words.text("column.rectification_state"), state], " "))
    if who := rectifications.responsible(data.engine(), data.today(), subject=subject):
        st.caption(f"{words.text('column.responsible')}: {words.plain(who)}")
    rectification_files.show(subject, may_act=may_act, kept=_KEPT)
    offered = rectifications.offered(data.engine(), data.today(), subject=subject) if may_act else []
    with st.expander(words.text("agreed.history_and_act" if offered else "agreed.history")):
        _history(subject)
        if offered:
            _offer(subject, offered)


def _history(subject: Subject) -> None:
    for _, each in rectifications.past(data.engine(), data.today(), subject=subject).iterrows():
        parts = [words.plain(each[name]) for name in ("body", "evidence") if isinstance(each[name], str)]
        act = words.text(f"rectification_act.{each['act']}")
        head = f"**{act}** · {words.plain(each['by'])}"
        st.markdown(f"{head} {each['at']:%Y-%m-%d %H:%M}{': ' if parts else ''}{' · '.join(parts)}")


def _offer(subject: Subject, offered: Sequence[RectificationAct]) -> None:
    with st.form(f"rectification_{'_'.join(map(str, subject))}", clear_on_submit=True, border=False):
        body = st.text_area(words.text("agreed.body"), max_chars=measures.LONGEST, height=_LOW)
        day = _day("agreed.by_day") if set(offered) & set(_WITH_DAY) else None
        who = st.text_input(words.text("agreed.responsible")) if "plan" in offered else ""
        evidence = st.text_input(words.text("agreed.evidence")) if "report" in offered else ""
        with st.container(horizontal=True):
            pressed = [each for each in offered if st.form_submit_button(words.text(f"rectification_act.{each}"))]
    if pressed:
        written = Written(body, day, who, evidence)
        _done(lambda: rectifications.write(data.engine(), pressed[0], subject, written))


def _unwaive(subject: Subject) -> None:
    key = f"unwaive_{'_'.join(map(str, subject))}"
    with st.expander(words.text("waiver_act.unwaive")), st.form(key, clear_on_submit=True, border=False):
        reason = st.text_input(words.text("agreed.reason"), max_chars=measures.LONGEST)
        if st.form_submit_button(words.text("agreed.end")):
            _done(lambda: waivers.unwaive(data.engine(), subject, reason))


def _waive(agreed: Agreed, rows: pd.DataFrame) -> None:
    with st.expander(words.text("agreed.waive"), icon=":material/verified_user:"), st.form("waive"):
        year, code = _of_what(rows[rows["mandatory"]], whole=False)
        until = _day("agreed.until")
        reason = st.text_input(words.text("agreed.reason"), max_chars=measures.LONGEST)
        if st.form_submit_button(words.text("waiver_act.waive"), type="primary"):
            _done(lambda: waivers.waive(data.engine(), agreed.of(year, code), until, reason))


def _demand(agreed: Agreed, rows: pd.DataFrame, evaluations: pd.DataFrame) -> None:
    missed = rows[rows["missed"]]
    if missed.empty and not (evaluations["failed"] | evaluations["not_filed"]).any():
        return
    with st.expander(words.text("agreed.rectify"), icon=":material/build:"), st.form("rectify"):
        year, code = _of_what(missed, whole=True)
        body = st.text_area(words.text("agreed.what"), max_chars=measures.LONGEST, height=_LOW)
        day = _day("agreed.by_day")
        if st.form_submit_button(words.text("rectification_act.rectify"), type="primary"):
            _done(lambda: rectifications.write(data.engine(), "rectify", agreed.of(year, code), Written(body, day)))


def _of_what(rows: pd.DataFrame, *, whole: bool) -> tuple[int, str | None]:
    """A year and one of its requirements, of those that rows have."""
    names = dict(zip(rows["requirement"], rows["metric_name"], strict=True))
    codes: list[str | None] = [*([None] if whole else []), *names]
    years = sorted({int(each) for each in rows["year"]}, reverse=True)
    with st.container(horizontal=True):
        year = st.selectbox(words.text("agreed.year"), years)
        code = st.selectbox(
            words.text("agreed.requirement"),
            codes,
            format_func=lambda each: words.text("agreed.whole") if each is None else f"{names[each]} ({each})",
        )
    return int(year or 0), code


def _day(label: str) -> date | None:
    chosen = st.date_input(words.text(label), None, min_value=data.today(), format=_DAYS)
    return chosen if isinstance(chosen, date) else None


def _done(work: Callable[[], None]) -> None:
    doing.do(work, _KEPT, {UnusableMeasure: lambda unusable: words.text(f"measure.why_{unusable.why}")})
