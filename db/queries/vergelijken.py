"""Signals that are kept for comparison only, by keyed hash; and what was found with them. The first outside the log."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from db.journal import transaction
from db.model.bedrag import Bedrag
from db.model.codes import Herkenningsgrond
from db.model.ids import uuid_of

_SLEUTEL = "SELECT sleutel FROM vergelijksleutel"
_TREFFERS = (
    "SELECT v.hash, v.debtsoort, v.signaaldatum, v.bedrag FROM json_each(?1) j"
    " CROSS JOIN vergelijksignaal v ON v.hash = unhex(j.value) AND v.signaaldatum >= ?2"
)
_SOORTEN = (
    "SELECT j.value FROM json_each(?1) j WHERE EXISTS"
    " (SELECT 1 FROM vergelijksignaal v WHERE v.debtsoort = j.value AND v.signaaldatum >= ?2)"
)
_BEWAREN = (
    "INSERT INTO vergelijksignaal (hash, debtsoort, signaaldatum, bedrag) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_VERGETEN = "DELETE FROM vergelijksignaal WHERE signaaldatum < ?"
_VERLOPEN = "SELECT 1 FROM vergelijksignaal WHERE signaaldatum < ? LIMIT 1"
_OOK_GEMELD = (
    "SELECT o.signaal, o.debtsoort, o.signaaldatum, o.bedrag, o.herkend_aan FROM json_each(?) j"
    " CROSS JOIN ook_gemeld o ON o.signaal = unhex(j.value) ORDER BY o.signaaldatum, o.debtsoort, o.bedrag"
)


class Bewaard(NamedTuple):
    """One hash of a kept signal, and all else that is known of it."""

    hash: bytes
    debtsoort: str
    signaaldatum: date
    bedrag: Bedrag


class OokGemeld(NamedTuple):
    """A signal about the same resident that another creditor reported, as it was found."""

    signaal: UUID
    debtsoort: str
    signaaldatum: date
    bedrag: Bedrag
    herkend_aan: Herkenningsgrond


def sleutel(connection: sqlite3.Connection) -> bytes | None:
    """The key of the hashes, 32 random bytes that never leave the vault; None while nothing was ever kept."""
    row = connection.execute(_SLEUTEL).fetchone()
    return bytes(row[0]) if row else None


def treffers(connection: sqlite3.Connection, hashes: Iterable[bytes], *, vanaf: date) -> tuple[Bewaard, ...]:
    """The kept signals under these hashes that are dated on this day or later."""
    asked = json.dumps([each.hex() for each in hashes])
    return tuple(
        Bewaard(key, soort, date.fromisoformat(datum), Bedrag(bedrag))
        for key, soort, datum, bedrag in connection.execute(_TREFFERS, (asked, vanaf.isoformat()))
    )


def soorten(connection: sqlite3.Connection, asked: Iterable[str], *, vanaf: date) -> set[str]:
    """Of which of these kinds a signal is kept that is dated on this day or later."""
    rows = connection.execute(_SOORTEN, (json.dumps(sorted(asked)), vanaf.isoformat()))
    return {row[0] for row in rows}


def keep(connection: sqlite3.Connection, sleutel: bytes, found: Iterable[Bewaard], *, vanaf: date) -> None:
    """Keep these under this key, and forget what is dated before a day; inside the caller's transaction."""
    connection.execute(_VERGETEN, (vanaf.isoformat(),))
    connection.execute("DELETE FROM vergelijksleutel")
    connection.execute("INSERT INTO vergelijksleutel (sleutel) VALUES (?)", (sleutel,))
    connection.executemany(
        _BEWAREN, sorted((key, soort, datum.isoformat(), bedrag) for key, soort, datum, bedrag in found)
    )


def forget(connection: sqlite3.Connection, *, vanaf: date) -> None:
    """Let go of what is dated before a day.

    Raises:
        KnownError: VASTLEGGEN_MISLUKT when the disk is full or gone.
    """
    if connection.execute(_VERLOPEN, (vanaf.isoformat(),)).fetchone():
        with transaction(connection):
            connection.execute(_VERGETEN, (vanaf.isoformat(),))


def ook_gemeld(connection: sqlite3.Connection, signalen: Iterable[UUID]) -> tuple[OokGemeld, ...]:
    """What was found about these signals when they came, oldest first."""
    rows = connection.execute(_OOK_GEMELD, (json.dumps([signaal.hex for signaal in signalen]),))
    return tuple(
        OokGemeld(uuid_of(signaal), soort, date.fromisoformat(datum), Bedrag(bedrag), Herkenningsgrond(grond))
        for signaal, soort, datum, bedrag, grond in rows
    )
