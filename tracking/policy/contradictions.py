"""What the rows of a policy must not say together."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from tracking.policy.rows import MetricRow, Policy, ReadingRow, RequirementRow
from tracking.words.problems import Problem
from tracking.words.spelling import folded

NUMBER_KINDS = ("whole", "decimal")
# The kinds of metric that a basis can be computed from.
KINDS_OF_BASIS = {
    "annual": NUMBER_KINDS,
    "stock": NUMBER_KINDS,
    "cumulative": NUMBER_KINDS,
    "growth": NUMBER_KINDS,
    "share": ("share",),
    "attested": ("yes_no",),
}
# Bases whose meaning fixes what they ask: growth is more than 0, attested is yes.
FIXED_BASES = {"growth": (">", 0), "attested": (">=", 1)}
# Bases whose figures of several spaces make a sum.
ADDED_UP = ("annual", "stock", "cumulative")
# What a reading may replace of a requirement.
READ_OTHERWISE = ("metric", "basis", "comparison", "threshold", "counted")


def within(policy: Policy) -> list[Problem]:
    """Every contradiction among its own rows; empty where the policy is sound."""
    return [
        *_empty(policy),
        *_duplicates(policy),
        *_unknown(policy),
        *(problem for metric in policy.metrics for problem in _metric(metric, policy)),
        *(problem for each in policy.requirements for problem in _requirement("requirements.csv", each, policy)),
        *_notes(policy),
        *_alternatives(policy),
        *_rules(policy),
        *(problem for reading in policy.readings for problem in _reading(reading, policy)),
    ]


def error(code: str, sheet: str, row: int, column: str, value: object = None, **details: object) -> Problem:
    """An error at a cell of a policy's file."""
    return Problem("error", code, sheet, row, column, None if value is None else str(value), details=details)


def _empty(policy: Policy) -> Iterator[Problem]:
    for table in ("tracks", "requirements"):
        if not getattr(policy, table):
            yield Problem("error", "policy-no-rows", f"{table}.csv", 1)
    judged = {each.track for each in policy.requirements}
    for each in policy.tracks:
        if policy.requirements and each.track not in judged:
            yield error("policy-track-without-requirements", "tracks.csv", each.row, "track", each.track)


def _duplicates(policy: Policy) -> Iterator[Problem]:
    yield from _twice("tracks.csv", policy.tracks, "track")
    yield from _twice("units.csv", policy.units, "unit")
    yield from _twice("conversions.csv", policy.conversions, "unit", "written")
    yield from _twice("metrics.csv", policy.metrics, "metric")
    yield from _ambiguous("metrics.csv", policy.metrics, "metric")
    yield from _ambiguous("tracks.csv", policy.tracks, "track")
    yield from _twice("clauses.csv", policy.clauses, "track", "stage", "clause")
    yield from _twice("requirements.csv", policy.requirements, "track", "stage", "clause", "metric")
    yield from _twice("rules.csv", policy.rules, "part", "whole")
    yield from _twice("readings.csv", policy.readings, "reading")


def _twice(sheet: str, rows: Sequence[Any], *columns: str) -> Iterator[Problem]:
    first: dict[Hashable, int] = {}
    for each in rows:
        key = tuple(getattr(each, column) for column in columns)
        small = tuple(part.casefold() for part in key)
        if small in first:
            yield error("policy-twice", sheet, each.row, columns[-1], ".".join(key), first=first[small])
        first.setdefault(small, each.row)


def _ambiguous(sheet: str, rows: Sequence[Any], code: str) -> Iterator[Problem]:
    """A file may call a metric or a track by its code or either name, as it is read: it must say which is meant."""
    first: dict[str, int] = {}
    codes: set[str] = set()
    for each in rows:
        labels = {column: folded(getattr(each, column)) for column in (code, "name_zh", "name_en")}
        for column, label in labels.items():
            # A code twice is told of elsewhere.
            if label in first and not (column == code and label in codes):
                yield error("policy-twice", sheet, each.row, column, getattr(each, column), first=first[label])
        codes.add(labels[code])
        for label in labels.values():
            first.setdefault(label, each.row)


def _unknown(policy: Policy) -> Iterator[Problem]:
    tracks = {each.track for each in policy.tracks}
    units = {each.unit for each in policy.units}
    metrics = {each.metric for each in policy.metrics}
    yield from _strange("conversions.csv", policy.conversions, "unit", units, "units.csv")
    yield from _strange("metrics.csv", policy.metrics, "unit", units, "units.csv")
    yield from _strange("metrics.csv", policy.metrics, "numerator", metrics, "metrics.csv")
    yield from _strange("metrics.csv", policy.metrics, "denominator", metrics, "metrics.csv")
    yield from _strange("clauses.csv", policy.clauses, "track", tracks, "tracks.csv")
    yield from _strange("requirements.csv", policy.requirements, "track", tracks, "tracks.csv")
    yield from _strange("requirements.csv", policy.requirements, "metric", metrics, "metrics.csv")
    yield from _strange("rules.csv", policy.rules, "part", metrics, "metrics.csv")
    yield from _strange("rules.csv", policy.rules, "whole", metrics, "metrics.csv")
    yield from _strange("readings.csv", policy.readings, "metric", metrics, "metrics.csv")
    requirements = {each.requirement for each in policy.requirements}
    yield from _strange("readings.csv", policy.readings, "requirement", requirements, "requirements.csv")
    clauses = {(each.track, each.stage, each.clause) for each in policy.clauses}
    for each in policy.requirements:
        clause = (each.track, each.stage, each.clause)
        if each.track in tracks and clause not in clauses:
            value = ".".join(clause)
            yield error("policy-unknown", "requirements.csv", each.row, "clause", value, known="clauses.csv")


