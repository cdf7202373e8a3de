"""What came in, load by load, as `schema.sql` keeps it, with the type of each column: open to other tools.

What stands here is a promise: a column is neither renamed nor dropped. Types are named as in a frame of `attainment`.
"""

from tracking.results.tables import policy_records

# What rows of several tables begin with, and columns that several have.
_OF_YEAR = {"load_id": "int64", "space_id": "str", "year": "int64"}
OF_REVISION = {**_OF_YEAR, "revision": "int64"}
_OF_FIGURE = {**_OF_YEAR, "metric": "str"}
_OF_SUBJECT = {
    "load_id": "int64",
    "space_id": "str",
    "edition": "str",
    "track": "str",
    "year": "int64",
    "requirement": "str",
}
_FILE = {"sha256": "str", "name": "str", "kind": "str", "size": "int64"}

SPACES = {
    "load_id": "int64",
    "space_id": "str",
    "space_name": "str",
    "district": "str",
    "operator": "str",
    "brand": "str",
    "contact_name": "str",
    "telephone": "str",
}
ENROLMENT = {
    "space_id": "str",
    "track": "str",
    "edition": "str",
    "start_year": "int64",
    "end_year": "int64",
    "exit_year": "Int64",
}
ENROLMENTS = {"load_id": "int64", **ENROLMENT}
LOADS = {
    "load_id": "int64",
    "kind": "str",
    "source": "str",
    "sha256": "str",
    "loaded_by": "str",
    "loaded_at": "datetime64[us]",
}
REVISIONS = {**OF_REVISION, "figures": "int64"}
FIGURES = {
    **_OF_FIGURE,
    "value": "float64",
    "evidence": "str",
    "note": "str",
}
CHOICES = {
    "load_id": "int64",
    "position": "int64",
    "kind": "str",
    "sheet": "str",
    "place": "str",
    "space_id": "str",
    "year": "Int64",
    "metric": "str",
    "before": "str",
    "after": "str",
}
REJUDGED = {
    **_OF_SUBJECT,
    "mandatory": "bool",
    "status_before": "str",
    "status_after": "str",
    "missed_before": "bool",
    "missed_after": "bool",
    "actual_before": "float64",
    "actual_after": "float64",
    "gap_before": "float64",
    "gap_after": "float64",
}
CLOSINGS = {
    "load_id": "int64",
    "closing": "int64",
    "edition": "str",
    "year": "int64",
    "as_of": "datetime64[s]",
    "data_version": "int64",
    "rules": "str",
    "release": "str",
    "provisional": "Int64",
}
AUTHORS = {"load_id": "int64", "account": "str"}
WARNINGS = {
    "load_id": "int64",
    "position": "int64",
    "code": "str",
    "space_id": "str",
    "year": "Int64",
    "metric": "str",
    "sheet": "str",
    "place": "str",
    "value": "str",
    "details": "str",
}
REVIEWS = {
    **OF_REVISION,
    "act": "str",
    "reason": "str",
    "until_at": "datetime64[us]",
}
FILING_STATES = {
    "space_id": "str",
    "year": "int64",
    "revision": "int64",
    "load_id": "int64",
    "filed_by": "str",
    "filed_at": "datetime64[us]",
    "state": "str",
    "since": "datetime64[us]",
    "act": "str",
    "moved_by": "str",
    "reason": "str",
    "until_at": "datetime64[us]",
    "moved_by_load": "Int64",
    "approved_revision": "Int64",
}
COLUMNS = {
    "load": LOADS,
    "seal": {"load_id": "int64", "content": "str", "head": "str", "read_by": "str"},
    "document": {"sha256": "str", "content": "bytes"},
    "edition": policy_records.EDITIONS,
    "track": policy_records.TRACKS,
    "unit": policy_records.UNITS,
    "conversion": policy_records.CONVERSIONS,
    "metric": policy_records.METRICS,
    "clause": policy_records.CLAUSES,
    "requirement": policy_records.STATED,
    "rule": {**policy_records.OF_EDITION, "part": "str", "whole": "str"},
    "reading": policy_records.READINGS,
    "imprint": policy_records.IMPRINTS,
    "space": SPACES,
    "enrolment": ENROLMENTS,
    "filing": REVISIONS,
    "observation": FIGURES,
    "choice": CHOICES,
    "rejudged": REJUDGED,
    "closing": CLOSINGS,
    "author": AUTHORS,
    "warning": WARNINGS,
    "review": REVIEWS,
    "returned_cell": _OF_FIGURE,
    "filing_state": FILING_STATES,
    "filing_window": {
        **policy_records.OF_EDITION,
        "year": "int64",
        "opens_at": "datetime64[us]",
        "closes_at": "datetime64[us]",
        "time_zone": "str",
    },
    "review_term": {
        **policy_records.OF_EDITION,
        "check_days": "Int64",
        "approve_days": "Int64",
        "mend_days": "Int64",
    },
    "question": {
        **_OF_FIGURE,
        "act": "str",
        "body": "str",
    },
    "scan": {
        **OF_REVISION,
        "content_type": "str",
        "fingerprint": "str",
    },
    "waiver": {
        **_OF_SUBJECT,
        "act": "str",
        "reason": "str",
        "until_day": "datetime64[s]",
    },
    "rectification": {
        **_OF_SUBJECT,
        "act": "str",
        "body": "str",
        "by_day": "datetime64[s]",
        "responsible": "str",
        "evidence": "str",
    },
    "rectification_file": {
        **_OF_SUBJECT,
        "act": "str",
        **_FILE,
    },
    "evidence": {
        **_OF_FIGURE,
        "act": "str",
        **_FILE,
        "listed": "Int64",
        "again": "str",
    },
    "window_exception": {
        **_OF_YEAR,
        "until_at": "datetime64[us]",
        "reason": "str",
    },
}
