"""The screen turned to the resident: one zaak stays in sight, and of it only what may be read along."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QPlainTextEdit, QTabBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.codes import Contactsoort
from db.model.situatie import Situatie, VeiligContact
from db.vault import Vault
from desktop.casework import contact, situatie
from desktop.ui.screens.zaak import Zaak
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.factories import NAMEN
from tests.ui.finding import find
from tests.ui.seeding import PASSPHRASE
from tests.ui.test_dag import ALT, CTRL, Worker, dossier_of, open_zaak

KEY = Qt.Key
SECRET = "alleen op dinsdag, als hij werkt"


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


def readable(window: QWidget) -> str:
    """Everything that can be read on screen, or heard from a screen reader."""
    found = [window.windowTitle()]
    for made in window.findChildren(QWidget):
        if not made.isVisible():
            continue
        found += [made.accessibleName(), made.accessibleDescription(), made.toolTip()]
        if isinstance(made, QLabel | QAbstractButton):
            found.append(made.text())
        if isinstance(made, QPlainTextEdit):
            found.append(made.toPlainText())
        if isinstance(made, QTabBar):
            found += [made.tabText(number) for number in range(made.count()) if made.isTabVisible(number)]
        if isinstance(made, QAbstractItemView) and (model := made.model()) is not None:
            columns = range(model.columnCount() if isinstance(made, QTableView) else 1)
            places = (model.index(row, column) for row in range(model.rowCount()) for column in columns)
            for index in places:
                found += [str(index.data() or ""), str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")]
    return "\n".join(found)


def others(name: str) -> list[str]:
    whole = [" ".join(part for part in parts if part) for _, *parts in NAMEN]
    return [other for other in whole if other not in name]


def test_the_notes_are_there_again_once_the_screen_is_turned_back(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["aanbod"], "Bied ")
    tabs = find(worker.window, QTabBar, "tabbladen")
    place = next(number for number in range(tabs.count()) if tabs.tabText(number) == "Notities")
    width = tabs.tabRect(place).width()
    worker.press(KEY.Key_F8)
    assert not tabs.isTabVisible(place)
    worker.press(KEY.Key_F8)
    worker.waits(lambda: tabs.tabRect(place).width() == width > 0)


def test_only_this_resident_is_on_screen_and_nothing_that_was_written_about_them(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    zaak = zaken["aanbod"]
    done: list[object] = []

    def situate(vault: Vault) -> object:
        found = Situatie(veilig_contact=VeiligContact(let_op=SECRET))
        return situatie.record_situatie(vault, zaak, event_id=vault.new_id(), situatie=found)

    workbench.session.act(workbench, situate, done.append)
    worker.waits(lambda: done)
    open_zaak(worker, workbench, zaak, "Bied ")
    worker.waits(lambda: SECRET in readable(worker.window))
    worker.press(KEY.Key_F8)
    seen = readable(worker.window)
    resident = dossier_of(qtbot, workbench, zaak).inwoner
    assert resident.achternaam in seen
    assert [name for name in others(resident.naam) if name in seen] == []
    assert SECRET not in seen
    assert "Tijdlijn" not in seen
    assert "Notities" not in seen
    assert not find(worker.window, QPlainTextEdit, "notitie").isVisible()
    worker.press(KEY.Key_F8)
    worker.waits(lambda: SECRET in readable(worker.window))


def test_what_is_recorded_at_the_table_brings_nothing_back_in_sight(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    zaak = zaken["aanbod"]
    open_zaak(worker, workbench, zaak, "Bied ")
    worker.press(KEY.Key_F8)
    done: list[object] = []

    def call(vault: Vault) -> object:
        return contact.record_contactpoging(
            vault, zaak, event_id=vault.new_id(), contactsoort=Contactsoort.TELEFOON, bereikt=False
        )

    workbench.session.act(workbench, call, done.append)
    worker.waits(lambda: done)
    screen = workbench.current
    assert isinstance(screen, Zaak)
    attempts = dossier_of(worker.qtbot, workbench, zaak).stand.pogingen
    worker.waits(lambda: screen.dossier is not None and screen.dossier.stand.pogingen == attempts)
    worker.waits(screen.updatesEnabled)
    worker.waits(lambda: "Wanneer gebeld" not in readable(worker.window))
    worker.press(KEY.Key_F8)
    worker.waits(lambda: "Wanneer gebeld" in readable(worker.window))


def test_no_key_leads_to_another_resident(worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> None:
    open_zaak(worker, workbench, zaken["aanbod"], "Bied ")
    zaak = workbench.current
    worker.press(KEY.Key_F8)
    for key, modifier in (
        (KEY.Key_1, CTRL),
        (KEY.Key_2, CTRL),
        (KEY.Key_3, CTRL),
        (KEY.Key_K, CTRL),
        (KEY.Key_F4, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_T, CTRL),
        (KEY.Key_W, ALT),
        (KEY.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ):
        worker.press(key, modifier)
        assert workbench.current is zaak
    assert not find(worker.window, QWidget, "zoeken").isVisible()


def test_help_is_recorded_together(qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> None:
    zaak = zaken["aanbod"]
    open_zaak(worker, workbench, zaak, "Bied ")
    worker.press(KEY.Key_F8)
    worker.press(KEY.Key_1)
    worker.sees("actie", "Voer het eerste gesprek")
    assert isinstance(dossier_of(qtbot, workbench, zaak).gebeurtenissen[-1].inhoud, g.HulpaanbodGedaan)


def test_a_note_out_of_sight_waits_until_the_worker_is_alone(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["aanbod"], "Bied ")
    zaak = workbench.current
    assert isinstance(zaak, Zaak)
    zaak.show_form("cak")
    worker.press(KEY.Key_N, ALT)
    worker.type("Wil niet dat haar zoon dit weet")
    assert zaak.panel.form is not None
    note = zaak.panel.form.context.note
    assert note() == "Wil niet dat haar zoon dit weet"
    worker.press(KEY.Key_F8)
    assert note() == ""
    worker.press(KEY.Key_F8)
    assert note() == "Wil niet dat haar zoon dit weet"


def test_a_form_for_the_worker_alone_waits_out_of_sight_with_what_was_typed(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(KEY.Key_N, ALT)
    worker.type("Belt liever na vijven")
    glance = find(worker.window, QWidget, "belkaart")
    assert glance.isVisible()
    worker.press(KEY.Key_F8)
    worker.sees("aan_tafel_rust", "F8")
    assert not glance.isVisible()
    assert "na vijven" not in readable(worker.window)
    worker.press(KEY.Key_F8)
    worker.waits(glance.isVisible)
    assert find(worker.window, QPlainTextEdit, "notitie").toPlainText() == "Belt liever na vijven"


def test_a_list_shows_nothing_at_all(worker: Worker, workbench: Workbench) -> None:
    workbench.go("werkvoorraad")
    worker.waits(lambda: NAMEN[0][2] in readable(worker.window))
    worker.press(KEY.Key_F8)
    assert [name for name in others("") if name in readable(worker.window)] == []
    worker.sees("gordijn", "niets")
    worker.press(KEY.Key_F8)
    worker.waits(lambda: NAMEN[0][2] in readable(worker.window))


def test_a_vault_that_locked_at_the_table_opens_again_without_a_name(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["aanbod"], "Bied ")
    worker.press(KEY.Key_F8)
    window = worker.window
    assert isinstance(window, Window)
    with qtbot.waitSignal(window.locked):
        window.lock("")
    with qtbot.waitSignal(window.unlocked):
        window.on_submitted(PASSPHRASE)
    worker.sees("gordijn", "niets")
    assert [name for name in others("") if name in readable(window)] == []
    worker.press(KEY.Key_F8)
    worker.waits(lambda: not find(window, QLabel, "gordijn").isVisible())
    assert not isinstance(window.workbench and window.workbench.current, Zaak)
