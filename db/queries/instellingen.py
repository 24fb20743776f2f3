"""Settings and people of this vault, as recorded."""

from __future__ import annotations

import sqlite3
from uuid import UUID

import msgspec

from db.model.codes import Rol

PROFIEL = "profiel."
"""What stands before the name of a mapping profile among the settings."""


class Medewerker(msgspec.Struct, frozen=True):
    """Somebody who works with this vault."""

    id: UUID
    naam: str
    rol: Rol


def recorded(connection: sqlite3.Connection) -> dict[str, str]:
    """Every setting that was ever set, by name; defaults are `casework.instellingen`'s."""
    return dict(connection.execute("SELECT naam, waarde FROM instelling"))


def profielen(connection: sqlite3.Connection) -> dict[str, str]:
    """The mapping profiles by name, each as the text it was written in; a removed one is empty, and left out."""
    rows = connection.execute(
        "SELECT substr(naam, length(?1) + 1), waarde FROM instelling"
        " WHERE substr(naam, 1, length(?1)) = ?1 AND waarde <> '' ORDER BY naam",
        (PROFIEL,),
    )
    return dict(rows.fetchall())


def medewerkers(connection: sqlite3.Connection) -> dict[UUID, Medewerker]:
    """Everybody whose name may stand under an event, by id."""
    rows = connection.execute("SELECT id, naam, rol FROM medewerker")
    return {UUID(bytes=key): Medewerker(UUID(bytes=key), naam, Rol(rol)) for key, naam, rol in rows}
