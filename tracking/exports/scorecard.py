"""A scorecard to hand over: one space on a printed page or two, as PDF, in Chinese or English."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pandas as pd
from sqlalchemy import Engine

from tracking.charts import agreed, sentences
from tracking.exports import scorecard_page, stamps, typesetting
from tracking.policy import in_force
from tracking.results import one_enrolment, one_space, programme
from tracking.results.tables import attainment
from tracking.words.language import Lang

TEMPLATE = Path(__file__).with_suffix(".typ")
# What no name of a file may hold on one machine or another, or what leads out of its folder.
FORBIDDEN = r"""[\\/:*?"<>|%\x00-\x1f]"""
# What stands beside the statuses.
_BESIDE = ("waivers", "rectifications")
# Spaces whose figures are read together: one by one takes longer, all at once more memory.
READ_AT_ONCE = 50


def scorecard(engine: Engine, as_of: date, *, space: str, lang: Lang = "zh", approved_only: bool = False) -> bytes:
    """The scorecard of a space as PDF, every enrolment of it. Raises NoChineseFont, DatabaseUnavailable.

    `approved_only` leaves out what rests on filings that are not approved, and says so.
    """
    return next(scorecards(engine, as_of, spaces=[space], lang=lang, approved_only=approved_only))


def scorecards(
    engine: Engine, as_of: date, *, spaces: Sequence[str], lang: Lang = "zh", approved_only: bool = False
) -> Iterator[bytes]:
    """As `scorecard`, of several spaces, one after the other. Raises NoChineseFont, DatabaseUnavailable."""
    offered = programme.programme(engine, as_of)
    tracks = {each.code: each.name(lang) for of_edition in offered.tracks.values() for each in of_edition}
    editions = {each.code: each.name(lang) for each in offered.editions}
    marks = {mark.edition: mark for mark in in_force.pass_marks(engine, as_of)}
    stamp = stamps.stamp(engine, as_of, lang)
    clauses = {code: one_space.clauses(engine, as_of, edition=code, lang=lang) for code in editions}
    for first in range(0, len(spaces), READ_AT_ONCE):
        some = spaces[first : first + READ_AT_ONCE]
        # What is withheld stands there without what it says, as what the switch leaves out.
        verdicts = attainment.verdicts(engine, as_of, spaces=some, withheld=True)
        rows = one_space.with_objects(
            attainment.meant(engine, as_of, table="attainment", spaces=some, lang=lang, withheld=True)
        )
        years = one_space.with_objects(attainment.meant(engine, as_of, table="evaluations", spaces=some, withheld=True))
        waivers, rectifications = (
            attainment.meant(engine, as_of, table=each, spaces=some, lang=lang) for each in _BESIDE
        )
        for space in some:
            figures = one_space.figures(engine, as_of, space=space)
            limited = approved_only or one_space.approved_only(engine, as_of, space=space)
            pages = []
            for _, verdict in verdicts[verdicts["space_id"] == space].iterrows():
                named = {"track": tracks[verdict["track"]], "edition": editions[verdict["edition"]]}
                of_years, of_rows = one_enrolment.within(_of(years, verdict), _of(rows, verdict))
                card = scorecard_page.Card(verdict, of_rows, of_years, figures, clauses[verdict["edition"]], limited)
                page = scorecard_page.page(card, named, lang)
                page["agreed"] = agreed.lines(_of(waivers, verdict), _of(rectifications, verdict), lang)
                pages.append({**page, "pass_mark": sentences.pass_mark(marks[verdict["edition"]], lang)})
            yield typesetting.pdf(TEMPLATE, {"lang": lang, "stamp": stamp, "enrolments": pages}, as_of)


def file_name(space: str) -> str:
    """The name of a space's scorecard as a file, on any machine: what an ID may hold and a name may not is escaped."""
    return f"{re.sub(FORBIDDEN, lambda sign: quote(sign[0], safe=''), space)}.pdf"


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of files by name; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files:
            folder.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _of(frame: pd.DataFrame, verdict: pd.Series) -> pd.DataFrame:
    """The rows of one enrolment."""
    of = (frame[name] == verdict[name] for name in ("space_id", "edition", "track"))
    return frame[next(of) & next(of) & next(of)]
