"""Calls on the keyboard: the glance, what to say to whom, every result, and on to the next one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.model import gebeurtenis as g
from db.model.codes import (
    Belresultaat,
    Dagdelen,
    Gesprekspartner,
    Huisgenoot,
    Richting,
    Vertegenwoordiging,
    Woonsituatie,
)
from db.model.situatie import Situatie, VeiligContact, Vertegenwoordiger
from db.vault import Vault
from desktop.casework import situatie
from desktop.casework.kalender import AMSTERDAM
from desktop.ui.screens.zaak import Zaak
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from tests.ui.finding import find, focused
from tests.ui.seeding import MovingClock
from tests.ui.test_dag import Worker, dossier_of, open_zaak

KEY = Qt.Key
BEWINDVOERDER = Vertegenwoordiger(
    hoedanigheid=Vertegenwoordiging.BEWINDVOERDER, naam="P. de Boer", telefoonnummer="050-5550177"
)
MENTOR = Vertegenwoordiger(hoedanigheid=Vertegenwoordiging.MENTOR, naam="S. Haan")


@pytest.fixture
def worker(qtbot: QtBot, window: Window) -> Worker:
    return Worker(qtbot, window)


def situate(qtbot: QtBot, workbench: Workbench, zaak: UUID, **fields: object) -> None:
    done: list[object] = []

    def action(vault: Vault) -> object:
        found = Situatie(**fields)  # type: ignore[arg-type]  # fields of a situation
        return situatie.record_situatie(vault, zaak, event_id=vault.new_id(), situatie=found)

    workbench.session.act(workbench, action, done.append)
    qtbot.waitUntil(lambda: bool(done))


def attempts(qtbot: QtBot, workbench: Workbench, zaak: UUID) -> list[g.ContactpogingGedaan]:
    found = dossier_of(qtbot, workbench, zaak).gebeurtenissen
    return [event.inhoud for event in found if isinstance(event.inhoud, g.ContactpogingGedaan)]


def glance(worker: Worker) -> str:
    return find(worker.window, QWidget, "belkaart").accessibleName()


# --- the glance ---------------------------------------------------------------------------------------------


def test_the_glance_says_what_was_last_said_by_whom_and_what_was_promised(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["poging"], "Bel ")
    assert "geen gehoor" in glance(worker)
    assert "F. Yıldız" in glance(worker)
    assert "Bel lang aan." in glance(worker)
    open_zaak(worker, workbench, zaken["later"], "Bel ")
    assert "jij belt donderdag 9 mei, 14:30" in glance(worker)


def test_the_glance_says_what_to_avoid(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    situate(
        qtbot, workbench, zaken["vers"], tolk=True, tolktaal="Tigrinya", vertegenwoordigers=(BEWINDVOERDER, MENTOR),
        woonsituatie=Woonsituatie.INSTELLING, instelling="De Linde", wensen="Praat langzaam.",
        veilig_contact=VeiligContact(
            wanneer=Dagdelen.WEEK_OCHTEND, telefoonnummer="050-5550188", voicemail=False,
            neemt_op=(Huisgenoot.PARTNER,), let_op="Noem de gemeente niet.",
        ),
    )  # fmt: skip
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    said = glance(worker)
    for part in (
        "bewindvoerder P. de Boer", "nu niet bellen, alleen: ochtend", "spreek geen voicemail in", "Tigrinya",
        "nooit familie", "receptie van De Linde niets", "mentor niet over geld", "mag opnemen: partner",
        "Noem de gemeente niet.", "Praat langzaam.",
    ):  # fmt: skip
        assert part in said
    assert find(worker.window, QPushButton, "bel").text().endswith("050 – 555 01 88"), "the number that is safe"
    assert "050 – 555 01 77" in find(worker.window, QPushButton, "bel_bewindvoerder").text()


def test_the_grid_tells_in_words_what_was_tried_what_is_unsafe_and_what_is_next(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    safe = Dagdelen.WEEK_OCHTEND | Dagdelen.WEEK_MIDDAG
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_2)
    worker.sees("vak_WEEK_MIDDAG", "1 keer")
    situate(qtbot, workbench, zaken["vers"], veilig_contact=VeiligContact(wanneer=safe))
    worker.sees("vak_WEEK_AVOND", "▲ niet")
    cells = {
        cell: next(
            made.accessibleName() for made in worker.window.findChildren(QLabel, f"vak_{cell.name}") if made.isVisible()
        )
        for cell in Dagdelen
    }
    assert cells[Dagdelen.WEEK_MIDDAG] == "doordeweeks middag: 1 keer gebeld"
    assert cells[Dagdelen.WEEK_OCHTEND] == "doordeweeks ochtend: hierna proberen"
    assert cells[Dagdelen.WEEKEND_AVOND] == "weekend avond: niet bellen"


# --- what to say --------------------------------------------------------------------------------------------


def test_the_debt_is_named_only_once_it_is_known_who_is_on_the_line(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.sees("script_zeg", "Wat zijn uw geboortedag en -maand?")
    assert "CAK" not in find(worker.window, QLabel, "script_zeg").text()
    worker.press(KEY.Key_1)
    worker.sees("script_zeg", "Het CAK liet weten dat een rekening openstaat: de eigen bijdrage voor hulp")
    worker.press(KEY.Key_Escape)
    worker.sees("script_zeg", "Spreek ik met")
    worker.press(KEY.Key_5)
    worker.sees("script_zeg", "Dat bespreek ik alleen met É. de la Peña-Núñez zelf. Wanneer kan ik het beste bellen?")


def test_who_listens_hears_what_to_say_with_the_first_choice(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    assert "Spreek ik met" in focused().accessibleDescription()
    worker.press(KEY.Key_5)
    assert "Dat bespreek ik alleen met" in focused().accessibleDescription()


def test_a_voicemail_shows_its_words_first_and_its_promise_is_kept(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_3)
    worker.sees(
        "script_zeg", "Ik ben F. Yıldız van de gemeente Groningen. Wilt u mij bellen op 14 050? Anders bel ik morgen."
    )
    assert attempts(qtbot, workbench, zaken["vers"]) == []
    worker.press(KEY.Key_1)
    worker.sees("meldingtekst", "voicemail ingesproken, je belt morgen")
    (made,) = attempts(qtbot, workbench, zaken["vers"])
    assert made.resultaat is Belresultaat.VOICEMAIL_INGESPROKEN
    assert made.terugbellen_op == datetime(2024, 5, 8, 10, tzinfo=AMSTERDAM)


def test_a_forbidden_voicemail_warns_and_the_safe_answer_has_the_focus(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    situate(qtbot, workbench, zaken["vers"], veilig_contact=VeiligContact(voicemail=False))
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_3)
    worker.sees("script_doe", "Spreek niets in")
    worker.sees("", "geen voicemail: dat is zo afgesproken")
    assert focused().objectName() == "voicemail_niet"
    worker.press(KEY.Key_Space)
    worker.sees("meldingtekst", "voicemail, niet ingesproken")
    (made,) = attempts(qtbot, workbench, zaken["vers"])
    assert (made.resultaat, made.terugbellen_op) == (Belresultaat.VOICEMAIL_NIET_INGESPROKEN, None)


def test_who_acts_for_the_resident_stands_there_by_name_and_hears_of_money(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    situate(qtbot, workbench, zaken["vers"], vertegenwoordigers=(BEWINDVOERDER, MENTOR))
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_1)
    assert find(worker.window, QPushButton, "met_bewindvoerder_1").text() == "P. de Boer (bewindvoerder)"
    worker.press(KEY.Key_2)
    worker.sees("script_zeg", "Spreek ik met P. de Boer, bewindvoerder van É. de la Peña-Núñez? Het CAK")
    worker.press(KEY.Key_1)
    worker.sees("actie", "hulp aan")
    (made,) = attempts(qtbot, workbench, zaken["vers"])
    assert (made.bereikt, made.gesproken_met) == (True, Gesprekspartner.BEWINDVOERDER)


def test_a_mentor_hears_of_no_debt_and_does_not_count_as_reached(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    situate(qtbot, workbench, zaken["vers"], vertegenwoordigers=(MENTOR,))
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_5)
    worker.press(KEY.Key_3)
    worker.sees("script_doe", "Een mentor gaat niet over geld")
    worker.press(KEY.Key_1)
    worker.sees("meldingtekst", "iemand anders nam op")
    (made,) = attempts(qtbot, workbench, zaken["vers"])
    assert (made.bereikt, made.gesproken_met) == (False, Gesprekspartner.MENTOR)


def test_a_reception_is_told_nothing(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    situate(qtbot, workbench, zaken["vers"], woonsituatie=Woonsituatie.INSTELLING)
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_5)
    worker.sees("script_zeg", "Het is persoonlijk")
    assert "gemeente" not in find(worker.window, QLabel, "script_zeg").text()


def test_an_interpreter_goes_into_the_situation_with_the_same_key(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_8)
    worker.sees("script_doe", "nooit vertalen")
    worker.press(KEY.Key_D, Qt.KeyboardModifier.AltModifier)
    worker.type("Tigrinya")
    worker.press(KEY.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    worker.press(KEY.Key_1)
    worker.sees("script_doe", "Met een tolk (Tigrinya)")
    found = dossier_of(qtbot, workbench, zaken["vers"])
    assert (found.situatie.tolk, found.situatie.tolktaal, found.stand.bereikt) == (True, "Tigrinya", False)


# --- promises -----------------------------------------------------------------------------------------------


def test_a_promise_to_somebody_else_is_made_with_a_quick_choice(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_5)
    worker.press(KEY.Key_2)
    worker.sees("", "Wanneer bel je terug?")
    assert find(worker.window, QPushButton, "terugbellen_2").text() == "Morgen middag"
    assert find(worker.window, QPushButton, "terugbellen_3").text() == "Vrijdag ochtend", "9 May is Hemelvaart"
    worker.press(KEY.Key_2)
    worker.sees("waarom", "beloofde te bellen op 8 mei")
    (made,) = attempts(qtbot, workbench, zaken["vers"])
    assert (made.resultaat, made.gesproken_met) == (Belresultaat.IEMAND_ANDERS, Gesprekspartner.ANDER)
    assert made.terugbellen_op == datetime(2024, 5, 8, 14, tzinfo=AMSTERDAM)


def test_a_moment_outside_the_safe_ones_warns(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    situate(qtbot, workbench, zaken["vers"], veilig_contact=VeiligContact(wanneer=Dagdelen.WEEK_AVOND))
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_6)
    warning = find(worker.window, QLabel, "terugbellen_onveilig")
    assert find(worker.window, QPushButton, "terugbellen_1").text() == "Vanavond"
    assert not warning.isVisible()
    field = find(worker.window, QDateTimeEdit, "terugbellen_op")
    field.setDateTime(field.dateTime().addDays(1).addSecs(-9 * 3600))
    worker.waits(warning.isVisible)
    assert "Alleen: avond" in warning.text()


# --- incoming, and on to the next ---------------------------------------------------------------------------


def test_a_call_that_comes_in_fills_no_cell_and_cannot_go_unanswered(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    workbench.open_zaak(zaken["vers"], incoming=True)
    worker.sees("actie", "belt")
    worker.sees("script_doe", "Eerst weten wie je spreekt")
    assert find(worker.window, QCheckBox, "inkomend").isChecked()
    worker.press(KEY.Key_2)
    assert not find(worker.window, QPushButton, "resultaat_geen-gehoor").isEnabled()
    worker.press(KEY.Key_7)
    worker.press(KEY.Key_1)
    worker.sees("meldingtekst", "wilde toen niet praten")
    (made,) = attempts(qtbot, workbench, zaken["vers"])
    assert made.richting is Richting.IN
    assert dossier_of(qtbot, workbench, zaken["vers"]).stand.dagdelen == Dagdelen(0)


def test_forty_calls_flow_record_and_enter_opens_the_next_one_at_its_call(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_2)
    worker.waits(lambda: focused().objectName() == "volgende_bellen")
    assert "Yıldız" in find(worker.window, QPushButton, "volgende_bellen").text(), "the promise of today comes first"
    worker.sees("volgende_waarom", "Jij beloofde vandaag te bellen")
    worker.press(KEY.Key_Return)
    worker.sees("actie", "Bel F. Yıldız")
    seen = {zaken["vers"], zaken["beloofd"]}
    for _ in range(3):
        worker.press(KEY.Key_2)
        worker.waits(lambda: focused().objectName() == "volgende_bellen")
        worker.press(KEY.Key_N)
        worker.waits(lambda: isinstance(workbench.current, Zaak) and workbench.current._zaak not in seen)
        screen = workbench.current
        assert isinstance(screen, Zaak)
        worker.waits(lambda: screen.filled)  # noqa: B023  # waited for here
        assert screen._zaak is not None
        seen.add(screen._zaak)
    assert len(seen) == 5, "nobody twice"


def test_a_promise_for_later_today_waits_for_its_time(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID], clock: MovingClock
) -> None:
    clock.now = datetime(2024, 5, 7, 13, 0, tzinfo=AMSTERDAM)
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_2)
    worker.waits(lambda: focused().objectName() == "volgende_bellen")
    assert "Yıldız" not in find(worker.window, QPushButton, "volgende_bellen").text(), "promised for 14:00"


def test_who_is_reached_stays_in_front_of_the_worker(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_1)
    worker.press(KEY.Key_1)
    worker.sees("actie", "hulp aan")
    assert focused().objectName() != "volgende_bellen"
    assert find(worker.window, QPushButton, "volgende_bellen").isVisible()


def test_digits_typed_in_a_field_record_nothing(
    qtbot: QtBot, worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_8)
    worker.press(KEY.Key_D, Qt.KeyboardModifier.AltModifier)
    worker.type("1234")
    assert find(worker.window, QLineEdit, "tolktaal").text() == "1234"
    assert attempts(qtbot, workbench, zaken["vers"]) == []


def test_what_can_be_taken_back_says_so_when_it_was_done_in_another_zaak(
    worker: Worker, workbench: Workbench, zaken: dict[str, UUID]
) -> None:
    open_zaak(worker, workbench, zaken["vers"], "Bel ")
    worker.press(KEY.Key_2)
    worker.sees("meldingtekst", "Vastgelegd")
    other = next(zaak for zaak in zaken.values() if zaak != zaken["vers"])
    workbench.open_zaak(zaken["vers"])
    assert "Vorige zaak" not in find(worker.window, QLabel, "meldingtekst").text()
    workbench.open_zaak(other)
    worker.sees("meldingtekst", "Vorige zaak: vastgelegd")
    workbench.open_zaak(other)
    assert find(worker.window, QLabel, "meldingtekst").text().count("Vorige zaak") == 1
