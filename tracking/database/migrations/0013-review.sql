-- Acts of review come in as loads of their own kind, filings with the warnings they came with and the account that brought
-- them. A constraint cannot be changed on every engine, so the table of loads is made anew; its rows stay as they are.
CREATE TABLE load_before AS SELECT * FROM load;
DROP TABLE load;
CREATE TABLE load (
    load_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('policy', 'register', 'filing', 'rules', 'closing', 'review')),
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    loaded_by TEXT NOT NULL,
    loaded_at TIMESTAMP NOT NULL
);
INSERT INTO load SELECT * FROM load_before;
DROP TABLE load_before;
CREATE TABLE author (
    load_id INTEGER PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL
);
CREATE TABLE warning (
    load_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    space_id TEXT COLLATE "C",
    year INTEGER,
    metric TEXT COLLATE "C",
    sheet TEXT,
    place TEXT,
    value TEXT,
    details TEXT,
    PRIMARY KEY (load_id, position)
);
CREATE TABLE review (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('check', 'approve', 'return', 'reopen')),
    reason TEXT,
    until_at TIMESTAMP,
    PRIMARY KEY (space_id, year, load_id)
);
CREATE TABLE returned_cell (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (space_id, year, metric, load_id)
);
