"""Qt's own dialogs and menus are in Dutch too."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.bestand import file_chooser

OURS = {"Zoek in:", "Soort bestand:"}
THE_SAME_IN_DUTCH = {"OK", "Help", "Reset", "Type", "Computer"}


def qts_words(qtbot: QtBot) -> set[str]:
    """What Qt itself says on standard buttons, in the menu of a field, and when it asks for a file."""
    holder = QWidget()
    qtbot.addWidget(holder)
    box = QDialogButtonBox(holder)
    for standard in QDialogButtonBox.StandardButton:
        box.addButton(standard)
    found = [made.text() for made in box.buttons()]
    for field in (QLineEdit(holder), QPlainTextEdit(holder)):
        menu = field.createStandardContextMenu()
        found += [made.text().partition("\t")[0] for made in menu.actions()]
    chooser = file_chooser(holder, "")
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    for mode in (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave):
        chooser.setAcceptMode(mode)
        for made in chooser.findChildren(QWidget):
            for name in ("text", "toolTip", "accessibleName", "accessibleDescription"):
                found.append(str(made.property(name) or ""))
    found += [made.text() for made in chooser.findChildren(QAction)]
    model = chooser.findChildren(QTreeView)[0].model()
    across = Qt.Orientation.Horizontal
    found += [str(model.headerData(number, across) or "") for number in range(model.columnCount())]
    return {text.replace("&", "") for text in found if text.strip()}


def without_dutch(qtbot: QtBot, qapp: QApplication) -> set[str]:
    """The same words as Qt has them without a translation."""
    installed = qapp.findChildren(QTranslator)
    for translator in installed:
        QCoreApplication.removeTranslator(translator)
    try:
        return qts_words(qtbot)
    finally:
        for translator in installed:
            QCoreApplication.installTranslator(translator)


def test_nothing_that_qt_says_is_english(qtbot: QtBot, qapp: QApplication) -> None:
    dutch, english = qts_words(qtbot), without_dutch(qtbot, qapp)
    assert {"Cancel", "Cut", "Save"} <= english
    assert {text for text in (dutch & english) - OURS - THE_SAME_IN_DUTCH if any(map(str.isalpha, text))} == set()
    assert {"Annuleren", "Opslaan"} <= dutch


def test_a_list_of_files_leaves_out_the_column_that_qt_fills_in_english(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    files = file_chooser(holder, "").findChildren(QTreeView)[0]
    model, across = files.model(), Qt.Orientation.Horizontal
    shown = [model.headerData(n, across) for n in range(model.columnCount()) if not files.isColumnHidden(n)]
    assert "Naam" in shown
    assert "Type" not in shown
