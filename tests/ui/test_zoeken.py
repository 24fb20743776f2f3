"""Search and Iemand belt terug by the keyboard: what is found, what is never opened, and who is not found."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from db.model.situatie import Situatie
from db.queries.terugbellen import Terugbelverzoek, waiting
from desktop.casework import situatie
from desktop.casework.terugbellen import note_terugbelverzoek
from desktop.ui.dialogs.terugbellen import CallbackDialog, NoteDialog, SettleDialog
from desktop.ui.screens.zaak import Zaak
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find, focused
from tests.ui.seeding import PASSPHRASE, MovingClock


def _holds(found: list[object], count: int) -> bool:
    return len(found) == count


CTRL = Qt.KeyboardModifier.ControlModifier


class Searcher:
    """Presses keys in the search box, and reads the list under it."""

    def __init__(self, qtbot: QtBot, window: Window, workbench: Workbench) -> None:
        self.qtbot, self.window, self.workbench = qtbot, window, workbench
        self.field = find(window, QLineEdit, "zoeken")
        self.list = find(window, QListView, "gevonden")

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def write(self, text: str) -> None:
        QTest.keyClicks(focused(), text)

    def search(self, text: str) -> list[str]:
        """Ctrl+K, type, and wait for the lines that answer."""
        self.press(Qt.Key.Key_K, CTRL)
        self.write(text)
        self.answered()
        return self.lines()

    def answered(self) -> None:
        search = self.workbench.search
        self.qtbot.waitUntil(lambda: search._shown == search._wanted)

    def lines(self) -> list[str]:
        """Each line as a screen reader reads it."""
        model = self.list.model()
        return [
            str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
            for row in range(model.rowCount(QModelIndex()))
        ]

    @property
    def row(self) -> int:
        return self.list.currentIndex().row()

    def dialog(self, kind: type[CallbackDialog]) -> CallbackDialog:
        self.qtbot.waitUntil(lambda: bool(self.window.findChildren(kind)))
        found: QWidget = self.window.findChildren(kind)[0]
        assert isinstance(found, CallbackDialog)
        with self.qtbot.waitActive(found):
            found.activateWindow()
        self.qtbot.waitUntil(lambda: found.isAncestorOf(focused()))
        return found

    def closed(self, kind: type[CallbackDialog]) -> None:
        self.qtbot.waitUntil(lambda: not self.window.findChildren(kind))
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()

    def opened(self) -> Zaak:
        self.qtbot.waitUntil(lambda: isinstance(self.workbench.current, Zaak))
        screen = self.workbench.current
        assert isinstance(screen, Zaak)
        self.qtbot.waitUntil(lambda: screen._dossier is not None)
        return screen

    def waiting(self) -> tuple[Terugbelverzoek, ...]:
        found: list[tuple[Terugbelverzoek, ...]] = []
        self.workbench.session.ask(self.workbench, waiting, found.append)
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]


@pytest.fixture
def searcher(qtbot: QtBot, window: Window, workbench: Workbench) -> Iterator[Searcher]:
    yield Searcher(qtbot, window, workbench)
    for dialog in window.findChildren(CallbackDialog):
        dialog.close()


def test_a_line_says_name_date_of_birth_number_and_step_but_no_address_and_no_debt(searcher: Searcher) -> None:
    (line,) = searcher.search("yildiz")
    assert line == "Yıldız, F., 2024-A0002 · 17 maart 1952, Bellen"
    (line,) = searcher.search("0101")
    assert line.startswith("Yıldız, F., 2024-A0002 · 17 maart 1952 · telefoon eindigt op 0101")


def test_a_match_on_an_address_is_said_without_the_address(searcher: Searcher) -> None:
    lines = searcher.search("korreweg")
    assert lines
    assert all("op adres gevonden" in line and "orreweg" not in line for line in lines)


def test_what_only_resembles_is_said_to_and_is_not_opened_by_an_enter_that_came_first(searcher: Searcher) -> None:
    searcher.press(Qt.Key.Key_K, CTRL)
    searcher.write("lukasevic")
    searcher.press(Qt.Key.Key_Return)
    searcher.answered()
    (line,) = searcher.lines()
    assert "Łukaszewicz" in line
    assert "lijkt erop" in line
    assert not isinstance(searcher.workbench.current, Zaak)
    searcher.press(Qt.Key.Key_Return)
    assert searcher.opened()._dossier is not None


def test_enter_before_the_answer_opens_who_was_typed_and_nobody_else(
    searcher: Searcher, zaken: dict[str, UUID]
) -> None:
    searcher.search("meer")
    searcher.field.selectAll()
    searcher.write("yildiz")
    searcher.press(Qt.Key.Key_Return)
    assert searcher.opened()._zaak == zaken["beloofd"]


def test_the_arrows_choose_and_escape_leaves(searcher: Searcher) -> None:
    lines = searcher.search("korreweg")
    assert len(lines) > 1
    assert searcher.row == 0
    searcher.press(Qt.Key.Key_Down)
    assert searcher.row == 1
    for _ in lines:
        searcher.press(Qt.Key.Key_Down)
    assert searcher.row == len(lines) - 1
    searcher.press(Qt.Key.Key_Up)
    assert searcher.row == len(lines) - 2
    searcher.press(Qt.Key.Key_Escape)
    assert searcher.field.text() == ""
    assert not find(searcher.window, QWidget, "zoekresultaten").isVisible()


def test_every_key_of_a_long_name_is_answered_with_what_stands_there_at_last(searcher: Searcher) -> None:
    for typed in itertools.accumulate("IJzendoorn"):
        lines = searcher.search(typed)
        assert any("IJzendoorn" in line for line in lines), typed


def test_a_caller_is_found_with_f4_and_the_zaak_opens_for_an_incoming_call(
    searcher: Searcher, zaken: dict[str, UUID]
) -> None:
    searcher.press(Qt.Key.Key_F4)
    searcher.write("+31 50 5550100")
    searcher.answered()
    assert "telefoon eindigt op 0100" in searcher.lines()[0]
    assert "noteer terugbelverzoek" in searcher.lines()[-1].lower()
    searcher.press(Qt.Key.Key_Return)
    screen = searcher.opened()
    assert screen._zaak == zaken["nieuw"]
    title = find(searcher.window, QLabel, "actie")
    searcher.qtbot.waitUntil(lambda: title.text() == "A.B. van der Meer belt")


def test_the_street_of_a_hidden_address_finds_nobody(searcher: Searcher, zaken: dict[str, UUID], qtbot: QtBot) -> None:
    assert any("Van der Meer" in line for line in searcher.search("oosterstraat meer"))
    searcher.press(Qt.Key.Key_Escape)
    done: list[object] = []
    session = searcher.workbench.session
    session.act(
        searcher.workbench,
        lambda vault: situatie.record_situatie(
            vault, zaken["nieuw"], event_id=session.new_id(), situatie=Situatie(afgeschermd=True)
        ),
        done.append,
    )
    qtbot.waitUntil(lambda: bool(done))
    assert not any("Van der Meer" in line for line in searcher.search("oosterstraat meer"))


def test_whoever_is_not_found_is_noted_by_the_keyboard_and_waits_under_f4(searcher: Searcher) -> None:
    (line,) = searcher.search("Qureshi")
    assert line.startswith("Niet gevonden: noteer terugbelverzoek")
    searcher.press(Qt.Key.Key_Return)
    assert not searcher.window.findChildren(NoteDialog), "nobody chose it yet"
    searcher.press(Qt.Key.Key_Down)
    searcher.press(Qt.Key.Key_Return)
    dialog = searcher.dialog(NoteDialog)
    assert find(dialog, QLineEdit, "terugbel_naam").text() == "Qureshi"
    assert focused().objectName() == "terugbel_nummer"
    searcher.press(Qt.Key.Key_Return)
    searcher.qtbot.waitUntil(find(dialog, QLabel, "terugbelfout").isVisible)
    searcher.write("050-5550177")
    searcher.press(Qt.Key.Key_Tab)
    searcher.write("na vijven")
    searcher.press(Qt.Key.Key_Return)
    searcher.press(Qt.Key.Key_Return)
    searcher.closed(NoteDialog)
    (noted,) = searcher.waiting()
    assert (noted.naam, noted.telefoonnummer, noted.wanneer) == ("Qureshi", "050-5550177", "na vijven")
    # and there it is, for whoever has a moment
    searcher.press(Qt.Key.Key_F4)
    searcher.answered()
    first, offer = searcher.lines()
    assert first == "Qureshi, 050 – 555 01 77 · na vijven · genoteerd di 7 mei 14:30, Terugbellen"
    assert offer.startswith("Noteer een terugbelverzoek")
    searcher.press(Qt.Key.Key_Down)
    searcher.press(Qt.Key.Key_Return)
    dialog = searcher.dialog(SettleDialog)
    assert find(dialog, QLabel, "terugbel_bel").text() == "050 – 555 01 77"
    find(dialog, QLineEdit, "terugbel_zaak").setText("2024-A9999")
    searcher.write("Was verkeerd verbonden")
    searcher.press(Qt.Key.Key_Return)
    searcher.qtbot.waitUntil(find(dialog, QLabel, "terugbelfout").isVisible)
    find(dialog, QLineEdit, "terugbel_zaak").setText("2024-A0001")
    searcher.press(Qt.Key.Key_Return)
    searcher.closed(SettleDialog)
    assert searcher.waiting() == ()


def test_a_number_that_was_typed_stands_ready_in_the_form(searcher: Searcher) -> None:
    searcher.press(Qt.Key.Key_F4)
    searcher.write("050 555 0188")
    searcher.answered()
    searcher.press(Qt.Key.Key_Return)
    dialog = searcher.dialog(NoteDialog)
    assert find(dialog, QLineEdit, "terugbel_nummer").text() == "050 555 0188"
    assert find(dialog, QLineEdit, "terugbel_naam").text() == ""
    assert focused().objectName() == "terugbel_naam"


def test_a_half_typed_request_is_back_after_a_lock(qtbot: QtBot, searcher: Searcher) -> None:
    searcher.workbench.search.note_asked.emit("")
    searcher.dialog(NoteDialog)
    searcher.write("Ozturk")
    searcher.press(Qt.Key.Key_Tab)
    searcher.write("050-55501")
    with qtbot.waitSignal(searcher.window.locked):
        searcher.window.lock("")
    assert searcher.window.findChildren(NoteDialog) == []
    searcher.window.unlock(PASSPHRASE)
    with qtbot.waitSignal(searcher.window.unlocked):
        pass
    assert searcher.window.workbench is not None
    again = Searcher(qtbot, searcher.window, searcher.window.workbench)
    again.workbench.search.note_asked.emit("")
    dialog = again.dialog(NoteDialog)
    qtbot.waitUntil(lambda: find(dialog, QLineEdit, "terugbel_naam").text() == "Ozturk")
    assert find(dialog, QLineEdit, "terugbel_nummer").text() == "050-55501"
    dialog.close()


def test_requests_wait_in_the_order_in_which_they_were_noted(
    searcher: Searcher, qtbot: QtBot, clock: MovingClock
) -> None:
    session = searcher.workbench.session
    done: list[object] = []
    for count, naam in enumerate(("Eerste", "Tweede"), start=1):
        note = partial(note_terugbelverzoek, event_id=session.new_id(), naam=naam, telefoonnummer="050-5550111")
        session.act(searcher.workbench, note, done.append)
        qtbot.waitUntil(partial(_holds, done, count))
        clock.now += timedelta(minutes=1)
    searcher.press(Qt.Key.Key_F4)
    searcher.answered()
    assert [line.partition(",")[0] for line in searcher.lines()] == ["Eerste", "Tweede", "Noteer een terugbelverzoek"]
    assert searcher.row == -1, "nobody is chosen by an Enter too many"
    searcher.press(Qt.Key.Key_Escape)
    assert not find(searcher.window, QWidget, "zoekresultaten").isVisible()


def test_the_list_goes_when_the_focus_does(searcher: Searcher) -> None:
    searcher.search("meer")
    assert find(searcher.window, QWidget, "zoekresultaten").isVisible()
    searcher.press(Qt.Key.Key_Tab)
    assert not find(searcher.window, QWidget, "zoekresultaten").isVisible()
    assert searcher.search("meer")
