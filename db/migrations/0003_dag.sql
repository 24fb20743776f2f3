-- What a day brings back by itself, each as one stretch of one index.
CREATE INDEX zaak_bedenktijd ON zaak (aanbod_op, id) WHERE gesloten_op IS NULL AND antwoord = 'bedenktijd';
-- A letter or card that lies somewhere while nobody was reached.
CREATE INDEX zaak_brief ON zaak (brief_op, fase, pogingen, geprobeerd)
    WHERE gesloten_op IS NULL AND brief_op IS NOT NULL AND antwoord IS NULL AND eerst_bereikt_op IS NULL;
-- The nearest day on which a limit for safety is looked at again.
CREATE INDEX zaak_grens ON zaak (min(ifnull(niet_bezoeken, '9999-12-31'), ifnull(niet_alleen, '9999-12-31')), id)
    WHERE gesloten_op IS NULL AND (niet_bezoeken IS NOT NULL OR niet_alleen IS NOT NULL);
-- Nothing is planned and no term runs: since when nobody did anything.
CREATE INDEX zaak_stil ON zaak (
    max(geopend_op, ifnull(laatste_poging_op, 0), ifnull(aanbod_op, 0), ifnull(gesprek_op, 0), ifnull(plan_op, 0)), id
) WHERE gesloten_op IS NULL AND termijn = '9999-12-31' AND belofte_op IS NULL AND bezoek_op IS NULL
    AND nakijken_op IS NULL AND evaluatie_op IS NULL AND antwoord IS NOT 'bedenktijd';
-- Letters are counted per day, to see at its end whether they left the house.
CREATE INDEX gebeurtenis_brief ON gebeurtenis (vastgelegd)
    WHERE soort >= 'BriefGemaakt/' AND soort < 'BriefGemaakt0';
