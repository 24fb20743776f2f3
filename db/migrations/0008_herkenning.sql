-- Recognising a resident under another klantnummer or spelling: what is compared, what was found, what was decided.
CREATE TABLE kenmerk (
    nr          INTEGER PRIMARY KEY,      -- of the row in signaal; local
    namen       TEXT NOT NULL,            -- family names without voorvoegsels, folded, in alphabetical order
    voorletters TEXT NOT NULL,
    geboren     INTEGER NOT NULL,         -- 19510312
    postcode    TEXT NOT NULL,
    huisnummer  TEXT NOT NULL,
    toevoeging  TEXT NOT NULL,
    telefoon    TEXT NOT NULL,
    klantnummer TEXT NOT NULL,
    geboortedag INTEGER NOT NULL,         -- the same when day and month changed places
    thuis       TEXT NOT NULL,            -- postcode, house number / sound of the family name
    klank       TEXT NOT NULL             -- sound of the family name, year of birth, first initial
) STRICT;
CREATE INDEX kenmerk_geboortedag ON kenmerk (geboortedag);
CREATE INDEX kenmerk_thuis ON kenmerk (thuis);
CREATE INDEX kenmerk_klank ON kenmerk (klank);
CREATE INDEX kenmerk_klantnummer ON kenmerk (klantnummer);

CREATE TABLE gelijkenis (
    signaal    BLOB NOT NULL CHECK (length(signaal) = 16),
    ander      BLOB NOT NULL CHECK (length(ander) = 16),    -- an earlier signal
    persoon    BLOB NOT NULL CHECK (length(persoon) = 16),  -- the resident whom that was about
    zekerheid  TEXT NOT NULL,
    redenen    TEXT NOT NULL,             -- slugs of codes.Overeenkomst with a space between
    gevonden_op INTEGER NOT NULL,
    zelfde     INTEGER,                   -- what a worker decided
    PRIMARY KEY (signaal, ander)
) STRICT, WITHOUT ROWID;
CREATE INDEX gelijkenis_open ON gelijkenis (gevonden_op, signaal) WHERE zelfde IS NULL AND zekerheid = 'waarschijnlijk';

-- Whom a signal is about: the resident of its klantnummer and birth date, unless it was joined with another.
ALTER TABLE signaal ADD COLUMN gekoppeld BLOB;
ALTER TABLE signaal ADD COLUMN persoon BLOB GENERATED ALWAYS AS (coalesce(gekoppeld, inwoner)) VIRTUAL;
DROP INDEX signaal_inwoner;
CREATE INDEX signaal_persoon ON signaal (persoon);
CREATE INDEX signaal_gekoppeld ON signaal (inwoner) WHERE gekoppeld IS NOT NULL;
