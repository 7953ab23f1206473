-- Version 3: what is remembered from one run to the next.

-- `feeds`: for each address that is watched, what its server said of its last version (JSON).
CREATE TABLE remembered (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
