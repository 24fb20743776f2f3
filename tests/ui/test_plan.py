"""The plan van aanpak on the keyboard: rows, totals, errors beside the field, versions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.bedrag import euro
from desktop.casework import hulp
from desktop.ui.forms.fields import parse_amount
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find, focused
from tests.ui.test_dag import ALT, Worker, dossier_of, open_zaak
from tests.ui.test_hulp import Kluis, kluis

__all__ = ["kluis"]


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


@pytest.fixture
def plan(worker: Worker, workbench: Workbench, zaken: dict[str, UUID], kluis: Kluis) -> UUID:  # a fixture
    """A zaak that is open at an empty plan, with the focus on the row after the debt of the signal."""
    zaak = zaken["gesprek"]
    kluis.act(lambda vault: hulp.record_eerste_gesprek(vault, zaak, event_id=vault.new_id()))
    open_zaak(worker, workbench, zaak, "Maak het plan van aanpak")
    worker.waits(lambda: focused().objectName() == "schuld_2_0")
    return zaak


def column(worker: Worker, name: str, number: int = 0) -> list[str]:
    """What stands in a column of rows, from top to bottom."""
    found: list[str] = []
    while True:
        fields = worker.window.findChildren(QLineEdit, f"{name}_{len(found) + 1}_{number}")
        shown = [field.text() for field in fields if field.isVisible()]
        if not shown:
            return found
        found += shown


def write(worker: Worker, *texts: str) -> None:
    """Type each text in the field that has the focus, and Enter after it."""
    for text in texts:
        worker.type(text)
        worker.press(Qt.Key.Key_Return)


@given(st.integers(0, 99_999_999_999))
def test_an_amount_as_it_is_shown_is_read_as_the_same_cents(cents: int) -> None:
    assert parse_amount(euro(cents)) == cents


@pytest.mark.usefixtures("plan")
def test_rows_grow_with_enter_and_their_total_is_exact(worker: Worker) -> None:
    worker.tab_to("schuld_2_0")
    write(worker, "Energiebedrijf", "1.234,56", "", "Waterbedrijf", "0,10", "in een keer")
    assert column(worker, "schuld") == ["CAK", "Energiebedrijf", "Waterbedrijf", ""]
    worker.sees("totaal", "Schulden samen € 1.388,92")  # 154,26 of the signal


@pytest.mark.usefixtures("plan")
def test_a_row_moves_and_goes_and_comes_back(worker: Worker) -> None:
    worker.tab_to("schuld_2_0")
    write(worker, "Energiebedrijf", "50")
    worker.press(Qt.Key.Key_Up, ALT)
    assert column(worker, "schuld") == ["Energiebedrijf", "CAK"]
    assert focused().objectName() == "schuld_1_2"
    worker.press(Qt.Key.Key_Up, ALT)  # it is at the top
    assert column(worker, "schuld") == ["Energiebedrijf", "CAK"]
    worker.press(Qt.Key.Key_Tab)
    assert focused().accessibleName() == "Regel 1 weghalen"
    worker.press(Qt.Key.Key_Space)
    assert column(worker, "schuld") == ["CAK"]
    worker.sees("totaal", "€ 154,26")
    back = find(worker.window, QPushButton, "schuld_terugzetten")
    assert back.isVisible()
    back.click()
    assert column(worker, "schuld", 1) == ["50", "154,26"]


def test_each_error_stands_beside_its_field_and_nothing_is_recorded(
    qtbot: QtBot, worker: Worker, workbench: Workbench, plan: UUID
) -> None:
    worker.tab_to("schuld_2_1")
    worker.type("12,3")
    worker.tab_to("afspraak_1_1")
    worker.type("belt het CAK")
    worker.press(Qt.Key.Key_S, ALT)
    worker.sees("formulierfout", "Er staat nog iets niet goed")
    wrong = {
        made.text()
        for made in worker.window.findChildren(QLabel)
        if made.isVisible() and made.property("rol") == "fout"
    }
    assert {
        "Vul in aan wie.", "Schrijf een bedrag zoals 1.234,56.", "Vul in wie.", "Vul in wanneer.",
        "Er staat nog iets niet goed; kijk bij de rode velden.",
    } <= wrong  # fmt: skip
    assert focused().property("fout") == "ja"
    assert dossier_of(qtbot, workbench, plan).stand.plan_versie is None


def test_what_is_left_over_is_shown_without_a_judgement_and_a_second_version_keeps_the_first(
    qtbot: QtBot, worker: Worker, workbench: Workbench, plan: UUID
) -> None:
    worker.tab_to("afspraak_1_0")
    write(worker, "Inwoner", "belt het CAK")
    worker.type("31-05-2024")
    worker.press(Qt.Key.Key_I, ALT)
    worker.type("1.000")
    worker.press(Qt.Key.Key_D, ALT)
    worker.type("1.049,50")
    worker.sees("blijft_over", "Blijft over per maand: € -49,50")
    worker.press(Qt.Key.Key_K, ALT)
    worker.type("01-08-2024")
    worker.press(Qt.Key.Key_S, ALT)
    worker.sees("actie", "Sluit de zaak af")
    worker.press(Qt.Key.Key_4, ALT)
    worker.sees("actie", "Pas het plan van aanpak aan")
    worker.sees("waarom", "Dit wordt versie 2")
    find(worker.window, QCheckBox, "afspraak_1_3").setChecked(True)
    worker.press(Qt.Key.Key_S, ALT)
    worker.sees("actie", "Sluit de zaak af")
    plans = [
        e.inhoud
        for e in dossier_of(qtbot, workbench, plan).gebeurtenissen
        if isinstance(e.inhoud, g.PlanVanAanpakOpgesteld)
    ]
    assert [made.versie for made in plans] == [1, 2]
    assert [made.plan.afspraken[0].gedaan for made in plans] == [False, True]
    assert (plans[0].plan.inkomen_per_maand, plans[0].plan.evaluatiedatum) == (1_000_00, date(2024, 8, 1))
