-- What a server needs beside schema.sql, run after it. It finds the rows of one space or load by an index, where DuckDB finds
-- them by the order in which they lie. Running it again is safe.
CREATE INDEX IF NOT EXISTS observation_space ON observation (space_id);
CREATE INDEX IF NOT EXISTS observation_load ON observation (load_id);
CREATE INDEX IF NOT EXISTS filing_load ON filing (load_id);
CREATE INDEX IF NOT EXISTS stored_provisional_space ON stored_provisional (space_id);
CREATE INDEX IF NOT EXISTS stored_open_years_space ON stored_open_years (space_id);
CREATE INDEX IF NOT EXISTS stored_attainment_space ON stored_attainment (space_id);
CREATE INDEX IF NOT EXISTS stored_year_space ON stored_year (space_id);
CREATE INDEX IF NOT EXISTS stored_outcome_space ON stored_outcome (space_id);
CREATE INDEX IF NOT EXISTS stored_verdict_space ON stored_verdict (space_id);
CREATE INDEX IF NOT EXISTS stored_effect_space ON stored_effect (space_id);

-- Whoever reads says so by settings of the transaction: a replica takes no rows, and to write some took longer. A setting that a
-- transaction of before had is the empty text.
CREATE OR REPLACE VIEW viewer_day AS
SELECT as_of
FROM chosen_day
UNION ALL
SELECT CAST(setting AS DATE)
FROM NULLIF(current_setting('tracking.day', TRUE), '') AS setting
WHERE setting IS NOT NULL;

CREATE OR REPLACE VIEW viewer AS
SELECT
    scope,
    code
FROM chosen_viewer
UNION ALL
SELECT
    scope COLLATE "C",
    code COLLATE "C"
FROM UNNEST(
    CAST(NULLIF(current_setting('tracking.scopes', TRUE), '') AS TEXT[]),
    CAST(NULLIF(current_setting('tracking.codes', TRUE), '') AS TEXT[])
) AS settings (scope, code);

CREATE OR REPLACE VIEW limited_viewer AS
SELECT
    scope,
    code
FROM approved_viewer
UNION ALL
SELECT
    scope COLLATE "C",
    code COLLATE "C"
FROM UNNEST(
    CAST(NULLIF(current_setting('tracking.limited_scopes', TRUE), '') AS TEXT[]),
    CAST(NULLIF(current_setting('tracking.limited_codes', TRUE), '') AS TEXT[])
) AS settings (scope, code);
