"""Random programmes for property tests: editions, registers and filings whose figures lie where judgement turns.

Everything is drawn from small sets around thresholds, paces and due dates, so that "exactly at" is common, and the
plainest value comes first in each, so that a failure shrinks to something a person can work by hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from tests.oracle.programme import Edition, Enrolment, Figures, File, Programme, Register, Requirement, Step, after

SPACES = ("A1", "B2", "C3")
TRACKS = ("north", "south")
EDITIONS = ("first", "second")
FIRST_YEARS = range(2012, 2016)
# Filings are drawn up to here; the years after it stay open, however long the enrolment.
LAST_FILED_YEAR = 2020


@dataclass(frozen=True)
class Metric:
    """A metric of every random edition; a share has a numerator and a denominator."""

    metric: str
    kind: str
    numerator: str | None = None
    denominator: str | None = None


METRICS = (
    Metric("cases", "whole"),
    Metric("firms", "whole"),
    Metric("tenants", "whole"),
    Metric("capital", "decimal"),
    Metric("platform", "yes_no"),
    Metric("system", "yes_no"),
    Metric("firm_share", "share", "firms", "tenants"),
    Metric("case_share", "share", "cases", "firms"),
)
BASES = {
    "whole": ("annual", "cumulative", "cumulative", "growth", "stock"),
    "decimal": ("annual", "cumulative", "growth"),
    "yes_no": ("attested",),
    "share": ("share",),
}
THRESHOLDS = {
    "whole": [Fraction(each) for each in (10, 1, 3, 20, 50)],
    "decimal": [Fraction(each) for each in ("1", "2.5", "0.3", "10", "33.3333")],
    "share": [Fraction(each) for each in ("0.5", "0.7", "0.3", "0.3333")],
}
FIGURES = {
    "whole": [Fraction(each) for each in (0, 1, 2, 3, 5, 7, 10, 20)],
    "decimal": [Fraction(each) for each in ("0", "1", "2.5", "0.1", "0.2", "5", "3.3333", "33.3333")],
    "yes_no": [Fraction(1), Fraction(1), Fraction(1), Fraction(0)],
}


@st.composite
def requirements(draw: st.DrawFn, track: str) -> Requirement:
    """One requirement of a track, of any basis."""
    metric = draw(st.sampled_from(METRICS))
    basis = draw(st.sampled_from(BASES[metric.kind]))
    exact = basis in ("growth", "attested")
    return Requirement(
        track=track,
        stage=draw(st.sampled_from(("target", "target", "entry"))),
        clause=draw(st.sampled_from(("1", "2"))),
        metric=metric.metric,
        basis=basis,
        comparison={"growth": ">", "attested": ">="}.get(basis) or draw(st.sampled_from((">=", ">"))),
        threshold=Fraction(int(basis == "attested")) if exact else draw(st.sampled_from(THRESHOLDS[metric.kind])),
        mandatory=draw(st.sampled_from((True, True, True, False))),
        alternative=draw(st.sampled_from((None, "a"))),
        counted=draw(st.sampled_from(("period", "cultivation"))) if basis == "cumulative" else None,
        numerator=metric.numerator,
        denominator=metric.denominator,
        whole=metric.kind == "whole",
    )


@st.composite
def editions(draw: st.DrawFn, code: str) -> Edition:
    """An edition with requirements on both tracks, no two of one code."""
    owed = [
        requirement
        for track in TRACKS
        for requirement in draw(st.lists(requirements(track), min_size=1, max_size=6, unique_by=lambda each: each.code))
    ]
    return Edition(
        edition=code,
        requirements=tuple(_grouped(owed)),
        construction_years=draw(st.sampled_from((1, 0, 2, 3))),
        due=draw(st.sampled_from(((3, 31), (1, 1), (12, 31)))),
        pass_mark=draw(st.sampled_from([Fraction(each) for each in ("1", "0.8", "0.5", "0.6667")])),
    )


def _grouped(owed: Sequence[Requirement]) -> Iterator[Requirement]:
    """The requirements with sound groups of alternatives: two or more, all mandatory or all preferred."""
    groups: dict[tuple[str, ...], list[Requirement]] = {}
    for each in owed:
        if each.alternative:
            groups.setdefault((each.track, each.stage, each.clause), []).append(each)
    for each in owed:
        group = groups.get((each.track, each.stage, each.clause), [])
        if each.alternative and len(group) > 1:
            yield replace(each, mandatory=group[0].mandatory)
        else:
            yield replace(each, alternative=None)


@st.composite
def enrolments(draw: st.DrawFn, codes: Sequence[str]) -> Enrolment:
    """A space on a track, for 1 to 10 years, now and then ended early."""
    start = draw(st.sampled_from(FIRST_YEARS))
    end = start + draw(st.sampled_from((2, 0, 1, 3, 4, 9)))
    return Enrolment(
        space_id=draw(st.sampled_from(SPACES)),
        track=draw(st.sampled_from(TRACKS)),
        edition=draw(st.sampled_from(codes)),
        start_year=start,
        end_year=end,
        exit_year=draw(st.none() | st.none() | st.integers(start, end)),
    )


def registers(codes: Sequence[str]) -> st.SearchStrategy[Register]:
    """A register of a few enrolments, no two of one key in it."""
    rows = st.lists(enrolments(codes), min_size=1, max_size=4, unique_by=lambda each: each.key)
    return rows.map(lambda drawn: Register(tuple(drawn)))


def figures() -> st.SearchStrategy[Figures]:
    """What one space files for one year: most metrics, at least one, the rest blank."""
    drawn = {each.metric: st.sampled_from([*FIGURES[each.kind], None]) for each in METRICS if each.kind != "share"}
    return st.fixed_dictionaries(drawn).map(_told).filter(bool)


def _told(drawn: Mapping[str, Fraction | None]) -> Figures:
    return {metric: figure for metric, figure in drawn.items() if figure is not None}


@st.composite
def files(draw: st.DrawFn, programme: Programme) -> File:
    """A file of filings for years that the register covers or that come just before a period.

    It comes within days of the last of its years' due dates.
    """
    covered = sorted(
        {
            (enrolment.space_id, year)
            for enrolment in programme.enrolments.values()
            for year in range(enrolment.start_year - 1, min(enrolment.end_year, LAST_FILED_YEAR) + 1)
        }
    )
    # Left out one by one, so that most years are filed and a missing one is in the middle.
    left_out = draw(st.sets(st.sampled_from(covered), max_size=len(covered) // 2 + 1))
    filed = [each for each in covered if each not in left_out] or covered[:1]
    last = max(year for _, year in filed)
    return File({each: draw(figures()) for each in filed}, datetime.combine(draw(_days(programme, last)), time(12)))


def _days(programme: Programme, year: int) -> st.SearchStrategy[date]:
    """The due dates of a data year, the days beside them, and a week after the year's end."""
    dues = {date(year + 1, *edition.due) for edition in programme.editions.values()}
    near = {due + timedelta(days=days) for due in dues for days in (-1, 0, 1)}
    return st.sampled_from([date(year + 1, 1, 7), *sorted(near)])


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    """Steps in the order in which the product takes them: editions, a register, a file, then any that change them."""
    codes = EDITIONS[: draw(st.sampled_from((1, 2)))]
    steps: list[Step] = [draw(editions(code)) for code in codes]
    steps.append(draw(registers(codes)))
    steps.append(draw(files(after(steps, date.max))))
    for _ in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(("file", "register", "policy")))
        if kind == "file":
            steps.append(draw(files(after(steps, date.max))))
        elif kind == "register":
            steps.append(draw(registers(codes)))
        else:
            steps.append(draw(editions(draw(st.sampled_from(codes)))))
    return steps


@st.composite
def readings(draw: st.DrawFn) -> tuple[list[Step], date]:
    """A history, and a day to read it on: at or beside a due date of any of its years."""
    steps = draw(histories())
    programme = after(steps, date.max)
    years = sorted({year for enrolment in programme.enrolments.values() for year in enrolment.years})
    return steps, draw(_days(programme, draw(st.sampled_from(years))))
