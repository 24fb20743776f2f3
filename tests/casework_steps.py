"""A trial vault with a clock one can set, and the short way to signals and zaken in it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from db import vault as vaults
from db.journal import TEAM
from db.model.bedrag import Bedrag
from db.model.codes import Antwoord, Bak, BrpUitkomst, Contactsoort, Eindresultaat, Rol, Stap
from db.model.gebeurtenis import BriefGemaakt, Entry, SignaalOntvangen
from db.model.ids import uuid7
from db.queries.dossier import Dossier, load
from db.vault import Vault
from desktop.casework import afsluiten, contact, hulp, instellingen, signalen
from desktop.casework.kalender import AMSTERDAM
from desktop.casework.outcomes import toegestaan
from desktop.casework.rulebook import Toegelaten, assess
from desktop.exchange import terugmeldbestand
from tests.factories import signaal as make_signaal

START = datetime(2024, 5, 7, 14, 5, tzinfo=AMSTERDAM)
"""A Tuesday afternoon."""


ADMITTED = Toegelaten(artikel="2.4 lid 1 a", maanden=6, minimum_maanden=5, drempel=Bedrag(100_00))


class Klok:
    """A clock that stands still until it is set or moved on."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> datetime:
        """Move on by this timedelta."""
        self.now += timedelta(**amount)
        return self.now

    def set(self, *when: int) -> datetime:
        """Set to a Dutch local time."""
        self.now = local(*when)
        return self.now


def local(year: int, month: int, day: int, hour: int = 14, minute: int = 5) -> datetime:
    """A Dutch local time as an aware instant."""
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)


class Werk:
    """One trial vault and its clock; the methods record what a worker would."""

    def __init__(self, folder: Path, *, gemeente: str = "0014", now: datetime = START) -> None:
        self.klok = Klok(now)
        self.vault: Vault = vaults.create(
            folder, bytearray(os.urandom(32)), vault_id=uuid7(), gemeentecode=gemeente, naam="F. Yıldız",
            rol=Rol.UITVOERDER, proef=True, clock=self.klok,
        )  # fmt: skip
        self.gemeente = gemeente
        self.received = 0

    def close(self) -> None:
        """Close the vault."""
        self.vault.close()

    def receive(self, *, bak: Bak = Bak.NIEUW, admitted: bool = False, **changes: Any) -> UUID:  # noqa: ANN401  # fields of a signal
        """Receive a signal that the law admits, or that is taken to be `admitted`; returns its dossier."""
        self.received += 1
        fields = {"id": f"CM-{self.received:06d}", "klantnummer": str(4_000_000 + self.received)} | {
            "signaaldatum": self.vandaag,
            "ontstaansdatum": date(2023, 10, 31),
        }
        facts = {name: changes.pop(name) for name in ("schuldhulp", "eerder_gemeld") if name in changes}
        made = make_signaal(**fields | changes)
        verdict = ADMITTED if admitted else assess(made, self.gemeente)
        assert isinstance(verdict, Toegelaten), verdict
        inhoud = SignaalOntvangen(
            signaal=made, levering=TEAM, rij=self.received, artikel=verdict.artikel, maanden=verdict.maanden,
            minimum_maanden=verdict.minimum_maanden, drempel=verdict.drempel, bak=bak, **facts,
        )  # fmt: skip
        entry = Entry(id=self.vault.new_id(), dossier=made.dossier, op=self.klok.now, inhoud=inhoud)
        self.vault.journal.append([entry], door=self.vault.door)
        return made.dossier

    def zaak(self, **changes: Any) -> UUID:  # noqa: ANN401  # fields of a signal
        """Receive a signal and take it up; returns the zaak."""
        return self.take_up(self.receive(**changes))

    def take_up(self, signaal: UUID) -> UUID:
        """Take one signal up; returns its zaak."""
        (opgepakt,) = signalen.accept(self.vault, [signaal])
        return opgepakt.zaak

    def dossier(self, zaak: UUID) -> Dossier:
        """The dossier as it stands."""
        found = load(self.vault.connection, zaak)
        assert found is not None
        return found

    def allowed(self, zaak: UUID) -> tuple[Eindresultaat, ...]:
        """The eindresultaten on offer."""
        return toegestaan(self.dossier(zaak), self.instellingen, self.klok.now)

    @property
    def instellingen(self) -> instellingen.Instellingen:
        """The settings."""
        return instellingen.load(self.vault.connection)

    @property
    def vandaag(self) -> date:
        """The Dutch day of the clock."""
        return self.klok.now.astimezone(AMSTERDAM).date()

    # --- what a worker does; keyword arguments go through ---------------------------------------------------

    def contact(self, zaak: UUID, soort: Contactsoort = Contactsoort.TELEFOON, **fields: Any) -> None:  # noqa: ANN401  # arguments of the action
        """Record an attempt, without success unless said."""
        fields = {"bereikt": False} | fields
        contact.record_contactpoging(self.vault, zaak, event_id=self.vault.new_id(), contactsoort=soort, **fields)

    def reached(self, zaak: UUID, **fields: Any) -> None:  # noqa: ANN401  # arguments of the action
        """Record that the resident was spoken to by telephone."""
        self.contact(zaak, bereikt=True, **fields)

    def calls_in_vain(self, zaak: UUID) -> None:
        """Call three times in two dagdelen, a day apart."""
        for hours in (4, 20, 28):
            self.klok.forward(hours=hours)
            self.contact(zaak)

    def brp(self, zaak: UUID, uitkomst: BrpUitkomst) -> None:
        """Record a BRP check."""
        contact.record_brp(self.vault, zaak, event_id=self.vault.new_id(), uitkomst=uitkomst)

    def skip(self, zaak: UUID, stap: Stap, reden: str = "op verzoek") -> None:
        """Skip a step."""
        contact.skip_stap(self.vault, zaak, event_id=self.vault.new_id(), stap=stap, reden=reden)

    def letter(self, zaak: UUID) -> None:
        """Record that a letter was made."""
        inhoud = BriefGemaakt(brief="eerste-brief", tekstversie="test")
        entry = Entry(id=self.vault.new_id(), dossier=zaak, op=self.klok.now, inhoud=inhoud)
        self.vault.journal.append([entry], door=self.vault.door)

    def offer(self, zaak: UUID, antwoord: Antwoord | None = None, **fields: Any) -> None:  # noqa: ANN401  # arguments of the action
        """Offer help."""
        hulp.offer_hulpaanbod(self.vault, zaak, event_id=self.vault.new_id(), antwoord=antwoord, **fields)

    def talk(self, zaak: UUID, **fields: Any) -> None:  # noqa: ANN401  # arguments of the action
        """Record the first talk."""
        hulp.record_eerste_gesprek(self.vault, zaak, event_id=self.vault.new_id(), **fields)

    def end(self, zaak: UUID, eindresultaat: Eindresultaat, **fields: Any) -> None:  # noqa: ANN401  # arguments of the action
        """Close the zaak."""
        afsluiten.close_zaak(self.vault, zaak, event_id=self.vault.new_id(), eindresultaat=eindresultaat, **fields)

    def reopen(self, zaak: UUID, reden: str = "belde terug") -> None:
        """Open it again."""
        afsluiten.reopen_zaak(self.vault, zaak, event_id=self.vault.new_id(), reden=reden)

    def export(self) -> bytes:
        """Write the terugmeldbestand of the whole year."""
        found: list[bytes] = []
        terugmeldbestand.write(self.vault, date(2024, 1, 1), date(2024, 12, 31), save=found.append)
        return found[0]
