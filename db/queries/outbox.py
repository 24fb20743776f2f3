"""Terugmeldingen that wait, left or were refused."""

from __future__ import annotations

import sqlite3
from datetime import date
from uuid import UUID

from db.model.codes import Berichtstaat
from db.queries.dossier import Bericht, bericht

_COLUMNS = "id, signaal, klantnummer, code, datum, vervangt, staat"


def berichten(connection: sqlite3.Connection) -> tuple[Bericht, ...]:
    """Every terugmelding, by date."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM terugmelding ORDER BY datum, id")
    return tuple(map(bericht, rows))


def between(connection: sqlite3.Connection, van: date, tot: date) -> tuple[tuple[UUID, Bericht], ...]:
    """Terugmeldingen dated from `van` up to and including `tot` that were not withdrawn, with their dossier."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, dossier FROM terugmelding WHERE datum >= ? AND datum <= ? AND staat <> 'ingetrokken'"
        " ORDER BY datum, id",
        (van.isoformat(), tot.isoformat()),
    )
    return tuple((UUID(bytes=row[-1]), bericht(row[:-1])) for row in rows)


def waiting(connection: sqlite3.Connection) -> int:
    """How many terugmeldingen wait to leave."""
    row = connection.execute(
        "SELECT count(*) FROM terugmelding WHERE staat = ?", (Berichtstaat.KLAAR.value,)
    ).fetchone()
    return int(row[0])
