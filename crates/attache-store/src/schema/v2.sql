-- Version 2: full-text search over evidence, sketches for near copies and retellings, and the log.

-- The words of every telling's sentence.
CREATE VIRTUAL TABLE words USING fts5 (
    sentence,
    content = 'mentions',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- A report's words as a few hundred bytes (src/sketch.rs).
CREATE TABLE sketches (
    report INTEGER PRIMARY KEY REFERENCES reports (id),
    sketch BLOB NOT NULL
) STRICT;

-- Reports by bands of their sketch, in buckets of sixteen days.
CREATE TABLE bands (
    bucket INTEGER NOT NULL,
    band   INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (bucket, band, report)
) STRICT, WITHOUT ROWID;

-- Reports by their most telling terms, in buckets of four days.
CREATE TABLE terms (
    bucket INTEGER NOT NULL,
    term   INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (bucket, term, report)
) STRICT, WITHOUT ROWID;

-- What a new coding of a report changed; event is the telling's id.
CREATE TABLE changes (
    id     INTEGER PRIMARY KEY,
    run    INTEGER NOT NULL REFERENCES runs (id),
    report INTEGER NOT NULL REFERENCES reports (id),
    event  TEXT NOT NULL,
    what   TEXT NOT NULL,
    detail TEXT NOT NULL,
    why    TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_report ON changes (report);
CREATE INDEX codings_by_run ON codings (run);
