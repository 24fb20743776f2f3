"""What everybody must be able to use: names on every input, letters that are unique, Dutch words, nothing cut off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from db.model.codes import Eindresultaat
from db.vault import Vault
from desktop.casework import afsluiten, hulp
from desktop.ui import theme
from desktop.ui.dialogs.brief import LetterDialog
from desktop.ui.dialogs.dagafsluiting import DayDialog
from desktop.ui.dialogs.help import HelpDialog
from desktop.ui.dialogs.inzage import AccessDialog
from desktop.ui.dialogs.weigeren import RefuseDialog
from desktop.ui.screens.zaak import Zaak
from desktop.ui.window import Window
from desktop.ui.workbench import Workbench
from resources.styles import Variant, colours, stylesheet
from tests.ui.finding import find

# Every form, and a zaak whose facts allow it.
FORMS = {
    "bellen": "poging",
    "huisbezoek": "bezoek",
    "bezoek_plannen": "bezoek",
    "bezoek_afzeggen": "bezoek",
    "hulpaanbod": "aanbod",
    "eerste-gesprek": "gesprek",
    "afsluiten": "aanbod",
    "overslaan": "poging",
    "brp": "poging",
    "bekendheid": "poging",
    "cak": "aanbod",
    "regeling": "aanbod",
    "eigenbijdrage": "aanbod",
    "afspraken": "aanbod",
    "notitie": "poging",
    "situatie": "poging",
    "plan": "gesprek",
    "afgesloten": "aanbod",
    "nazorg": "aanbod",
}
# What must happen first; the forms after these see it too.
FIRST: dict[str, Callable[[Vault, UUID], object]] = {
    "plan": lambda vault, zaak: hulp.record_eerste_gesprek(vault, zaak, event_id=vault.new_id()),
    "afgesloten": lambda vault, zaak: afsluiten.close_zaak(
        vault, zaak, event_id=vault.new_id(), eindresultaat=Eindresultaat.REGELT_ZELF
    ),
}
SCREENS = ("vandaag", "werkvoorraad", "signalen", "route", *FORMS)
SIZES = (QSize(1366, 728), QSize(1093, 582))
ENGLISH = re.compile(
    r"\b(ok|cancel|close|save|open|yes|no|apply|discard|help|search|undo|delete|next|back|the|and)\b", re.IGNORECASE
)
DUTCH_TOO = {"open"}


def _first(name: str, zaak: UUID, vault: Vault) -> object:
    return FIRST[name](vault, zaak)


@pytest.fixture
def show(qtbot: QtBot, workbench: Workbench, zaken: dict[str, UUID]) -> Callable[[str], QWidget]:
    def show(name: str) -> QWidget:
        if name not in FORMS:
            workbench.go(name)
            qtbot.waitUntil(lambda: workbench.current is not None and workbench.current.isVisible())
            return workbench
        zaak_id = zaken[FORMS[name]]
        if name in FIRST:
            done: list[object] = []
            workbench.session.act(workbench, partial(_first, name, zaak_id), done.append)
            qtbot.waitUntil(lambda: bool(done))
        workbench.open_zaak(zaak_id)
        zaak = workbench.current
        assert isinstance(zaak, Zaak)
        qtbot.waitUntil(lambda: zaak.filled)
        zaak.show_form(name)
        return workbench

    return show


def visible(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [made for made in window.findChildren(kind) if made.isVisible()]


def shown_text(made: QWidget) -> str:
    return str(made.property("text") or "")


def letters(window: QWidget) -> Counter[str]:
    """The Alt letters of everything visible: buttons, and labels that belong to a field."""
    owners: list[QWidget] = [*visible(window, QAbstractButton)]
    owners += [made for made in visible(window, QLabel) if isinstance(made, QLabel) and made.buddy() is not None]
    found = (re.search(r"(?<!&)&([^&])", shown_text(made)) for made in owners)
    return Counter(match[1].upper() for match in found if match)


def test_alt_letters_are_unique_on_every_screen(show: Callable[[str], QWidget]) -> None:
    repeated = {name: [letter for letter, times in letters(show(name)).items() if times > 1] for name in SCREENS}
    assert not any(repeated.values()), repeated


def test_every_input_has_a_name_for_tests_and_for_screen_readers(show: Callable[[str], QWidget]) -> None:
    for name in SCREENS:
        window = show(name)
        inputs = [
            made
            for kind in (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractButton)
            for made in visible(window, kind)
            if not made.objectName().startswith("qt_") and not isinstance(made.parent(), QAbstractSpinBox | QLineEdit)
        ]
        assert inputs
        unnamed = [type(made).__name__ for made in inputs if not made.objectName()]
        unspoken = [made.objectName() for made in inputs if not (made.accessibleName() or shown_text(made))]
        assert (name, unnamed, unspoken) == (name, [], [])


@pytest.mark.parametrize("size", SIZES, ids=["100%", "125%"])
def test_nothing_is_cut_off_on_a_small_laptop(
    qtbot: QtBot, window: Window, show: Callable[[str], QWidget], size: QSize
) -> None:
    window.resize(size)
    for name in SCREENS:
        workbench = show(name)
        qtbot.waitUntil(lambda: window.size() == size and not cut_off(workbench))  # noqa: B023  # waited for here


def cut_off(workbench: QWidget) -> list[object]:
    """The texts that do not fit where they stand."""
    cut: list[object] = [
        (type(made).__name__, made.objectName(), made.width(), made.sizeHint().width())
        for kind in (QPushButton, QCheckBox, QLabel)
        for made in visible(workbench, kind)
        if not (isinstance(made, QLabel) and made.wordWrap()) and made.width() < made.sizeHint().width()
    ]
    cut += [
        (made.objectName(), shown_text(made)[:20], made.height(), made.heightForWidth(made.width()))
        for made in visible(workbench, QLabel)
        if isinstance(made, QLabel) and made.wordWrap() and made.height() < made.heightForWidth(made.width())
    ]
    return cut


def test_every_word_on_screen_is_dutch(show: Callable[[str], QWidget]) -> None:
    found = [
        (name, match[0])
        for name in SCREENS
        for window in (show(name),)
        for kind in (QAbstractButton, QLabel)
        for made in visible(window, kind)
        for match in ENGLISH.finditer(shown_text(made).replace("&", ""))
        if match[0].lower() not in DUTCH_TOO
    ]
    assert found == []


def test_targets_are_high_enough_to_hit(show: Callable[[str], QWidget]) -> None:
    low = [
        (name, made.objectName(), made.height())
        for name in SCREENS
        for made in visible(show(name), QPushButton)
        if made.height() < 32 and made.property("stap") is None and made.objectName()
    ]
    assert low == []


@pytest.mark.parametrize("kind", [LetterDialog, AccessDialog, RefuseDialog, HelpDialog, DayDialog])
def test_dialogs_are_dutch_fit_a_small_laptop_and_have_unique_letters(
    qtbot: QtBot, show: Callable[[str], QWidget], kind: type[QWidget]
) -> None:
    workbench = show("bellen")
    assert isinstance(workbench, Workbench)
    zaak = workbench.current
    assert isinstance(zaak, Zaak)
    assert zaak._dossier is not None
    if kind is HelpDialog:
        dialog: QWidget = HelpDialog(zaak.help_text(), workbench)
    elif kind is DayDialog:
        dialog = DayDialog(workbench.session, workbench, leaving=True)
    elif kind is RefuseDialog:
        dialog = RefuseDialog(workbench.session, zaak._dossier.signalen[0].id, workbench)
    elif kind is LetterDialog:
        dialog = LetterDialog(workbench.session, zaak._dossier, workbench)
    else:
        dialog = AccessDialog(workbench.session, zaak._dossier, workbench)
    dialog.show()
    qtbot.waitUntil(dialog.isVisible)
    assert [letter for letter, times in letters(dialog).items() if times > 1] == []
    assert dialog.width() <= SIZES[-1].width()
    assert dialog.height() <= SIZES[-1].height()
    texts = [shown_text(made) for made in visible(dialog, QAbstractButton)]
    assert not [text for text in texts if ENGLISH.search(text.replace("&", ""))]
    dialog.close()


def test_qts_own_buttons_speak_dutch(qtbot: QtBot, locked: Window) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "nnuleren" in box.buttons()[0].text()


def test_the_tab_order_reaches_the_note_and_comes_round(
    qtbot: QtBot, show: Callable[[str], QWidget], window: Window
) -> None:
    show("bellen")
    note = find(window, QPlainTextEdit, "notitie")
    passed = set()
    focus = note.nextInFocusChain()
    while focus is not None and focus is not note:
        passed.add(focus.objectName())
        focus = focus.nextInFocusChain()
    assert {"brief", "inzage", "zoeken", "vergrendel", "resultaat_geen-gehoor"} <= passed


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("variant", [Variant.LICHT, Variant.DONKER])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "surface"), ("ink", "card"), ("ink", "selected"), ("ink", "quote"), ("secondary", "surface"),
        ("secondary", "card"), ("secondary", "selected"), ("primary", "card"), ("primary", "hover"),
        ("on_primary", "primary"), ("on_primary", "primary_hover"), ("nav_text", "nav"), ("nav_text", "nav_hover"),
        ("nav_selected_text", "nav_selected"), ("nav_ok", "nav"), ("on_amber", "amber"), ("done_text", "done"),
        ("due_text", "due"), ("danger_text", "danger"), ("danger_text", "card"), ("done_text", "card"),
        ("neutral_text", "neutral"), ("key_text", "key"),
    ],
)  # fmt: skip
def test_text_stands_out_against_its_ground(variant: Variant, text: str, ground: str) -> None:
    named = colours(variant)
    light, dark = sorted((luminance(named[text]), luminance(named[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("variant", list(Variant))
def test_every_variant_names_the_same_colours_and_fills_the_stylesheet(variant: Variant) -> None:
    assert colours(variant).keys() == colours(Variant.LICHT).keys()
    assert "$" not in stylesheet(variant).partition("*/")[2]
    assert theme.variant() in Variant
