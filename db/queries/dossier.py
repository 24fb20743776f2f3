"""One zaak whole: its facts, its signals and everything that happened."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from db.journal import counting, events_of
from db.model.bedrag import Bedrag
from db.model.codes import Bekendheid, Berichtstaat, Terugmeldcode
from db.model.gebeurtenis import Gebeurtenis, InwonerGecorrigeerd, SituatieVastgelegd, ZaakGeopend
from db.model.ids import instant
from db.model.inwoner import Inwoner
from db.model.situatie import Situatie
from db.queries import gelijkenissen
from db.queries.personen import ONE_OF, nummers
from db.queries.vergelijken import OokGemeld, ook_gemeld
from db.queries.zaken import Stand, regels


class SignaalRegel(msgspec.Struct, frozen=True, kw_only=True):
    """A signal of this resident, as screens and letters need it; amount in cents."""

    id: UUID
    extern_id: str
    bron: str
    debtsoort: str
    signaalpartner: str
    signaaldatum: date
    ontstaansdatum: date
    bedrag: Bedrag
    klantnummer: str
    artikel: str
    maanden: int
    ontvangen_op: datetime
    ingetrokken_op: date | None
    schuldhulp: Bekendheid
    eerder_gemeld: Bekendheid
    zaak: UUID | None
    opgepakt_op: datetime | None


class Bericht(msgspec.Struct, frozen=True, kw_only=True):
    """A terugmelding with its state."""

    id: UUID
    signaal: str
    klantnummer: str
    code: Terugmeldcode
    datum: date
    vervangt: UUID | None
    staat: Berichtstaat


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one zaak. `eerdere` are the resident's other signals, each with the zaak it was taken up in.

    `ook_gemeld` is what other creditors had reported of the resident when these signals came.
    `gebeurtenissen` are those that count, `logboek` also those that were undone.
    `gelijkend` counts pairs of signals, one of them here, that may be about one resident and wait for a decision.
    `andere_zaak_open` when the resident has another zaak that is open; this one then stays closed.
    """

    zaak: UUID
    nummer: str
    inwoner: Inwoner
    inwoner_id: UUID
    behandelaar: UUID
    debtsoort: str
    stand: Stand
    signalen: tuple[SignaalRegel, ...]
    eerdere: tuple[SignaalRegel, ...]
    gebeurtenissen: tuple[Gebeurtenis, ...]
    logboek: tuple[Gebeurtenis, ...]
    berichten: tuple[Bericht, ...]
    alleen_lezen: bool
    ook_gemeld: tuple[OokGemeld, ...] = ()
    andere_zaak_open: bool = False
    gelijkend: int = 0

    @property
    def situatie(self) -> Situatie:
        """The resident's situation as it was last recorded; an empty one when it never was."""
        recorded = (event.inhoud for event in reversed(self.gebeurtenissen))
        return next((found.situatie for found in recorded if isinstance(found, SituatieVastgelegd)), Situatie())

    @property
    def telefoonnummer(self) -> str:
        """The number to call: the one the resident gave, else that of the signal; empty when there is none."""
        return self.stand.ander_nummer or self.inwoner.telefoonnummer


_SIGNAAL = (
    "SELECT s.id, s.extern_id, s.bron, s.debtsoort, s.signaalpartner, s.signaaldatum, s.ontstaansdatum, s.bedrag,"
    " s.klantnummer, s.artikel, s.maanden, s.ontvangen_op, s.ingetrokken_op, s.schuldhulp, s.eerder_gemeld, s.zaak,"
    " z.geopend_op FROM signaal s LEFT JOIN zaak z ON z.id = s.zaak"
)
_SIGNALEN = f"{_SIGNAAL} WHERE s.persoon {ONE_OF} ORDER BY s.signaaldatum, s.nr"
_ANDERE_OPEN = f"SELECT 1 FROM zaak WHERE inwoner {ONE_OF} AND gesloten_op IS NULL AND id <> ?2"
_BERICHTEN = (
    "SELECT id, signaal, klantnummer, code, datum, vervangt, staat FROM terugmelding WHERE dossier = ?"
    " ORDER BY datum, id"
)


