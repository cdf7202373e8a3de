-- Where reminders go, what of an inbox was read, and what was sent.
ALTER TABLE account ADD COLUMN mail TEXT;
ALTER TABLE account ADD COLUMN lang TEXT;
CREATE TABLE inbox_mark (
    account INTEGER NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    read_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account, event)
);
CREATE TABLE outbox (
    account INTEGER NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    claimed_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    sent_at TIMESTAMP,
    next_at TIMESTAMP,
    error TEXT,
    PRIMARY KEY (account, channel, event)
);
