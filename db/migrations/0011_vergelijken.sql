-- Signals that are kept for comparison only: per way to recognise somebody a keyed hash, and nothing that tells who.
-- Local and outside the log, so that after their term nothing of them is left.
CREATE TABLE vergelijksleutel (
    sleutel BLOB NOT NULL CHECK (length(sleutel) = 32)
) STRICT;
CREATE TABLE vergelijksignaal (
    hash         BLOB NOT NULL CHECK (length(hash) = 16),
    debtsoort    TEXT NOT NULL,
    signaaldatum TEXT NOT NULL,
    bedrag       INTEGER NOT NULL,
    PRIMARY KEY (hash, debtsoort, signaaldatum, bedrag)
) STRICT, WITHOUT ROWID;
CREATE INDEX vergelijksignaal_datum ON vergelijksignaal (signaaldatum);
CREATE INDEX vergelijksignaal_soort ON vergelijksignaal (debtsoort, signaaldatum);

-- What such a comparison found about a signal when it came.
CREATE TABLE ook_gemeld (
    signaal      BLOB NOT NULL CHECK (length(signaal) = 16),
    debtsoort    TEXT NOT NULL,
    signaaldatum TEXT NOT NULL,
    bedrag       INTEGER NOT NULL,
    herkend_aan  TEXT NOT NULL,
    PRIMARY KEY (signaal, debtsoort, signaaldatum, bedrag)
) STRICT, WITHOUT ROWID;
