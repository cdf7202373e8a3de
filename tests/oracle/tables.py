"""The five tables of the contract, computed from a programme in plain Python, in the contract's row order.

Left out is what only the product can know: labels and units, the source of a filing, its bytes, who filed it.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from tests.oracle.judgement import UNMET, Standing, standings
from tests.oracle.programme import Enrolment, Programme

Row = dict[str, object]

COUNTED = ("met", "on_pace", "behind_pace", "short", "baseline", "unreported", "unfiled")
OUTCOMES = ("failed", "at_risk", "unknown", "on_track", "fulfilled")  # worst first


def attainment(programme: Programme) -> list[Row]:
    """A row for every requirement of every year of every enrolment."""
    return [row for row, _ in _attainment(programme)]


def shortfalls(programme: Programme) -> list[Row]:
    """The mandatory requirements missed, worst first."""
    in_a_row: dict[tuple[object, ...], int] = {}
    missed = []
    for row, standing in _attainment(programme):
        requirement = (row["space_id"], row["edition"], row["requirement"])
        unmet = row["mandatory"] and row["status"] in UNMET
        length = in_a_row.get((*requirement, int(str(row["year"])) - 1), 0) + 1 if unmet else 0
        in_a_row[*requirement, row["year"]] = length
        if unmet:
            missed.append(({**row, "consecutive_years": length}, standing))
    return [row for row, _ in sorted(missed, key=lambda pair: _urgency(*pair))]


def _urgency(row: Row, standing: Standing) -> tuple[object, ...]:
    reached = standing.attainment
    absent = row["status"] in ("unreported", "unfiled")
    return -int(str(row["consecutive_years"])), not absent, reached is not None, reached or Fraction(0)


def _attainment(programme: Programme) -> list[tuple[Row, Standing]]:
    return [
        (_attainment_row(programme, enrolment, year, standing), standing)
        for enrolment, year in _enrolment_years(programme)
        for standing in standings(programme, enrolment, year)
    ]


def _attainment_row(programme: Programme, enrolment: Enrolment, year: int, standing: Standing) -> Row:
    requirement = standing.requirement
    filing = programme.filing(enrolment.space_id, year)
    return {
        **_space(enrolment.space_id),
        "edition": enrolment.edition,
        "track": enrolment.track,
        "year": year,
        "period_year": year - enrolment.start_year + 1,
        "phase": programme.phase(enrolment, year),
        "stage": requirement.stage,
        "requirement": requirement.code,
        "clause": requirement.clause,
        "metric": requirement.metric,
        "basis": requirement.basis,
        "comparison": requirement.comparison,
        "threshold": float(requirement.threshold),
        "required": float(standing.required),
        "actual": _shown(standing.actual),
        "numerator": _shown(standing.numerator),
        "denominator": _shown(standing.denominator),
        "gap": _shown(standing.gap),
        "short_by": standing.short_by,
        "needed_per_year": _shown(standing.needed),
        "attainment": _shown(standing.attainment),
        "status": standing.status,
        "mandatory": requirement.mandatory,
        "years_missing": _joined(standing.years_missing),
        "revision": len(programme.filings[enrolment.space_id, year]) if filing else None,
        "filed_at": filing.filed_at if filing else None,
    }


def evaluations(programme: Programme) -> list[Row]:
    """A row per enrolment and year."""
    return [_evaluation(programme, enrolment, year) for enrolment, year in _enrolment_years(programme)]


def _evaluation(programme: Programme, enrolment: Enrolment, year: int) -> Row:
    owed = standings(programme, enrolment, year)
    mandatory = [each.status for each in owed if each.requirement.mandatory]
    filing = programme.filing(enrolment.space_id, year)
    return {
        **_space(enrolment.space_id),
        "edition": enrolment.edition,
        "track": enrolment.track,
        "year": year,
        "evaluation_year": year + 1,
        "period_year": year - enrolment.start_year + 1,
        "phase": programme.phase(enrolment, year),
        "result": result(programme, enrolment, year),
        "due": programme.due(enrolment, year),
        "filed_at": filing.filed_at if filing else None,
        **{status: mandatory.count(status) for status in COUNTED},
        "forgone": sum(each.status == "forgone" for each in owed),
        "exit_warning": _exit_warning(programme, enrolment, year),
        "first_filed_at": programme.filings[enrolment.space_id, year][0].filed_at if filing else None,
    }


def result(programme: Programme, enrolment: Enrolment, year: int) -> str:
    if not programme.filing(enrolment.space_id, year):
        return "unfiled" if programme.overdue(enrolment, year) else "upcoming"
    mandatory = [each.status for each in standings(programme, enrolment, year) if each.requirement.mandatory]
    held = sum(status not in ("short", "unreported") for status in mandatory)
    return "pass" if held >= programme.editions[enrolment.edition].pass_mark * len(mandatory) else "fail"


def _exit_warning(programme: Programme, enrolment: Enrolment, year: int) -> str:
    def unfiled(each: int) -> bool:
        return each in enrolment.years and result(programme, enrolment, each) == "unfiled"

    def not_passed(each: int) -> bool:
        cultivated = each in enrolment.years and programme.phase(enrolment, each) == "cultivation"
        return cultivated and result(programme, enrolment, each) in ("fail", "unfiled")

    if not programme.overdue(enrolment, year) or not (not_passed(year) or unfiled(year)):
        return "none"
    if (not_passed(year) and not_passed(year - 1)) or (unfiled(year) and unfiled(year - 1)):
        return "exit"
    # One more year decides only where there is one.
    last = enrolment.end_year if enrolment.exit_year is None else enrolment.exit_year
    return "one_more" if year < last else "none"


def verdicts(programme: Programme) -> list[Row]:
    """A row per enrolment."""
    enrolments = sorted(programme.enrolments.values(), key=lambda each: each.key)
    return [_verdict(programme, enrolment) for enrolment in enrolments]


def _verdict(programme: Programme, enrolment: Enrolment) -> Row:
    by_requirement: dict[str, dict[int, Standing]] = {}
    for year in enrolment.years:
        if programme.due(enrolment, year) is None:
            continue
        for standing in standings(programme, enrolment, year):
            if standing.requirement.mandatory:
                by_requirement.setdefault(standing.requirement.code, {})[year] = standing
    outcomes = [_outcome(rows) for rows in by_requirement.values()]
    results = {year: result(programme, enrolment, year) for year in enrolment.years}
    over = [year for year in enrolment.years if programme.overdue(enrolment, year)]
    return {
        **_space(enrolment.space_id),
        "edition": enrolment.edition,
        "track": enrolment.track,
        "start_year": enrolment.start_year,
        "end_year": enrolment.end_year,
        "verdict": next((outcome for outcome in OUTCOMES if outcome in outcomes), "fulfilled"),
        **{outcome: outcomes.count(outcome) for outcome in ("fulfilled", "on_track", "at_risk", "failed", "unknown")},
        "years_failed": _joined(year for year, result in results.items() if result == "fail"),
        "exit_warning": _exit_warning(programme, enrolment, over[-1]) if over else "none",
    }


def _outcome(rows: dict[int, Standing]) -> str:
    """What became of one requirement, from its rows in the years that are due: reading.md, Years and periods."""
    last = rows[max(rows)]
    known = [standing.status for standing in rows.values() if standing.status != "upcoming"]
    over = last.status != "upcoming"
    if last.requirement.basis == "cumulative":
        # A sum once reached is met in every later year; so is one whose alternative is met in the last.
        if last.status == "met":
            return "fulfilled"
        by_latest = {"short": "failed", "behind_pace": "at_risk", "unreported": "unknown", "unfiled": "unknown"}
        return by_latest.get(known[-1] if known else "", "on_track")
    if over and not {"short", "unreported", "unfiled"} & {*known}:
        return "fulfilled"
    if "short" in known:
        return "failed" if over else "at_risk"
    return "unknown" if {"unreported", "unfiled"} & {*known} else "on_track"


def filings(programme: Programme) -> list[Row]:
    """A row per space and year that an enrolment covers."""
    dues: dict[tuple[str, int], list[date]] = {}
    for enrolment in programme.enrolments.values():
        for year in enrolment.years:
            due = programme.due(enrolment, year)
            dues.setdefault((enrolment.space_id, year), []).extend([due] if due else [])
    return [_filing(programme, *key, min(dues[key], default=None)) for key in sorted(dues)]


def _filing(programme: Programme, space_id: str, year: int, due: date | None) -> Row:
    revisions = programme.filings.get((space_id, year), [])
    if revisions:
        state = "late" if due is not None and revisions[0].filed_at.date() > due else "filed"
    else:
        state = "unfiled" if due is not None and programme.as_of > due else "upcoming"
    return {
        **_space(space_id),
        "year": year,
        "state": state,
        "due": due,
        "filed_at": revisions[-1].filed_at if revisions else None,
        "revision": len(revisions) or None,
        "revisions": len(revisions) or None,
        "observations": len(revisions[-1].figures) if revisions else None,
        "first_filed_at": revisions[0].filed_at if revisions else None,
    }


def _enrolment_years(programme: Programme) -> list[tuple[Enrolment, int]]:
    """Sorted by space, track, year, then edition."""
    pairs = [(enrolment, year) for enrolment in programme.enrolments.values() for year in enrolment.years]
    return sorted(pairs, key=lambda pair: (pair[0].space_id, pair[0].track, pair[1], pair[0].edition))


def _space(space_id: str) -> Row:
    return {"space_id": space_id, "space_name": space_name(space_id), "district": district(space_id)}


def space_name(space_id: str) -> str:
    """What the space is called; a programme's spaces have no other name."""
    return f"空间 {space_id}"


def district(space_id: str) -> str:
    """Where the space is."""
    return f"{space_id} 区"


def _shown(exact: Fraction | None) -> float | None:
    return None if exact is None else float(exact)


def _joined(years: Iterable[int]) -> str | None:
    return " ".join(str(year) for year in years) or None
