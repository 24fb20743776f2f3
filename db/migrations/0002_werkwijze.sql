-- The resident's situation, planned visits, agreements and aftercare. Projected tables are made anew: the program
-- fills them from the log when it opens a vault with an older projection version.
DROP TABLE zaak;

CREATE TABLE zaak (
    id               BLOB PRIMARY KEY CHECK (length(id) = 16),
    nummer           TEXT NOT NULL,
    inwoner          BLOB NOT NULL CHECK (length(inwoner) = 16),  -- the same for every zaak of one resident
    behandelaar      BLOB NOT NULL CHECK (length(behandelaar) = 16),
    geopend_op       INTEGER NOT NULL,
    ontvangen_op     INTEGER NOT NULL,    -- receipt of the first signal: WGS 4 counts from here
    contact_voor     TEXT NOT NULL,
    debtsoort        TEXT NOT NULL,
    naam             TEXT NOT NULL,
    lijstnaam        TEXT NOT NULL,
    sorteernaam      TEXT NOT NULL,
    geboortedatum    TEXT NOT NULL,
    straatregel      TEXT NOT NULL,
    postcode         TEXT NOT NULL,
    plaatsnaam       TEXT NOT NULL,
    telefoonnummer   TEXT NOT NULL,
    -- contact, in the current round (a reopened zaak starts a new one)
    pogingen         INTEGER NOT NULL DEFAULT 0,  -- outgoing calls
    dagdelen         INTEGER NOT NULL DEFAULT 0,  -- bits of codes.Dagdelen, outgoing calls
    bezoeken         INTEGER NOT NULL DEFAULT 0,
    bereikt          INTEGER NOT NULL DEFAULT 0,
    onbruikbaar      INTEGER NOT NULL DEFAULT 0,  -- the number is out of use or wrong
    belofte_op       INTEGER,                     -- "ik bel u donderdag"
    -- contact, ever
    eerste_poging_op INTEGER,
    laatste_poging_op INTEGER,
    eerst_bereikt_op INTEGER,
    brief_op         INTEGER,                     -- the first letter or card
    brp              TEXT,
    schuldhulp       TEXT NOT NULL DEFAULT 'onbekend',
    eerder_gemeld    TEXT NOT NULL DEFAULT 'onbekend',
    aanbod_op        INTEGER,
    antwoord         TEXT,
    aanvaard_op      INTEGER,
    gesprek_voor     TEXT,
    gesprek_op       INTEGER,
    afgezien         INTEGER NOT NULL DEFAULT 0,
    plan_voor        TEXT,
    plan_op          INTEGER,
    plan_versie      INTEGER,                     -- the version that counts; its agreements stand in `afspraak`
    evaluatie_op     TEXT,
    nakijken_op      TEXT,                        -- the day to look whether the arrangement with the CAK holds
    overgeslagen     INTEGER NOT NULL DEFAULT 0,  -- bits of codes.Overslaan
    gesloten_op      INTEGER,
    eindresultaat    TEXT,
    hulp_aanvaard    INTEGER,
    schuldhulp_loopt TEXT,
    nazorg_op        INTEGER,                     -- "is het gelukt?" was asked
    -- the visit that is planned
    bezoek_op        TEXT,
    bezoek_dagdeel   TEXT,
    bezoek_tijd      TEXT NOT NULL DEFAULT '',
    bezoek_doel      TEXT,
    bezoek_aangekondigd INTEGER NOT NULL DEFAULT 0,
    bezoek_met       TEXT NOT NULL DEFAULT '',
    -- the resident's situation, as far as lists and steps need it
    afgeschermd      INTEGER NOT NULL DEFAULT 0,
    adres_akkoord    INTEGER NOT NULL DEFAULT 0,  -- a colleague checked the hidden address
    niet_bezoeken    TEXT,                        -- the day on which this is looked at again; it holds until then and on
    niet_alleen      TEXT,                        -- the same
    tolk             INTEGER NOT NULL DEFAULT 0,
    vertegenwoordigd INTEGER NOT NULL DEFAULT 0,
    woonsituatie     TEXT,
    bel_wanneer      INTEGER NOT NULL DEFAULT 0,  -- bits of codes.Dagdelen in which may be called; 0 is any
    ander_nummer     TEXT NOT NULL DEFAULT '',    -- the number that the resident gave; it goes before that of the signal
    -- the term that counts now; the far date means none
    termijn TEXT NOT NULL GENERATED ALWAYS AS (
        CASE
            WHEN gesloten_op IS NOT NULL OR afgezien OR plan_op IS NOT NULL THEN '9999-12-31'
            WHEN antwoord = 'aanvaard' AND gesprek_op IS NOT NULL THEN coalesce(plan_voor, '9999-12-31')
            WHEN antwoord = 'aanvaard' THEN coalesce(gesprek_voor, '9999-12-31')
            WHEN bereikt THEN '9999-12-31'
            ELSE contact_voor
        END
    ) VIRTUAL,
    -- different dagdelen in which was called, week and weekend together
    geprobeerd INTEGER NOT NULL GENERATED ALWAYS AS (
        ((dagdelen & 9) <> 0) + ((dagdelen & 18) <> 0) + ((dagdelen & 36) <> 0)
    ) VIRTUAL,
    verborgen INTEGER NOT NULL GENERATED ALWAYS AS (afgeschermd OR brp IS 'geheim') VIRTUAL,
    kan_bellen INTEGER NOT NULL GENERATED ALWAYS AS (
        ander_nummer <> '' OR (telefoonnummer <> '' AND NOT onbruikbaar)
    ) VIRTUAL,
    -- The step as far as the facts alone decide it. Whether enough calls were made depends on the settings: after
    -- 'bellen' comes a visit, after 'laatste-bellen' nothing. db/queries/zaken.py turns phases into steps.
    fase TEXT NOT NULL GENERATED ALWAYS AS (
        CASE
            WHEN brp IN ('overleden', 'verhuisd') THEN 'afsluiten'
            WHEN antwoord = 'aanvaard' THEN CASE
                WHEN gesprek_op IS NULL AND NOT overgeslagen & 8 THEN 'eerste-gesprek'
                WHEN plan_op IS NULL AND NOT afgezien AND NOT overgeslagen & 16 THEN 'plan'
                ELSE 'afsluiten'
            END
            WHEN antwoord = 'geen-hulp' THEN 'afsluiten'
            WHEN bereikt OR antwoord = 'bedenktijd' THEN iif(overgeslagen & 4, 'afsluiten', 'hulpaanbod')
            WHEN bezoeken = 0 AND niet_bezoeken IS NULL AND NOT (verborgen AND NOT adres_akkoord)
                AND NOT overgeslagen & 2 THEN iif(kan_bellen AND NOT overgeslagen & 1, 'bellen', 'huisbezoek')
            ELSE iif(kan_bellen AND NOT overgeslagen & 1, 'laatste-bellen', 'afsluiten')
        END
    ) VIRTUAL
) STRICT;
CREATE INDEX zaak_nummer ON zaak (nummer);
CREATE INDEX zaak_inwoner ON zaak (inwoner);
CREATE INDEX zaak_open ON zaak (termijn, id) WHERE gesloten_op IS NULL;
CREATE INDEX zaak_naam ON zaak (sorteernaam, id);
CREATE INDEX zaak_belofte ON zaak (belofte_op) WHERE gesloten_op IS NULL AND belofte_op IS NOT NULL;
CREATE INDEX zaak_fase ON zaak (fase, termijn, id, pogingen, geprobeerd, dagdelen) WHERE gesloten_op IS NULL;
CREATE INDEX zaak_bezoek ON zaak (bezoek_op) WHERE gesloten_op IS NULL AND bezoek_op IS NOT NULL;
CREATE INDEX zaak_nakijken ON zaak (nakijken_op) WHERE gesloten_op IS NULL AND nakijken_op IS NOT NULL;
CREATE INDEX zaak_evaluatie ON zaak (evaluatie_op) WHERE gesloten_op IS NULL AND evaluatie_op IS NOT NULL;
CREATE INDEX zaak_nazorg ON zaak (gesloten_op)
    WHERE gesloten_op IS NOT NULL AND nazorg_op IS NULL AND eerst_bereikt_op IS NOT NULL;

-- Agreements of the plans van aanpak: who and what stand in the log, the day on which to look stands here.
CREATE TABLE afspraak (
    zaak      BLOB NOT NULL CHECK (length(zaak) = 16),
    versie    INTEGER NOT NULL,
    nummer    INTEGER NOT NULL,           -- from 1 within the version
    uiterlijk TEXT NOT NULL,
    gedaan    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (zaak, versie, nummer)
) STRICT, WITHOUT ROWID;
CREATE INDEX afspraak_open ON afspraak (uiterlijk, zaak) WHERE NOT gedaan;

CREATE TABLE terugbelverzoek (
    id             BLOB PRIMARY KEY CHECK (length(id) = 16),
    naam           TEXT NOT NULL,
    telefoonnummer TEXT NOT NULL,
    wanneer        TEXT NOT NULL,
    genoteerd_op   INTEGER NOT NULL,
    afgehandeld_op INTEGER,
    zaak           BLOB                   -- whose resident the caller turned out to be
) STRICT;
CREATE INDEX terugbelverzoek_open ON terugbelverzoek (genoteerd_op) WHERE afgehandeld_op IS NULL;
CREATE INDEX terugbelverzoek_zaak ON terugbelverzoek (zaak) WHERE zaak IS NOT NULL;
