"""Signals in their trays, and what is needed to take one up or refuse it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from db.journal import events_of
from db.model.bedrag import Bedrag, decimal
from db.model.codes import Bak
from db.model.gebeurtenis import AnyInhoud, CorrectieGekozen, RijAfgewezen, SignaalGewijzigd, SignaalOntvangen
from db.model.ids import instant, milliseconds
from db.model.signaal import Signaal, signaal_id
from db.queries.personen import ONE_OF, nummers


class TrayRegel(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a tray. `id` is the signal's dossier, or that of the refused row; `bedrag` is text in euros."""

    id: UUID
    signaal: str
    bak: Bak
    debtsoort: str
    naam: str
    signaaldatum: str
    bedrag: str
    reden: str
    artikel: str
    ontvangen_op: datetime


class AfgewezenRij(msgspec.Struct, frozen=True, kw_only=True):
    """A refused row as it can be mended: the source it came from, and what was kept of it."""

    id: UUID
    bron: str
    ontvangen_op: datetime
    inhoud: RijAfgewezen


class Kandidaat(msgspec.Struct, frozen=True):
    """A signal as the vaste aantal looks at it."""

    id: UUID
    signaal: str
    ontstaansdatum: date
    bedrag: Bedrag


class Wachtend(msgspec.Struct, frozen=True, kw_only=True):
    """A received signal with its tray, as a decision needs it."""

    id: UUID
    signaal: Signaal
    bak: Bak
    ontvangen_op: datetime
    artikel: str
    inwoner: UUID
    gewijzigd: Signaal | None
    zaak: UUID | None


_SIGNALEN = (
    "SELECT id, extern_id, bak, debtsoort, lijstnaam, signaaldatum, bedrag, '', artikel, ontvangen_op FROM signaal"
    " WHERE bak = ?1 ORDER BY signaaldatum, nr LIMIT ?2"
)
_RIJEN = (
    "SELECT id, extern_id, bak, debtsoort, naam, signaaldatum, bedrag, reden, artikel, ontvangen_op FROM afgewezen_rij"
    " WHERE bak = ?1 AND hersteld IS NULL ORDER BY ontvangen_op, rij LIMIT ?2"
)
_RIJ = (
    "SELECT coalesce(l.bron, ''), r.ontvangen_op FROM afgewezen_rij r LEFT JOIN levering l ON l.id = r.levering"
    " WHERE r.id = ? AND r.hersteld IS NULL"
)
_WACHTENDEN = "SELECT id, extern_id, ontstaansdatum, bedrag FROM signaal WHERE bak = ? AND debtsoort = ? ORDER BY nr"
_GEBRUIKT = (
    "SELECT count(*) FROM signaal WHERE debtsoort = :soort AND ((ontvangen_bak = :bak AND ontvangen_op >= :van"
    " AND ontvangen_op < :tot) OR (vrijgegeven_op >= :van AND vrijgegeven_op < :tot))"
)
_SOORTEN = "SELECT debtsoort, count(*) FROM signaal WHERE bak = ? GROUP BY debtsoort ORDER BY debtsoort"
_COUNTS = (
    "SELECT j.value, (SELECT count(*) FROM signaal WHERE bak = j.value)"
    " + (SELECT count(*) FROM afgewezen_rij WHERE bak = j.value AND hersteld IS NULL) FROM json_each(?) j"
)
TRAYS_OF_ROWS = (Bak.NIET_TOEGELATEN, Bak.ONLEESBAAR)


def tray(connection: sqlite3.Connection, bak: Bak, *, limiet: int = -1) -> tuple[TrayRegel, ...]:
    """The lines of one tray, oldest first; -1 means all."""
    query = _RIJEN if bak in TRAYS_OF_ROWS else _SIGNALEN
    return tuple(map(_regel, connection.execute(query, (bak.value, limiet))))


def _regel(row: tuple[Any, ...]) -> TrayRegel:
    key, signaal, bak, debtsoort, naam, signaaldatum, bedrag, reden, artikel, ontvangen_op = row
    return TrayRegel(
        id=UUID(bytes=key),
        signaal=signaal,
        bak=Bak(bak),
        debtsoort=debtsoort,
        naam=naam,
        signaaldatum=signaaldatum,
        bedrag=decimal(bedrag) if isinstance(bedrag, int) else bedrag,  # a refused row keeps what was written
        reden=reden,
        artikel=artikel,
        ontvangen_op=instant(ontvangen_op),
    )


def counts(connection: sqlite3.Connection, bakken: Iterable[Bak] = Bak) -> dict[Bak, int]:
    """How many signals and refused rows there are in each of these trays; empty trays are left out."""
    rows = connection.execute(_COUNTS, (json.dumps([bak.value for bak in bakken]),))
    return {Bak(bak): count for bak, count in rows if count}


def new(connection: sqlite3.Connection) -> int:
    """How many signals wait in the tray *nieuw*, without counting all that were taken up over the years."""
    row = connection.execute("SELECT count(*) FROM signaal WHERE bak = ?", (Bak.NIEUW.value,)).fetchone()
    return int(row[0])


def find_signaal(connection: sqlite3.Connection, extern_id: str) -> UUID | None:
    """The dossier of a signal by the source's own id, or None; of two sources with one id, the first by name."""
    # Source and id make the dossier's id: with a handful of sources that needs no index of all ids.
    for (bron,) in connection.execute("SELECT DISTINCT bron FROM levering ORDER BY bron").fetchall():
        signaal = signaal_id(bron, extern_id)
        if connection.execute("SELECT 1 FROM signaal WHERE id = ?", (signaal.bytes,)).fetchone():
            return signaal
    return None


