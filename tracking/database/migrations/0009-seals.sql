-- Every load is sealed: the hash of its rows, chained to the load before. The loads that are there already are sealed with
-- this step, as they stand.
CREATE TABLE seal (
    load_id INTEGER PRIMARY KEY,
    content TEXT NOT NULL,
    head TEXT NOT NULL,
    read_by TEXT NOT NULL
);
