-- Who is known at schuldhulpverlening, as lists that the municipality gave: keyed hashes and nothing else. Local.
CREATE TABLE bekendenlijst (
    naam       TEXT PRIMARY KEY,
    sleutel    BLOB NOT NULL CHECK (length(sleutel) = 32),
    geladen_op INTEGER NOT NULL
) STRICT;
CREATE TABLE bekende (
    lijst TEXT NOT NULL REFERENCES bekendenlijst (naam),
    hash  BLOB NOT NULL CHECK (length(hash) = 16),
    PRIMARY KEY (lijst, hash)
) STRICT, WITHOUT ROWID;
