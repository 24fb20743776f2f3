"""Under which numbers one resident is known: that of their own klantnummer and birth date, and those they joined."""

from __future__ import annotations

import json
import sqlite3
from uuid import UUID

_NUMMERS = (
    "WITH persoon (id) AS (SELECT ?1 UNION SELECT gekoppeld FROM signaal WHERE inwoner = ?1 AND gekoppeld IS NOT NULL)"
    " SELECT id FROM persoon UNION SELECT s.inwoner FROM persoon p JOIN signaal s ON s.persoon = p.id"
)

ONE_OF = "IN (SELECT unhex(value) FROM json_each(?1))"
"""A condition on a resident's number; ?1 is what `nummers` gives."""


def nummers(connection: sqlite3.Connection, inwoner: UUID) -> str:
    """Every number under which zaken and signals of this resident may stand, as JSON for `ONE_OF`."""
    return json.dumps([row[0].hex() for row in connection.execute(_NUMMERS, (inwoner.bytes,))])
