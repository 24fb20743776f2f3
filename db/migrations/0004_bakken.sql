-- Trays: rows that are mended, corrections that are chosen, signals that wait above the vaste aantal. The program fills
-- the tables from the log when it opens a vault with an older projection version.
DROP INDEX signaal_bak;
ALTER TABLE signaal DROP COLUMN bak;
ALTER TABLE signaal ADD COLUMN niet_overgenomen BLOB;   -- fingerprint of the last correction that was not taken over
ALTER TABLE signaal ADD COLUMN vrijgegeven_op INTEGER;  -- waits above the vaste aantal no longer
ALTER TABLE signaal ADD COLUMN bak TEXT GENERATED ALWAYS AS (
    CASE
        WHEN geweigerd IS NOT NULL THEN 'geweigerd'
        WHEN ingetrokken_op IS NOT NULL AND zaak IS NULL THEN 'ingetrokken'
        WHEN gewijzigd IS NOT NULL THEN 'gewijzigd'
        WHEN zaak IS NOT NULL THEN 'opgepakt'
        WHEN ontvangen_bak = 'wacht' AND vrijgegeven_op IS NOT NULL THEN 'nieuw'
        ELSE ontvangen_bak
    END
) VIRTUAL;
CREATE INDEX signaal_bak ON signaal (bak, signaaldatum, nr);

DROP INDEX afgewezen_rij_bak;
ALTER TABLE afgewezen_rij ADD COLUMN hersteld BLOB;     -- the signal or row as which it goes on, once somebody mended it
CREATE INDEX afgewezen_rij_bak ON afgewezen_rij (bak, ontvangen_op) WHERE hersteld IS NULL;
