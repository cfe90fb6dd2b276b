-- `number` is the creation order. `names` and `links` hold JSON; the tables below are their indexes.
CREATE TABLE objects (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,
    scope    TEXT NOT NULL,
    id       TEXT NOT NULL,
    names    TEXT NOT NULL,
    links    TEXT NOT NULL,
    document TEXT NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (kind, scope, id)
) STRICT;
CREATE INDEX objects_of_kind ON objects (kind);
CREATE INDEX objects_of_scope ON objects (kind, scope);

CREATE TABLE names (
    kind   TEXT NOT NULL,
    scope  TEXT NOT NULL,
    name   TEXT NOT NULL,
    object INTEGER NOT NULL REFERENCES objects ON DELETE CASCADE,
    PRIMARY KEY (kind, scope, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX names_of_object ON names (object);

CREATE TABLE links (
    kind   TEXT NOT NULL,
    label  TEXT NOT NULL,
    target TEXT NOT NULL,
    object INTEGER NOT NULL REFERENCES objects ON DELETE CASCADE,
    PRIMARY KEY (kind, label, target, object)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_of_object ON links (object);

-- The latest change of every object that exists or existed; `number` is the order of the changes.
CREATE TABLE changes (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    revision INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    scope    TEXT NOT NULL,
    id       TEXT NOT NULL,
    deleted  INTEGER NOT NULL,
    UNIQUE (kind, scope, id)
) STRICT;
CREATE INDEX changes_since ON changes (revision);

CREATE TABLE state (revision INTEGER NOT NULL) STRICT;
INSERT INTO state (revision) VALUES (0);
