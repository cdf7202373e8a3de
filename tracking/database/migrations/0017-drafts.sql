-- What is being filed and is not filed yet is kept until it is.
CREATE TABLE draft (
    draft TEXT PRIMARY KEY,
    saves INTEGER NOT NULL,
    account TEXT COLLATE "C",
    own BOOLEAN NOT NULL,
    started_by TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    written_by TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    choices TEXT NOT NULL,
    shown TEXT NOT NULL,
    data_version INTEGER NOT NULL
);
CREATE TABLE draft_space (
    draft TEXT NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (draft, space_id)
);
CREATE TABLE draft_document (
    sha256 TEXT PRIMARY KEY,
    content BYTEA NOT NULL
);
