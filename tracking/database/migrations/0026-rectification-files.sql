-- Files that show what was done about a rectification.
CREATE TABLE rectification_file (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    requirement TEXT COLLATE "C",
    act TEXT NOT NULL CHECK (act IN ('attach', 'remove')),
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL
);
