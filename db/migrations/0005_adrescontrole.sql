-- A hidden address at which no colleague looked yet comes back by itself; read as one stretch of an index.
CREATE INDEX zaak_adres ON zaak (termijn, id)
    WHERE gesloten_op IS NULL AND NOT adres_akkoord AND (afgeschermd OR brp = 'geheim');
