-- People whom a provider knows, and one-time codes beside a password.
ALTER TABLE account ADD COLUMN totp TEXT;
ALTER TABLE account ADD COLUMN totp_step BIGINT;
ALTER TABLE session ADD COLUMN provider TEXT;
CREATE TABLE identity (
    issuer TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    account INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
);
