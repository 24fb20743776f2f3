"""What an inzage must cover: every dossier about one resident, and the number it gets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.journal import events_of
from db.model.gebeurtenis import Gebeurtenis, RijAfgewezen, SignaalOntvangen, SituatieVastgelegd
from db.model.ids import instant, milliseconds
from db.model.zoektekst import digits, fold
from db.queries.personen import ONE_OF, nummers

_ZAKEN = f"SELECT id, nummer FROM zaak WHERE inwoner {ONE_OF} ORDER BY geopend_op, id"
_SIGNALEN = f"SELECT id, extern_id FROM signaal WHERE persoon {ONE_OF} ORDER BY signaaldatum, nr"
# Refused rows are few: they are erased after fourteen days.
_RIJEN = "SELECT id, extern_id FROM afgewezen_rij ORDER BY ontvangen_op, id"
# Call-back requests that turned out to be theirs, or that name their telephone number.
_VERZOEKEN = "SELECT id, zaak, telefoonnummer FROM terugbelverzoek ORDER BY genoteerd_op, id"
_NUMBERED = (
    "SELECT count(*) FROM gebeurtenis g JOIN kluis k ON k.apparaat = g.apparaat"
    " WHERE g.soort >= 'InzageVerstrekt/' AND g.soort < 'InzageVerstrekt0' AND g.vastgelegd >= ?1"
)
# A form keeps its draft under `<form>:<zaak>`.
_CONCEPTEN = "SELECT tekst, bewaard FROM concept WHERE substr(plek, instr(plek, ':') + 1) = ? ORDER BY bewaard, plek"
_LETTER = "SELECT a.letter FROM kluis k JOIN apparaat a ON a.nr = k.apparaat"


class Deel(msgspec.Struct, frozen=True, kw_only=True):
    """One dossier about the resident, by the name people use, with its events.

    A zaak, a signal, a refused row or a call-back request.
    """

    dossier: UUID
    soort: str
    nummer: str
    gebeurtenissen: tuple[Gebeurtenis, ...]

    def with_event(self, event: Gebeurtenis) -> Deel:
        """The same with an event that is about to be recorded, unless it stands there already."""
        if any(known.id == event.id for known in self.gebeurtenissen):
            return self
        return msgspec.structs.replace(self, gebeurtenissen=(*self.gebeurtenissen, event))


def delen(connection: sqlite3.Connection, inwoner: UUID) -> tuple[Deel, ...]:
    """Every dossier about a resident: all zaken, all signals, and what else names them.

    That is: refused rows with the same number and birth date, or with the same name where one of those is what was
    wrong; and call-back requests that were found to be theirs or that name a telephone number of theirs.

    `inwoner` is the id that zaken and signals of one resident share.
    """
    key = nummers(connection, inwoner)
    zaken = [("zaak", *row) for row in connection.execute(_ZAKEN, (key,))]
    signals = [("signaal", *row) for row in connection.execute(_SIGNALEN, (key,))]
    found = [_deel(connection, *row) for row in (*zaken, *signals)]
    persons = {
        (event.inhoud.signaal.klantnummer, written, fold(event.inhoud.signaal.inwoner.achternaam))
        for deel in found
        for event in deel.gebeurtenissen
        if isinstance(event.inhoud, SignaalOntvangen)
        for written in _written(event.inhoud.signaal.inwoner.geboortedatum)
    }
    rows = (_deel(connection, "geweigerde rij", *row) for row in connection.execute(_RIJEN).fetchall())
    return (
        *found,
        *(deel for deel in rows if _concerns(deel, persons)),
        *_verzoeken(connection, {row[1] for row in zaken}, found),
    )


def _verzoeken(connection: sqlite3.Connection, zaken: set[bytes], found: Sequence[Deel]) -> Iterator[Deel]:
    numbers = set()
    for deel in found:
        for event in deel.gebeurtenissen:
            if isinstance(event.inhoud, SignaalOntvangen):
                numbers.add(digits(event.inhoud.signaal.inwoner.telefoonnummer))
            elif isinstance(event.inhoud, SituatieVastgelegd):
                numbers.add(digits(event.inhoud.situatie.veilig_contact.telefoonnummer))
    numbers.discard("")
    for key, zaak, number in connection.execute(_VERZOEKEN).fetchall():
        if zaak in zaken or digits(number) in numbers:
            asked = _deel(connection, "terugbelverzoek", key, "")
            yield msgspec.structs.replace(asked, nummer=f"van {asked.gebeurtenissen[0].op:%d-%m-%Y}")


def _deel(connection: sqlite3.Connection, soort: str, key: bytes, nummer: str) -> Deel:
    dossier = UUID(bytes=key)
    return Deel(dossier=dossier, soort=soort, nummer=nummer, gebeurtenissen=events_of(connection, dossier))


def _concerns(deel: Deel, persons: set[tuple[str, str, str]]) -> bool:
    return any(
        _is_of(event.inhoud, *person)
        for event in deel.gebeurtenissen
        if isinstance(event.inhoud, RijAfgewezen)
        for person in persons
    )


def _is_of(rij: RijAfgewezen, klantnummer: str, written: str, achternaam: str) -> bool:
    """Whether a refused row is about this resident; the field for which it was refused says nothing."""
    known = {
        "klantnummer": rij.waarden.get("klantnummer", "").strip() == klantnummer,
        "geboortedatum": digits(rij.waarden.get("geboortedatum", "")) == written,
    }
    if rij.veld in known:
        known[rij.veld] = fold(rij.waarden.get("achternaam", "").strip()) == achternaam
    return all(known.values())


def _written(day: date) -> tuple[str, ...]:
    """The digits of a date in the order of ISO 8601 and in the Dutch order: a refused row keeps it as it came."""
    return f"{day:%Y%m%d}", f"{day:%d%m%Y}"


def concepten_of(connection: sqlite3.Connection, dossier: UUID) -> tuple[tuple[str, datetime], ...]:
    """Half-typed text of forms of one zaak, with the moment of its last key, oldest first."""
    rows = connection.execute(_CONCEPTEN, (str(dossier),))
    return tuple((tekst, instant(bewaard)) for tekst, bewaard in rows)


def next_nummer(connection: sqlite3.Connection, year: int, since: datetime) -> str:
    """The number of the next inzage of this laptop in a year: `I-2024-A0001`. `since` is the start of that year."""
    (letter,) = connection.execute(_LETTER).fetchone()
    (count,) = connection.execute(_NUMBERED, (milliseconds(since),)).fetchone()
    return f"I-{year}-{letter}{count + 1:04d}"
