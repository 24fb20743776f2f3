"""Settings and people of this vault, as recorded."""

from __future__ import annotations

import sqlite3
from uuid import UUID

import msgspec

from db.model.codes import Rol


class Medewerker(msgspec.Struct, frozen=True):
    """Somebody who works with this vault."""

    id: UUID
    naam: str
    rol: Rol


def recorded(connection: sqlite3.Connection) -> dict[str, str]:
    """Every setting that was ever set, by name; defaults are `casework.instellingen`'s."""
    return dict(connection.execute("SELECT naam, waarde FROM instelling"))


def medewerkers(connection: sqlite3.Connection) -> dict[UUID, Medewerker]:
    """Everybody whose name may stand under an event, by id."""
    rows = connection.execute("SELECT id, naam, rol FROM medewerker")
    return {UUID(bytes=key): Medewerker(UUID(bytes=key), naam, Rol(rol)) for key, naam, rol in rows}
