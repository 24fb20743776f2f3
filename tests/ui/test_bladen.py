"""The pages of a zaak: timeline with old and new values, plan versions, notes, letters, and what the CAK was told."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTabBar, QTableView
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.bedrag import Bedrag
from db.model.codes import Contactsoort, Dagdelen, Eindresultaat
from db.model.gebeurtenis import Entry
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.model.situatie import Situatie
from db.vault import Vault
from desktop.casework import afsluiten, contact, hulp, ongedaan, signalen, situatie
from desktop.documents.making import make_file
from desktop.ui.dialogs.brief import LetterDialog
from desktop.ui.models.tijdlijn import Moment, Story, TimelineModel
from desktop.ui.screens.zaak import Zaak
from desktop.ui.widgets.naast import SideBySide
from desktop.ui.widgets.timeline import Timeline
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.factories import signaal
from tests.ui.finding import find, focused
from tests.ui.seeding import MovingClock, receive
from tests.ui.test_dag import CTRL, Worker, open_zaak
from tests.ui.test_hulp import Kluis, kluis

__all__ = ["kluis"]

FIRST = PlanVanAanpak(
    schulden=(Schuld(schuldeiser="CAK", bedrag=Bedrag(154_26)),),
    afspraken=(Afspraak(wie="Inwoner", wat="belt het CAK", uiterlijk=date(2024, 5, 20)),),
)
SECOND = PlanVanAanpak(
    schulden=(Schuld(schuldeiser="CAK", bedrag=Bedrag(100_00)),),
    inkomen_per_maand=Bedrag(1_450_00),
    afspraken=FIRST.afspraken,
)


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


def turn_to(worker: Worker, text: str) -> None:
    """Go from tab to tab with the keys until this one shows."""
    tabs = find(worker.window, QTabBar, "tabbladen")
    for _ in range(tabs.count()):
        if tabs.tabText(tabs.currentIndex()) == text:
            return
        worker.press(Qt.Key.Key_PageDown, CTRL)
    pytest.fail(f"no tab {text}")


def entries(worker: Worker, name: str) -> list[Moment]:
    """Everything in a list of the zaak."""
    model = find(worker.window, Timeline, name).model()
    assert isinstance(model, TimelineModel)
    return [model.moment(row) for row in range(model.rowCount())]


def with_plans(vault: Vault, zaak: UUID) -> None:
    """The first talk, and two versions of the plan."""
    hulp.record_eerste_gesprek(vault, zaak, event_id=vault.new_id())
    for plan in (FIRST, SECOND):
        hulp.draw_up_plan(vault, zaak, event_id=vault.new_id(), plan=plan)


def situate(vault: Vault, zaak: UUID, found: Situatie) -> None:
    """Record a situation."""
    situatie.record_situatie(vault, zaak, event_id=vault.new_id(), situatie=found)


def test_the_timeline_tells_the_old_and_the_new_value_and_what_was_taken_back(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID], clock: MovingClock, kluis: Kluis  # a fixture
) -> None:  # fmt: skip
    zaak = zaken["gesprek"]
    kluis.act(lambda vault: with_plans(vault, zaak))
    for needed in (False, True):
        found = Situatie(tolk=needed, wensen="Praat langzaam.")
        kluis.act(partial(situate, zaak=zaak, found=found))
    clock.now += timedelta(seconds=10)
    kluis.act(lambda vault: contact.record_notitie(vault, zaak, event_id=vault.new_id(), tekst="Verkeerde zaak."))
    clock.now += timedelta(seconds=10)
    kluis.act(lambda vault: ongedaan.undo(vault, zaak, event_id=vault.new_id()))
    kluis.act(lambda vault: hulp.check_afspraak(vault, zaak, event_id=vault.new_id(), versie=2, nummer=1, gedaan=True))
    open_zaak(worker, workbench, zaak, "Sluit de zaak af")
    checked, undone, tolk, wish, second, first, *_ = entries(worker, "tijdlijn")
    assert checked.regels == ("Inwoner: belt het CAK", "gedaan")
    assert undone.titel.endswith("(ongedaan gemaakt)")
    assert tolk.regels == ("Tolk nodig: nee → ja",)
    assert wish.regels == ("Wensen: niets → Praat langzaam.",)
    assert second.regels == (
        "Schuld: CAK: €\u00a0154,26 → €\u00a0100,00",
        "Schulden samen: €\u00a0154,26 → €\u00a0100,00",
        "Inkomen per maand: niets → €\u00a01.450,00",
    )
    assert first.regels == ("1 schuld, € 154,26",)


def test_every_version_of_the_plan_stands_beside_the_one_before_it(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID], kluis: Kluis  # a fixture
) -> None:  # fmt: skip
    zaak = zaken["gesprek"]
    kluis.act(lambda vault: with_plans(vault, zaak))
    open_zaak(worker, workbench, zaak, "Sluit de zaak af")
    turn_to(worker, "Plan")
    versions = find(worker.window, QComboBox, "planversie")
    assert versions.hasFocus()
    assert versions.currentText() == "Versie 2 · 7 mei 2024 · F. Yıldız (geldt nu)"
    table = find(worker.window, QTableView, "plan_naast_elkaar")
    model = table.model()
    assert isinstance(model, SideBySide)
    rows = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert rows[0] == ["Schuld: CAK\n● gewijzigd", "€ 154,26", "€ 100,00"]
    assert rows[2] == ["Afspraak: Inwoner: belt het CAK", "uiterlijk 20 mei 2024", "uiterlijk 20 mei 2024"]
    assert rows[3] == ["Inkomen per maand\n● nieuw", "–", "€ 1.450,00"]
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Schuld: CAK, gewijzigd: was € 154,26, is nu € 100,00"
    worker.press(Qt.Key.Key_Down)
    assert versions.currentText().startswith("Versie 1")
    assert table.isColumnHidden(1), "nothing stands before the first version"
    worker.press(Qt.Key.Key_Escape)
    worker.waits(lambda: find(worker.window, QTabBar, "tabbladen").currentIndex() == 0)


def test_all_notes_stand_together_and_one_more_is_a_button_away(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    turn_to(worker, "Notities")
    assert [made.regels for made in entries(worker, "notities")] == [("“Bel lang aan.”",)]
    find(worker.window, QPushButton, "notitie_maken").click()
    worker.sees("actie", "Notitie maken")
    worker.waits(lambda: focused().objectName() == "notitie")


def test_a_letter_can_be_made_again(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID], kluis: Kluis, tmp_path: Path  # a fixture
) -> None:  # fmt: skip
    zaak = zaken["poging"]
    kluis.act(
        lambda vault: make_file(
            vault, zaak=zaak, soort="waarom-wij-belden", path=tmp_path / "brief.pdf", event_id=vault.new_id()
        )
    )
    open_zaak(worker, workbench, zaak, "Bel ")
    turn_to(worker, "Brieven")
    (made,) = entries(worker, "brieven")
    assert (made.regels, "F. Yıldız" in made.wanneer) == (("Welke: Waarom wij u belden",), True)
    worker.press(Qt.Key.Key_Return)
    worker.waits(lambda: worker.window.findChild(LetterDialog) is not None)
    dialog = find(worker.window, LetterDialog, "brief_maken")
    assert find(dialog, QComboBox, "brief_soort").currentData() == "waarom-wij-belden"
    dialog.reject()


def test_what_the_cak_is_told_stands_there_with_its_state(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID], kluis: Kluis  # a fixture
) -> None:  # fmt: skip
    zaak = zaken["aanbod"]
    open_zaak(worker, workbench, zaak, "hulp aan")
    turn_to(worker, "Naar het CAK")
    worker.sees("", "Er is niets naar het CAK gegaan")
    end = Eindresultaat.REGELT_ZELF
    kluis.act(lambda vault: afsluiten.close_zaak(vault, zaak, event_id=vault.new_id(), eindresultaat=end))
    worker.waits(lambda: entries(worker, "verzonden"))
    assert entries(worker, "verzonden") == [
        Moment(
            titel="AFGEROND: “De gemeente is klaar met dit signaal.”",
            wanneer="7 mei 2024 · ● staat klaar",
            regels=("Signaal CM-000005, klantnummer 4410887",),
        )
    ]


def test_of_two_thousand_events_only_those_on_screen_are_put_into_words(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID], kluis: Kluis  # a fixture
) -> None:  # fmt: skip
    zaak = zaken["poging"]

    def many(vault: Vault) -> None:
        op = vault.clock()
        calls = [
            Entry(
                id=vault.new_id(),
                dossier=zaak,
                op=op - timedelta(minutes=number),
                inhoud=g.ContactpogingGedaan(
                    contactsoort=Contactsoort.TELEFOON,
                    bereikt=False,
                    dagdeel=Dagdelen.WEEK_MIDDAG,
                    notitie=f"Poging {number}",
                ),
            )
            for number in range(2000)
        ]
        vault.journal.append(calls, door=vault.door)

    kluis.act(many)
    workbench.open_zaak(zaak)
    screen = workbench.current
    assert isinstance(screen, Zaak)
    worker.waits(lambda: screen.filled and screen._timeline.isVisible())
    model = screen._timeline.model()
    assert isinstance(model, TimelineModel)
    story = model._moments
    assert isinstance(story, Story)
    assert len(story) == 2002
    assert len(story._made) < 200, "the rest follows while the window stays usable"
    screen._timeline.scrollToBottom()
    worker.waits(lambda: len(story._made) > 200)
    assert entries(worker, "tijdlijn")[-1].titel == "Zaak opgepakt"


def test_of_sixty_signals_the_newest_few_stand_there_and_the_rest_is_a_click_away(
    worker: Worker, workbench: Workbench, kluis: Kluis  # a fixture
) -> None:  # fmt: skip
    made = [
        signaal(id=f"Z-{number:02d}", klantnummer="9999999", bedrag=Bedrag(100_01 + number)) for number in range(60)
    ]
    zaken: list[UUID] = []

    def take_up(vault: Vault) -> None:
        receive(vault, made)
        zaken.extend(taken.zaak for taken in signalen.accept(vault, [one.dossier for one in made]))

    kluis.act(take_up)
    assert len(set(zaken)) == 1
    open_zaak(worker, workbench, zaken[0], "Bel ")
    worker.sees("", "60 signalen, samen € 6.018,30")

    def amounts() -> int:
        return sum(
            label.text().startswith("€ 100,") for label in worker.window.findChildren(QLabel) if label.isVisible()
        )

    assert amounts() == 3
    find(worker.window, QPushButton, "alle_signalen").click()
    worker.waits(lambda: amounts() == 60)
