"""The first time on a laptop, and the day on which somebody forgot the passphrase: real key slots, real vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.model.codes import Rol
from desktop import app
from desktop.casework import instellingen
from desktop.ui.door import Door, NewVault
from desktop.ui.window import Window
from tests.ui.conftest import put_away
from tests.ui.finding import find

WORDS = "kruk lantaarn zeewier trommel"
OTHER = "paprika schroef bliksem kano"


def door(folder: Path) -> Door:
    def create(wish: NewVault) -> str:
        made = app.create_vault(
            folder, wish.passphrase, gemeente=wish.gemeente, naam=wish.naam, rol=wish.rol, proef=wish.proef,
            use_keyring=False,
        )  # fmt: skip
        made.vault.close()
        return made.herstelsleutel

    return Door(
        unlock=lambda passphrase: app.unlock(folder, passphrase),
        exists=lambda: any(folder.glob("*")),
        create=create,
        recover=lambda recovery_key, new: app.recover(folder, recovery_key, new),
    )


def opened(qtbot: QtBot, folder: Path) -> Window:
    found = door(folder)
    window = Window(found.unlock, lambda: None, None, found)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    made = opened(qtbot, tmp_path / "kluis")
    yield made
    put_away(qtbot, made)


def fill_in(window: Window, name: str, text: str) -> None:
    find(window, QLineEdit, name).setText(text)


def further(window: Window) -> None:
    find(window, QPushButton, "eerste_verder").click()


def error(window: Window) -> str:
    return find(window, QLabel, "eerste_fout").text()


def to_the_key(qtbot: QtBot, window: Window) -> list[str]:
    """Make the vault, as far as the page with the recovery key; returns its groups."""
    fill_in(window, "eerste_naam", "F. Yıldız")
    further(window)
    fill_in(window, "eerste_wachtwoord", WORDS)
    fill_in(window, "eerste_herhaling", WORDS)
    further(window)
    key = find(window, QLabel, "herstelsleutel")
    qtbot.waitUntil(lambda: bool(key.text()), timeout=20_000)
    return key.text().split()[1::2]  # each after its number


def copy_groups(window: Window, groups: list[str]) -> None:
    for number in range(2):
        field = find(window, QLineEdit, f"groep_{number}")
        field.setText(groups[int(field.accessibleName().split()[1]) - 1].lower())


def test_somebody_without_a_vault_makes_one_and_works_in_it(qtbot: QtBot, window: Window) -> None:
    groups = to_the_key(qtbot, window)
    copy_groups(window, groups)
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        further(window)
    assert window.workbench is not None
    session = window.workbench.session
    assert (session.naam, session.rol, session.instellingen.proef) == ("F. Yıldız", Rol.UITVOERDER, False)
    assert session.instellingen.herstelblad_bevestigd.startswith("F. Yıldız, "), "so that signals may be imported"


def test_the_key_must_stand_on_paper_before_the_vault_opens(qtbot: QtBot, window: Window) -> None:
    groups = to_the_key(qtbot, window)
    copy_groups(window, ["XXXX"] * len(groups))
    further(window)
    assert "op je papier" in error(window)
    assert window.workbench is None


def test_what_is_missing_or_too_weak_is_said_where_it_is_typed(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    further(window)
    assert "naam" in error(window)
    fill_in(window, "eerste_naam", "F. Yıldız")
    further(window)
    fill_in(window, "eerste_wachtwoord", WORDS)
    fill_in(window, "eerste_herhaling", OTHER)
    further(window)
    assert "niet gelijk" in error(window)
    fill_in(window, "eerste_wachtwoord", "welkom2024")
    fill_in(window, "eerste_herhaling", "welkom2024")
    further(window)
    qtbot.waitUntil(lambda: "14" in error(window), timeout=20_000)
    assert not (tmp_path / "kluis").exists(), "nothing is left of an attempt"
    find(window, QPushButton, "eerste_terug").click()
    find(window, QCheckBox, "eerste_proef").setChecked(True)
    assert find(window, QLineEdit, "eerste_naam").text() == "F. Yıldız"


def test_the_key_from_paper_opens_with_a_new_passphrase(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "kluis"
    made = app.create_vault(
        folder, WORDS, gemeente="0014", naam="F. Yıldız", rol=Rol.UITVOERDER, proef=False, use_keyring=False
    )
    made.vault.close()
    window = opened(qtbot, folder)
    find(window, QPushButton, "herstellen").click()
    fill_in(window, "herstelsleutel", "ABCD-ABCD")
    fill_in(window, "herstel_wachtwoord", OTHER)
    fill_in(window, "herstel_herhaling", OTHER)
    find(window, QPushButton, "herstel_instellen").click()
    wrong = find(window, QLabel, "fout")
    qtbot.waitUntil(wrong.isVisible, timeout=20_000)
    fill_in(window, "herstelsleutel", made.herstelsleutel.lower())
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        find(window, QPushButton, "herstel_instellen").click()
    put_away(qtbot, window)
    with app.unlock(folder, OTHER) as vault:
        assert instellingen.load(vault.connection).gemeente == "0014"
