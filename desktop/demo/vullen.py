"""Fill a trial vault: deliveries come in through the real import, and every zaak is worked through casework."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import MappingProxyType
from uuid import UUID

import msgspec

from db.durable import write_durably
from db.errors import RegelOvertreding
from db.model.codes import Bak, Belresultaat, Contactsoort, Gesprekspartner, Weigergrond
from db.queries import signalen as trays
from db.queries import werklijst, zaken
from db.queries.signalen import TrayRegel
from db.queries.werklijst import Keuze
from db.vault import Vault
from desktop.casework import contact, instellingen, quotum, signalen
from desktop.casework.kalender import AMSTERDAM, dagdelen_cell, lokale_datum
from desktop.casework.regels import Regel
from desktop.demo import vandaag
from desktop.demo.klok import Klok
from desktop.demo.leveringen import Levering, leveringen
from desktop.demo.verloop import Moments, Verloop, send_letter
from desktop.exchange import terugmeldbestand
from desktop.intake.importing import import_file

BEGIN = datetime(2024, 4, 2, 8, 0, tzinfo=AMSTERDAM)
"""When the vault is made: set the clock to this before."""
NU = datetime(2024, 11, 12, 14, 5, tzinfo=AMSTERDAM)
"""Where the clock stands afterwards: a Tuesday afternoon in the second half-year."""

INSTELLINGEN = MappingProxyType({
    "direct_nummer": "050-5550177",
    "werkdagen": "maandag, dinsdag en donderdag",
    "gemeente_adres": "Postbus 30026, 9700 RM Groningen",
    "fg_contact": "fg@voorbeeld.example",
    "cak_werkelijk": "2024-1=121",
})  # fmt: skip
"""Settings of the demo beside the defaults."""

# Who answered, when, and when to call back.
_BELOFTEN = (
    (Gesprekspartner.ANDER, NU - timedelta(hours=2, minutes=20), NU - timedelta(minutes=50)),
    (Gesprekspartner.INWONER, NU - timedelta(minutes=45), NU + timedelta(minutes=55)),
    (Gesprekspartner.ANDER, NU - timedelta(minutes=25), NU + timedelta(hours=2, minutes=25)),
    (Gesprekspartner.INWONER, NU - timedelta(minutes=10), NU + timedelta(days=2, hours=-4, minutes=25)),
)

_UITSTEL = timedelta(days=6)  # what came in the last days still waits
_VAAK, _NOG = "wmo-abonnementstarief", 3  # the most frequent kind, and how many more of it this month takes in


class Gevuld(msgspec.Struct, frozen=True, kw_only=True):
    """What the vault got: deliveries, rows in them, zaken that were opened."""

    leveringen: int
    rijen: int
    zaken: int


def fill(
    vault: Vault,
    seed: int,
    aantal: int,
    klok: Klok,
    folder: Path | None = None,
    *,
    bewerk: Callable[[Levering], Levering] = lambda levering: levering,
) -> Gevuld:
    """Live through seven months of work and leave the clock on `NU`.

    Args:
        vault: a new trial vault of Groningen, whose clock is `klok`.
        seed: the same seed gives the same signals and the same stories (ids of events differ).
        aantal: how many signals are delivered, refused ones among them.
        klok: standing at `BEGIN` or earlier.
        folder: where the files that came in and went out are left; when absent they are thrown away.
        bewerk: what happens to each delivery before it comes in.
    """
    found = tuple(map(bewerk, leveringen(seed, aantal)))
    if folder is not None:
        return _fill(vault, seed, found, klok, folder)
    with TemporaryDirectory(prefix="voordeur-demo-") as temporary:
        return _fill(vault, seed, found, klok, Path(temporary))


def _fill(vault: Vault, seed: int, found: Sequence[Levering], klok: Klok, folder: Path) -> Gevuld:
    klok.set(BEGIN)
    with vault.filling():
        for naam, waarde in INSTELLINGEN.items():
            instellingen.change(vault, naam, waarde)
        team = _Team(vault, seed, klok)
        for levering in found:
            team.plan(team.receive(levering, folder))
        team.plan(team.set_number())
        team.plan(team.send(folder))
        team.plan(team.explain())
        team.plan(vandaag.story(vault, NU - timedelta(hours=5)))
        team.plan(team.calls_of_today())
        team.work_until(NU)
    klok.set(NU)
    return Gevuld(leveringen=team.received, rijen=team.rows, zaken=len(team.zaken))


class _Team:
    """Everybody's stories in one diary; the earliest moment goes first."""

    def __init__(self, vault: Vault, seed: int, klok: Klok) -> None:
        self._vault = vault
        self._seed = seed
        self._klok = klok
        self._diary: list[tuple[datetime, int, Moments]] = []
        self._order = itertools.count()
        self._random = Random(f"{seed}/team")
        self.zaken: set[UUID] = set()
        self._lopend: set[UUID] = set()  # zaken whose story goes on
        self.received = 0
        self.rows = 0

    def plan(self, story: Moments) -> None:
        """Put a story in the diary at its next moment; it leaves when it ends or its zaak was closed by others."""
        try:
            wanted = next(story, None)
        except RegelOvertreding as refusal:
            if refusal.code != Regel.ZAAK_GESLOTEN:  # taken back by the CAK meanwhile
                raise
            return
        if wanted is not None:
            heapq.heappush(self._diary, (max(wanted, self._klok()), next(self._order), story))

    def work_until(self, end: datetime) -> None:
        """Let every story go on until this moment."""
        while self._diary and self._diary[0][0] <= end:
            now, _, story = heapq.heappop(self._diary)
            self._klok.set(now)
            self.plan(story)

    # --- who does what --------------------------------------------------------------------------------------

    def receive(self, levering: Levering, folder: Path) -> Iterator[datetime]:
        """Read one delivery in, and go through the trays an hour later."""
        yield levering.ontvangen_op
        path = folder / levering.naam
        path.write_bytes(levering.inhoud)
        self.rows += import_file(self._vault, path).rijen
        self.received += 1
        yield levering.ontvangen_op + timedelta(minutes=70)
        self._sort_new(trays.tray(self._vault.connection, Bak.NIEUW))
        self._sort_repeated(trays.tray(self._vault.connection, Bak.HERHAALD))
        self._sort_minors(trays.tray(self._vault.connection, Bak.CONTROLEREN))

    def send(self, folder: Path) -> Iterator[datetime]:
        """Write the terugmeldbestand of each month on the first Monday after; what closed since waits."""
        for month in range(5, 12):
            first = datetime(2024, month, 1, 16, 0, tzinfo=AMSTERDAM)
            yield first + timedelta(days=-first.weekday() % 7)
            end = date(2024, month, 1) - timedelta(days=1)
            save = partial(write_durably, folder / f"terugmelding-{end:%Y-%m}.json")
            terugmeldbestand.write(self._vault, end.replace(day=1), end, save=save)

    def set_number(self) -> Iterator[datetime]:
        """This morning, before the delivery, is set how many of the most frequent kind the month still takes in."""
        yield NU - timedelta(hours=6)
        settings = instellingen.load(self._vault.connection)
        used = quotum.ruimte(self._vault, settings, _VAAK).gebruikt
        instellingen.change(self._vault, "vaste_aantallen", f"{_VAAK}={used + _NOG}")

    def explain(self) -> Iterator[datetime]:
        """Each second Monday the text of AVG 14 goes to whoever got no letter that carries it within three weeks."""
        for _ in range((NU - BEGIN).days // 14):
            yield self._klok() + timedelta(days=14)
            settings, before = instellingen.load(self._vault.connection), self._klok() - timedelta(days=14)
            regels, _ = werklijst.page(
                self._vault.connection, Keuze(zonder_uitleg=True), pogingen=settings.pogingen,
                dagdelen=settings.dagdelen, limiet=1000,
            )  # fmt: skip
            for regel in regels:
                if regel.stand.ontvangen_op < before:
                    send_letter(self._vault, regel.id, "eerste-brief")

    def calls_of_today(self) -> Iterator[datetime]:
        """Shortly before `NU` a few people ask to be called back, one of them half an hour ago already."""
        for answered, called, promised in _BELOFTEN:
            yield called
            cell = dagdelen_cell(called)
            settings = instellingen.load(self._vault.connection)
            regels = zaken.to_call(
                self._vault.connection, cell, pogingen=settings.pogingen, dagdelen=settings.dagdelen, limiet=4
            )
            if regels:
                contact.record_contactpoging(
                    self._vault, regels[-1].id, event_id=self._vault.new_id(), contactsoort=Contactsoort.TELEFOON,
                    bereikt=answered is Gesprekspartner.INWONER, gesproken_met=answered,
                    resultaat=Belresultaat.TERUGBELLEN, terugbellen_op=promised,
                )  # fmt: skip

    def _sort_new(self, regels: tuple[TrayRegel, ...]) -> None:
        """Take up what came, refuse a few, and leave the latest for later."""
        taken = []
        for regel in regels:
            recent = regel.ontvangen_op > NU - _UITSTEL
            refusal = self._ground(regel) if self._random.random() < 0.04 else None
            if recent and self._random.random() < 0.8:
                continue
            if refusal is None:
                taken.append(regel.id)
            else:
                grond, brp_datum, notitie = refusal
                self._refuse(regel, grond, brp_datum, notitie)
        self._take_up(taken)

    def _ground(self, regel: TrayRegel) -> tuple[Weigergrond, date | None, str]:
        today = lokale_datum(self._klok())
        return self._random.choice((
            (Weigergrond.ONTERECHT, None, f"Signaal {regel.signaal}: er loopt al een regeling met het CAK."),
            (Weigergrond.OVERLEDEN, today, ""),
            (Weigergrond.GEEN_INWONER, today, ""),
            (Weigergrond.GEEN_CAPACITEIT, None, ""),
            (Weigergrond.ADRES_ONBEKEND, None, ""),
        ))  # fmt: skip

    def _sort_repeated(self, regels: tuple[TrayRegel, ...]) -> None:
        """A repeated report is refused as such, added to the zaak, or left to think about; the latest for later."""
        for regel in regels:
            if regel.ontvangen_op > NU - _UITSTEL:
                continue
            chance = self._random.random()
            if chance < 0.55:
                self._refuse(regel, Weigergrond.HERHAALD, None, "")
            elif chance < 0.85:
                self._take_up([regel.id])

    def _sort_minors(self, regels: tuple[TrayRegel, ...]) -> None:
        """A debt is no child's; once the CAK confirmed the mistake the signal is refused."""
        for regel in regels:
            if self._klok() - regel.ontvangen_op > timedelta(days=21):
                self._refuse(regel, Weigergrond.ONTERECHT, None, "Minderjarig; het CAK schrijft de ouder aan.")

    def _refuse(self, regel: TrayRegel, grond: Weigergrond, brp_datum: date | None, notitie: str) -> None:
        signalen.refuse(
            self._vault, regel.id, event_id=self._vault.new_id(), grond=grond, brp_datum=brp_datum, notitie=notitie
        )

    def _take_up(self, ids: list[UUID]) -> None:
        for opgepakt in signalen.accept(self._vault, ids):
            self.zaken.add(opgepakt.zaak)
            if opgepakt.zaak not in self._lopend:  # new, or opened again
                self._lopend.add(opgepakt.zaak)
                self.plan(self._story(opgepakt.zaak, Random(f"{self._seed}/{opgepakt.signaal}")))

    def _story(self, zaak: UUID, rng: Random) -> Moments:
        try:
            yield from Verloop(self._vault, zaak, rng)
        finally:
            self._lopend.discard(zaak)
