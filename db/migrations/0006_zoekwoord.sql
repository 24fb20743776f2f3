-- The distinct words of names and addresses, against which a word with a typing error is held.
CREATE TABLE zoekwoord (
    woord TEXT PRIMARY KEY,               -- folded
    klank TEXT NOT NULL                   -- how it sounds, roughly
) STRICT, WITHOUT ROWID;
CREATE INDEX zoekwoord_klank ON zoekwoord (klank);

-- A resident who calls back may do so from the number that was noted later.
CREATE INDEX zaak_ander_nummer ON zaak (ander_nummer) WHERE ander_nummer <> '';
