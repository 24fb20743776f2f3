"""Help: what a screen or form is for, and every key that works in the window now."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from desktop.ui.widgets.parts import label
from resources.hulp import paginas

_WIDTH = 480


def keys(window: QWidget) -> tuple[tuple[str, str], ...]:
    """Key and meaning of each shortcut that works in this window now, as the shortcuts themselves tell."""
    found = []
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled() and shortcut.isEnabled():
            text = owner.text() if isinstance(owner, QAbstractButton) else ""
            found.append((shortcut.key(), shortcut.whatsThis() or text.replace("&&", "\0").replace("&", "")))
    for action in window.findChildren(QAction):
        owner = action.parent()
        if not action.shortcut().isEmpty() and action.isVisible() and isinstance(owner, QWidget) and owner.isVisible():
            found.append((action.shortcut(), action.text()))
    return tuple((key.toString(QKeySequence.SequenceFormat.NativeText), text.replace("\0", "&")) for key, text in found)


class HelpDialog(QDialog):
    """F1: one page; `page` is the name of a screen or form."""

    def __init__(self, page: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hulp")
        self.setWindowTitle(self.tr("Hulp bij dit scherm"))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(10)
        text = label(paginas().get(page, ""), wrap=True)
        text.setObjectName("hulptekst")
        text.setMinimumWidth(_WIDTH)
        box.addWidget(text)
        box.addWidget(label(self.tr("Alle toetsen van dit scherm zie je met Ctrl+/."), "zacht", wrap=True))
        box.addWidget(_close(self, "hulp_sluiten"))


class KeysDialog(QDialog):
    """Ctrl+/: the keys of the window behind it, in columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toetsen")
        self.setWindowTitle(self.tr("Toetsen van dit scherm"))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(10)
        shown = (
            *keys(parent.window()),
            (self.tr("Enter"), self.tr("Openen wat gekozen is")),
            (self.tr("Alt+letter"), self.tr("Naar het veld of de knop met die letter")),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        half = (len(shown) + 1) // 2  # two columns, or it is higher than a small laptop
        for number, (key, meaning) in enumerate(shown):
            row, column = number % half, 2 * (number // half)
            grid.addWidget(label(key, "vet"), row, column)
            grid.addWidget(label(meaning), row, column + 1)
        box.addLayout(grid)
        box.addWidget(_close(self, "toetsen_sluiten"))


def _close(dialog: QDialog, name: str) -> QDialogButtonBox:
    buttons = QDialogButtonBox()
    close = buttons.addButton(
        QCoreApplication.translate("HelpDialog", "&Sluiten"), QDialogButtonBox.ButtonRole.RejectRole
    )
    close.setObjectName(name)
    buttons.rejected.connect(dialog.reject)
    return buttons
