"""Real vaults for tests: a clock that the test turns, a key without slots, signals taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from db import vault as vaults
from db.journal import Chained, header_hash
from db.model.bedrag import Bedrag
from db.model.codes import Bak, Rol
from db.model.gebeurtenis import Entry, SignaalOntvangen
from db.model.ids import NAMESPACE, milliseconds, uuid5, uuid7
from db.model.signaal import Signaal
from db.vault import Vault
from desktop.casework import signalen
from tests import factories

KEY = bytes(range(1, 33))
"""The key of every vault here; `close` wipes the bytearray it was given, so each opening takes a fresh one."""

START = datetime(2024, 5, 2, 9, 30, tzinfo=UTC)
LEVERING = uuid5(NAMESPACE, "levering van de test")


class Klok:
    """A clock that stands still until the test turns it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **span: float) -> None:
        self.now += timedelta(**span)


def key() -> bytearray:
    return bytearray(KEY)


def make_vault(directory: Path, *, clock: Klok | None = None, letter: str = "A") -> Vault:
    """A new vault for Groningen in this folder, which is made when it is not there."""
    directory.mkdir(exist_ok=True)
    now = clock or Klok()
    return vaults.create(
        directory,
        key(),
        vault_id=uuid7(now),
        gemeentecode="0014",
        naam="N. de Boer",
        rol=Rol.UITVOERDER,
        proef=True,
        letter=letter,
        clock=now,
    )


def reopen(directory: Path, *, clock: Klok | None = None) -> Vault:
    return vaults.open_vault(directory, key(), clock=clock or Klok())


def a_signal(number: int) -> Signaal:
    """Signal `number`; every fourth one is about the same resident, so that zaken with several signals arise."""
    who = number % 4
    voorletters, voorvoegsel, achternaam = factories.NAMEN[who]
    return factories.signaal(
        id=f"CM-{number:06d}",
        soort=factories.SOORTEN[number % 3],
        signaaldatum=date(2024, 4, 1) + timedelta(days=number),
        bedrag=Bedrag(10_000 + 137 * number),
        klantnummer=str(4_410_000 + who),
        voorletters=voorletters,
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        telefoonnummer="" if who == 3 else f"050-55501{who:02d}",
    )


def received(vault: Vault, signaal: Signaal, *, rij: int = 1) -> Entry:
    """The event with which the import takes a signal in."""
    inhoud = SignaalOntvangen(
        signaal=signaal,
        levering=LEVERING,
        rij=rij,
        artikel="TRSB 2.4 lid 1",
        maanden=6,
        minimum_maanden=5,
        drempel=Bedrag(10_000),
        bak=Bak.NIEUW,
    )
    return Entry(id=vault.new_id(), dossier=signaal.dossier, op=vault.clock(), inhoud=inhoud)


def receive(vault: Vault, numbers: Iterable[int]) -> list[UUID]:
    """Take in signals by number, in one transaction; returns their dossiers."""
    entries = [received(vault, a_signal(number), rij=number + 1) for number in numbers]
    vault.journal.append(entries, door=vault.door)
    return [entry.dossier for entry in entries]


def take_up(vault: Vault, number: int = 0) -> UUID:
    """Receive one signal and make a zaak of it; returns the zaak."""
    (signaal,) = receive(vault, [number])
    (opgepakt,) = signalen.accept(vault, [signaal])
    return opgepakt.zaak


class OtherDevice:
    """The log of a laptop that runs another program version: makes events this one may not know."""

    def __init__(self, letter: str = "Z") -> None:
        self.id = uuid7()
        self.letter = letter
        self.volgnummer = 0
        self.hash = bytes(32)

    def event(self, dossier: UUID, soort: str, stored: bytes, *, now: datetime = START, hlc: int = 0) -> Chained:
        """The next event of this laptop, well chained."""
        self.volgnummer += 1
        event_id, door, zout = uuid7(), uuid7(), bytes(16)
        at = milliseconds(now)
        clock = hlc or (at << 16) + self.volgnummer
        inhoud_hash = hashlib.sha256(zout + stored).digest()
        self.hash = header_hash(
            self.hash, event_id.bytes, self.id.bytes, self.volgnummer, clock, dossier.bytes, soort, at, at, door.bytes,
            inhoud_hash,
        )  # fmt: skip
        return Chained(
            apparaat=self.id, letter=self.letter, volgnummer=self.volgnummer, hlc=clock, id=event_id, dossier=dossier,
            soort=soort, op=at, vastgelegd=at, door=door, inhoud_hash=inhoud_hash, hash=self.hash, zout=zout,
            inhoud=stored,
        )  # fmt: skip
