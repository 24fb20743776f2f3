"""Zelfde persoon?: two signals side by side, decided on the keyboard, changed again, and refused in words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.model.gebeurtenis import PersoonBeslist
from db.model.signaal import signaal_id
from db.queries import gelijkenissen
from desktop.casework import signalen
from desktop.intake import import_file
from desktop.ui.forms.samenvoegen import SamePersonPanel
from desktop.ui.screens.signalen import Signalen
from desktop.ui.widgets.naast import SideBySideTable
from desktop.ui.widgets.table import ZaakTable
from desktop.ui.workbench import Workbench
from tests.factories import rij, signaalbestand
from tests.intake.test_herkenning import LIKELY, STRANGER, of
from tests.ui.finding import find, focused
from tests.ui.seeding import NOW, MovingClock, make_vault
from tests.ui.test_dag import ALT, Worker
from tests.ui.test_signalen import settle_and_check


def key(number: int) -> UUID:
    return signaal_id("Centraal Meldpunt", f"CM-{number:06d}")


@pytest.fixture
def zaken(tmp_path: Path, clock: MovingClock) -> dict[str, UUID]:
    """Two pairs that may be one person each, and somebody else."""
    file = tmp_path / "levering"
    other = STRANGER | {"telefoonnummer": "050-5550166"}
    with make_vault(tmp_path, clock) as vault:
        with clock.at(NOW - timedelta(days=20)):
            file.write_bytes(signaalbestand(rows=[of(1), of(2, **other)], id="een"))
            import_file(vault, file)
        rows = [of(3, **LIKELY), of(4, **other | {"achternaam": "Hiddinga"}), rij(5)]
        file.write_bytes(signaalbestand(rows=rows, id="twee"))
        import_file(vault, file)
        assert gelijkenissen.aantal_onbeslist(vault.connection) == 2
    file.unlink()
    return {}


@pytest.fixture
def worker(qtbot: QtBot, workbench: Workbench) -> Worker:
    """At Signalen, where pairs wait."""
    found = Worker(qtbot, workbench.window())  # type: ignore[arg-type]  # the fixture's window is our Window
    workbench.go("signalen")
    found.waits(lambda: isinstance(workbench.current, Signalen) and workbench.current.table.model().rowCount() > 0)
    found.waits(lambda: find(found.window, QPushButton, "samen_vragen").isVisible())
    return found


def spoken(table: ZaakTable) -> list[tuple[str, int]]:
    """What a screen reader says of each row of a list."""
    model = table.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [(str(model.index(row, 0).data(role)), row) for row in range(model.rowCount())]


def begin(worker: Worker) -> SideBySideTable:
    """Turn to the first pair."""
    worker.press(Qt.Key.Key_Z, ALT)
    worker.waits(lambda: worker.window.findChild(SideBySideTable, "samen_naast") is not None)
    table = find(worker.window, SideBySideTable, "samen_naast")
    worker.waits(lambda: table.isVisible() and table.hasFocus())
    return table


def test_a_pair_is_decided_with_two_keys_and_the_next_comes(worker: Worker, workbench: Workbench) -> None:
    assert find(worker.window, QPushButton, "samen_vragen").text().endswith(" 2")
    table = begin(worker)
    worker.sees("samen_redenen", "Waarom we dit vragen: ")
    said = [str(table.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(7)]
    assert any(text.startswith("Klantnummer, anders: ") and " en " in text for text in said)
    everything = " ".join(str(table.model().index(row, column).data()) for row in range(7) for column in range(3))
    assert "straat" not in everything  # an address may be secret
    settle_and_check(worker)
    worker.press(Qt.Key.Key_Z, ALT)
    worker.sees("samen_wachten", "Nog 1 paar.")
    worker.press(Qt.Key.Key_A, ALT)
    worker.sees("samen_wachten", "Er wacht geen paar meer op jouw oordeel.")
    worker.press(Qt.Key.Key_Escape)
    worker.waits(lambda: worker.window.findChild(SamePersonPanel) is None)
    worker.waits(lambda: not find(worker.window, QPushButton, "samen_vragen").isVisible())
    answers: list[tuple[bool | None, ...]] = []
    workbench.session.ask(
        workbench,
        lambda connection: tuple(gelijkenissen.van_signalen(connection, [key(number)])[0].zelfde for number in (3, 4)),
        answers.append,
    )
    worker.waits(lambda: answers)
    assert sorted(map(bool, answers[0])) == [False, True]


def test_vandaag_says_that_pairs_wait_and_leads_to_them(worker: Worker, workbench: Workbench) -> None:
    taken: list[object] = []
    workbench.session.act(workbench, signalen.accept_all, taken.append)
    worker.waits(lambda: taken)
    workbench.go("vandaag")
    rows = find(worker.window, ZaakTable, "te_doen")
    asked = "Zelfde persoon?, 2 paren wachten op jouw oordeel"
    worker.waits(lambda: asked in [text for text, _ in spoken(rows)])
    rows.selectRow(next(row for text, row in spoken(rows) if text == asked))
    rows.setFocus()
    worker.press(Qt.Key.Key_Return)
    worker.sees("samen_wachten", "Nog 2 paren.")
    worker.waits(lambda: isinstance(workbench.current, Signalen))


def test_a_zaak_says_that_there_may_be_another_signal_and_leads_to_it(worker: Worker, workbench: Workbench) -> None:
    taken: list[tuple[signalen.Opgepakt, ...]] = []
    workbench.session.act(workbench, signalen.accept_all, taken.append)
    worker.waits(lambda: taken)
    pairless = [one.zaak for one in taken[0] if one.signaal == "CM-000005"]
    (likely,) = [one.zaak for one in taken[0] if one.signaal == "CM-000003"]
    workbench.open_zaak(*pairless)
    worker.waits(lambda: worker.window.findChild(QPushButton, "bekendheid") is not None)
    assert worker.window.findChild(QPushButton, "signalen_vergelijken") is None
    workbench.open_zaak(likely)
    worker.waits(lambda: worker.window.findChild(QPushButton, "signalen_vergelijken") is not None)
    worker.tab_to("signalen_vergelijken")
    worker.press(Qt.Key.Key_Space)
    worker.sees("samen_wachten", "Nog 2 paren.")


def test_a_decision_can_be_turned_round_at_once(worker: Worker) -> None:
    begin(worker)
    worker.press(Qt.Key.Key_Z, ALT)
    worker.sees("samen_wachten", "Nog 1 paar.")
    turn = find(worker.window, QPushButton, "samen_toch")
    assert turn.text().startswith("Toch niet dezelfde: ")
    worker.tab_to("samen_toch")
    worker.press(Qt.Key.Key_Space)
    worker.waits(lambda: turn.text().startswith("Toch dezelfde: "))
    worker.sees("samen_wachten", "Nog 1 paar.")


def test_twenty_presses_are_one_decision(worker: Worker, workbench: Workbench) -> None:
    begin(worker)
    same = find(worker.window, QPushButton, "samen_zelfde")
    for _ in range(20):
        same.click()
    worker.sees("samen_wachten", "Nog 1 paar.")
    kinds: list[int] = []
    workbench.session.ask(
        workbench,
        lambda connection: connection.execute(
            "SELECT count(*) FROM gebeurtenis WHERE soort = ?", (PersoonBeslist.__struct_config__.tag,)
        ).fetchone()[0],
        kinds.append,
    )
    worker.waits(lambda: kinds)
    assert kinds == [1]


def test_later_shows_the_next_and_comes_round(worker: Worker) -> None:
    table = begin(worker)
    first = table.model().index(6, 2).data()
    worker.press(Qt.Key.Key_N, ALT)
    worker.waits(lambda: table.model().index(6, 2).data() != first)
    assert focused() is table
    worker.press(Qt.Key.Key_N, ALT)
    worker.waits(lambda: table.model().index(6, 2).data() == first)
    assert find(worker.window, QLabel, "samen_wachten").text().startswith("Nog 2 paren.")
