-- Version 1. Days are ISO 8601 text; '' where there is none. JSON columns hold the record of docs/record.md.

-- One sitting of a program that wrote.
CREATE TABLE runs (
    id      INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    started TEXT NOT NULL
) STRICT;

-- Reports that tell the same thing.
CREATE TABLE stories (
    id      INTEGER PRIMARY KEY,
    title   TEXT,
    first   TEXT NOT NULL,
    last    TEXT NOT NULL,
    reports INTEGER NOT NULL
) STRICT;

-- One news document.
CREATE TABLE reports (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,
    url       TEXT,
    url_key   TEXT,
    text_key  INTEGER NOT NULL,
    title     TEXT,
    byline    TEXT,
    publisher TEXT,
    published TEXT NOT NULL,
    language  TEXT,
    text      TEXT,
    blocks    TEXT,
    countries TEXT NOT NULL,
    story     INTEGER NOT NULL REFERENCES stories (id),
    kin       TEXT NOT NULL,
    kin_of    INTEGER REFERENCES reports (id),
    kin_sure  REAL NOT NULL,
    kin_why   TEXT NOT NULL
) STRICT;
CREATE INDEX reports_by_url ON reports (url_key) WHERE url_key IS NOT NULL;
CREATE INDEX reports_by_text ON reports (text_key);
CREATE INDEX reports_by_story ON reports (story);
CREATE INDEX reports_by_day ON reports (published);

-- One pass of a version of the coder over a report. The newest is current.
CREATE TABLE codings (
    id       INTEGER PRIMARY KEY,
    report   INTEGER NOT NULL REFERENCES reports (id),
    revision INTEGER NOT NULL,
    run      INTEGER NOT NULL REFERENCES runs (id),
    version  TEXT NOT NULL,
    current  INTEGER NOT NULL,
    UNIQUE (report, revision)
) STRICT;

-- One event, however many reports tell it. `best` is its clearest telling; `dyads` is 'COL>USA COL>VEN'.
CREATE TABLE events (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,
    type      TEXT NOT NULL,
    mode      TEXT NOT NULL,
    quad      INTEGER NOT NULL,
    score     REAL NOT NULL,
    status    TEXT NOT NULL,
    day       TEXT NOT NULL,
    precision TEXT NOT NULL,
    contexts  TEXT NOT NULL,
    place     TEXT NOT NULL,
    dyads     TEXT NOT NULL,
    story     INTEGER NOT NULL REFERENCES stories (id),
    best      INTEGER NOT NULL,
    mentions  INTEGER NOT NULL,
    reports   INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_day ON events (day);
CREATE INDEX events_by_story ON events (story);

-- One telling: the record of one event in one coding of one report.
CREATE TABLE mentions (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL,
    coding   INTEGER NOT NULL REFERENCES codings (id),
    report   INTEGER NOT NULL REFERENCES reports (id),
    event    INTEGER NOT NULL REFERENCES events (id),
    current  INTEGER NOT NULL,
    sure     REAL NOT NULL,
    why      TEXT NOT NULL,
    sentence TEXT NOT NULL,
    record   TEXT NOT NULL
) STRICT;
CREATE INDEX mentions_by_event ON mentions (event);
CREATE INDEX mentions_by_report ON mentions (report);

-- Whoever acts or is acted upon. `key` is the registry's id, '' for those it does not know.
CREATE TABLE entities (
    id      INTEGER PRIMARY KEY,
    key     TEXT NOT NULL,
    name    TEXT NOT NULL,
    country TEXT NOT NULL,
    sector  TEXT NOT NULL,
    UNIQUE (key, name, country, sector)
) STRICT;
CREATE INDEX entities_by_country ON entities (country, sector);
CREATE INDEX entities_by_name ON entities (name COLLATE NOCASE);

-- Who takes part in an event; side is 'actor' or 'recipient'.
CREATE TABLE parties (
    entity INTEGER NOT NULL REFERENCES entities (id),
    side   TEXT NOT NULL,
    day    TEXT NOT NULL,
    event  INTEGER NOT NULL REFERENCES events (id),
    PRIMARY KEY (entity, side, day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX parties_by_event ON parties (event);

-- The countries of an event, every actor with every recipient; '' where a side has none.
CREATE TABLE dyads (
    actor     TEXT NOT NULL,
    recipient TEXT NOT NULL,
    day       TEXT NOT NULL,
    event     INTEGER NOT NULL REFERENCES events (id),
    PRIMARY KEY (actor, recipient, day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyads_by_recipient ON dyads (recipient, actor, day, event);
CREATE INDEX dyads_by_event ON dyads (event);

-- Roll-up of dyads: events, their tellings and the sum of their scores.
CREATE TABLE dyad_months (
    actor     TEXT NOT NULL,
    recipient TEXT NOT NULL,
    month     TEXT NOT NULL,
    type      TEXT NOT NULL,
    status    TEXT NOT NULL,
    events    INTEGER NOT NULL,
    mentions  INTEGER NOT NULL,
    score     REAL NOT NULL,
    PRIMARY KEY (actor, recipient, month, type, status)
) STRICT, WITHOUT ROWID;

-- How many reports of a day mention a country.
CREATE TABLE coverage (
    country TEXT NOT NULL,
    day     TEXT NOT NULL,
    reports INTEGER NOT NULL,
    PRIMARY KEY (country, day)
) STRICT, WITHOUT ROWID;
