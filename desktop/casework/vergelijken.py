"""Signals of other creditors: kept for comparison only, by keyed hash, and looked up for each new signal (handbook 3).

Of such a signal are kept a hash per way to recognise its resident, its kind, its amount and its date; nothing else.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from db.model.bedrag import Bedrag
from db.model.codes import Bekendheid, Herkenningsgrond
from db.model.gebeurtenis import OokGemeld
from db.model.inwoner import Inwoner
from db.model.kenmerken import Kenmerken, geboortedag, kenmerken, sleutels
from db.model.signaal import Signaal
from db.queries import gelijkenissen
from db.queries import vergelijken as queries
from db.queries.vergelijken import Bewaard
from desktop.casework.kalender import lokale_datum
from desktop.casework.matching import DRUK
from desktop.casework.retention import bewaard_vanaf
from desktop.casework.rulebook import regelboek

_HASH_BYTES = 16
_SLEUTEL_BYTES = 32


class Vergelijksignaal(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A checked signal of another creditor; `sporen` are the ways to recognise its resident, in clear, not yet kept."""

    debtsoort: str
    signaaldatum: date
    bedrag: Bedrag
    sporen: tuple[str, ...]


def sporen(inwoner: Inwoner, *, met_geboortedatum: bool) -> tuple[str, ...]:
    """Under what somebody is kept: by birth date where the creditor may report one, else by name and address.

    Never by both: whoever was born on another day is somebody else, at the same address too. Spelled as
    `db.model.kenmerken` spells it; the same when day and month of birth changed places.
    """
    of = kenmerken(inwoner, "")
    return tuple(_by_birth(of) if met_geboortedatum else _by_address(of))


def _by_birth(of: Kenmerken, *, home: bool = True) -> Iterator[str]:
    who = f"{geboortedag(of.geboren)}\n{of.voorletters[:1]}"
    yield from (f"{Herkenningsgrond.GEBOORTEDATUM}\n{who}\n{name}" for name in of.namen.split())
    if home and of.postcode and of.huisnummer:
        yield f"{Herkenningsgrond.GEBOORTEDATUM}\n{who}\n{of.postcode}\n{of.huisnummer}"


def _by_address(of: Kenmerken) -> Iterator[str]:
    if of.postcode and of.huisnummer and of.voorletters:
        who = f"{of.postcode}\n{of.huisnummer}\n{of.voorletters[0]}"
        yield from (f"{Herkenningsgrond.ADRES}\n{who}\n{name}" for name in of.namen.split())


def _asked(of: Kenmerken, *, druk: bool) -> Iterator[str]:
    """Under what a resident is looked for; by nothing with an address where many people live."""
    yield from _by_birth(of, home=not druk)
    if of.voorletters:  # some creditors report none
        yield from _by_birth(of._replace(voorletters=""), home=not druk)
    if not druk:
        yield from _by_address(of)


def _hash(spoor: str, sleutel: bytes) -> bytes:
    return hashlib.blake2b(spoor.encode(), key=sleutel, digest_size=_HASH_BYTES).digest()


class Ontvangen:
    """The signals for comparison of one delivery: which are new, and what is kept of them."""

    def __init__(self, connection: sqlite3.Connection, now: datetime) -> None:
        self._connection = connection
        self._vanaf = bewaard_vanaf(now)
        self._vandaag = lokale_datum(now)
        known = queries.sleutel(connection)
        self._anything = known is not None
        self._sleutel = known or secrets.token_bytes(_SLEUTEL_BYTES)
        self._new: set[Bewaard] = set()

    @property
    def nieuw(self) -> bool:
        """Whether there is anything to keep that was not there."""
        return bool(self._new)

    def add(self, signalen: Sequence[Vergelijksignaal]) -> list[bool]:
        """Take these in; for each whether it is new. One that came before with the same content is not."""
        rows = [
            {
                Bewaard(_hash(spoor, self._sleutel), one.debtsoort, one.signaaldatum, one.bedrag)
                for spoor in one.sporen
            }
            for one in signalen
        ]  # fmt: skip
        asked = {row.hash for each in rows for row in each}
        there = set(queries.treffers(self._connection, asked, vanaf=self._vanaf)) if self._anything else set[Bewaard]()
        new = []
        for each in rows:
            new.append(not each <= there)
            self._new |= each - there
            there |= each
        return new

    def keep(self, connection: sqlite3.Connection) -> None:
        """Write what is new, and forget what has had its term; inside the caller's transaction."""
        if self._new or self._anything:
            queries.keep(connection, self._sleutel, self._new, vanaf=self._vanaf)

    def look_up(self, signalen: Sequence[Signaal]) -> Vergeleken:
        """What was kept before, or came in the same delivery, about the residents of new signals."""
        anything = self._anything or self._new
        found = _found(self._connection, self._sleutel, signalen, self._vanaf, self._new) if anything else {}
        return Vergeleken(found, covered=self._covered())

    def _covered(self) -> bool:
        """Whether signals of every kind of vastelastenpartner are there; else nobody can say that there was none."""
        vaste_lasten = [regel for regel in regelboek().regels if regel.vaste_lasten]
        kinds = {regel.soort for regel in vaste_lasten}
        there = queries.soorten(self._connection, kinds, vanaf=self._vanaf) | {row.debtsoort for row in self._new}
        partners = {regel.signaalpartner for regel in vaste_lasten}
        return {regel.signaalpartner for regel in vaste_lasten if regel.soort in there} == partners


