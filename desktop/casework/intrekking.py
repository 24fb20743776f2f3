"""The source takes a signal back: what follows from that for the signal and for its zaak."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.model.codes import Eindresultaat, Terugmeldcode, Weigergrond
from db.model.gebeurtenis import Entry, SignaalIngetrokken, Terugmelding, ZaakAfgesloten
from db.queries.intake import SignaalStand, ZaakStand, signaal_standen, zaak_standen
from desktop.casework.kalender import lokale_datum


class Intrekking(msgspec.Struct, frozen=True, kw_only=True):
    """The source takes this signal back as of this day."""

    signaal: UUID
    datum: date


class Ingetrokken(msgspec.Struct, frozen=True, kw_only=True):
    """What withdrawals come to: events to record, how many were new, and how many named no known signal."""

    entries: tuple[Entry, ...]
    verwerkt: int
    onbekend: int


def withdraw(
    connection: sqlite3.Connection,
    intrekkingen: Iterable[Intrekking],
    *,
    levering: UUID,
    nieuw: Collection[UUID],
    now: datetime,
    new_id: Callable[[], UUID],
) -> Ingetrokken:
    """The events of these withdrawals, for the caller to append; a repeated withdrawal adds nothing.

    Args:
        connection: the vault's.
        intrekkingen: what the source takes back.
        levering: the dossier of the delivery that says so.
        nieuw: signals that are being recorded together with these events.
        now: when it was received.
        new_id: makes the ids of events and terugmeldingen.
    """
    wanted = {intrekking.signaal: intrekking for intrekking in intrekkingen}
    standen = {signaal: SignaalStand(zaak=None, ingetrokken=False) for signaal in nieuw}
    standen |= signaal_standen(connection, wanted)
    zaken = {stand.zaak for signaal, stand in standen.items() if signaal in wanted and stand.zaak is not None}
    return decide(wanted, standen, zaak_standen(connection, zaken), levering=levering, now=now, new_id=new_id)


def decide(
    wanted: Mapping[UUID, Intrekking],
    standen: Mapping[UUID, SignaalStand],
    zaken: Mapping[UUID, ZaakStand],
    *,
    levering: UUID,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Ingetrokken:
    """Pure: before contact a zaak closes when nothing of it is left; after contact the worker decides."""
    entries = [
        Entry(
            id=new_id(),
            dossier=signaal,
            op=now,
            inhoud=SignaalIngetrokken(datum=intrekking.datum, levering=levering),
        )
        for signaal, intrekking in wanted.items()
        if signaal in standen and not standen[signaal].ingetrokken
    ]
    gone = {entry.dossier for entry in entries}
    verwerkt = len(entries)
    for zaak in zaken.values():
        left = [lid for lid in zaak.signalen if not lid.ingetrokken and lid.signaal not in gone]
        touched = any(lid.signaal in gone for lid in zaak.signalen)
        if touched and zaak.open and not zaak.bereikt and not left:
            entries.append(_close(zaak, now=now, new_id=new_id))
    return Ingetrokken(
        entries=tuple(entries),
        verwerkt=verwerkt,
        onbekend=sum(signaal not in standen for signaal in wanted),
    )


def _close(zaak: ZaakStand, *, now: datetime, new_id: Callable[[], UUID]) -> Entry:
    """The zaak ends as *Niet opgepakt: andere reden*; the CAK hears that, and not why (handbook section 5)."""
    return Entry(
        id=new_id(),
        dossier=zaak.zaak,
        op=now,
        inhoud=ZaakAfgesloten(
            eindresultaat=Eindresultaat.ANDERE_REDEN,
            reden=Weigergrond.INGETROKKEN,
            terugmeldingen=tuple(
                Terugmelding(
                    id=new_id(),
                    signaal=lid.extern_id,
                    klantnummer=lid.klantnummer,
                    code=Terugmeldcode.NIET_OPGEPAKT,
                    datum=lokale_datum(now),
                )
                for lid in zaak.signalen
            ),
        ),
    )
