"""The source takes a signal back: what follows from that for the signal and for its zaak."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.model.codes import Eindresultaat, Terugmeldcode, Weigergrond
from db.model.gebeurtenis import Entry, SignaalIngetrokken, ZaakAfgesloten
from db.model.ids import IdFactory
from db.queries.dossier import Dossier, load
from db.queries.intake import SignaalStand, signaal_standen
from desktop.casework.afsluiten import terugmeldingen
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
    new_id: IdFactory,
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
    dossiers = [dossier for zaak in sorted(zaken) if (dossier := load(connection, zaak)) is not None]
    return decide(wanted, standen, dossiers, levering=levering, now=now, new_id=new_id)


def decide(
    wanted: Mapping[UUID, Intrekking],
    standen: Mapping[UUID, SignaalStand],
    dossiers: Sequence[Dossier],
    *,
    levering: UUID,
    now: datetime,
    new_id: IdFactory,
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
    entries += [
        Entry(id=new_id(), dossier=dossier.zaak, op=now, inhoud=_closing(dossier, now, new_id))
        for dossier in dossiers
        if _nothing_left(dossier, gone)
    ]
    onbekend = sum(signaal not in standen for signaal in wanted)
    return Ingetrokken(entries=tuple(entries), verwerkt=verwerkt, onbekend=onbekend)


def _nothing_left(dossier: Dossier, gone: Collection[UUID]) -> bool:
    """Whether these withdrawals end an open zaak in which nobody was reached yet."""
    stand = dossier.stand
    if dossier.alleen_lezen or stand.gesloten_op is not None or stand.eerst_bereikt_op is not None:
        return False
    touched = any(signaal.id in gone for signaal in dossier.signalen)
    return touched and all(signaal.ingetrokken_op or signaal.id in gone for signaal in dossier.signalen)


def _closing(dossier: Dossier, now: datetime, new_id: IdFactory) -> ZaakAfgesloten:
    """*Niet opgepakt: andere reden*: the CAK hears that, and not why (handbook section 5)."""
    code = Terugmeldcode.NIET_OPGEPAKT
    return ZaakAfgesloten(
        eindresultaat=Eindresultaat.ANDERE_REDEN,
        reden=Weigergrond.INGETROKKEN,
        terugmeldingen=terugmeldingen(dossier, code, lokale_datum(now), new_id),
    )
