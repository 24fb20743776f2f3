"""Visits: planned, called off and recorded with keys; and who must not be visited is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QDateTimeEdit, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.codes import Belresultaat, Contactsoort, Dagdeel, Gesprekspartner, Woonsituatie
from db.model.situatie import Situatie, Veiligheidsgrens
from desktop.casework import bezoek, situatie
from desktop.ui.dialogs.brief import LetterDialog
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find, focused
from tests.ui.test_dag import ALT, CTRL, Worker, dossier_of, open_zaak, worker

__all__ = ["worker"]  # the fixture of a worker who presses keys


def act(qtbot: QtBot, workbench: Workbench, action: Callable[..., object]) -> None:
    """Something that was recorded before; the window hears of it."""
    with qtbot.waitSignal(workbench.session.changed):
        workbench.session.act(workbench, action)


def planned(qtbot: QtBot, workbench: Workbench, zaak: UUID, day: date = date(2024, 5, 7), **fields: Any) -> None:  # noqa: ANN401  # arguments of the action
    fields = {"dagdeel": Dagdeel.MIDDAG} | fields
    event = workbench.session.new_id()
    act(qtbot, workbench, partial(bezoek.plan_bezoek, zaak=zaak, event_id=event, datum=day, **fields))


def situated(qtbot: QtBot, workbench: Workbench, zaak: UUID, **fields: Any) -> None:  # noqa: ANN401  # arguments of the action
    found = Situatie(**fields)
    event = workbench.session.new_id()
    act(qtbot, workbench, partial(situatie.record_situatie, zaak=zaak, event_id=event, situatie=found))


def last(qtbot: QtBot, workbench: Workbench, zaak: UUID, count: int = 1) -> Sequence[object]:
    """The newest contents of a dossier, looks apart."""
    events = dossier_of(qtbot, workbench, zaak).gebeurtenissen
    return [event.inhoud for event in events if not isinstance(event.inhoud, g.DossierIngezien)][-count:]


def test_a_visit_is_planned_from_the_call_and_its_letter_is_offered(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    worker.press(Qt.Key.Key_B, CTRL)
    worker.sees("actie", "Plan een huisbezoek bij ")
    day = find(worker.window, QDateEdit, "bezoek_dag")
    assert focused() is day
    assert day.date().toPython() == date(2024, 5, 8), "the next working day"
    day.setDate(day.date().addDays(3))
    worker.sees("bezoek_hint", "Zaterdag 11 mei is geen werkdag")
    day.setDate(day.date().addDays(-1))
    worker.tab_to("bezoek_tijd")
    worker.type("14:30")
    worker.press(Qt.Key.Key_K, ALT)
    worker.waits(lambda: worker.window.findChild(LetterDialog) is not None)
    dialog = worker.window.findChild(LetterDialog)
    assert isinstance(dialog, LetterDialog)
    assert find(dialog, QComboBox, "brief_soort").currentData() == "aankondiging-huisbezoek"
    assert find(dialog, QDateEdit, "brief_datum").date().toPython() == date(2024, 5, 10)
    assert find(dialog, QComboBox, "brief_dagdeel").currentText() == "middag"
    dialog.reject()
    (event,) = last(qtbot, workbench, zaken["poging"])
    assert isinstance(event, g.BezoekGepland)
    assert (event.datum, event.tijd, event.aangekondigd) == (date(2024, 5, 10), "14:30", True)


def test_who_must_not_be_visited_alone_is_asked_who_comes_along(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    zaak = zaken["bezoek"]
    situated(qtbot, workbench, zaak, niet_alleen=Veiligheidsgrens(reden="Hond.", herzien_op=date(2024, 11, 1)))
    workbench.open_zaak(zaak, form="bezoek_plannen")
    worker.sees("actie", "Plan een huisbezoek")
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("fout_niet_alleen", "Vul in wie er meegaat")
    assert focused().objectName() == "bezoek_met"
    worker.type("T. Visser")
    worker.press(Qt.Key.Key_I, ALT)  # no letter this time
    worker.waits(lambda: not find(worker.window, QCheckBox, "bezoek_aangekondigd").isChecked())
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("meldingtekst", "Gepland: woensdag 8 mei, middag")
    (event,) = last(qtbot, workbench, zaak)
    assert isinstance(event, g.BezoekGepland)
    assert (event.met, event.aangekondigd) == ("T. Visser", False)
    assert worker.window.findChild(LetterDialog) is None


def test_a_time_that_is_none_is_said_beside_the_time(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    workbench.open_zaak(zaken["bezoek"], form="bezoek_plannen")
    worker.sees("actie", "Plan een huisbezoek")
    find(worker.window, QLineEdit, "bezoek_tijd").setText("kwart")
    worker.press(Qt.Key.Key_K, ALT)
    worker.sees("fout_tijd_ongeldig", "Schrijf die als 14:30")
    assert focused().objectName() == "bezoek_tijd"


def test_a_planned_visit_is_changed_and_called_off(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    zaak = zaken["bezoek"]
    planned(qtbot, workbench, zaak, date(2024, 5, 9), met="T. Visser")
    workbench.open_zaak(zaak, form="bezoek_plannen")
    worker.sees("waarom", "Nu gepland: donderdag 9 mei, middag, met T. Visser")
    assert find(worker.window, QDateEdit, "bezoek_dag").date().toPython() == date(2024, 5, 9)
    worker.press(Qt.Key.Key_F, ALT)
    worker.sees("actie", "Bezoek afzeggen")
    worker.type("De inwoner belde zelf.")
    worker.press(Qt.Key.Key_Return)
    worker.sees("meldingtekst", "Bezoek afgezegd")
    assert list(last(qtbot, workbench, zaak)) == [g.BezoekAfgezegd(reden="De inwoner belde zelf.")]


def test_an_address_that_is_hidden_is_not_visited_and_the_screen_says_what_then(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    situated(qtbot, workbench, zaken["bezoek"], afgeschermd=True)
    for form in ("bezoek_plannen", "huisbezoek"):
        workbench.open_zaak(zaken["bezoek"], form=form)
        worker.waits(lambda: find(worker.window, QPushButton, "naar_adrescontrole").isVisible())
        shown = [made.text() for made in worker.window.findChildren(QLabel) if made.isVisible()]
        assert any("tot een collega het adres heeft gecontroleerd" in text for text in shown)
        for name in ("bezoek_vastleggen", "bezoek_gesproken"):
            made = worker.window.findChild(QPushButton, name)
            assert made is None or not made.isVisible()
    worker.waits(lambda: focused().objectName() == "naar_bellen")
    worker.press(Qt.Key.Key_Space)
    worker.sees("actie", "Bel ")


def test_with_whom_was_spoken_is_asked_and_the_number_is_in_sight(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    zaak = zaken["bezoek"]
    planned(qtbot, workbench, zaak, tijd="14:00")
    open_zaak(worker, workbench, zaak, "Ga langs bij")
    assert find(worker.window, QPushButton, "bel").text() == "B&el 050 – 555 01 04"
    assert find(worker.window, QDateTimeEdit, "bezoek_op").time().toString("HH:mm") == "14:00", "as it was planned"
    worker.press(Qt.Key.Key_1)
    worker.press(Qt.Key.Key_3)
    worker.sees("actie", "Bied ")
    (event,) = last(qtbot, workbench, zaak)
    assert isinstance(event, g.ContactpogingGedaan)
    assert (event.contactsoort, event.gesproken_met) == (Contactsoort.HUISBEZOEK, Gesprekspartner.BEWINDVOERDER)
    assert dossier_of(qtbot, workbench, zaak).stand.bezoek is None


def test_nobody_home_asks_for_the_card_and_offers_to_make_it(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["onbruikbaar"], "Ga langs bij")
    worker.press(Qt.Key.Key_2)
    worker.press(Qt.Key.Key_Escape)
    worker.press(Qt.Key.Key_2)
    worker.press(Qt.Key.Key_3)
    worker.waits(lambda: worker.window.findChild(LetterDialog) is not None)
    dialog = worker.window.findChild(LetterDialog)
    assert isinstance(dialog, LetterDialog)
    assert find(dialog, QComboBox, "brief_soort").currentData() == "kaartje"
    dialog.reject()
    (event,) = last(qtbot, workbench, zaken["onbruikbaar"])
    assert isinstance(event, g.ContactpogingGedaan)
    assert event.resultaat is Belresultaat.NIEMAND_THUIS


def test_reception_is_told_nothing(qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]) -> None:
    situated(qtbot, workbench, zaken["bezoek"], woonsituatie=Woonsituatie.INSTELLING)
    workbench.open_zaak(zaken["bezoek"], form="huisbezoek")
    worker.sees("script", "zeg niet waarom je komt")


def test_a_form_that_the_facts_do_not_allow_gives_way_to_the_next_action(
    worker: Worker, window: Window, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    workbench.open_zaak(zaken["vers"], form="plan")
    worker.sees("actie", "Bel ")
