"""Lists of who is known at schuldhulpverlening: a keyed hash per way to recognise somebody. Outside the log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

import msgspec

from db.journal import transaction
from db.model.ids import instant, milliseconds

_TREFFERS = (
    "SELECT unhex(j.value) FROM json_each(?2) j"
    " WHERE EXISTS (SELECT 1 FROM bekende b WHERE b.lijst = ?1 AND b.hash = unhex(j.value))"
)


class Lijst(msgspec.Struct, frozen=True):
    """A list that was loaded, and the key of its hashes: 32 random bytes that never leave the vault."""

    naam: str
    sleutel: bytes
    geladen_op: datetime


def lijsten(connection: sqlite3.Connection) -> tuple[Lijst, ...]:
    """The lists there are, by name."""
    rows = connection.execute("SELECT naam, sleutel, geladen_op FROM bekendenlijst ORDER BY naam")
    return tuple(Lijst(naam, sleutel, instant(geladen_op)) for naam, sleutel, geladen_op in rows)


def replace(connection: sqlite3.Connection, lijst: Lijst, hashes: Iterable[bytes]) -> None:
    """Keep these hashes under the list's name instead of those it had.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT when the disk is full or gone.
    """
    with transaction(connection):
        _remove(connection, lijst.naam)
        connection.execute(
            "INSERT INTO bekendenlijst (naam, sleutel, geladen_op) VALUES (?, ?, ?)",
            (lijst.naam, lijst.sleutel, milliseconds(lijst.geladen_op)),
        )
        connection.executemany(
            "INSERT INTO bekende (lijst, hash) VALUES (?, ?)", [(lijst.naam, each) for each in sorted(hashes)]
        )


def remove(connection: sqlite3.Connection, naam: str) -> bool:
    """Forget a list; False when there was none of that name.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT when the disk is full or gone.
    """
    with transaction(connection):
        return _remove(connection, naam)


def _remove(connection: sqlite3.Connection, naam: str) -> bool:
    connection.execute("DELETE FROM bekende WHERE lijst = ?", (naam,))
    return connection.execute("DELETE FROM bekendenlijst WHERE naam = ?", (naam,)).rowcount > 0


def treffers(connection: sqlite3.Connection, naam: str, hashes: Iterable[bytes]) -> set[bytes]:
    """Which of these hashes stand in a list."""
    asked = json.dumps([each.hex() for each in hashes])
    return {row[0] for row in connection.execute(_TREFFERS, (naam, asked))}
