"""What came in with an edition of a policy, with the type of each column: open to other tools as `records` is."""

OF_EDITION = {"load_id": "int64", "edition": "str"}
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

EDITIONS = {
    **OF_EDITION,
    **_NAMED,
    "source_zh": "str",
    "source_en": "str",
    "construction_years": "int64",
    "due_month": "int64",
    "due_day": "int64",
    "pass_mark": "float64",
    "pass_mark_is_default": "bool",
}
TRACKS = {**OF_EDITION, "track": "str", "position": "int64", **_NAMED}
UNITS = {**OF_EDITION, "unit": "str", **_NAMED}
CONVERSIONS = {**OF_EDITION, "unit": "str", "written": "str", "factor": "float64"}
METRICS = {
    **OF_EDITION,
    "metric": "str",
    "position": "int64",
    **_NAMED,
    "unit": "str",
    "kind": "str",
    "numerator": "str",
    "denominator": "str",
}
CLAUSES = {**OF_EDITION, **CLAUSE_KEY, "text_zh": "str", "text_en": "str"}
STATED = {
    **OF_EDITION,
    "requirement": "str",
    "position": "int64",
    **CLAUSE_KEY,
    "metric": "str",
    **JUDGED,
    "whose": "str",
}
READINGS = {
    **OF_EDITION,
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
IMPRINTS = {
    **OF_EDITION,
    "publisher_zh": "str",
    "publisher_en": "str",
    "licence": "str",
    "contact": "str",
}
