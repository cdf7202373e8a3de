"""What came in, load by load, as `schema.sql` keeps it, with the type of each column: open to other tools.

What stands here is a promise: a column is neither renamed nor dropped. Types are named as in a frame of `attainment`.
"""

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
_OF_EDITION = {"load_id": "int64", "edition": "str"}
_NAMED = {"name_zh": "str", "name_en": "str"}
CLAUSE_KEY = {"track": "str", "stage": "str", "clause": "str"}
JUDGED = {
    "basis": "str",
    "comparison": "str",
    "threshold": "float64",
    "mandatory": "bool",
    "alternative": "str",
    "counted": "str",
    "note_zh": "str",
    "note_en": "str",
}
_FILE = {"sha256": "str", "name": "str", "kind": "str", "size": "int64"}

EDITIONS = {
    **_OF_EDITION,
    **_NAMED,
    "source_zh": "str",
    "source_en": "str",
    "construction_years": "int64",
    "due_month": "int64",
    "due_day": "int64",
    "pass_mark": "float64",
    "pass_mark_is_default": "bool",
}
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
TRACKS = {**_OF_EDITION, "track": "str", "position": "int64", **_NAMED}
UNITS = {**_OF_EDITION, "unit": "str", **_NAMED}
CONVERSIONS = {**_OF_EDITION, "unit": "str", "written": "str", "factor": "float64"}
METRICS = {
    **_OF_EDITION,
    "metric": "str",
    "position": "int64",
    **_NAMED,
    "unit": "str",
    "kind": "str",
    "numerator": "str",
    "denominator": "str",
}
CLAUSES = {**_OF_EDITION, **CLAUSE_KEY, "text_zh": "str", "text_en": "str"}
STATED = {
    **_OF_EDITION,
    "requirement": "str",
    "position": "int64",
    **CLAUSE_KEY,
    "metric": "str",
    **JUDGED,
    "whose": "str",
}
READINGS = {
    **_OF_EDITION,
    "reading": "str",
    "position": "int64",
    "requirement": "str",
    **_NAMED,
    "default_zh": "str",
    "default_en": "str",
    "metric": "str",
    "basis": "str",
    "comparison": "str",
    "threshold": "float64",
    "counted": "str",
    "pass_mark": "float64",
}
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
IMPRINTS = {
    **_OF_EDITION,
    "publisher_zh": "str",
    "publisher_en": "str",
    "licence": "str",
    "contact": "str",
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
    "edition": EDITIONS,
    "track": TRACKS,
    "unit": UNITS,
    "conversion": CONVERSIONS,
    "metric": METRICS,
    "clause": CLAUSES,
    "requirement": STATED,
    "rule": {**_OF_EDITION, "part": "str", "whole": "str"},
    "reading": READINGS,
    "imprint": IMPRINTS,
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
        **_OF_EDITION,
        "year": "int64",
        "opens_at": "datetime64[us]",
        "closes_at": "datetime64[us]",
        "time_zone": "str",
    },
    "review_term": {
        **_OF_EDITION,
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
