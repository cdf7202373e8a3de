-- Stamped papers that came in beside an approved filing.
CREATE TABLE scan (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    fingerprint TEXT
);
