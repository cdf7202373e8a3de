"""The columns of the tables that go out, in the contract's order, with the type of each in a frame.

A date is a datetime64[s], a moment a datetime64[us], a count that can be missing an Int64.
"""

from tracking.words.language import Lang

PLACE = {"space_id": "str", "space_name": "str", "district": "str"}
ENROLMENT = {**PLACE, "edition": "str", "track": "str"}
# Last of every table, since scripts read columns by position: whether a row rests on a filing that is not approved.
PROVISIONAL = {"provisional": "bool"}
_JUDGED = {
    **ENROLMENT,
    "year": "int64",
    "period_year": "int64",
    "phase": "str",
    "stage": "str",
    "requirement": "str",
    "clause": "str",
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "basis": "str",
    "comparison": "str",
    "threshold": "float64",
    "required": "float64",
    "actual": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "gap": "float64",
    "short_by": "Int64",
    "needed_per_year": "float64",
    "attainment": "float64",
    "status": "str",
    "mandatory": "bool",
    "years_missing": "str",
    "revision": "Int64",
    "filed_at": "datetime64[us]",
}
ATTAINMENT = {**_JUDGED, **PROVISIONAL}
SHORTFALLS = {**_JUDGED, "consecutive_years": "int64", **PROVISIONAL}
_EVALUATED = {
    **ENROLMENT,
    "year": "int64",
    "evaluation_year": "int64",
    "period_year": "int64",
    "phase": "str",
    "result": "str",
    "due": "datetime64[s]",
    "filed_at": "datetime64[us]",
    "met": "int64",
    "on_pace": "int64",
    "behind_pace": "int64",
    "short": "int64",
    "baseline": "int64",
    "unreported": "int64",
    "unfiled": "int64",
    "forgone": "int64",
    "exit_warning": "str",
    "first_filed_at": "datetime64[us]",
}
EVALUATIONS = {**_EVALUATED, **PROVISIONAL}
VERDICTS = {
    **ENROLMENT,
    "start_year": "int64",
    "end_year": "int64",
    "verdict": "str",
    "fulfilled": "int64",
    "on_track": "int64",
    "at_risk": "int64",
    "failed": "int64",
    "unknown": "int64",
    "years_failed": "str",
    "exit_warning": "str",
    **PROVISIONAL,
}
FILINGS = {
    **PLACE,
    "year": "int64",
    "state": "str",
    "due": "datetime64[s]",
    "filed_at": "datetime64[us]",
    "revision": "Int64",
    "revisions": "Int64",
    "filed_by": "str",
    "source": "str",
    "sha256": "str",
    "observations": "Int64",
    "first_filed_at": "datetime64[us]",
    **PROVISIONAL,
}
# What was agreed about a requirement's year stands beside its status, which stays.
_AGREED = {
    **ENROLMENT,
    "year": "int64",
    "requirement": "str",
    "clause": "str",
    "metric_name": "str",
    "status": "str",
    "result": "str",
}
# What was waived.
WAIVERS = {
    **_AGREED,
    "waiver_state": "str",
    "until_day": "datetime64[s]",
    "reason": "str",
    "given_by": "str",
    "given_at": "datetime64[us]",
    "end_reason": "str",
    "ended_by": "str",
    "ended_at": "datetime64[us]",
}
# What was to be put right, and what came of it; without a requirement it is the year as a whole.
RECTIFICATIONS = {
    **_AGREED,
    "progress": "str",
    "rectification_state": "str",
    "by_day": "datetime64[s]",
    "demanded": "str",
    "demanded_by": "str",
    "demanded_at": "datetime64[us]",
    "plan": "str",
    "report": "str",
    "evidence": "str",
    "decided": "str",
    "moved_by": "str",
    "since": "datetime64[us]",
    "next_year": "Int64",
    "status_after": "str",
    "result_after": "str",
    "files": "int64",
}
# What the page of decisions lists and hands out.
DECISIONS = {**_EVALUATED, "reasons": "str", **PROVISIONAL}
OBSERVATIONS = {
    **PLACE,
    "year": "int64",
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "kind": "str",
    "value": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "evidence": "str",
    "note": "str",
    "revision": "int64",
    "filed_at": "datetime64[us]",
    "source": "str",
    "load_id": "int64",
    **PROVISIONAL,
}
# Of a comparison of two data versions.
CHANGES = {
    **ENROLMENT,
    "year": "int64",
    "requirement": "str",
    "metric": "str",
    "metric_name": "str",
    "unit": "str",
    "change": "str",
    "status_before": "str",
    "status_after": "str",
    "actual_before": "float64",
    "actual_after": "float64",
    "gap_before": "float64",
    "gap_after": "float64",
    "load_id": "int64",
    "load_kind": "str",
    "source": "str",
    "loaded_by": "str",
    "loaded_at": "datetime64[us]",
}
# Every data version: what came in by it.
VERSIONS = {
    "data_version": "int64",
    "load_kind": "str",
    "source": "str",
    "loaded_by": "str",
    "loaded_at": "datetime64[us]",
    "sha256": "str",
}
# The codes of a column, a row each.
CODES = {"column": "str", "code": "str", "zh": "str", "en": "str"}
# Every closing of a data year.
CLOSINGS = {
    "closing": "int64",
    "edition": "str",
    "year": "int64",
    "as_of": "datetime64[s]",
    "data_version": "int64",
    "rules": "str",
    "release": "str",
    "closed_by": "str",
    "closed_at": "datetime64[us]",
    "sha256": "str",
    "load_id": "int64",
    "provisional": "Int64",
}
# What differs today from what a closing decided.
SINCE_CLOSING = {
    **ENROLMENT,
    "year": "int64",
    "part": "str",
    "requirement": "str",
    "metric_name": "str",
    "unit": "str",
    "decided_before": "str",
    "decided_after": "str",
    "required_before": "float64",
    "required_after": "float64",
    "actual_before": "float64",
    "actual_after": "float64",
    "load_kind": "str",
    "load_id": "Int64",
    "source": "str",
    "loaded_by": "str",
    "loaded_at": "datetime64[us]",
}
COLUMNS = {
    "attainment": ATTAINMENT,
    "shortfalls": SHORTFALLS,
    "evaluations": EVALUATIONS,
    "verdicts": VERDICTS,
    "filings": FILINGS,
    "observations": OBSERVATIONS,
    "waivers": WAIVERS,
    "rectifications": RECTIFICATIONS,
}
# What the codes of a row mean, behind the columns of its table: whoever asks what is missed asks here, not by codes.
MEANINGS = {
    "attainment": {"missed": "bool", "absent": "bool", "lost": "bool"},
    "evaluations": {"passed": "bool", "failed": "bool", "not_filed": "bool", "to_come": "bool", "period_over": "bool"},
    "waivers": {"in_force": "bool"},
    "rectifications": {"open": "bool", "late": "bool"},
}
# The column of each table that `statuses` chooses by; observations have none.
STATUS = {
    "attainment": "status",
    "shortfalls": "status",
    "evaluations": "result",
    "verdicts": "verdict",
    "filings": "state",
    "waivers": "waiver_state",
    "rectifications": "progress",
}
# Columns of a frame that the views have once per language.
BILINGUAL = ("metric_name", "unit")


def in_view(name: str, lang: Lang) -> str:
    """What a column of a frame is called in the views: a frame's language is chosen in its query."""
    return f"{name}_{lang}" if name in BILINGUAL else name
