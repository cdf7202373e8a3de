-- When filings of a data year are taken, and which spaces may file outside of it.
CREATE TABLE filing_window (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    opens_at TIMESTAMP,
    closes_at TIMESTAMP,
    time_zone TEXT NOT NULL,
    PRIMARY KEY (edition, year, load_id)
);
CREATE TABLE window_exception (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    until_at TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (space_id, year, load_id)
);
