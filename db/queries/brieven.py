"""Letters that were made and left the house or did not, and residents who did not get the text of AVG 14 yet."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from uuid import UUID

import msgspec

from db.model.ids import instant, milliseconds


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """A letter or card as it was made; `verzonden_op` is None until a worker said that it left the house."""

    id: UUID
    zaak: UUID
    nummer: str
    lijstnaam: str
    soort: str
    tekstversie: str
    gemaakt_op: datetime
    verzonden_op: datetime | None


class Achterstand(msgspec.Struct, frozen=True, kw_only=True):
    """How many residents did not get the text yet, and when the first of them came in."""

    aantal: int
    eerste: datetime | None


_COLUMNS = "b.id, b.zaak, z.nummer, z.lijstnaam, b.soort, b.tekstversie, b.gemaakt_op, b.verzonden_op"
_UNSENT = (
    f"SELECT {_COLUMNS} FROM brief b JOIN zaak z ON z.id = b.zaak WHERE b.verzonden_op IS NULL"
    " ORDER BY b.gemaakt_op, b.id LIMIT ?1"
)
_OF_ZAAK = f"SELECT {_COLUMNS} FROM brief b JOIN zaak z ON z.id = b.zaak WHERE b.zaak = ?1 ORDER BY b.gemaakt_op, b.id"
_UNSENT_COUNT = "SELECT count(*) FROM brief WHERE verzonden_op IS NULL"
ZONDER_TEKST = (
    "z.privacytekst_op IS NULL AND z.brp IS NOT 'overleden' AND z.brp IS NOT 'verhuisd' AND NOT EXISTS"
    " (SELECT 1 FROM zaak y WHERE y.inwoner = z.inwoner AND y.privacytekst_op IS NOT NULL)"
)
"""Whose resident did not get the text of AVG 14, in this zaak or another, over `zaak z`; and who can be written to."""
_UNTOLD = f"SELECT count(*), min(z.ontvangen_op) FROM zaak z WHERE z.ontvangen_op < ?1 AND {ZONDER_TEKST}"
# A resident who has a zaak is counted there.
_UNTOLD_WAITING = (
    "SELECT count(DISTINCT s.inwoner), min(s.ontvangen_op) FROM signaal s INDEXED BY signaal_privacytekst"
    " WHERE s.zaak IS NULL AND s.geweigerd IS NULL AND s.ingetrokken_op IS NULL AND s.ontvangen_op < ?1"
    " AND NOT EXISTS (SELECT 1 FROM zaak y WHERE y.inwoner = s.inwoner)"
)


def unsent(connection: sqlite3.Connection, *, limiet: int = 1000) -> tuple[Brief, ...]:
    """Letters that nobody said left the house, the oldest first."""
    return tuple(map(_brief, connection.execute(_UNSENT, (limiet,))))


def unsent_count(connection: sqlite3.Connection) -> int:
    """How many letters nobody said left the house."""
    (found,) = connection.execute(_UNSENT_COUNT).fetchone()
    return int(found)


def of_zaak(connection: sqlite3.Connection, zaak: UUID) -> tuple[Brief, ...]:
    """The letters of one zaak, the oldest first."""
    return tuple(map(_brief, connection.execute(_OF_ZAAK, (zaak.bytes,))))


def untold(connection: sqlite3.Connection, *, voor: datetime) -> tuple[Achterstand, Achterstand]:
    """Who came in before an instant and did not get the text of AVG 14: with a zaak, and as a signal that waits."""
    found = (connection.execute(sql, (milliseconds(voor),)).fetchone() for sql in (_UNTOLD, _UNTOLD_WAITING))
    zaken, signalen = (
        Achterstand(aantal=count, eerste=instant(first) if first is not None else None) for count, first in found
    )
    return zaken, signalen


def _brief(row: tuple[bytes, bytes, str, str, str, str, int, int | None]) -> Brief:
    key, zaak, nummer, lijstnaam, soort, tekstversie, gemaakt_op, verzonden_op = row
    return Brief(
        id=UUID(bytes=key),
        zaak=UUID(bytes=zaak),
        nummer=nummer,
        lijstnaam=lijstnaam,
        soort=soort,
        tekstversie=tekstversie,
        gemaakt_op=instant(gemaakt_op),
        verzonden_op=instant(verzonden_op) if verzonden_op is not None else None,
    )
