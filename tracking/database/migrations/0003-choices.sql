-- What a person decides about a file on the way is kept beside it, since the file itself stays as it came.
CREATE TABLE IF NOT EXISTS choice (
    load_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sheet TEXT,
    place TEXT,
    space_id TEXT COLLATE "C",
    year INTEGER,
    metric TEXT COLLATE "C",
    before TEXT,
    after TEXT,
    PRIMARY KEY (load_id, position)
);