def wachtend(connection: sqlite3.Connection, signaal: UUID) -> Wachtend | None:
    """One signal with its tray, or None when there is no such signal."""
    row = connection.execute(
        "SELECT bak, ontvangen_op, artikel, persoon, zaak FROM signaal WHERE id = ?", (signaal.bytes,)
    ).fetchone()
    if row is None:
        return None
    bak, ontvangen_op, artikel, inwoner, zaak = row
    contents = [event.inhoud for event in events_of(connection, signaal)]
    changed = [inhoud.signaal for inhoud in contents if isinstance(inhoud, SignaalGewijzigd)]
    return Wachtend(
        id=signaal,
        signaal=_as_it_is(contents),
        bak=Bak(bak),
        ontvangen_op=instant(ontvangen_op),
        artikel=artikel,
        inwoner=UUID(bytes=inwoner),
        gewijzigd=changed[-1] if bak == Bak.GEWIJZIGD else None,
        zaak=UUID(bytes=zaak) if zaak else None,
    )


def signaal_of(connection: sqlite3.Connection, signaal: UUID) -> Signaal | None:
    """What a signal says, or None when it is not there or its content was erased."""
    contents = [event.inhoud for event in events_of(connection, signaal)]
    return _as_it_is(contents) if any(isinstance(inhoud, SignaalOntvangen) for inhoud in contents) else None


def _as_it_is(contents: Iterable[AnyInhoud | None]) -> Signaal:
    """The signal as it was received, or as the last correction that was taken over has it."""
    told = [inhoud for inhoud in contents if isinstance(inhoud, SignaalOntvangen | CorrectieGekozen)]
    taken_over = [inhoud for inhoud in told if isinstance(inhoud, CorrectieGekozen) and inhoud.overgenomen]
    return (taken_over[-1:] or told)[0].signaal


def afgewezen_rij(connection: sqlite3.Connection, dossier: UUID) -> AfgewezenRij | None:
    """A refused row that nobody mended yet, or None."""
    row = connection.execute(_RIJ, (dossier.bytes,)).fetchone()
    if row is None:
        return None
    contents = (event.inhoud for event in events_of(connection, dossier))
    inhoud = next((inhoud for inhoud in contents if isinstance(inhoud, RijAfgewezen)), None)
    # The content is erased after fourteen days: then there is nothing left to mend.
    return AfgewezenRij(id=dossier, bron=row[0], ontvangen_op=instant(row[1]), inhoud=inhoud) if inhoud else None


def wachtenden(connection: sqlite3.Connection, debtsoort: str) -> tuple[Kandidaat, ...]:
    """The signals of a kind that wait above the vaste aantal."""
    rows = connection.execute(_WACHTENDEN, (Bak.WACHT.value, debtsoort))
    return tuple(
        Kandidaat(UUID(bytes=key), extern_id, date.fromisoformat(ontstaan), Bedrag(bedrag))
        for key, extern_id, ontstaan, bedrag in rows
    )


def gebruikt(connection: sqlite3.Connection, debtsoort: str, since: datetime, until: datetime) -> int:
    """How many signals of a kind came into the tray *nieuw* in this period, at receipt or after they waited."""
    row = connection.execute(
        _GEBRUIKT, {"soort": debtsoort, "bak": Bak.NIEUW.value, "van": milliseconds(since), "tot": milliseconds(until)}
    ).fetchone()
    return int(row[0])


def wachtende_soorten(connection: sqlite3.Connection) -> dict[str, int]:
    """How many signals wait above the vaste aantal, per kind."""
    return dict(connection.execute(_SOORTEN, (Bak.WACHT.value,)).fetchall())


def open_zaak_of(connection: sqlite3.Connection, inwoner: UUID) -> UUID | None:
    """The open zaak of a resident, or None."""
    row = connection.execute(
        f"SELECT id FROM zaak WHERE inwoner {ONE_OF} AND gesloten_op IS NULL ORDER BY geopend_op DESC LIMIT 1",
        (nummers(connection, inwoner),),
    ).fetchone()
    return UUID(bytes=row[0]) if row else None


def last_zaak_of(connection: sqlite3.Connection, inwoner: UUID) -> UUID | None:
    """The latest zaak of a resident, open or closed, or None."""
    row = connection.execute(
        f"SELECT id FROM zaak WHERE inwoner {ONE_OF} ORDER BY geopend_op DESC LIMIT 1", (nummers(connection, inwoner),)
    ).fetchone()
    return UUID(bytes=row[0]) if row else None


def last_number(connection: sqlite3.Connection, prefix: str) -> int:
    """The highest zaak number that was given out under a prefix such as `2024-A`; 0 when none."""
    row = connection.execute(
        "SELECT max(CAST(substr(nummer, ?2) AS INTEGER)) FROM zaak WHERE nummer >= ?1 AND nummer < ?1 || '~'",
        (prefix, len(prefix) + 1),
    ).fetchone()
    return row[0] or 0


def device_letter(connection: sqlite3.Connection) -> str:
    """The device part of zaak numbers made here."""
    row = connection.execute("SELECT a.letter FROM kluis k JOIN apparaat a ON a.nr = k.apparaat").fetchone()
    return str(row[0])
