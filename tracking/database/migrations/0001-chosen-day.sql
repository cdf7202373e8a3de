-- From here on a database says which steps it has taken.
CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    reached_at TIMESTAMP NOT NULL
);

-- The day that a reader chose stood in a table asked_day; it is called for what it holds.
ALTER TABLE asked_day RENAME TO chosen_day;
