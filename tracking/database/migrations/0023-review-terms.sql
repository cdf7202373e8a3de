-- Within how many days each step of review is to be done.
CREATE TABLE review_term (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    check_days INTEGER,
    approve_days INTEGER,
    mend_days INTEGER,
    PRIMARY KEY (edition, load_id)
);
