-- What a server needs beside schema.sql, run after it: it finds the rows of one space or load by an index, where DuckDB finds
-- them by the order in which they lie. Running it again is safe.
CREATE INDEX IF NOT EXISTS observation_space ON observation (space_id);
CREATE INDEX IF NOT EXISTS observation_load ON observation (load_id);
CREATE INDEX IF NOT EXISTS filing_load ON filing (load_id);
CREATE INDEX IF NOT EXISTS stored_provisional_space ON stored_provisional (space_id);
CREATE INDEX IF NOT EXISTS stored_open_years_space ON stored_open_years (space_id);
CREATE INDEX IF NOT EXISTS stored_attainment_space ON stored_attainment (space_id);
CREATE INDEX IF NOT EXISTS stored_year_space ON stored_year (space_id);
CREATE INDEX IF NOT EXISTS stored_outcome_space ON stored_outcome (space_id);
