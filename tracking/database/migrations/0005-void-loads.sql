-- A number under which rows were found without their load is never used again.
CREATE TABLE void_load (
    load_id INTEGER PRIMARY KEY,
    found_at TIMESTAMP NOT NULL
);
