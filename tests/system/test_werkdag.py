"""A whole day in the real program with the keyboard alone: ten calls, two visits, a plan, three closings, the lock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from db.model import gebeurtenis as g
from db.model.codes import Antwoord, Contactsoort, Gesprekspartner, Rol
from db.queries import dossier as dossiers
from db.vault import Vault
from desktop import app
from desktop.casework import contact, hulp, signalen
from tests.system.atspi import ALT, CONTROL, accessibility_bus, reader
from tests.system.test_schermlezer import RETURN, TAB, Worker
from tests.ui.seeding import NOW, PASSPHRASE, MovingClock, receive, some_signalen

if TYPE_CHECKING:
    from tests.system.conftest import Bus

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="keys are pressed through AT-SPI"),
    pytest.mark.slow,
]

CALLS = 10
_PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
sys.exit(not application.primaryScreen().grabWindow(0).save(sys.argv[1]))
"""


def call(vault: Vault, zaak: UUID, *, days: int, hours: int = 0, reached: bool = False) -> None:
    contact.record_contactpoging(
        vault, zaak, event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=reached,
        gesproken_met=Gesprekspartner.INWONER if reached else None, op=NOW - timedelta(days=days, hours=hours),
    )  # fmt: skip


def fill(vault: Vault, clock: MovingClock) -> list[tuple[UUID, str]]:
    """Ten zaken to call; two to visit, one for a plan and three to close; with their numbers, in that order."""
    with clock.at(NOW - timedelta(days=6)):
        receive(vault, some_signalen(16))
        taken = signalen.accept_all(vault)
    zaken = [(made.zaak, made.nummer) for made in taken]
    for zaak, _ in zaken[10:12]:
        for days, hours in ((3, 0), (2, 5), (1, 0)):
            call(vault, zaak, days=days, hours=hours)
    for zaak, _ in zaken[12:]:
        call(vault, zaak, days=2, reached=True)
        answer = Antwoord.AANVAARD if zaak == zaken[12][0] else Antwoord.GEEN_HULP
        hulp.offer_hulpaanbod(vault, zaak, event_id=vault.new_id(), antwoord=answer)
    hulp.record_eerste_gesprek(vault, zaken[12][0], event_id=vault.new_id())
    return zaken


class Dag(Worker):
    """Somebody at the keyboard, who looks at the screen now and then."""

    folder: Path
    taken = 0

    def picture(self, name: str) -> None:
        """What stands on the screen of the laptop."""
        self.taken += 1
        path = self.folder / f"{self.taken:02d}-{name}.png"
        subprocess.run([sys.executable, "-c", _PICTURE, str(path)], check=True, timeout=60)
        assert path.stat().st_size > 10_000, "an empty screen packs to less"

    def says(self, identity: str, text: str) -> None:
        self.ear.wait_until(lambda: text in self.showing(identity).name)

    def keys(self, *presses: int | str) -> None:
        for press in presses:
            if isinstance(press, str):
                self.ear.type(press)
            else:
                self.ear.press(press)

    def find(self, nummer: str) -> None:
        """Open a zaak by its number, from anywhere."""
        self.ear.chord(CONTROL, ord("k"))
        self.ear.wait_until(lambda: self.focus().identity == "zoeken")
        self.keys(nummer)
        self.ear.wait_until(lambda: any(nummer in node.name for node in self.showing("gevonden").walk()))
        self.keys(RETURN)
        self.ear.wait_until(lambda: any(node.name == f"Zaak {nummer}" for node in self.program.walk()))


