-- Who has come in through the page: the secret of a browser is kept as its hash only.
CREATE TABLE web_session (
    secret_sha256 TEXT PRIMARY KEY,
    person        TEXT NOT NULL,
    began_at      TEXT NOT NULL,            -- UTC
    seen_at       TEXT NOT NULL,            -- UTC, to within some minutes
    address       TEXT NOT NULL,
    browser       TEXT NOT NULL
);

CREATE INDEX web_session_person ON web_session (person);

-- What was done through the page, and what was refused there: only added to.
CREATE TABLE web_act (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,                  -- UTC
    person  TEXT NOT NULL,                  -- "" for who had not come in
    act     TEXT NOT NULL,                  -- the method and the path of its route
    detail  TEXT NOT NULL,
    answer  INTEGER NOT NULL,               -- the status of the answer
    address TEXT NOT NULL
);

CREATE TRIGGER web_act_no_update BEFORE UPDATE ON web_act
BEGIN
    SELECT RAISE(ABORT, 'append-only');
END;

CREATE TRIGGER web_act_no_delete BEFORE DELETE ON web_act
BEGIN
    SELECT RAISE(ABORT, 'append-only');
END;

