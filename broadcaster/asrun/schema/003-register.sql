-- The register of people and approvals: like the log it is only added to, and each row holds the
-- hash of the one before it.
CREATE TABLE register (
    id             INTEGER PRIMARY KEY,
    at             TEXT NOT NULL,           -- when the row was written, UTC
    event          TEXT NOT NULL,           -- person password submitted approved rejected
    subject        TEXT NOT NULL,           -- a person or a bulletin
    by             TEXT NOT NULL,           -- the person who did it
    content_sha256 TEXT NOT NULL,           -- what was decided on
    details        TEXT NOT NULL,           -- JSON
    prev_hash      TEXT NOT NULL,
    hash           TEXT NOT NULL
);

CREATE INDEX register_subject ON register (subject, id);

CREATE TRIGGER register_no_update BEFORE UPDATE ON register
BEGIN
    SELECT RAISE(ABORT, 'append-only');
END;

CREATE TRIGGER register_no_delete BEFORE DELETE ON register
BEGIN
    SELECT RAISE(ABORT, 'append-only');
END;

-- What proves a password: only the one of today, so that an old one is nowhere kept.  The register
-- holds its hash, which shows when somebody put in another.
CREATE TABLE password (
    person   TEXT PRIMARY KEY,
    verifier TEXT NOT NULL                  -- Argon2
);
