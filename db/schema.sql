-- Generated from db/migrations by `python -m db.schema`; do not edit.

CREATE TABLE afgewezen_rij (
    id           BLOB PRIMARY KEY CHECK (length(id) = 16),
    levering     BLOB NOT NULL CHECK (length(levering) = 16),
    rij          INTEGER NOT NULL,
    extern_id    TEXT NOT NULL,
    bak          TEXT NOT NULL,
    reden        TEXT NOT NULL,
    artikel      TEXT NOT NULL,
    veld         TEXT NOT NULL,
    naam         TEXT NOT NULL,
    debtsoort    TEXT NOT NULL,
    signaaldatum TEXT NOT NULL,
    bedrag       TEXT NOT NULL,
    ontvangen_op INTEGER NOT NULL
, hersteld BLOB) STRICT;

CREATE TABLE afspraak (
    zaak      BLOB NOT NULL CHECK (length(zaak) = 16),
    versie    INTEGER NOT NULL,
    nummer    INTEGER NOT NULL,           -- from 1 within the version
    uiterlijk TEXT NOT NULL,
    gedaan    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (zaak, versie, nummer)
) STRICT, WITHOUT ROWID;

CREATE TABLE alleen_lezen (
    dossier BLOB PRIMARY KEY CHECK (length(dossier) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE apparaat (
    nr      INTEGER PRIMARY KEY,          -- local, so that a header stays small
    id      BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    letter  TEXT NOT NULL                 -- the device part of zaak numbers: 2024-A0001
) STRICT;

CREATE TABLE bekende (
    lijst TEXT NOT NULL REFERENCES bekendenlijst (naam),
    hash  BLOB NOT NULL CHECK (length(hash) = 16),
    PRIMARY KEY (lijst, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE bekendenlijst (
    naam       TEXT PRIMARY KEY,
    sleutel    BLOB NOT NULL CHECK (length(sleutel) = 32),
    geladen_op INTEGER NOT NULL
) STRICT;

CREATE TABLE brief (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    zaak          BLOB NOT NULL CHECK (length(zaak) = 16),
    soort         TEXT NOT NULL,
    tekstversie   TEXT NOT NULL,
    gemaakt_op    INTEGER NOT NULL,
    verzonden_op  INTEGER
) STRICT;

CREATE TABLE concept (
    plek     TEXT PRIMARY KEY,            -- which form of which dossier
    tekst    TEXT NOT NULL,
    bewaard  INTEGER NOT NULL
) STRICT;

CREATE TABLE contactpoging (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    zaak          BLOB NOT NULL CHECK (length(zaak) = 16),
    op            INTEGER NOT NULL,
    contactsoort  TEXT NOT NULL,
    richting      TEXT NOT NULL,
    bereikt       INTEGER NOT NULL CHECK (bereikt IN (0, 1)),
    dagdeel       INTEGER NOT NULL
) STRICT;

CREATE TABLE gebeurtenis (
    nr          INTEGER PRIMARY KEY,      -- order of arrival on this laptop; never exchanged
    id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    apparaat    INTEGER NOT NULL REFERENCES apparaat (nr),
    volgnummer  INTEGER NOT NULL CHECK (volgnummer > 0),
    hlc         INTEGER NOT NULL,         -- hybrid logical clock: milliseconds << 16 | counter
    dossier     BLOB NOT NULL CHECK (length(dossier) = 16),
    soort       TEXT NOT NULL,            -- kind and version: ContactpogingGedaan/1
    op          INTEGER NOT NULL,         -- when it happened, milliseconds since 1970 UTC
    vastgelegd  INTEGER NOT NULL,         -- when it was recorded, the same
    door        BLOB NOT NULL CHECK (length(door) = 16),
    inhoud_hash BLOB NOT NULL CHECK (length(inhoud_hash) = 32),  -- SHA-256 of salt and payload
    hash        BLOB NOT NULL CHECK (length(hash) = 32),         -- SHA-256 of the device's previous hash and this header
    UNIQUE (apparaat, volgnummer)
) STRICT;

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

CREATE TABLE inhoud (
    nr    INTEGER PRIMARY KEY REFERENCES gebeurtenis (nr),
    zout  BLOB NOT NULL CHECK (length(zout) = 16),
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE instelling (
    naam   TEXT PRIMARY KEY,
    waarde TEXT NOT NULL
) STRICT;

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

CREATE TABLE kluis (
    een                INTEGER PRIMARY KEY CHECK (een = 1),
    vault_id           BLOB NOT NULL CHECK (length(vault_id) = 16),
    apparaat           INTEGER NOT NULL REFERENCES apparaat (nr),
    medewerker         BLOB NOT NULL CHECK (length(medewerker) = 16),  -- whose vault this is
    projection_version INTEGER NOT NULL
) STRICT;

CREATE TABLE levering (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    bron            TEXT NOT NULL,
    extern_id       TEXT NOT NULL,
    ontvangen_op    INTEGER NOT NULL,
    geaccepteerd    INTEGER NOT NULL,
    niet_toegelaten INTEGER NOT NULL,
    onleesbaar      INTEGER NOT NULL,
    al_bekend       INTEGER NOT NULL,
    gewijzigd       INTEGER NOT NULL
) STRICT;

CREATE TABLE medewerker (
    id   BLOB PRIMARY KEY CHECK (length(id) = 16),
    naam TEXT NOT NULL,
    rol  TEXT NOT NULL
) STRICT;

CREATE TABLE ook_gemeld (
    signaal      BLOB NOT NULL CHECK (length(signaal) = 16),
    debtsoort    TEXT NOT NULL,
    signaaldatum TEXT NOT NULL,
    bedrag       INTEGER NOT NULL,
    herkend_aan  TEXT NOT NULL,
    PRIMARY KEY (signaal, debtsoort, signaaldatum, bedrag)
) STRICT, WITHOUT ROWID;

CREATE TABLE signaal (
    nr              INTEGER PRIMARY KEY,  -- local; the row of the full-text index
    id              BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    bron            TEXT NOT NULL,
    extern_id       TEXT NOT NULL,
    levering        BLOB NOT NULL CHECK (length(levering) = 16),
    vingerafdruk    BLOB NOT NULL CHECK (length(vingerafdruk) = 16),
    signaalpartner  TEXT NOT NULL,
    debtsoort       TEXT NOT NULL,
    signaaldatum    TEXT NOT NULL,
    ontstaansdatum  TEXT NOT NULL,
    bedrag          INTEGER NOT NULL,
    klantnummer     TEXT NOT NULL,
    inwoner         BLOB NOT NULL CHECK (length(inwoner) = 16),
    lijstnaam       TEXT NOT NULL,
    artikel         TEXT NOT NULL,
    maanden         INTEGER NOT NULL,
    schuldhulp      TEXT NOT NULL,
    eerder_gemeld   TEXT NOT NULL,
    ontvangen_op    INTEGER NOT NULL,
    ontvangen_bak   TEXT NOT NULL,        -- the tray at receipt
    gewijzigd       BLOB,                 -- fingerprint of the correction that waits
    ingetrokken_op  TEXT,
    zaak            BLOB,                 -- no foreign key: the zaak may still be on its way from another laptop
    geweigerd       TEXT,                 -- DDAS status once refused
    zoek_naam    TEXT NOT NULL,           -- folded: no case, no diacritics, ß and ij spelled out
    zoek_adres   TEXT NOT NULL,
    zoek_nummers TEXT NOT NULL            -- digits, and the same reversed, so that last digits are a prefix
, niet_overgenomen BLOB, vrijgegeven_op INTEGER, bak TEXT GENERATED ALWAYS AS (
    CASE
        WHEN geweigerd IS NOT NULL THEN 'geweigerd'
        WHEN ingetrokken_op IS NOT NULL AND zaak IS NULL THEN 'ingetrokken'
        WHEN gewijzigd IS NOT NULL THEN 'gewijzigd'
        WHEN zaak IS NOT NULL THEN 'opgepakt'
        WHEN ontvangen_bak = 'wacht' AND vrijgegeven_op IS NOT NULL THEN 'nieuw'
        ELSE ontvangen_bak
    END
) VIRTUAL, gekoppeld BLOB, persoon BLOB GENERATED ALWAYS AS (coalesce(gekoppeld, inwoner)) VIRTUAL) STRICT;

CREATE TABLE terugbelverzoek (
    id             BLOB PRIMARY KEY CHECK (length(id) = 16),
    naam           TEXT NOT NULL,
    telefoonnummer TEXT NOT NULL,
    wanneer        TEXT NOT NULL,
    genoteerd_op   INTEGER NOT NULL,
    afgehandeld_op INTEGER,
    zaak           BLOB                   -- whose resident the caller turned out to be
) STRICT;

CREATE TABLE terugmelding (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    dossier     BLOB NOT NULL CHECK (length(dossier) = 16),
    signaal     TEXT NOT NULL,
    klantnummer TEXT NOT NULL,
    code        TEXT NOT NULL,
    datum       TEXT NOT NULL,
    vervangt    BLOB,
    staat       TEXT NOT NULL DEFAULT 'klaar'
) STRICT;

CREATE TABLE vergelijksignaal (
    hash         BLOB NOT NULL CHECK (length(hash) = 16),
    debtsoort    TEXT NOT NULL,
    signaaldatum TEXT NOT NULL,
    bedrag       INTEGER NOT NULL,
    PRIMARY KEY (hash, debtsoort, signaaldatum, bedrag)
) STRICT, WITHOUT ROWID;

CREATE TABLE vergelijksleutel (
    sleutel BLOB NOT NULL CHECK (length(sleutel) = 32)
) STRICT;

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
, privacytekst_op INTEGER, opnieuw_voor TEXT, termijn TEXT NOT NULL GENERATED ALWAYS AS (
    CASE
        WHEN gesloten_op IS NOT NULL OR afgezien OR plan_op IS NOT NULL THEN '9999-12-31'
        WHEN antwoord = 'aanvaard' AND gesprek_op IS NOT NULL THEN coalesce(plan_voor, '9999-12-31')
        WHEN antwoord = 'aanvaard' THEN coalesce(gesprek_voor, '9999-12-31')
        WHEN bereikt THEN '9999-12-31'
        ELSE coalesce(opnieuw_voor, contact_voor)
    END
) VIRTUAL) STRICT;

CREATE VIRTUAL TABLE zoek USING fts5 (
    zoek_naam, zoek_adres, zoek_nummers,
    content = 'signaal', content_rowid = 'nr', tokenize = 'unicode61', prefix = '2 3 4'
);

CREATE TABLE zoekwoord (
    woord TEXT PRIMARY KEY,               -- folded
    klank TEXT NOT NULL                   -- how it sounds, roughly
) STRICT, WITHOUT ROWID;

CREATE INDEX afgewezen_rij_bak ON afgewezen_rij (bak, ontvangen_op) WHERE hersteld IS NULL;

CREATE INDEX afspraak_open ON afspraak (uiterlijk, zaak) WHERE NOT gedaan;

CREATE INDEX brief_open ON brief (gemaakt_op, id) WHERE verzonden_op IS NULL;

CREATE INDEX brief_zaak ON brief (zaak);

CREATE INDEX contactpoging_zaak ON contactpoging (zaak, op);

CREATE TRIGGER gebeurtenis_blijft BEFORE UPDATE ON gebeurtenis
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;

CREATE INDEX gebeurtenis_dossier ON gebeurtenis (dossier, hlc);

CREATE INDEX gebeurtenis_inzage ON gebeurtenis (apparaat, vastgelegd)
    WHERE soort >= 'InzageVerstrekt/' AND soort < 'InzageVerstrekt0';

CREATE TRIGGER gebeurtenis_verdwijnt_niet BEFORE DELETE ON gebeurtenis
BEGIN SELECT RAISE(ABORT, 'the log is never cut'); END;

CREATE INDEX gelijkenis_ander ON gelijkenis (ander);

CREATE INDEX gelijkenis_open ON gelijkenis (gevonden_op, signaal) WHERE zelfde IS NULL AND zekerheid = 'waarschijnlijk';

CREATE TRIGGER inhoud_blijft BEFORE UPDATE ON inhoud
BEGIN SELECT RAISE(ABORT, 'content is erased or kept, never changed'); END;

CREATE INDEX kenmerk_geboortedag ON kenmerk (geboortedag);

CREATE INDEX kenmerk_klank ON kenmerk (klank);

CREATE INDEX kenmerk_klantnummer ON kenmerk (klantnummer);

CREATE INDEX kenmerk_thuis ON kenmerk (thuis);

CREATE INDEX signaal_bak ON signaal (bak, signaaldatum, nr);

CREATE INDEX signaal_gekoppeld ON signaal (inwoner) WHERE gekoppeld IS NOT NULL;

CREATE INDEX signaal_opgepakt ON signaal (klantnummer) WHERE zaak IS NOT NULL;

CREATE INDEX signaal_persoon ON signaal (persoon);

CREATE INDEX signaal_privacytekst ON signaal (ontvangen_op, id)
    WHERE zaak IS NULL AND geweigerd IS NULL AND ingetrokken_op IS NULL;

CREATE INDEX signaal_zaak ON signaal (zaak);

CREATE INDEX terugbelverzoek_open ON terugbelverzoek (genoteerd_op) WHERE afgehandeld_op IS NULL;

CREATE INDEX terugbelverzoek_zaak ON terugbelverzoek (zaak) WHERE zaak IS NOT NULL;

CREATE INDEX terugmelding_dossier ON terugmelding (dossier);

CREATE INDEX terugmelding_staat ON terugmelding (staat, datum);

CREATE INDEX vergelijksignaal_datum ON vergelijksignaal (signaaldatum);

CREATE INDEX vergelijksignaal_soort ON vergelijksignaal (debtsoort, signaaldatum);

CREATE INDEX zaak_adres ON zaak (termijn, id)
    WHERE gesloten_op IS NULL AND NOT adres_akkoord AND (afgeschermd OR brp = 'geheim');

CREATE INDEX zaak_ander_nummer ON zaak (ander_nummer) WHERE ander_nummer <> '';

CREATE INDEX zaak_bedenktijd ON zaak (aanbod_op, id) WHERE gesloten_op IS NULL AND antwoord = 'bedenktijd';

CREATE INDEX zaak_belofte ON zaak (belofte_op) WHERE gesloten_op IS NULL AND belofte_op IS NOT NULL;

CREATE INDEX zaak_bezoek ON zaak (bezoek_op) WHERE gesloten_op IS NULL AND bezoek_op IS NOT NULL;

CREATE INDEX zaak_brief ON zaak (brief_op, fase, pogingen, geprobeerd)
    WHERE gesloten_op IS NULL AND brief_op IS NOT NULL AND antwoord IS NULL AND eerst_bereikt_op IS NULL;

CREATE INDEX zaak_evaluatie ON zaak (evaluatie_op) WHERE gesloten_op IS NULL AND evaluatie_op IS NOT NULL;

CREATE INDEX zaak_fase ON zaak (fase, termijn, id, pogingen, geprobeerd, dagdelen) WHERE gesloten_op IS NULL;

CREATE INDEX zaak_grens ON zaak (min(ifnull(niet_bezoeken, '9999-12-31'), ifnull(niet_alleen, '9999-12-31')), id)
    WHERE gesloten_op IS NULL AND (niet_bezoeken IS NOT NULL OR niet_alleen IS NOT NULL);

CREATE INDEX zaak_inwoner ON zaak (inwoner);

CREATE INDEX zaak_naam ON zaak (sorteernaam, id);

CREATE INDEX zaak_nakijken ON zaak (nakijken_op) WHERE gesloten_op IS NULL AND nakijken_op IS NOT NULL;

CREATE INDEX zaak_nazorg ON zaak (gesloten_op)
    WHERE gesloten_op IS NOT NULL AND nazorg_op IS NULL AND eerst_bereikt_op IS NOT NULL;

CREATE INDEX zaak_nummer ON zaak (nummer);

CREATE INDEX zaak_open ON zaak (termijn, id) WHERE gesloten_op IS NULL;

CREATE INDEX zaak_privacytekst ON zaak (ontvangen_op, id) WHERE privacytekst_op IS NULL;

CREATE INDEX zaak_stil ON zaak (
    max(geopend_op, ifnull(laatste_poging_op, 0), ifnull(aanbod_op, 0), ifnull(gesprek_op, 0), ifnull(plan_op, 0)), id
) WHERE gesloten_op IS NULL AND termijn = '9999-12-31' AND belofte_op IS NULL AND bezoek_op IS NULL
    AND nakijken_op IS NULL AND evaluatie_op IS NULL AND antwoord IS NOT 'bedenktijd';

CREATE INDEX zoekwoord_klank ON zoekwoord (klank);

