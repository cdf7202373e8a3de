-- What is asked about a figure, answered and resolved.
CREATE TABLE question (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('ask', 'answer', 'resolve')),
    body TEXT
);