@pytest.fixture
def dag(tmp_path: Path, bus: Bus) -> Iterator[tuple[Dag, list[tuple[UUID, str]], Path]]:
    clock = MovingClock()
    kluis = tmp_path / "kluis"
    made = app.create_vault(
        kluis, PASSPHRASE, gemeente="0014", naam="F. Yıldız", rol=Rol.UITVOERDER, proef=True, use_keyring=False,
        clock=clock,
    )  # fmt: skip
    with made.vault as vault:
        zaken = fill(vault, clock)
    environment = {**os.environ, **bus.environment, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    command = [sys.executable, "-m", "desktop", "--vault", str(kluis), "--now", f"{NOW:%Y-%m-%dT%H:%M}+00:00"]
    with (
        accessibility_bus(bus.address, environment) as address,
        reader(address) as ear,
        subprocess.Popen(command, env=environment) as process,
    ):
        try:
            worker = Dag(ear, ear.program(process.pid))
            worker.folder = Path(os.environ.get("VOORDEUR_DAGFOTOS", tmp_path))
            yield worker, zaken, kluis
        finally:
            process.terminate()


def test_a_day_from_unlock_to_lock_with_the_keyboard_alone(
    dag: tuple[Dag, list[tuple[UUID, str]], Path],
) -> None:
    worker, zaken, kluis = dag
    numbers = [number for _, number in zaken]
    worker.showing("wachtwoord")
    worker.picture("ontgrendelen")
    worker.keys(PASSPHRASE, RETURN)
    call_all(worker)
    visit(worker, *numbers[10:12])
    plan(worker, numbers[12])
    close(worker, numbers[13:])
    worker.ear.chord(CONTROL, ord("l"))
    worker.showing("wachtwoord")
    kinds = recorded(kluis, [zaak for zaak, _ in zaken])
    assert sum(kind is g.ContactpogingGedaan for each in kinds[:10] for kind in each) == CALLS
    assert sum(kind is g.ContactpogingGedaan for kind in kinds[10]) == 3 + 2, "the visit and its card"
    assert sum(kind is g.ContactpogingGedaan for kind in kinds[11]) == 3 + 1
    assert g.PlanVanAanpakOpgesteld in kinds[12]
    assert all(g.ZaakAfgesloten in each for each in kinds[13:])


def call_all(worker: Dag) -> None:
    """Call whoever comes up, one after the other, and find nobody at home."""
    worker.ear.wait_until(lambda: worker.focus().identity == "nu_bellen")
    worker.picture("vandaag")
    worker.keys(RETURN)
    worker.showing("resultaat_geen-gehoor")
    worker.picture("bellen")
    for number in range(CALLS):
        before = worker.showing("inwoner_naam").name
        worker.ear.wait_until(lambda: worker.focus().identity.startswith("resultaat_"))
        worker.keys("2")
        if number == CALLS - 1:
            worker.says("meldingtekst", "geen gehoor")
            break
        worker.ear.wait_until(lambda: worker.focus().identity == "volgende_bellen")
        worker.keys(RETURN)
        worker.ear.wait_until(lambda: worker.showing("inwoner_naam").name != before)  # noqa: B023  # waited for here
    worker.picture("na-tien-telefoontjes")


def visit(worker: Dag, away: str, home: str) -> None:
    """One door stays shut and gets a card; behind the other is the resident."""
    worker.find(away)
    worker.showing("bezoek_niemand-thuis")
    worker.picture("aan-de-deur")
    worker.keys("2")
    worker.showing("kaartje_ja")
    worker.keys("1")
    worker.says("meldingtekst", "niemand thuis")
    worker.find(home)
    worker.showing("bezoek_gesproken")
    worker.keys("1")
    worker.showing("met_inwoner")
    worker.keys("1")
    worker.says("meldingtekst", "gesproken")


def plan(worker: Dag, number: str) -> None:
    """Add a debt to the one of the signal, and save."""
    worker.find(number)
    worker.showing("totaal")
    worker.ear.wait_until(lambda: worker.focus().identity == "schuld_2_0")
    worker.keys("Energie", TAB, "150,00")
    worker.picture("plan")
    worker.ear.chord(ALT, ord("s"))
    worker.says("meldingtekst", "Plan van aanpak opgeslagen")


def close(worker: Dag, numbers: list[str]) -> None:
    """Close zaken of residents who want no help now, each with the exact message in sight."""
    for number in numbers:
        worker.find(number)
        worker.showing("weg_contact")
        worker.keys("1")
        worker.showing("weg_geen-hulp")
        worker.keys("2")
        worker.showing("eindresultaat_REGELT_ZELF")
        worker.keys("1")
        worker.says("naar_het_cak", "klaar met dit signaal")
        if number == numbers[0]:
            worker.picture("dit-gaat-naar-het-cak")
        worker.ear.chord(ALT, ord("k"))
        worker.says("actie", "Deze zaak is afgesloten")
    worker.ear.chord(CONTROL, ord("5"))
    worker.says("terug_samenvatting", f"{len(numbers)} berichten staan klaar")
    worker.picture("terugmelden")


def recorded(kluis: Path, zaken: list[UUID]) -> list[list[type]]:
    """The kinds of events in each zaak, as they stand in the vault afterwards."""
    with app.unlock(kluis, PASSPHRASE) as vault:
        found = [dossiers.load(vault.connection, zaak) for zaak in zaken]
    return [[type(event.inhoud) for event in one.gebeurtenissen] for one in found if one is not None]
