-- A zaak that is opened again has a term of its own for the first attempt; the old one passed long ago.
DROP INDEX zaak_adres;
DROP INDEX zaak_bedenktijd;
DROP INDEX zaak_fase;
DROP INDEX zaak_open;
DROP INDEX zaak_stil;
ALTER TABLE zaak DROP COLUMN termijn;
ALTER TABLE zaak ADD COLUMN opnieuw_voor TEXT;
-- the term that counts now; the far date means none
ALTER TABLE zaak ADD COLUMN termijn TEXT NOT NULL GENERATED ALWAYS AS (
    CASE
        WHEN gesloten_op IS NOT NULL OR afgezien OR plan_op IS NOT NULL THEN '9999-12-31'
        WHEN antwoord = 'aanvaard' AND gesprek_op IS NOT NULL THEN coalesce(plan_voor, '9999-12-31')
        WHEN antwoord = 'aanvaard' THEN coalesce(gesprek_voor, '9999-12-31')
        WHEN bereikt THEN '9999-12-31'
        ELSE coalesce(opnieuw_voor, contact_voor)
    END
) VIRTUAL;
-- of two indexes that serve alike, the one made last is taken
CREATE INDEX zaak_open ON zaak (termijn, id) WHERE gesloten_op IS NULL;
CREATE INDEX zaak_fase ON zaak (fase, termijn, id, pogingen, geprobeerd, dagdelen) WHERE gesloten_op IS NULL;
CREATE INDEX zaak_stil ON zaak (
    max(geopend_op, ifnull(laatste_poging_op, 0), ifnull(aanbod_op, 0), ifnull(gesprek_op, 0), ifnull(plan_op, 0)), id
) WHERE gesloten_op IS NULL AND termijn = '9999-12-31' AND belofte_op IS NULL AND bezoek_op IS NULL
    AND nakijken_op IS NULL AND evaluatie_op IS NULL AND antwoord IS NOT 'bedenktijd';
CREATE INDEX zaak_adres ON zaak (termijn, id)
    WHERE gesloten_op IS NULL AND NOT adres_akkoord AND (afgeschermd OR brp = 'geheim');
CREATE INDEX zaak_bedenktijd ON zaak (aanbod_op, id) WHERE gesloten_op IS NULL AND antwoord = 'bedenktijd';
