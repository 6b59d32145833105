-- The as-run log: rows are only ever added, and each holds the hash of the one before it.
-- The guards stand here, so that no program that writes to this file can go round them.
PRAGMA application_id = 0x62726463;

CREATE TABLE asrun (
    id            INTEGER PRIMARY KEY,
    at            TEXT NOT NULL,            -- when the row was written, UTC
    occurrence    TEXT NOT NULL,
    slot          TEXT NOT NULL,
    title         TEXT NOT NULL,
    scheduled_at  TEXT NOT NULL,            -- UTC
    event         TEXT NOT NULL,            -- started resumed retracted segment ended missed
    outcome       TEXT NOT NULL,
    reason        TEXT NOT NULL,
    output        TEXT NOT NULL,
    operator      TEXT NOT NULL,
    voice         TEXT NOT NULL,
    script_sha256 TEXT NOT NULL,
    audio_sha256  TEXT NOT NULL,
    bulletin_id   TEXT NOT NULL,
    kind          TEXT NOT NULL,            -- of a segment
    started_at    TEXT NOT NULL,            -- UTC; when the sound began
    ended_at      TEXT NOT NULL,            -- UTC; when it ended
    retracts      INTEGER UNIQUE REFERENCES asrun (id),
    details       TEXT NOT NULL,            -- JSON
    prev_hash     TEXT NOT NULL,
    hash          TEXT NOT NULL
);

CREATE INDEX asrun_occurrence ON asrun (occurrence, id);
CREATE INDEX asrun_scheduled_at ON asrun (scheduled_at, id);
CREATE INDEX asrun_start ON asrun (occurrence) WHERE event IN ('started', 'resumed');
CREATE UNIQUE INDEX asrun_one_end ON asrun (occurrence) WHERE event IN ('ended', 'missed');

-- Starts that still stand: not retracted.
CREATE VIEW asrun_standing AS
    SELECT s.id, s.occurrence FROM asrun AS s
    WHERE s.event IN ('started', 'resumed')
      AND NOT EXISTS (SELECT 1 FROM asrun AS r WHERE r.retracts = s.id);

-- Starts of what has not ended: on air, or cut short by a crash.
CREATE VIEW asrun_open AS
    SELECT s.id, s.occurrence FROM asrun_standing AS s
    WHERE NOT EXISTS (
        SELECT 1 FROM asrun AS e
        WHERE e.occurrence = s.occurrence AND e.event IN ('ended', 'missed')
    );

-- What a row may not say.  A start that was taken back may be followed by another start, or by a
-- resumption when the device comes back.
CREATE TRIGGER asrun_guard BEFORE INSERT ON asrun
BEGIN
    SELECT CASE
        WHEN EXISTS (
            SELECT 1 FROM asrun
            WHERE occurrence = NEW.occurrence AND event IN ('ended', 'missed')
        ) THEN RAISE(ABORT, 'already-ended')
        WHEN NEW.event IN ('started', 'missed') AND EXISTS (
            SELECT 1 FROM asrun_standing WHERE occurrence = NEW.occurrence
        ) THEN RAISE(ABORT, 'already-started')
        WHEN NEW.event IN ('resumed', 'segment', 'ended') AND NOT EXISTS (
            SELECT 1 FROM asrun WHERE occurrence = NEW.occurrence AND event = 'started'
        ) THEN RAISE(ABORT, 'not-started')
        WHEN NEW.event = 'retracted' AND NOT EXISTS (
            SELECT 1 FROM asrun_standing WHERE occurrence = NEW.occurrence AND id = NEW.retracts
        ) THEN RAISE(ABORT, 'not-started')
    END;
END;

CREATE TRIGGER asrun_no_update BEFORE UPDATE ON asrun
BEGIN
    SELECT RAISE(ABORT, 'append-only');
END;

CREATE TRIGGER asrun_no_delete BEFORE DELETE ON asrun
BEGIN
    SELECT RAISE(ABORT, 'append-only');
END;
