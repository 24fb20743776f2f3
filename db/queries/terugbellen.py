"""Call-back requests of people who were not found: those that wait, oldest first."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from uuid import UUID

import msgspec

from db.model.ids import instant


class Terugbelverzoek(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who asked to be called; `wanneer` in their own words."""

    id: UUID
    naam: str
    telefoonnummer: str
    wanneer: str
    genoteerd_op: datetime


_OPEN = (
    "SELECT id, naam, telefoonnummer, wanneer, genoteerd_op FROM terugbelverzoek WHERE afgehandeld_op IS NULL"
    " ORDER BY genoteerd_op, id LIMIT ?"
)
_WAITS = "SELECT 1 FROM terugbelverzoek WHERE id = ? AND afgehandeld_op IS NULL"


def waiting(connection: sqlite3.Connection, *, limiet: int = 50) -> tuple[Terugbelverzoek, ...]:
    """The requests that nobody settled yet."""
    return tuple(
        Terugbelverzoek(
            id=UUID(bytes=key),
            naam=naam,
            telefoonnummer=telefoonnummer,
            wanneer=wanneer,
            genoteerd_op=instant(genoteerd_op),
        )
        for key, naam, telefoonnummer, wanneer, genoteerd_op in connection.execute(_OPEN, (limiet,))
    )


def waits(connection: sqlite3.Connection, verzoek: UUID) -> bool:
    """Whether this request is still open."""
    return connection.execute(_WAITS, (verzoek.bytes,)).fetchone() is not None
