-- Files that back a figure.
CREATE TABLE evidence (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('attach', 'remove')),
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    listed INTEGER,
    again TEXT
);
