"""Signalen: the trays and what is done in them, and a file read in from beginning to end, on the keyboard."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.model.codes import Bak, Weigergrond
from db.queries import signalen as trays
from db.queries.dossier import load
from desktop.casework import instellingen, signalen
from desktop.intake import import_file
from desktop.intake.profielen import store
from desktop.ui.dialogs.verslag import ReportDialog
from desktop.ui.dialogs.weigeren import RefuseDialog
from desktop.ui.forms.herstellen import MendPanel
from desktop.ui.models.rows import Role
from desktop.ui.screens.signalen import Signalen
from desktop.ui.widgets.dossiercards import KnownCard
from desktop.ui.widgets.naast import SideBySideTable
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.factories import csv_bestand, rij, signaalbestand
from tests.ui.checks import CHECKS
from tests.ui.finding import find, focused
from tests.ui.seeding import NOW, PASSPHRASE, MovingClock, make_vault
from tests.ui.test_dag import ALT, CTRL, Worker

T = TypeVar("T")
ROLES = (Qt.ItemDataRole.DisplayRole, Role.TWEEDE_REGEL, Qt.ItemDataRole.AccessibleTextRole)


def row(number: int, **changes: object) -> dict[str, Any]:
    """An admitted row of one kind."""
    return rij(number, **{"soort": "wmo-abonnementstarief", "ontstaansdatum": "2023-08-31"} | changes)


@pytest.fixture
def zaken(tmp_path: Path, clock: MovingClock) -> dict[str, UUID]:
    """One signal or row in each tray, and five that are new."""
    file = tmp_path / "levering"
    with make_vault(tmp_path, clock) as vault:
        with clock.at(NOW - timedelta(days=20)):
            file.write_bytes(signaalbestand(rows=[row(1), row(2), row(3)], id="eerste"))
            import_file(vault, file)
            (first, *_) = trays.tray(vault.connection, Bak.NIEUW)
            signalen.accept(vault, [first.id])
        instellingen.change(vault, "vaste_aantallen", "wmo-abonnementstarief=4")
        rows = [row(number) for number in range(4, 10)]
        rows += [
            row(2, achternaam="Andersson", bedrag="399.10"), row(30, bedrag="99.99"), row(31, bedrag="1.213"),
            row(33, geboortedatum="2010-05-01"),
            row(40, klantnummer=row(1)["klantnummer"], bedrag=row(1)["bedrag"], signaaldatum="2024-05-03"),
        ]  # fmt: skip
        withdrawn = [{"id": "CM-000003", "datum": "2024-05-06"}]
        file.write_bytes(signaalbestand(rows=rows, id="tweede", intrekkingen=withdrawn))
        import_file(vault, file)
    file.unlink()
    return {}


@pytest.fixture
def screen(qtbot: QtBot, workbench: Workbench) -> Signalen:
    workbench.go("signalen")
    found = workbench.current
    assert isinstance(found, Signalen)
    qtbot.waitUntil(lambda: found.table.model().rowCount() > 0)
    return found


@pytest.fixture
def worker(qtbot: QtBot, window: Window, screen: Signalen) -> Worker:
    assert screen.isVisible()
    return Worker(qtbot, window)


def ids(screen: Signalen) -> list[str]:
    model = screen.table.model()
    shown = (str(model.index(line, 0).data(Role.TWEEDE_REGEL)) for line in range(model.rowCount()))
    return [text.partition(" ")[0] for text in shown]


def choose(worker: Worker, screen: Signalen, bak: Bak, *expected: str) -> None:
    """Go to a tray and wait until it shows what it should."""
    find(worker.window, QPushButton, f"bak_{bak.value}").click()
    worker.waits(lambda: ids(screen) == list(expected))


def counts(screen: Signalen) -> dict[Bak, int]:
    return {bak: int(made.text().rpartition(" ")[2]) for bak, made in screen._chips.items()}


def asked(qtbot: QtBot, workbench: Workbench, question: Callable[[Any], T]) -> T:
    found: list[T] = []
    workbench.session.ask(workbench, question, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


def here(worker: Worker) -> Workbench:
    """The workbench there is now; each unlocking makes another."""
    assert worker.window.workbench is not None
    return worker.window.workbench


def texts_of(widget: QWidget) -> str:
    return "\n".join(made.text() for made in widget.findChildren(QLabel) if made.isVisible())


# --- trays ------------------------------------------------------------------------------------------------


def test_every_row_that_came_in_stands_in_a_tray_with_its_count(worker: Worker, screen: Signalen) -> None:
    assert counts(screen) == {
        Bak.NIEUW: 4, Bak.CONTROLEREN: 1, Bak.GEWIJZIGD: 1, Bak.HERHAALD: 1, Bak.WACHT: 2, Bak.ONLEESBAAR: 1,
        Bak.NIET_TOEGELATEN: 1, Bak.INGETROKKEN: 1,
    }  # fmt: skip
    for bak, extern_id in (
        (Bak.CONTROLEREN, "CM-000033"), (Bak.GEWIJZIGD, "CM-000002"), (Bak.HERHAALD, "CM-000040"),
        (Bak.ONLEESBAAR, "CM-000031"), (Bak.NIET_TOEGELATEN, "CM-000030"), (Bak.INGETROKKEN, "CM-000003"),
    ):  # fmt: skip
        choose(worker, screen, bak, extern_id)


@pytest.mark.parametrize(
    ("bak", "said"),
    [
        (Bak.NIET_TOEGELATEN, ("€\u00a099,99", "€\u00a0100,00", "artikel 2.4 lid 1 a")),
        (Bak.ONLEESBAAR, ("1.213", "Rij 9")),
        (Bak.HERHAALD, ("Vorige keer", "17 april 2024")),
        (Bak.CONTROLEREN, ("13 jaar oud",)),
        (Bak.WACHT, ("vaste aantal is 4",)),
        (Bak.NIEUW, ("Artikel 2.4 lid 1 a", "minimaal 5 maanden")),
    ],
)
def test_the_chosen_row_says_why_it_lies_there(
    worker: Worker, screen: Signalen, bak: Bak, said: tuple[str, ...]
) -> None:
    find(worker.window, QPushButton, f"bak_{bak.value}").click()
    worker.waits(lambda: all(text in texts_of(screen.detail) for text in said))


def test_address_birth_date_and_kind_are_hidden_until_a_row_is_opened(worker: Worker, screen: Signalen) -> None:
    model = screen.table.model()
    for bak in Bak.NIEUW, Bak.WACHT, Bak.NIET_TOEGELATEN, Bak.ONLEESBAAR:
        find(worker.window, QPushButton, f"bak_{bak.value}").click()
        worker.waits(lambda: screen.detail.isVisible() and texts_of(screen.detail))
        listed = " ".join(
            str(model.index(line, column).data(role))
            for line in range(model.rowCount())
            for column in range(model.columnCount())
            for role in ROLES
        )
        shown = listed + texts_of(screen.detail)
        assert not [word for word in ("straat", "weg", "Wmo", "wmo", "19", "Groningen", "050") if word in shown], bak
    choose(worker, screen, Bak.NIET_TOEGELATEN, "CM-000030")
    screen.table.setFocus()
    worker.press(Qt.Key.Key_Return)
    worker.waits(lambda: "Groningen" in texts_of(screen.detail))
    find(worker.window, QPushButton, "bak_wacht").click()
    worker.waits(lambda: "vaste aantal" in texts_of(screen.detail))
    assert "Groningen" not in texts_of(screen.detail)


def test_what_another_creditor_reported_is_told_when_the_row_is_opened(
    worker: Worker, screen: Signalen, tmp_path: Path
) -> None:
    resident = row(104)
    other = {**resident, "id": "V-1", "soort": "zorgverzekering", "signaalpartner": "Zorg", "bedrag": "812,40"}
    for name in ("klantnummer", "ontstaansdatum"):
        del other[name]
    for number, rows in enumerate(([other], [resident])):
        screen.read_in(delivery(tmp_path, rows, f"{number}.csv"))
        worker.waits(lambda: focused().objectName() == "import_vastleggen")
        worker.press(Qt.Key.Key_S, ALT)
        worker.waits(lambda: "Rijen in het bestand" in texts_of(screen.importing))
        if not number:
            assert "Alleen om te vergelijken" in texts_of(screen.importing)
        worker.press(Qt.Key.Key_K, ALT)
        worker.waits(lambda: focused() is screen.table)
    find(worker.window, QPushButton, "bak_wacht").click()
    worker.waits(lambda: "CM-000104" in ids(screen))
    screen.table.setCurrentIndex(screen.table.model().index(ids(screen).index("CM-000104"), 0))
    worker.waits(lambda: "Ook 1 rekening bij een ander." in texts_of(screen.detail))
    assert "812,40" not in texts_of(screen.detail)
    screen.table.setFocus()
    worker.press(Qt.Key.Key_Return)
    worker.waits(lambda: "zorgverzekering, €\u00a0812,40" in texts_of(screen.detail).replace("€ ", "€\u00a0"))


def test_the_zaak_tells_what_other_creditors_reported(qtbot: QtBot, tmp_path: Path, clock: MovingClock) -> None:
    other = {**row(104), "id": "V-1", "soort": "huur", "signaalpartner": "Huur", "bedrag": "1812.40"}
    with make_vault(tmp_path / "eigen", clock) as vault:
        for number, rows in enumerate(([other], [row(104)])):
            path = tmp_path / "levering"
            path.write_bytes(signaalbestand(rows=rows, id=str(number)))
            import_file(vault, path)
        (taken,) = signalen.accept_all(vault)
        dossier = load(vault.connection, taken.zaak)
    assert dossier is not None
    card = KnownCard()
    qtbot.addWidget(card)
    card.show_dossier(dossier, may_record=False)
    card.show()
    said = "Ook: huur, €\u00a01.812,40, 21 april 2024 (op naam en adres: vraag het na)"
    assert said in texts_of(card)
    assert "Eerder bekend" in texts_of(card)


def test_several_are_taken_up_at_once_and_land_in_the_work_list(
    qtbot: QtBot, worker: Worker, workbench: Workbench, screen: Signalen
) -> None:
    screen.table.setFocus()
    worker.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    worker.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    worker.sees("signalen_gekozen", "3 gekozen")
    worker.press(Qt.Key.Key_O, ALT)
    worker.sees("meldingtekst", "3 zaken")
    worker.waits(lambda: counts(screen)[Bak.NIEUW] == 1)
    assert asked(qtbot, workbench, trays.counts)[Bak.OPGEPAKT] == 4


def test_several_are_refused_with_one_ground(
    qtbot: QtBot, worker: Worker, workbench: Workbench, screen: Signalen
) -> None:
    screen.table.selectAll()
    worker.press(Qt.Key.Key_E, ALT)
    worker.waits(lambda: screen.findChild(RefuseDialog) is not None)
    dialog = find(worker.window, RefuseDialog, "signaal_weigeren")
    assert dialog.windowTitle() == "4 signalen weigeren"
    ground = find(dialog, QComboBox, "weigergrond")
    ground.setCurrentIndex(ground.findData(Weigergrond.GEEN_CAPACITEIT.value))
    dialog.on_accepted()
    worker.sees("meldingtekst", "4 signalen geweigerd")
    worker.waits(lambda: counts(screen)[Bak.NIEUW] == 0)
    worker.sees("bak_leeg", "Ctrl+I")
    assert asked(qtbot, workbench, trays.counts)[Bak.GEWEIGERD] == 4


def test_who_waits_comes_in_as_far_as_the_month_has_room(worker: Worker, screen: Signalen, clock: MovingClock) -> None:
    find(worker.window, QPushButton, "bak_wacht").click()
    worker.waits(lambda: len(ids(screen)) == 2)
    find(worker.window, QPushButton, "wacht_aanvullen").click()
    worker.sees("meldingtekst", "geen plek")
    clock.now += timedelta(days=31)
    worker.waits(lambda: find(worker.window, QPushButton, "wacht_aanvullen").isEnabled())
    find(worker.window, QPushButton, "wacht_aanvullen").click()
    worker.sees("meldingtekst", "2 signalen staan nu bij Nieuw")
    worker.waits(lambda: counts(screen)[Bak.NIEUW] == 6)


# --- mending and choosing ---------------------------------------------------------------------------------


def open_row(worker: Worker, screen: Signalen, bak: Bak, extern_id: str) -> None:
    choose(worker, screen, bak, extern_id)
    screen.table.setFocus()
    worker.press(Qt.Key.Key_Return)


def test_an_unreadable_row_is_mended_in_place_and_offered_again(worker: Worker, screen: Signalen) -> None:
    open_row(worker, screen, Bak.ONLEESBAAR, "CM-000031")
    worker.waits(lambda: focused().objectName() == "herstel_bedrag")
    worker.sees("herstel_bedrag_fout", "1.213")
    worker.type("12,1,3")
    worker.press(Qt.Key.Key_B, ALT)
    worker.sees("herstel_bedrag_fout", "12,1,3")
    assert counts(screen)[Bak.ONLEESBAAR] == 1
    find(worker.window, QLineEdit, "herstel_bedrag").selectAll()
    worker.type("1213,40")
    worker.press(Qt.Key.Key_Return)
    worker.sees("meldingtekst", "Verbeterd. Het signaal staat nu bij Wacht")
    worker.waits(lambda: (counts(screen)[Bak.ONLEESBAAR], counts(screen)[Bak.WACHT]) == (0, 3))


def test_a_mended_row_that_the_law_does_not_admit_says_so(worker: Worker, screen: Signalen) -> None:
    open_row(worker, screen, Bak.ONLEESBAAR, "CM-000031")
    worker.waits(lambda: focused().objectName() == "herstel_bedrag")
    worker.type("99,99")
    worker.press(Qt.Key.Key_Return)
    worker.sees("meldingtekst", "bedrag te laag")
    worker.waits(lambda: counts(screen)[Bak.NIET_TOEGELATEN] == 2)


def test_what_is_half_mended_is_back_after_locking(qtbot: QtBot, worker: Worker, screen: Signalen) -> None:
    open_row(worker, screen, Bak.ONLEESBAAR, "CM-000031")
    worker.waits(lambda: focused().objectName() == "herstel_bedrag")
    worker.type("1213")
    again = reopened(worker)
    open_row(worker, again, Bak.ONLEESBAAR, "CM-000031")
    worker.waits(lambda: again.findChild(MendPanel) is not None)
    qtbot.waitUntil(lambda: find(worker.window, QLineEdit, "herstel_bedrag").text() == "1213")


def test_what_is_half_mended_is_back_after_going_to_the_pairs_at_once(worker: Worker, screen: Signalen) -> None:
    open_row(worker, screen, Bak.ONLEESBAAR, "CM-000031")
    worker.waits(lambda: focused().objectName() == "herstel_bedrag")
    worker.type("1213")
    here(worker).go("paren")
    worker.waits(lambda: screen.findChild(MendPanel) is None)
    worker.press(Qt.Key.Key_Escape)
    open_row(worker, screen, Bak.ONLEESBAAR, "CM-000031")
    worker.waits(lambda: screen.findChild(MendPanel) is not None)
    worker.waits(lambda: find(worker.window, QLineEdit, "herstel_bedrag").text() == "1213")


@pytest.mark.parametrize(("key", "said", "name"), [
    (Qt.Key.Key_M, "overgenomen", "Andersson"), (Qt.Key.Key_S, "bleef zoals het was", "Łukaszewicz"),
])  # fmt: skip
def test_old_and_new_stand_side_by_side_and_a_worker_chooses(
    worker: Worker, screen: Signalen, key: Qt.Key, said: str, name: str
) -> None:
    open_row(worker, screen, Bak.GEWIJZIGD, "CM-000002")
    worker.waits(lambda: isinstance(focused(), SideBySideTable))
    model = find(worker.window, SideBySideTable, "correctie_naast").model()
    lines = {str(model.index(n, 0).data()): (model.index(n, 1).data(), model.index(n, 2).data())
             for n in range(model.rowCount())}  # fmt: skip
    assert lines["Achternaam\n● gewijzigd"] == ("Łukaszewicz", "Andersson")
    assert lines["Bedrag\n● gewijzigd"] == ("€ 102,02", "€ 399,10")
    worker.press(key, ALT)
    worker.sees("meldingtekst", said)
    worker.waits(lambda: counts(screen)[Bak.GEWIJZIGD] == 0)
    assert counts(screen)[Bak.NIEUW] == 5
    listed = asked(worker.qtbot, here(worker), lambda connection: trays.tray(connection, Bak.NIEUW))
    assert next(regel.naam for regel in listed if regel.signaal == "CM-000002").startswith(name)


def test_escape_goes_back_and_decides_nothing(worker: Worker, screen: Signalen) -> None:
    open_row(worker, screen, Bak.GEWIJZIGD, "CM-000002")
    worker.waits(lambda: isinstance(focused(), SideBySideTable))
    worker.press(Qt.Key.Key_Escape)
    worker.waits(lambda: focused() is screen.table)
    assert counts(screen)[Bak.GEWIJZIGD] == 1


# --- a file -----------------------------------------------------------------------------------------------


def delivery(tmp_path: Path, rows: Iterable[dict[str, Any]], name: str = "levering.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(csv_bestand(rows=list(rows)))
    return path


def test_a_file_is_looked_at_then_recorded_and_every_row_is_accounted_for(
    qtbot: QtBot, worker: Worker, workbench: Workbench, screen: Signalen, tmp_path: Path
) -> None:
    before = asked(qtbot, workbench, trays.counts)
    rows = [row(100), row(101, bedrag="55,00"), row(102, postcode="x"), row(4), row(103, Opmerking="iets")]
    screen.read_in(delivery(tmp_path, rows))
    worker.sees("import_stand", "5 rijen gelezen, 3 voldoen aan de wet, 1 niet toegelaten, 1 onleesbaar.")
    worker.sees("import_weggelaten", "Opmerking")
    assert screen.importing._preview.rowCount() == 19
    assert asked(qtbot, workbench, trays.counts) == before  # only looked at
    worker.waits(lambda: focused().objectName() == "import_vastleggen")
    worker.press(Qt.Key.Key_S, ALT)
    worker.sees("meldingtekst", "5 rijen ingelezen")
    shown = [text for _, text in ((made.objectName(), made.text()) for made in screen.importing.findChildren(QLabel)
                                  if made.objectName().startswith("import_aantal_"))]  # fmt: skip
    assert shown[0] == "5"
    assert sum(map(int, shown[1:5])) == 5  # wacht, al bekend, niet toegelaten, onleesbaar
    lines = screen.importing._rows
    assert [lines.index(n, 2).data() for n in range(lines.rowCount())] == [
        "bedrag te laag: € 55,00, nodig € 100,00 (art. 2.4 lid 1 a)", "postcode klopt niet",
    ]  # fmt: skip
    worker.press(Qt.Key.Key_K, ALT)
    worker.waits(lambda: focused() is screen.table)
    assert asked(qtbot, workbench, trays.counts)[Bak.ONLEESBAAR] == 2


def test_the_report_on_paper_names_nobody(qtbot: QtBot, worker: Worker, screen: Signalen, tmp_path: Path) -> None:
    rows = [row(number, postcode="x") for number in range(100, 160)]
    screen.read_in(delivery(tmp_path, rows))
    worker.waits(lambda: focused().objectName() == "import_vastleggen")
    screen.importing.on_record()
    worker.sees("meldingtekst", "60 rijen ingelezen")
    worker.press(Qt.Key.Key_D, ALT)
    worker.waits(lambda: screen.window().findChild(ReportDialog) is not None)
    dialog = find(screen.window(), ReportDialog, "verslag_op_papier")
    worker.waits(find(dialog, QPushButton, "papier_opslaan").isEnabled)
    dialog.handover.save(tmp_path / "er is geen map" / "verslag.pdf")
    worker.waits(lambda: "Opslaan op de schijf lukt niet" in find(dialog, QLabel, "papier_fout").text())
    dialog.handover.save(tmp_path / "verslag.pdf")
    worker.sees("meldingtekst", "Opgeslagen: verslag.pdf")
    document = QPdfDocument(screen)
    document.load(str(tmp_path / "verslag.pdf"))
    text = "".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()
    assert "CM-000159" in text
    assert "postcode klopt niet" in text
    assert not [one["achternaam"] for one in rows if one["achternaam"] in text]


def test_a_profile_is_chosen_by_its_name(
    qtbot: QtBot, worker: Worker, workbench: Workbench, screen: Signalen, tmp_path: Path
) -> None:
    done: list[object] = []
    text = '[kolommen]\nbedrag = "Openstaand"\n'
    workbench.session.act(workbench, lambda vault: store(vault, "stichting", text), done.append)
    qtbot.waitUntil(lambda: bool(done))
    rows = [{"Openstaand" if name == "bedrag" else name: value for name, value in row(100).items()}]
    screen.read_in(delivery(tmp_path, rows))
    worker.sees("importfout", "bedrag")
    profile = find(worker.window, QComboBox, "import_profiel")
    worker.waits(lambda: focused() is profile)
    worker.type("stichting")
    profile.activated.emit(profile.currentIndex())
    worker.sees("import_stand", "1 rij gelezen, 1 voldoen aan de wet.")


def test_a_file_dropped_on_the_screen_is_read(worker: Worker, screen: Signalen, tmp_path: Path) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(delivery(tmp_path, [row(100)])))])
    assert screen.acceptDrops()
    drop = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)  # fmt: skip
    screen.dropEvent(drop)
    worker.sees("import_bestand", "levering")
    worker.sees("import_stand", "1 rij gelezen")


def test_the_key_asks_for_a_file(worker: Worker, screen: Signalen) -> None:
    worker.press(Qt.Key.Key_I, CTRL)
    worker.waits(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.windowTitle() == "Welk bestand wil je inlezen?"
    dialog.close()


def test_a_file_of_another_kind_is_refused_in_words(worker: Worker, screen: Signalen, tmp_path: Path) -> None:
    path = tmp_path / "levering.csv"
    path.write_bytes(b"%PDF-1.7")
    screen.read_in(path)
    worker.sees("importfout", "een vorm die Voordeur niet kent")
    assert not find(worker.window, QPushButton, "import_vastleggen").isEnabled()
    worker.press(Qt.Key.Key_Escape)
    worker.waits(lambda: focused() is screen.table)


def test_whoever_looks_elsewhere_meanwhile_hears_when_it_is_done(
    qtbot: QtBot, worker: Worker, workbench: Workbench, screen: Signalen, tmp_path: Path
) -> None:
    screen.read_in(delivery(tmp_path, (row(number) for number in range(100, 1100))))
    worker.waits(lambda: find(worker.window, QPushButton, "import_vastleggen").isEnabled())
    screen.importing.on_record()
    worker.press(Qt.Key.Key_2, CTRL)
    assert not screen.isVisible()
    worker.sees("meldingtekst", "1.000 rijen ingelezen")
    worker.press(Qt.Key.Key_3, CTRL)
    worker.sees("import_aantal_0", "1.000")
    assert asked(qtbot, workbench, trays.counts)[Bak.WACHT] == 1002


def held(workbench: Workbench) -> threading.Event:
    """Keep the writing thread busy until this event is set."""
    go = threading.Event()
    workbench.session.note(workbench, lambda _: go.wait(20))
    return go


def test_stopping_while_it_is_recorded_keeps_nothing(
    qtbot: QtBot, worker: Worker, workbench: Workbench, screen: Signalen, tmp_path: Path
) -> None:
    before = asked(qtbot, workbench, trays.counts)
    screen.read_in(delivery(tmp_path, (row(number) for number in range(100, 1100))))
    worker.waits(lambda: find(worker.window, QPushButton, "import_vastleggen").isEnabled())
    go = held(workbench)
    screen.importing.on_record()
    worker.sees("import_stand", "1.000 rijen")
    find(worker.window, QPushButton, "import_annuleren").click()
    go.set()
    worker.sees("meldingtekst", "Er is niets van dit bestand bewaard")
    assert asked(qtbot, workbench, trays.counts) == before


# --- the vault locks meanwhile ----------------------------------------------------------------------------


def reopened(worker: Worker, go: threading.Event | None = None) -> Signalen:
    """Lock, unlock, and go to Signalen again."""
    window, qtbot = worker.window, worker.qtbot
    window.lock("")
    if go is not None:
        go.set()
    qtbot.waitUntil(lambda: window._tasks is None)
    window.unlock(PASSPHRASE)
    with qtbot.waitSignal(window.unlocked):
        pass
    here(worker).go("signalen")
    found = here(worker).current
    assert isinstance(found, Signalen)
    qtbot.waitUntil(lambda: found.table.model().rowCount() > 0)
    return found


@pytest.mark.parametrize("recording", [False, True], ids=["looked at", "being recorded"])
def test_a_lock_stops_an_import_and_says_so_afterwards(
    worker: Worker, workbench: Workbench, screen: Signalen, tmp_path: Path, recording: bool
) -> None:
    before = asked(worker.qtbot, workbench, trays.counts)
    screen.read_in(delivery(tmp_path, (row(number) for number in range(100, 1100))))
    worker.waits(lambda: find(worker.window, QPushButton, "import_vastleggen").isEnabled())
    go = None
    if recording:
        go = held(workbench)
        screen.importing.on_record()
    again = reopened(worker, go)
    worker.sees("meldingtekst", "Het inlezen van levering.csv stopte toen de kluis dichtging")
    assert asked(worker.qtbot, here(worker), trays.counts) == before
    assert again.table.model().rowCount() == 4


def test_an_import_that_was_done_as_the_vault_locked_says_that_it_was(
    qtbot: QtBot, worker: Worker, workbench: Workbench, screen: Signalen, tmp_path: Path
) -> None:
    screen.read_in(delivery(tmp_path, [row(number) for number in range(100, 110)]))
    worker.waits(lambda: find(worker.window, QPushButton, "import_vastleggen").isEnabled())
    screen.importing.on_record()
    done = threading.Event()
    workbench.session.note(workbench, lambda _: done.set())
    assert done.wait(20)  # it is in the vault, and the window has not heard of it
    again = reopened(worker)
    worker.sees("meldingtekst", "levering.csv is ingelezen toen de kluis dichtging: 10 rijen, 10 aangenomen.")
    worker.waits(lambda: counts(again)[Bak.WACHT] == 12)
    reopened(worker)
    assert "levering.csv" not in find(worker.window, QLabel, "meldingtekst").text()  # said once


def test_a_word_is_forgotten_once_the_report_was_seen(
    qtbot: QtBot, worker: Worker, screen: Signalen, tmp_path: Path
) -> None:
    screen.read_in(delivery(tmp_path, [row(100)]))
    worker.waits(lambda: find(worker.window, QPushButton, "import_vastleggen").isEnabled())
    screen.importing.on_record()
    worker.sees("meldingtekst", "1 rij ingelezen")
    reopened(worker)
    assert "ingelezen" not in find(worker.window, QLabel, "meldingtekst").text()


# --- held against what holds for every screen --------------------------------------------------------------


def wrong_with(worker: Worker) -> dict[str, list[object]]:
    """What the checks of every screen say of what is on screen now."""
    return {name: found for name, check in CHECKS.items() if (found := check(worker.window))}


def settle_and_check(worker: Worker) -> None:
    with contextlib.suppress(worker.qtbot.TimeoutError):  # then the words of the check tell more
        worker.qtbot.waitUntil(lambda: not wrong_with(worker), timeout=1000)
    assert wrong_with(worker) == {}


def test_the_pages_within_the_screen_hold_what_every_screen_holds(
    worker: Worker, screen: Signalen, tmp_path: Path
) -> None:
    worker.window.resize(1093, 582)
    open_row(worker, screen, Bak.ONLEESBAAR, "CM-000031")
    worker.waits(lambda: focused().objectName() == "herstel_bedrag")
    settle_and_check(worker)
    worker.press(Qt.Key.Key_Escape)
    open_row(worker, screen, Bak.GEWIJZIGD, "CM-000002")
    worker.waits(lambda: isinstance(focused(), SideBySideTable))
    settle_and_check(worker)
    worker.press(Qt.Key.Key_Escape)
    screen.read_in(delivery(tmp_path, [row(100), row(101, postcode="x"), row(102, Opmerking="x")]))
    worker.waits(lambda: focused().objectName() == "import_vastleggen")
    settle_and_check(worker)
    screen.importing.on_record()
    worker.sees("meldingtekst", "3 rijen ingelezen")
    settle_and_check(worker)
