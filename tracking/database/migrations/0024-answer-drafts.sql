-- The text of an answer that was not sent yet.
CREATE TABLE answer_draft (
    account TEXT COLLATE "C" NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account, space_id, year, metric)
);
