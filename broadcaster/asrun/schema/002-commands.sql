-- What operators ask of the daemon: the table is the queue.
CREATE TABLE command (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,              -- stop play skip reload …
    argument    TEXT NOT NULL,
    ordered_by  TEXT NOT NULL,
    ordered_at  TEXT NOT NULL,              -- UTC
    state       TEXT NOT NULL,              -- waiting claimed done refused expired
    claimed_at  TEXT NOT NULL,
    finished_at TEXT NOT NULL,
    outcome     TEXT NOT NULL               -- a sentence for who ordered it
);

CREATE INDEX command_unfinished ON command (id) WHERE state IN ('waiting', 'claimed');
