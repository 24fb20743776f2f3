"""What waits for the CAK, the settings with what they decide, and taking the last action back."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.model.codes import Eindresultaat
from db.queries import bekenden
from db.vault import Vault
from desktop.casework import afsluiten, instellingen
from desktop.ui.models.instellingen import groepen
from desktop.ui.screens.beheer import Beheer, PictureField
from desktop.ui.screens.terugmelden import Terugmelden
from desktop.ui.screens.zaak import Zaak
from desktop.ui.workbench import Workbench
from tests.documents.paper import LOGO
from tests.ui.finding import find, focused

CTRL = Qt.KeyboardModifier.ControlModifier


def close(qtbot: QtBot, workbench: Workbench, zaak: UUID) -> None:
    done: list[object] = []

    def action(vault: Vault) -> object:
        return afsluiten.close_zaak(vault, zaak, event_id=vault.new_id(), eindresultaat=Eindresultaat.REGELT_ZELF)

    workbench.session.act(workbench, action, done.append)
    qtbot.waitUntil(lambda: bool(done))


def terugmelden(qtbot: QtBot, workbench: Workbench) -> Terugmelden:
    QTest.keyClick(workbench, Qt.Key.Key_5, CTRL)
    screen = workbench.current
    assert isinstance(screen, Terugmelden)
    return screen


def beheer(workbench: Workbench) -> Beheer:
    QTest.keyClick(workbench, Qt.Key.Key_8, CTRL)
    screen = workbench.current
    assert isinstance(screen, Beheer)
    return screen


# --- Terugmelden --------------------------------------------------------------------------------------------


def test_an_empty_outbox_says_how_something_comes_to_stand_there(qtbot: QtBot, workbench: Workbench) -> None:
    screen = terugmelden(qtbot, workbench)
    qtbot.waitUntil(lambda: any("Sluit je een zaak af" in made.text() for made in screen.findChildren(QLabel)))
    assert not find(screen, QPushButton, "bestand_maken").isEnabled()


def test_the_exact_message_stands_there_before_it_goes_and_then_it_is_in_the_file(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    close(qtbot, workbench, zaken["aanbod"])
    screen = terugmelden(qtbot, workbench)
    qtbot.waitUntil(lambda: screen.table.model().rowCount() == 1)
    shown = {find(screen, QLabel, f"veld_{number}").text() for number in range(4)}
    screen.make(tmp_path / "uit.json")
    qtbot.waitUntil(lambda: not find(screen, QPushButton, "bestand_maken").isEnabled())
    qtbot.waitUntil(lambda: "in een bestand gezet" in find(screen, QLabel, "terug_samenvatting").text())
    (sent,) = json.loads((tmp_path / "uit.json").read_text(encoding="utf-8"))["terugmeldingen"]
    assert {sent["signaal"], sent["klantnummer"], sent["code"]} <= shown
    assert set(sent) == {"id", "signaal", "klantnummer", "code", "datum"}, "nothing beside what was shown"


def test_what_left_in_an_earlier_file_is_not_sent_again(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    screen = terugmelden(qtbot, workbench)
    for number, name in enumerate(("aanbod", "gesprek")):
        close(qtbot, workbench, zaken[name])
        qtbot.waitUntil(lambda: find(screen, QPushButton, "bestand_maken").isEnabled())
        screen.make(tmp_path / f"{number}.json")
        qtbot.waitUntil(lambda: not find(screen, QPushButton, "bestand_maken").isEnabled())
        qtbot.waitUntil((tmp_path / f"{number}.json").exists)
    sent = json.loads((tmp_path / "1.json").read_text(encoding="utf-8"))["terugmeldingen"]
    assert len(sent) == 1


def test_a_file_that_was_refused_or_lost_is_made_again_from_any_message_in_it(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    for name in ("aanbod", "gesprek"):
        close(qtbot, workbench, zaken[name])
    screen = terugmelden(qtbot, workbench)
    qtbot.waitUntil(lambda: screen.table.model().rowCount() == 2)
    assert screen.findChild(QPushButton, "bestand_nog_eens") is None
    screen.make(tmp_path / "uit.json")
    qtbot.waitUntil(lambda: screen.findChild(QPushButton, "bestand_nog_eens") is not None)
    assert find(screen, QLabel, "terug_ging_weg").text() == "Ging op 7 mei om 14:30 in een bestand."
    find(screen, QPushButton, "bestand_nog_eens").click()
    chooser = screen.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "weer.json"))
    qtbot.waitUntil((tmp_path / "weer.json").exists)
    qtbot.waitUntil(lambda: "2 berichten in het bestand gezet" in find(workbench, QLabel, "meldingtekst").text())
    assert (tmp_path / "weer.json").read_bytes() == (tmp_path / "uit.json").read_bytes()
    chooser.reject()


def test_a_file_that_cannot_be_written_leaves_the_messages_waiting(
    qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID], tmp_path: Path
) -> None:
    close(qtbot, workbench, zaken["aanbod"])
    screen = terugmelden(qtbot, workbench)
    qtbot.waitUntil(lambda: screen.table.model().rowCount() == 1)
    screen.make(tmp_path / "er" / "is" / "geen" / "map.json")
    qtbot.waitUntil(workbench.messages.isVisible)
    assert find(screen, QPushButton, "bestand_maken").isEnabled()
    assert "1 bericht staat klaar" in find(screen, QLabel, "terug_samenvatting").text()


# --- Beheer -------------------------------------------------------------------------------------------------


def test_what_is_one_of_a_few_values_is_chosen_and_not_typed(qtbot: QtBot, workbench: Workbench) -> None:
    screen = beheer(workbench)
    side = find(screen, QComboBox, "instelling_venster")
    assert [side.itemText(number) for number in range(side.count())] == ["Links", "Rechts"]
    assert side.currentText() == "Links"
    side.setCurrentIndex(1)
    find(screen, QPushButton, "instellingen_opslaan").click()
    qtbot.waitUntil(lambda: workbench.session.instellingen.venster == "rechts")


LIST = "Achternaam;Geboortedatum\nVan der Meer;12-03-1951\nOkkema;onbekend\n"


def test_a_list_of_who_is_known_is_loaded_replaced_and_forgotten(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    screen = beheer(workbench)
    said = find(screen, QLabel, "lijst_melding")
    file = tmp_path / "lijst.csv"
    file.write_text(LIST, encoding="utf-8")
    for _ in range(2):
        find(screen, QPushButton, "lijst_laden").click()
        chooser = screen.findChildren(QFileDialog)[-1]
        chooser.fileSelected.emit(str(file))
        chooser.reject()
        qtbot.waitUntil(lambda: said.text().startswith("✓ 1 mens van de lijst geladen. 1 rij is niet te lezen."))
        said.setText("")
    qtbot.waitUntil(lambda: find(screen, QLabel, "lijst_0").text() == "schuldhulpverlening, geladen op 7 mei 2024")
    assert screen.findChild(QLabel, "lijst_1") is None
    file.write_text("Achternaam;Geboortedatum\nOkkema;onbekend\n", encoding="utf-8")
    screen.known.load(file)
    qtbot.waitUntil(lambda: said.text().startswith("▲ Op deze lijst staat niemand"))
    assert find(screen, QLabel, "lijst_0").text().startswith("schuldhulpverlening"), "the list that was there stays"
    forget = find(screen, QPushButton, "lijst_verwijderen_0")
    forget.setFocus()
    QTest.keyClick(forget, Qt.Key.Key_Tab)
    assert focused().objectName() == "lijst_naam"
    assert forget.accessibleName() == "Lijst schuldhulpverlening verwijderen"
    forget.click()
    qtbot.waitUntil(lambda: said.text().startswith("De lijst is verwijderd."))
    qtbot.waitUntil(lambda: screen.findChild(QLabel, "lijst_0") is None)


def test_a_list_that_cannot_be_read_or_has_no_name_changes_nothing(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    screen = beheer(workbench)
    said, file = find(screen, QLabel, "lijst_melding"), tmp_path / "lijst.csv"
    file.write_text("naam;adres\nVan der Meer;Oosterstraat\n", encoding="utf-8")
    screen.known.load(file)
    qtbot.waitUntil(lambda: "achternaam" in said.text())
    assert said.text().startswith("▲ ")
    assert "Meer" not in said.text()
    assert find(screen, QPushButton, "lijst_laden").isEnabled()
    find(screen, QLineEdit, "lijst_naam").setText("  ")
    find(screen, QPushButton, "lijst_laden").click()
    assert said.text() == "▲ Geef de lijst eerst een naam."
    assert screen.findChild(QFileDialog) is None
    found: list[object] = []
    workbench.session.ask(workbench, bekenden.lijsten, found.append)
    qtbot.waitUntil(lambda: found == [()])


def test_every_setting_that_may_be_changed_stands_on_the_screen_in_words() -> None:
    shown = [uitleg.naam for groep in groepen() for uitleg in groep.instellingen]
    assert sorted(shown) == sorted(set(instellingen.NAMES) - {"gemeente", "proef"})
    assert all(uitleg.kop and uitleg.zin for groep in groepen() for uitleg in groep.instellingen)


def test_a_changed_setting_counts_at_once(qtbot: QtBot, workbench: Workbench) -> None:
    screen = beheer(workbench)
    field = find(screen, QLineEdit, "instelling_pogingen")
    field.setText("5")
    find(screen, QPushButton, "instellingen_opslaan").click()
    qtbot.waitUntil(lambda: workbench.session.instellingen.pogingen == 5)


def test_a_value_that_does_not_fit_is_refused_beside_its_field_and_the_others_are_kept(
    qtbot: QtBot, workbench: Workbench
) -> None:
    screen = beheer(workbench)
    find(screen, QLineEdit, "instelling_gesprek_weken").setText("9")
    find(screen, QLineEdit, "instelling_direct_nummer").setText("050-5550100")
    find(screen, QPushButton, "instellingen_opslaan").click()
    wrong = find(screen, QLabel, "instellingfout_gesprek_weken")
    qtbot.waitUntil(wrong.isVisible)
    qtbot.waitUntil(lambda: workbench.session.instellingen.direct_nummer == "050-5550100")
    assert find(screen, QLineEdit, "instelling_gesprek_weken").text() == "9", "what was typed stays"


def test_a_yes_or_no_is_a_tick(qtbot: QtBot, workbench: Workbench) -> None:
    screen = beheer(workbench)
    find(screen, QCheckBox, "instelling_volledige_set").setChecked(True)
    find(screen, QPushButton, "instellingen_opslaan").click()
    qtbot.waitUntil(lambda: workbench.session.instellingen.volledige_set)


def test_the_vault_is_checked_from_the_window(qtbot: QtBot, workbench: Workbench) -> None:
    screen = beheer(workbench)
    find(screen, QPushButton, "nakijken").click()
    qtbot.waitUntil(lambda: screen.findChild(QLabel, "controle_5") is not None, timeout=20_000)
    assert all(made.text().startswith("✓") for made in screen.findChildren(QLabel) if "controle_" in made.objectName())
    assert find(screen, QPushButton, "nakijken").isEnabled()


# --- taking back --------------------------------------------------------------------------------------------


def test_the_last_action_is_taken_back_with_one_key(qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID]) -> None:
    workbench.open_zaak(zaken["nieuw"])
    screen = workbench.current
    assert isinstance(screen, Zaak)
    qtbot.waitUntil(lambda: screen.filled)
    find(screen, QPushButton, "resultaat_geen-gehoor").click()
    qtbot.waitUntil(lambda: find(workbench, QPushButton, "ongedaan").isVisible())
    QTest.keyClick(QApplication.focusWidget() or workbench, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "Ongedaan gemaakt" in find(workbench, QLabel, "meldingtekst").text())
    found: list[int] = []

    def attempts(connection: object) -> int:
        from db.queries.dossier import load

        dossier = load(connection, zaken["nieuw"])  # type: ignore[arg-type]  # the connection's type belongs to db
        assert dossier is not None
        return dossier.stand.pogingen

    workbench.session.ask(workbench, attempts, found.append)
    qtbot.waitUntil(lambda: found == [0])


def test_a_logo_is_taken_from_a_file_kept_and_taken_away_again(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    screen = beheer(workbench)
    field = find(screen, PictureField, "instelling_logo")
    picture = QImage(80, 20, QImage.Format.Format_RGB32)
    picture.fill(0)
    assert picture.save(str(tmp_path / "logo.png"))
    field.on_file(str(tmp_path / "logo.png"))
    find(screen, QPushButton, "instellingen_opslaan").click()
    qtbot.waitUntil(lambda: workbench.session.instellingen.logobestand == (tmp_path / "logo.png").read_bytes())
    assert field.text() == "Plaatje weghalen"
    field.click()
    find(screen, QPushButton, "instellingen_opslaan").click()
    qtbot.waitUntil(lambda: workbench.session.instellingen.logo == "")


@pytest.mark.parametrize("content", [b"GIF89a", b"\x89PNG\r\n\x1a\n" + bytes(200_000), LOGO[:40], None])
def test_a_logo_that_is_no_picture_too_large_cut_off_or_not_there_is_refused_beside_its_field(
    workbench: Workbench, tmp_path: Path, content: bytes | None
) -> None:
    screen = beheer(workbench)
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    find(screen, PictureField, "instelling_logo").on_file(str(tmp_path / "logo.png"))
    assert find(screen, QLabel, "instellingfout_logo").text()
    assert find(screen, PictureField, "instelling_logo").picture() == ""