def find_zaak(connection: sqlite3.Connection, nummer: str) -> UUID | None:
    """The id that belongs to a zaak number, or None."""
    row = connection.execute("SELECT id FROM zaak WHERE nummer = ?", (nummer.strip().upper(),)).fetchone()
    return UUID(bytes=row[0]) if row else None


def load(connection: sqlite3.Connection, zaak: UUID) -> Dossier | None:
    """The dossier of a zaak, or None when there is no such zaak."""
    found = regels(connection, [zaak])
    if not found:
        return None
    (regel,) = found
    events = events_of(connection, zaak)
    opened = next(event.inhoud for event in events if isinstance(event.inhoud, ZaakGeopend))
    corrected = [event.inhoud.inwoner for event in events if isinstance(event.inhoud, InwonerGecorrigeerd)]
    resident = nummers(connection, opened.inwoner_id)
    signals = tuple(_signaal(row) for row in connection.execute(_SIGNALEN, (resident,)))
    read_only = connection.execute("SELECT 1 FROM alleen_lezen WHERE dossier = ?", (zaak.bytes,)).fetchone()
    other = connection.execute(_ANDERE_OPEN, (resident, zaak.bytes)).fetchone()
    return Dossier(
        zaak=zaak,
        nummer=regel.nummer,
        inwoner=corrected[-1] if corrected else opened.inwoner,
        inwoner_id=opened.inwoner_id,
        behandelaar=regel.behandelaar,
        debtsoort=regel.debtsoort,
        stand=regel.stand,
        signalen=tuple(signal for signal in signals if signal.zaak == zaak),
        eerdere=tuple(signal for signal in signals if signal.zaak != zaak),
        gebeurtenissen=counting(events),
        logboek=events,
        berichten=berichten_of(connection, zaak),
        alleen_lezen=read_only is not None,
        ook_gemeld=ook_gemeld(connection, [signal.id for signal in signals]),
        andere_zaak_open=other is not None,
        gelijkend=gelijkenissen.aantal_bij_zaak(connection, zaak),
    )


def berichten_of(connection: sqlite3.Connection, dossier: UUID) -> tuple[Bericht, ...]:
    """The terugmeldingen of one dossier, oldest first."""
    return tuple(bericht(row) for row in connection.execute(_BERICHTEN, (dossier.bytes,)))


def bericht(row: tuple[bytes, str, str, str, str, bytes | None, str]) -> Bericht:
    """A row of id, signaal, klantnummer, code, datum, vervangt and staat as a frozen view."""
    key, signaal, klantnummer, code, datum, vervangt, staat = row
    return Bericht(
        id=UUID(bytes=key),
        signaal=signaal,
        klantnummer=klantnummer,
        code=Terugmeldcode(code),
        datum=date.fromisoformat(datum),
        vervangt=UUID(bytes=vervangt) if vervangt else None,
        staat=Berichtstaat(staat),
    )


def _signaal(row: tuple[Any, ...]) -> SignaalRegel:
    (
        key, extern_id, bron, debtsoort, partner, signaaldatum, ontstaansdatum, bedrag, klantnummer, artikel, maanden,
        ontvangen_op, ingetrokken_op, schuldhulp, eerder_gemeld, zaak, opgepakt_op,
    ) = row  # fmt: skip
    return SignaalRegel(
        id=UUID(bytes=key),
        extern_id=extern_id,
        bron=bron,
        debtsoort=debtsoort,
        signaalpartner=partner,
        signaaldatum=date.fromisoformat(signaaldatum),
        ontstaansdatum=date.fromisoformat(ontstaansdatum),
        bedrag=Bedrag(bedrag),
        klantnummer=klantnummer,
        artikel=artikel,
        maanden=maanden,
        ontvangen_op=instant(ontvangen_op),
        ingetrokken_op=date.fromisoformat(ingetrokken_op) if ingetrokken_op else None,
        schuldhulp=Bekendheid(schuldhulp),
        eerder_gemeld=Bekendheid(eerder_gemeld),
        zaak=UUID(bytes=zaak) if zaak else None,
        opgepakt_op=instant(opgepakt_op) if opgepakt_op is not None else None,
    )
