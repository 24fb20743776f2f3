-- A letter is made, and left the house only when a worker said so. The program fills the table from the log when it opens a
-- vault with an older projection version.
CREATE TABLE brief (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    zaak          BLOB NOT NULL CHECK (length(zaak) = 16),
    soort         TEXT NOT NULL,
    tekstversie   TEXT NOT NULL,
    gemaakt_op    INTEGER NOT NULL,
    verzonden_op  INTEGER
) STRICT;
CREATE INDEX brief_open ON brief (gemaakt_op, id) WHERE verzonden_op IS NULL;
CREATE INDEX brief_zaak ON brief (zaak);
DROP INDEX gebeurtenis_brief;

-- Who did not get the text of AVG 14 yet, in the order in which they came: a zaak, and a signal that nobody took up.
ALTER TABLE zaak ADD COLUMN privacytekst_op INTEGER;
CREATE INDEX zaak_privacytekst ON zaak (ontvangen_op, id) WHERE privacytekst_op IS NULL;
CREATE INDEX signaal_privacytekst ON signaal (ontvangen_op, id)
    WHERE zaak IS NULL AND geweigerd IS NULL AND ingetrokken_op IS NULL;