class Vergeleken:
    """What comparing new signals came to."""

    def __init__(self, found: Mapping[UUID, Sequence[OokGemeld]], *, covered: bool) -> None:
        self._found = found
        self._covered = covered

    def treffers(self, signaal: UUID) -> Sequence[OokGemeld]:
        """What is recorded beside the signal, oldest first."""
        return self._found.get(signaal, ())

    def eerder_gemeld(self, signaal: Signaal) -> Bekendheid:
        """Whether a vastelastenpartner reported the resident before; unknown while not all of their kinds are there."""
        boek = regelboek()
        for found in self.treffers(signaal.dossier):
            regel = boek.regel(found.debtsoort)
            if regel is not None and regel.vaste_lasten and found.signaaldatum <= signaal.signaaldatum:
                return Bekendheid.JA
        return Bekendheid.NEE if self._covered else Bekendheid.ONBEKEND


def bewaard_over(connection: sqlite3.Connection, signalen: Sequence[Signaal], now: datetime) -> tuple[OokGemeld, ...]:
    """What is kept now about the resident of these signals, oldest first: for the inzage, which tells all of it."""
    sleutel = queries.sleutel(connection)
    if sleutel is None:
        return ()
    found = _found(connection, sleutel, signalen, bewaard_vanaf(now), ())
    return tuple(_unique(hit for hits in found.values() for hit in hits))


def _found(
    connection: sqlite3.Connection,
    sleutel: bytes,
    signalen: Sequence[Signaal],
    vanaf: date,
    beside: Iterable[Bewaard],
) -> dict[UUID, list[OokGemeld]]:
    residents = {signaal.dossier: kenmerken(signaal.inwoner, "") for signaal in signalen}
    huizen = {dossier: sleutels(of).huis for dossier, of in residents.items()}
    crowd = gelijkenissen.namen_per_huis(connection, set(huizen.values()))
    asked = {
        dossier: {
            _hash(spoor, sleutel): Herkenningsgrond(spoor.partition("\n")[0])
            for spoor in _asked(of, druk=crowd[huizen[dossier]] >= DRUK)
        }
        for dossier, of in residents.items()
    }
    kept: defaultdict[bytes, set[Bewaard]] = defaultdict(set)
    hashes = {key for keys in asked.values() for key in keys}
    for row in (*queries.treffers(connection, hashes, vanaf=vanaf), *beside):
        kept[row.hash].add(row)
    found = {}
    for dossier, keys in asked.items():
        hits = _unique(
            OokGemeld(debtsoort=row.debtsoort, signaaldatum=row.signaaldatum, bedrag=row.bedrag, herkend_aan=grond)
            for key, grond in keys.items()
            for row in kept.get(key, ())
        )
        if hits:
            found[dossier] = hits
    return found


def _unique(hits: Iterable[OokGemeld]) -> list[OokGemeld]:
    """Each signal once, however many ways led to it; by birth date goes before by address."""
    best: dict[tuple[date, str, Bedrag], OokGemeld] = {}
    for hit in hits:
        key = (hit.signaaldatum, hit.debtsoort, hit.bedrag)
        if key not in best or hit.herkend_aan is Herkenningsgrond.GEBOORTEDATUM:
            best[key] = hit
    return [best[key] for key in sorted(best)]
