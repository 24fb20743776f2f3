"""The work list narrowed down, sorted, saved as somebody likes it, and several rows chosen at once."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from db.model.codes import Stap
from desktop.ui.dialogs.naam import NameDialog
from desktop.ui.screens.werkvoorraad import Werkvoorraad
from desktop.ui.widgets.zaakdetail import ZaakDetail
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find
from tests.ui.seeding import PASSPHRASE


def shown(qtbot: QtBot, workbench: Workbench) -> Werkvoorraad:
    workbench.go("werkvoorraad")
    screen = workbench.current
    assert isinstance(screen, Werkvoorraad)
    qtbot.waitUntil(lambda: screen.table.model().rowCount() > 0)
    return screen


def names(screen: Werkvoorraad) -> list[str]:
    model = screen.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def pick(screen: Werkvoorraad, name: str, text: str) -> None:
    field = find(screen, QComboBox, name)
    field.setCurrentIndex(field.findText(text))
    field.activated.emit(field.currentIndex())


def entries(screen: Werkvoorraad) -> list[str]:
    menu = find(screen, QPushButton, "lijst_meer").menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.text()]


def trigger(screen: Werkvoorraad, text: str) -> None:
    menu = find(screen, QPushButton, "lijst_meer").menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_the_list_is_sorted_as_somebody_likes(qtbot: QtBot, workbench: Workbench) -> None:
    screen = shown(qtbot, workbench)
    by_term = names(screen)
    pick(screen, "kies_volgorde", "Op naam")
    qtbot.waitUntil(lambda: names(screen) != by_term)
    assert sorted(names(screen)) == sorted(by_term), "the same zaken"
    assert names(screen)[-1].startswith("Yıldız")


def test_a_term_narrows_the_list_and_an_empty_one_says_so(qtbot: QtBot, workbench: Workbench) -> None:
    screen = shown(qtbot, workbench)
    pick(screen, "kies_termijn", "Termijn voorbij of vandaag")
    qtbot.waitUntil(lambda: screen.table.model().rowCount() == 0)
    assert any("Geen zaken bij deze keuze" in made.text() and made.isVisible() for made in screen.findChildren(QLabel))
    pick(screen, "kies_termijn", "Alle termijnen")
    qtbot.waitUntil(lambda: screen.table.model().rowCount() > 0)


def test_the_chosen_zaak_stands_beside_the_list_without_address_or_debt(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    screen = shown(qtbot, workbench)
    detail = find(screen, ZaakDetail, "zaakdetail")
    qtbot.waitUntil(lambda: any(made.text() == "Zaak openen" for made in detail.findChildren(QPushButton)))
    told = " ".join(made.text() for made in detail.findChildren(QLabel))
    assert "2024-A" in told
    assert "straat" not in told.lower()
    assert "Wmo" not in told
    find(detail, QPushButton, "detail_openen").click()
    qtbot.waitUntil(lambda: workbench.current is not screen)


def test_several_are_chosen_with_shift_and_counted(qtbot: QtBot, workbench: Workbench) -> None:
    screen = shown(qtbot, workbench)
    screen.table.setFocus()
    for _ in range(2):
        QTest.keyClick(screen.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(screen.chosen()) == 3
    assert find(screen, QLabel, "gekozen").text() == "3 gekozen"
    assert find(screen, QPushButton, "brieven_maken").isVisible()
    with qtbot.waitSignal(screen.letters_asked) as asked:
        find(screen, QPushButton, "brieven_maken").click()
    assert asked.args == [screen.chosen()]


def test_a_choice_is_kept_under_a_name_and_is_there_after_locking(
    qtbot: QtBot, window: Window, workbench: Workbench
) -> None:
    screen = shown(qtbot, workbench)
    screen.choose(Stap.HUISBEZOEK)
    pick(screen, "kies_volgorde", "Op naam")
    trigger(screen, "Deze keuze bewaren…")
    dialog = screen.findChild(NameDialog)
    assert isinstance(dialog, NameDialog)
    assert not find(dialog, QPushButton, "naam_bewaren").isEnabled()
    QTest.keyClicks(find(dialog, QLineEdit, "naam"), "Deuren deze week")
    find(dialog, QPushButton, "naam_bewaren").click()
    qtbot.waitUntil(lambda: "Deuren deze week" in entries(screen))
    screen.table.setColumnHidden(3, True)
    with qtbot.waitSignal(window.locked):
        window.lock("")
    window.on_submitted(PASSPHRASE)
    with qtbot.waitSignal(window.unlocked):
        pass
    assert window.workbench is not None
    again = shown(qtbot, window.workbench)
    qtbot.waitUntil(lambda: "Deuren deze week" in entries(again))
    trigger(again, "Deuren deze week")
    assert (again.keuze.stap, again.keuze.volgorde.value) == (Stap.HUISBEZOEK, "naam")


def test_a_hidden_column_stays_hidden(qtbot: QtBot, workbench: Workbench) -> None:
    screen = shown(qtbot, workbench)
    menu = find(screen, QPushButton, "lijst_meer").menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    columns = next(action.menu() for action in menu.actions() if action.text() == "Kolommen")
    assert isinstance(columns, QMenu)
    columns.actions()[0].toggle()
    assert screen.table.isColumnHidden(1)
    workbench._drop(workbench._take_out("werkvoorraad"))
    again = shown(qtbot, workbench)
    qtbot.waitUntil(lambda: again.table.isColumnHidden(1))


def test_an_empty_list_gives_the_focus_to_what_stands_there_instead(qtbot: QtBot, workbench: Workbench) -> None:
    screen = shown(qtbot, workbench)
    screen.take_focus()
    assert screen.table.hasFocus()
    find(screen, QPushButton, "filter_plan").click()
    qtbot.waitUntil(screen.table.isHidden)
    focused = workbench.window().focusWidget()
    assert isinstance(focused, QLabel)
    assert focused.text().startswith("Geen zaken bij deze keuze.")
    find(screen, QPushButton, "filter_alles").click()
    qtbot.waitUntil(screen.table.hasFocus)
