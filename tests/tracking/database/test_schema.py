"""What every table and view is, made from the comment above it."""

from tracking.database import schema

SCRIPT = """-- load: one row per thing that came in,
-- whatever it's of.
CREATE TABLE IF NOT EXISTS load (load_id INTEGER);

-- A remark of its own.

-- current_load: the last one.
CREATE OR REPLACE VIEW current_load AS
SELECT 1
"""


def test_a_header_is_one_line_without_the_name() -> None:
    assert schema.headers(SCRIPT) == {
        "load": "one row per thing that came in, whatever it's of.",
        "current_load": "the last one.",
    }
    assert schema.views(SCRIPT) == ["current_load"]


def test_a_header_becomes_a_comment_in_the_database() -> None:
    comments = schema.script().splitlines()
    (load,) = [line for line in comments if line.startswith("COMMENT ON TABLE load IS")]
    assert load.endswith("';")
    assert "COMMENT ON VIEW attainment IS" in schema.script()
    # One for each, and a quotation mark within it does not end it.
    assert len([line for line in comments if line.startswith("COMMENT ON ")]) == len(schema.headers(schema.script()))
