-- Who may use the server: accounts, their grants, sessions and tokens, and the trail of what was done.
CREATE TABLE account (
    account INTEGER PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    display TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    made_by INTEGER,
    ended_at TIMESTAMP,
    password TEXT NOT NULL,
    first_until TIMESTAMP
);
CREATE TABLE access_grant (
    access_grant INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    role TEXT NOT NULL,
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('city', 'district', 'edition', 'space')),
    code TEXT COLLATE "C" NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE,
    given_by INTEGER,
    given_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE TABLE session (
    sha256 TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE TABLE token (
    token INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    account INTEGER NOT NULL,
    name TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    until_day DATE NOT NULL,
    ended_at TIMESTAMP
);
CREATE TABLE failed_sign_in (
    sha256 TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    next_at TIMESTAMP NOT NULL
);
CREATE TABLE audit_event (
    number INTEGER PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL,
    account INTEGER,
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    sha256 TEXT NOT NULL
);
