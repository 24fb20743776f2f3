"""A vault with invented residents in known stages of work, made through the actions of casework."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from db.model.bedrag import Bedrag
from db.model.codes import Antwoord, Bak, Belresultaat, Contactsoort, Eindresultaat, Gesprekspartner, Rol
from db.model.gebeurtenis import Entry, SignaalOntvangen
from db.model.ids import Clock
from db.model.signaal import Signaal
from db.vault import Vault, create, open_vault
from desktop.casework import afsluiten, contact, hulp, signalen
from tests.factories import NAMEN, STRATEN, signaal

NOW = datetime(2024, 5, 7, 12, 30, tzinfo=UTC)
"""Dinsdag 7 mei 2024, 14:30 in Nederland: a middag."""
PASSPHRASE = "oefenen met de voordeur"
_DEK = bytes(range(1, 33))


class MovingClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """For a while it is another moment."""
        before, self.now = self.now, moment
        yield
        self.now = before


def make_vault(directory: Path, clock: Clock, *, proef: bool = True) -> Vault:
    """A new vault with a raw key, in Groningen, of F. Yıldız."""
    return create(
        directory, bytearray(_DEK), vault_id=uuid4(), gemeentecode="0014", naam="F. Yıldız", rol=Rol.UITVOERDER,
        proef=proef, clock=clock,
    )  # fmt: skip


class Opener:
    """Opens the vault for the right passphrase, and remembers what it opened."""

    def __init__(self, directory: Path, clock: Clock) -> None:
        self._directory, self._clock = directory, clock
        self.vault: Vault | None = None
        self.key: bytearray | None = None

    def __call__(self, passphrase: str) -> Vault:
        from db.errors import KnownError

        if passphrase != PASSPHRASE:
            raise KnownError("SLEUTEL_ONJUIST")
        self.key = bytearray(_DEK)
        self.vault = open_vault(self._directory, self.key, clock=self._clock)
        return self.vault


def receive(vault: Vault, found: Sequence[Signaal]) -> None:
    """Append admitted signals, as the intake does."""
    levering = vault.new_id()
    vault.journal.append(
        [
            Entry(
                id=vault.new_id(),
                dossier=signal.dossier,
                op=vault.clock(),
                inhoud=SignaalOntvangen(
                    signaal=signal, levering=levering, rij=row, artikel="2.4 lid 1 a", maanden=6,
                    minimum_maanden=5, drempel=Bedrag(100_00), bak=Bak.NIEUW,
                ),
            )
            for row, signal in enumerate(found, start=1)
        ],
        door=vault.door,
    )  # fmt: skip


def some_signalen(count: int, start: int = 0) -> list[Signaal]:
    """Signals about different residents."""
    made = []
    for number in range(start, start + count):
        voorletters, voorvoegsel, achternaam = NAMEN[number % len(NAMEN)]
        made.append(
            signaal(
                id=f"CM-{number:06d}", klantnummer=str(4_410_882 + number), bedrag=Bedrag(123_60 + 511 * number),
                voorletters=voorletters, voorvoegsel=voorvoegsel, achternaam=achternaam,
                geboortedatum=date(1951, 3, 12) + timedelta(days=371 * (number % 60)),
                straatnaam=STRATEN[number % len(STRATEN)], huisnummer=str(14 + number),
                telefoonnummer=f"050-55501{number % 100:02d}",
            )
        )  # fmt: skip
    return made


def long_signalen(count: int, start: int = 0) -> list[Signaal]:
    """Signals about residents whose names, streets and addresses are as long and as odd as they may be."""
    return [
        msgspec.structs.replace(
            signal,
            klantnummer=f"{signal.klantnummer}-ABCDEFGHIJKLMNO",
            inwoner=msgspec.structs.replace(
                signal.inwoner,
                voorvoegsel="",
                achternaam=UITERSTEN[number % len(UITERSTEN)],
                straatnaam="Burgemeester Van Heemskerck van Beest-Schimmelpenninckstraat te Zuidwest",
                plaatsnaam="Westerhaar-Vriezenveensewijk",
                emailadres="heel.lang.adres.van.iemand.die.geduldig.is@een-lange-domeinnaam.example",
            ),
        )
        for number, signal in enumerate(some_signalen(count, start))
    ]


UITERSTEN = (
    "Wolfeschlegelsteinhausenbergerdorff" * 5 + "welchevoraltern",
    "عبد الرحمن بن محمد بن عبد العزيز الأندلسي",
    "🙂👨‍👩‍👧 Van den Eerenbeemt",
    "van der " * 24 + "Aa",
)


def fill_further(vault: Vault) -> None:
    """Zaken in the steps that come last: one at its plan, one closed."""
    found = some_signalen(2, start=200)
    receive(vault, found)
    planning, closed = (taken.zaak for taken in signalen.accept(vault, [signal.dossier for signal in found]))
    contact.record_contactpoging(
        vault, planning, event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=True,
        gesproken_met=Gesprekspartner.INWONER, resultaat=Belresultaat.GESPROKEN, op=NOW - timedelta(hours=2),
    )  # fmt: skip
    hulp.offer_hulpaanbod(vault, planning, event_id=vault.new_id(), antwoord=Antwoord.AANVAARD)
    hulp.record_eerste_gesprek(vault, planning, event_id=vault.new_id())
    afsluiten.close_zaak(
        vault,
        closed,
        event_id=vault.new_id(),
        eindresultaat=Eindresultaat.ONTERECHT,
        notitie="Het CAK trok het signaal in.",
    )


def fill(
    vault: Vault, clock: MovingClock, make: Callable[[int, int], list[Signaal]] = some_signalen
) -> dict[str, UUID]:
    """Twelve zaken in all stages, and four signals that wait; the ids by what is special about them."""
    with clock.at(NOW - timedelta(days=5)):
        receive(vault, make(12, 0))
    with clock.at(NOW - timedelta(days=4)):
        zaken = [taken.zaak for taken in signalen.accept_all(vault)]
    receive(vault, make(4, 100))
    moments = itertools.cycle((timedelta(days=1, hours=4), timedelta(days=2, hours=5), timedelta(days=3, hours=-4)))

    def call(zaak: UUID, resultaat: Belresultaat, **more: object) -> None:
        reached = resultaat is Belresultaat.GESPROKEN
        contact.record_contactpoging(
            vault, zaak, event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=reached,
            gesproken_met=Gesprekspartner.INWONER if reached else None, resultaat=resultaat,
            op=NOW - next(moments), **more,  # type: ignore[arg-type]  # a test hands on what it likes
        )  # fmt: skip

    call(zaken[1], Belresultaat.TERUGBELLEN, terugbellen_op=NOW - timedelta(minutes=30))
    call(zaken[2], Belresultaat.TERUGBELLEN, terugbellen_op=NOW + timedelta(days=2))
    call(zaken[3], Belresultaat.GEEN_GEHOOR, notitie="Bel lang aan.")
    for _ in range(3):
        call(zaken[4], Belresultaat.VOICEMAIL_INGESPROKEN)
    call(zaken[5], Belresultaat.GESPROKEN)
    call(zaken[6], Belresultaat.GESPROKEN)
    hulp.offer_hulpaanbod(vault, zaken[6], event_id=vault.new_id(), antwoord=Antwoord.AANVAARD)
    call(zaken[7], Belresultaat.NUMMER_ONBRUIKBAAR)
    return {
        "nieuw": zaken[0], "beloofd": zaken[1], "later": zaken[2], "poging": zaken[3], "bezoek": zaken[4],
        "aanbod": zaken[5], "gesprek": zaken[6], "onbruikbaar": zaken[7], "vers": zaken[8],
    }  # fmt: skip
