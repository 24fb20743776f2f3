"""The dialog that asks for a file or folder, in Dutch where Qt's own translation has gaps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QTreeView, QWidget

_KIND = 2
"""The column with what Qt calls a folder or file, which has no Dutch."""


def file_chooser(parent: QWidget, title: str) -> QFileDialog:
    """A chooser that the caller sets up further and opens."""
    made = QFileDialog(parent, title)
    made.setLabelText(QFileDialog.DialogLabel.LookIn, QCoreApplication.translate("Bestand", "&Zoek in:"))
    made.setLabelText(QFileDialog.DialogLabel.FileType, QCoreApplication.translate("Bestand", "&Soort bestand:"))
    for files in made.findChildren(QTreeView):
        files.hideColumn(_KIND)
    return made
