"""What of `schema.sql` is open to other tools beside the tables that go out, with the type of each column.

That is all that came in, as `records` has it, and what is current of it. What stands here is a promise: a column is
neither renamed nor dropped. The other views are steps on the way and may change with any version. Types are named as in
a frame of `attainment`.
"""

from tracking.results.tables import policy_records, records

REQUIREMENTS = {
    "edition": "str",
    "requirement": "str",
    "position": "int64",
    **policy_records.CLAUSE_KEY,
    "metric": "str",
    "metric_name_zh": "str",
    "metric_name_en": "str",
    "kind": "str",
    "unit_zh": "str",
    "unit_en": "str",
    **policy_records.JUDGED,
    "clause_zh": "str",
    "clause_en": "str",
    "filed": "str",
    "denominator": "str",
    "whose": "str",
}
ENROLMENT_YEARS = {
    **records.ENROLMENT,
    "year": "int64",
    "period_year": "int64",
    "construction_years": "int64",
    "phase": "str",
    "due": "datetime64[s]",
    "revision": "Int64",
    "filed_at": "datetime64[us]",
    "first_filed_at": "datetime64[us]",
}
FILINGS = {
    **records.OF_REVISION,
    "revisions": "int64",
    "figures": "int64",
    "source": "str",
    "sha256": "str",
    "filed_by": "str",
    "filed_at": "datetime64[us]",
    "first_filed_at": "datetime64[us]",
}
COLUMNS = {
    "current_edition": policy_records.EDITIONS,
    "current_requirement": REQUIREMENTS,
    "current_space": records.SPACES,
    "current_enrolment": records.ENROLMENTS,
    "enrolment_year": ENROLMENT_YEARS,
    "current_filing": FILINGS,
    **records.COLUMNS,
}
