"""What the import asks the vault: which signals are known already, and which residents were taken up before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.model.bedrag import Bedrag
from db.model.ids import instant

_GEMEENTE = "SELECT waarde FROM instelling WHERE naam = 'gemeente'"
_BEKEND = (
    "SELECT s.id, s.vingerafdruk, s.gewijzigd, s.niet_overgenomen FROM json_each(?) j"
    " JOIN signaal s ON s.id = unhex(j.value)"
)
_VASTGELEGD = (
    "SELECT unhex(j.value) FROM json_each(?) j"
    " WHERE EXISTS (SELECT 1 FROM gebeurtenis g WHERE g.dossier = unhex(j.value))"
)
_OPGEPAKT = (
    "WITH gevonden (nr) AS (SELECT s.nr FROM json_each(?1) j JOIN signaal s ON s.klantnummer = j.value"
    " AND s.zaak IS NOT NULL UNION SELECT s.nr FROM json_each(?2) j JOIN signaal s ON s.persoon = unhex(j.value)"
    " AND s.zaak IS NOT NULL)"
    " SELECT s.signaalpartner, s.debtsoort, s.klantnummer, s.persoon, s.signaaldatum, s.bedrag, z.geopend_op"
    " FROM gevonden f JOIN signaal s ON s.nr = f.nr JOIN zaak z ON z.id = s.zaak"
    " ORDER BY z.geopend_op, s.signaaldatum, s.nr"
)
_STAND = "SELECT s.id, s.zaak, s.ingetrokken_op IS NOT NULL FROM json_each(?) j JOIN signaal s ON s.id = unhex(j.value)"


class BekendSignaal(msgspec.Struct, frozen=True):
    """A signal that came before: its fingerprint, that of the correction that waits, and of one that was refused."""

    vingerafdruk: bytes
    gewijzigd: bytes | None
    niet_overgenomen: bytes | None


class OpgepaktSignaal(msgspec.Struct, frozen=True):
    """A signal that was taken up: when it was reported, what was owed, and when its zaak was opened (UTC)."""

    signaalpartner: str
    soort: str
    klantnummer: str
    persoon: UUID
    signaaldatum: date
    bedrag: Bedrag
    geopend_op: datetime


class SignaalStand(msgspec.Struct, frozen=True):
    """Where a signal stands: its zaak, if it was taken up, and whether it was withdrawn already."""

    zaak: UUID | None
    ingetrokken: bool


def gemeentecode(connection: sqlite3.Connection) -> str:
    """The GM code of the municipality whose vault this is."""
    return str(connection.execute(_GEMEENTE).fetchone()[0])


def bekende_signalen(connection: sqlite3.Connection, ids: Iterable[UUID]) -> dict[bytes, BekendSignaal]:
    """Which of these signals came before, by the bytes of their id."""
    rows = connection.execute(_BEKEND, (_hex(ids),))
    return {signaal: BekendSignaal(*prints) for signaal, *prints in rows}


def vastgelegde_dossiers(connection: sqlite3.Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Which of these dossiers have an event; the header remains when the content was erased."""
    return {UUID(bytes=row[0]) for row in connection.execute(_VASTGELEGD, (_hex(ids),))}


def opgepakte_signalen(
    connection: sqlite3.Connection, klantnummers: Iterable[str], personen: Iterable[UUID] = ()
) -> tuple[OpgepaktSignaal, ...]:
    """All signals of these customers and of these residents that were taken up, the earliest zaak first."""
    rows = connection.execute(_OPGEPAKT, (json.dumps(sorted(set(klantnummers))), _hex(personen)))
    return tuple(
        OpgepaktSignaal(
            partner, soort, klantnummer, UUID(bytes=persoon), date.fromisoformat(reported), Bedrag(bedrag),
            instant(geopend_op),
        )
        for partner, soort, klantnummer, persoon, reported, bedrag, geopend_op in rows
    )  # fmt: skip


def signaal_standen(connection: sqlite3.Connection, ids: Iterable[UUID]) -> dict[UUID, SignaalStand]:
    """Where these signals stand; those that are not known are absent."""
    rows = connection.execute(_STAND, (_hex(ids),))
    return {
        UUID(bytes=signaal): SignaalStand(UUID(bytes=zaak) if zaak else None, bool(ingetrokken))
        for signaal, zaak, ingetrokken in rows
    }


def _hex(ids: Iterable[UUID]) -> str:
    # json_each carries no blobs; hexadecimal digits do, and unhex() still lets the index be used.
    return json.dumps([identifier.hex for identifier in ids])