def _strange(sheet: str, rows: Iterable[Any], column: str, known: set[str], where: str) -> Iterator[Problem]:
    for each in rows:
        value = getattr(each, column)
        if value is not None and value not in known:
            yield error("policy-unknown", sheet, each.row, column, value, known=where)


def _metric(metric: MetricRow, policy: Policy) -> Iterator[Problem]:
    for column in ("numerator", "denominator"):
        count = getattr(metric, column)
        if metric.kind == "share" and count is None:
            yield error("policy-share-without-count", "metrics.csv", metric.row, column, metric=metric.metric)
        elif metric.kind != "share" and count is not None:
            yield error("policy-count-without-share", "metrics.csv", metric.row, column, count, kind=metric.kind)
        elif not _is_number(count, policy):
            yield error("policy-not-a-number", "metrics.csv", metric.row, column, count)


def _is_number(metric: str | None, policy: Policy) -> bool:
    """Whether a metric is filed as a number; an unknown one is told of elsewhere."""
    return all(each.kind in NUMBER_KINDS for each in policy.metrics if each.metric == metric)


def _requirement(sheet: str, each: RequirementRow, policy: Policy) -> Iterator[Problem]:
    """What a requirement, or one that a reading would put in its place, must not ask."""
    for metric in policy.metrics:
        if metric.metric == each.metric and metric.kind not in KINDS_OF_BASIS[each.basis]:
            details = {"metric": metric.metric, "kind": metric.kind}
            yield error("policy-basis-of-kind", sheet, each.row, "basis", each.basis, **details)
    if each.basis in FIXED_BASES:
        comparison, threshold = FIXED_BASES[each.basis]
        fixed = {"basis": each.basis, "asked": f"{comparison} {threshold}"}
        if each.comparison != comparison:
            yield error("policy-fixed-basis", sheet, each.row, "comparison", each.comparison, **fixed)
        if each.threshold != threshold:
            yield error("policy-fixed-basis", sheet, each.row, "threshold", each.threshold, **fixed)
    if each.basis == "share" and not 0 < each.threshold <= 1:
        yield error("policy-share-threshold", sheet, each.row, "threshold", each.threshold)
    if each.basis == "cumulative" and each.counted is None:
        yield error("policy-counted-missing", sheet, each.row, "counted")
    if each.basis != "cumulative" and each.counted is not None:
        yield error("policy-counted-needless", sheet, each.row, "counted", each.counted, basis=each.basis)
    if each.whose is not None and each.basis not in ADDED_UP:
        yield error("policy-whose-no-sum", sheet, each.row, "whose", each.whose, basis=each.basis)


def _notes(policy: Policy) -> Iterator[Problem]:
    for each in policy.requirements:
        for column, note, other in (("note_zh", each.note_zh, each.note_en), ("note_en", each.note_en, each.note_zh)):
            if other and not note:
                yield error("policy-one-language", "requirements.csv", each.row, column)


def _alternatives(policy: Policy) -> Iterator[Problem]:
    """A group is one clause's requirements of one letter: at least two, all mandatory or all preferred."""
    groups: dict[tuple[str, ...], list[RequirementRow]] = {}
    for each in policy.requirements:
        if each.alternative is not None:
            groups.setdefault((each.track, each.stage, each.clause, each.alternative), []).append(each)
    for first, *others in groups.values():
        if not others:
            yield error("policy-alternative-alone", "requirements.csv", first.row, "alternative", first.alternative)
        for each in others:
            if each.mandatory != first.mandatory:
                value = "yes" if each.mandatory else "no"
                yield error(
                    "policy-alternative-mixed", "requirements.csv", each.row, "mandatory", value, first=first.row
                )


def _rules(policy: Policy) -> Iterator[Problem]:
    for each in policy.rules:
        for column in ("part", "whole"):
            metric = getattr(each, column)
            if not _is_number(metric, policy):
                yield error("policy-not-a-number", "rules.csv", each.row, column, metric)
        if each.part == each.whole:
            yield error("policy-part-of-itself", "rules.csv", each.row, "whole", each.whole)


def _reading(reading: ReadingRow, policy: Policy) -> Iterator[Problem]:
    otherwise = {column: getattr(reading, column) for column in READ_OTHERWISE if getattr(reading, column) is not None}
    if reading.requirement is None:
        for column, value in otherwise.items():
            yield error("policy-reading-of-pass-mark", "readings.csv", reading.row, column, value)
        if reading.pass_mark is None:
            yield error("policy-reading-empty", "readings.csv", reading.row, "pass_mark")
        return
    if reading.pass_mark is not None:
        yield error("policy-reading-of-requirement", "readings.csv", reading.row, "pass_mark", reading.pass_mark)
    for each in policy.requirements:
        if each.requirement == reading.requirement:
            # Which years a sum counts says nothing of a basis that sums nothing.
            counted = each.counted if otherwise.get("basis", "cumulative") == "cumulative" else None
            read = replace(each, **{"counted": counted, **otherwise}, row=reading.row)
            if all(getattr(read, column) == getattr(each, column) for column in otherwise):
                yield error("policy-reading-empty", "readings.csv", reading.row, "reading", reading.reading)
            # What is wrong with the requirement in force is told where it stands.
            known = {(problem.code, problem.column) for problem in _requirement("requirements.csv", each, policy)}
            for problem in _requirement("readings.csv", read, policy):
                if (problem.code, problem.column) not in known:
                    yield problem
