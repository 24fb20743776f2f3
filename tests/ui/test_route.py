"""The route: addresses of one day, looks that are recorded, an order that stays, an alarm that outlives the lock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QDate, QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.situatie import Veiligheidsgrens
from desktop.ui.dialogs.bezoekmap import VisitsDialog
from desktop.ui.models.route import RouteModel
from desktop.ui.models.rows import Role
from desktop.ui.screens.route import Route
from desktop.ui.screens.zaak import Zaak
from desktop.ui.wekker import AlarmDialog, wekker
from desktop.ui.widgets.table import ZaakTable
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.checks import letters
from tests.ui.finding import find, focused
from tests.ui.seeding import PASSPHRASE, MovingClock
from tests.ui.test_bezoek import planned, situated
from tests.ui.test_dag import ALT, CTRL, NONE, Worker, dossier_of, worker

__all__ = ["worker"]  # the fixture of a worker who presses keys

DOORS = ("bezoek", "onbruikbaar", "poging")


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    yield
    wekker().stop()


@pytest.fixture
def route(qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> Route:
    """Three doors of today, opened with Ctrl+4."""
    for name in DOORS:
        planned(qtbot, workbench, zaken[name])
    worker.press(Qt.Key.Key_4, CTRL)
    screen = workbench.current
    assert isinstance(screen, Route)
    qtbot.waitUntil(lambda: screen.table.model().rowCount() == len(DOORS))
    return screen


def order(screen: Route) -> list[UUID]:
    model = screen.table.model()
    return [model.index(row, 0).data(Role.ZAAK) for row in range(model.rowCount())]


def looks(qtbot: QtBot, workbench: Workbench, zaak: UUID) -> int:
    return [event.inhoud for event in dossier_of(qtbot, workbench, zaak).logboek].count(
        g.DossierIngezien(scherm="Route")
    )


def test_a_day_is_shown_in_walking_order_and_each_address_is_a_recorded_look(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], route: Route
) -> None:
    shown = [str(route.table.model().index(row, 0).data()) for row in range(3)]
    assert [text.partition(" · ")[0] for text in shown] == ["1", "2", "3"]
    assert [text.partition(" · ")[2] for text in shown] == sorted(text.partition(" · ")[2] for text in shown)
    for name in DOORS:
        assert looks(qtbot, workbench, zaken[name]) == 1
    assert looks(qtbot, workbench, zaken["vers"]) == 0
    worker.press(Qt.Key.Key_1, CTRL)
    worker.press(Qt.Key.Key_4, CTRL)
    find(route, QDateEdit, "route_dag").setDate(QDate(2024, 5, 8))
    worker.sees("route_titel", "woensdag 8 mei")
    find(route, QDateEdit, "route_dag").setDate(QDate(2024, 5, 7))
    worker.waits(lambda: route.table.model().rowCount() == 3)
    assert looks(qtbot, workbench, zaken["bezoek"]) == 1, "once a day is enough"


def test_alt_and_the_arrows_change_the_order_and_it_stays(
    qtbot: QtBot, worker: Worker, workbench: Workbench, route: Route
) -> None:
    first = order(route)
    assert focused() is route.table
    worker.press(Qt.Key.Key_Down, ALT)
    moved = [first[1], first[0], first[2]]
    worker.waits(lambda: order(route) == moved)
    assert route.table.current_zaak() == first[0], "the door that moved stays chosen"
    with qtbot.waitSignal(worker.window.locked):
        worker.window.lock("")
    worker.window.unlock(PASSPHRASE)
    with qtbot.waitSignal(worker.window.unlocked):
        pass
    worker.press(Qt.Key.Key_4, CTRL)
    assert worker.window.workbench is not None
    again = worker.window.workbench.current
    assert isinstance(again, Route)
    worker.waits(lambda: order(again) == moved)
    worker.sees("route_samenvatting", "in jouw eigen volgorde")
    find(again, QPushButton, "loopvolgorde").click()
    worker.waits(lambda: order(again) == first)


@pytest.mark.parametrize(("source", "row", "expected"), [(2, 0, (2, 0, 1)), (0, 3, (1, 2, 0)), (1, -1, (0, 2, 1))])
def test_a_door_is_dragged_to_its_place(
    worker: Worker, route: Route, source: int, row: int, expected: tuple[int, ...]
) -> None:
    first, model = order(route), route.table.model()
    assert isinstance(model, RouteModel)
    carried: QMimeData = model.mimeData([model.index(source, 0)])
    assert model.canDropMimeData(carried, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    model.dropMimeData(carried, Qt.DropAction.MoveAction, row, 0, QModelIndex())
    worker.waits(lambda: order(route) == [first[number] for number in expected])


def test_the_bezoekmap_tells_the_doors_and_nothing_about_money_and_is_asked_back(
    worker: Worker, route: Route, tmp_path: Path
) -> None:
    worker.press(Qt.Key.Key_P, ALT)
    worker.waits(lambda: worker.window.findChild(VisitsDialog) is not None)
    dialog = find(worker.window, VisitsDialog, "bezoekmap_op_papier")
    worker.waits(lambda: bool(dialog.preview.pdf))
    told = dialog.preview.accessibleDescription()
    doors = [str(route.table.model().index(row, 0).data()) for row in range(3)]
    assert all(door in told for door in doors)
    assert not re.search(r"CAK|Wmo|schuld|zorg|€|050|05-1951|1951", told)
    path = tmp_path / "bezoekmap.pdf"
    dialog.handover.save(path)
    worker.sees("meldingtekst", "Opgeslagen: bezoekmap.pdf")
    assert path.read_bytes() == dialog.preview.pdf
    worker.waits(lambda: find(route, QLabel, "bezoekmap_mee").isVisible())
    back = find(route, QPushButton, "bezoekmap_terug")
    assert back.isVisible()
    assert letters(worker.window) == []
    back.click()
    worker.sees("meldingtekst", "De bezoekmap is terug en vernietigd.")
    worker.waits(lambda: not back.isVisible())


def test_enter_asks_for_the_result_of_that_door(worker: Worker, workbench: Workbench, route: Route) -> None:
    worker.press(Qt.Key.Key_Return)
    worker.waits(lambda: isinstance(workbench.current, Zaak))
    worker.waits(lambda: find(worker.window, QPushButton, "bezoek_gesproken").isVisible())
    worker.press(Qt.Key.Key_4, NONE)
    worker.sees("meldingtekst", "niet op gesprek gekomen")
    worker.press(Qt.Key.Key_4, CTRL)
    worker.waits(lambda: route.table.model().rowCount() == 2)


def test_what_to_mind_stands_at_the_door_and_a_hidden_address_stays_hidden(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], route: Route
) -> None:
    situated(qtbot, workbench, zaken["poging"], niet_alleen=Veiligheidsgrens(reden="x", herzien_op=date(2024, 11, 1)))
    situated(qtbot, workbench, zaken["bezoek"], afgeschermd=True)
    model = route.table.model()

    def row_of(name: str) -> tuple[str, str]:
        row = order(route).index(zaken[name])
        return str(model.index(row, 0).data()), str(model.index(row, 2).data())

    worker.waits(lambda: row_of("poging")[1] == "niet alleen")
    worker.waits(lambda: row_of("bezoek")[1] == "ga niet langs")
    assert row_of("bezoek")[0].endswith("Geheim adres")
    spoken = " ".join(str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(3))
    assert "Drift" not in spoken + row_of("bezoek")[0]


def test_an_alarm_asks_for_a_buddy_rings_before_a_locked_vault_and_is_put_off(
    qtbot: QtBot, worker: Worker, window: Window, route: Route, clock: MovingClock
) -> None:
    find(route, QPushButton, "wekker_zetten").click()
    worker.sees("wekker_fout", "Vul in wie weet")
    find(route, QLineEdit, "wekker_buddy").setText("T. Visser")
    minutes = find(route, QComboBox, "wekker_minuten")
    minutes.setCurrentIndex(minutes.findText("30 minuten"))
    worker.press(Qt.Key.Key_Z, ALT)
    worker.sees("wekker_stand", "De wekker gaat om 15:00. T. Visser weet")
    with qtbot.waitSignal(window.locked):
        window.lock("")
    clock.now += timedelta(minutes=29)
    wekker().on_tick()
    assert not wekker().gaat
    clock.now += timedelta(minutes=2)
    worker.waits(lambda: window.findChild(AlarmDialog) is not None)
    dialog = find(window, AlarmDialog, "wekker_gaat")
    assert any("T. Visser" in made.text() for made in dialog.findChildren(QLabel))
    find(dialog, QPushButton, "wekker_later").click()
    assert wekker().tot == clock.now + timedelta(minutes=15)
    assert not wekker().gaat
    clock.now += timedelta(minutes=15)
    worker.waits(lambda: wekker().gaat)
    find(window, QPushButton, "wekker_veilig").click()
    assert wekker().tot is None


def test_an_empty_day_says_what_to_do(worker: Worker, workbench: Workbench) -> None:
    worker.press(Qt.Key.Key_4, CTRL)
    worker.sees("", "Geen huisbezoeken op deze dag")
    assert not find(worker.window, ZaakTable, "route").isVisible()
    worker.waits(lambda: find(worker.window, QWidget, "route_dag").hasFocus())
