-- What was waived, and what was demanded to be put right, planned, reported and decided.
CREATE TABLE waiver (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    requirement TEXT COLLATE "C" NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('waive', 'unwaive')),
    reason TEXT NOT NULL,
    until_day DATE
);

CREATE TABLE rectification (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    requirement TEXT COLLATE "C",
    act TEXT NOT NULL CHECK (act IN ('rectify', 'plan', 'report', 'accept', 'send_back', 'withdraw')),
    body TEXT,
    by_day DATE,
    responsible TEXT,
    evidence TEXT
);
