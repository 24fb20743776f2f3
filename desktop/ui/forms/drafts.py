"""What is half-typed in the fields of a form: kept encrypted as it is typed, and back when the form opens again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLineEdit

from db.queries import concepten
from db.vault import Vault
from desktop.ui.session import Session
from desktop.ui.widgets.note import DraftSaver

T = TypeVar("T")


class FieldDrafts(QObject):
    """The texts of some fields under one place; the fields carry their object names already."""

    def __init__(self, session: Session, place: str, fields: Sequence[QLineEdit], parent: QObject) -> None:
        super().__init__(parent)
        self._fields = tuple(fields)
        self._saver = DraftSaver(session, place, self)
        self._touched = False
        for field in self._fields:
            field.textEdited.connect(self.on_edited)
        session.note(self, lambda vault: concepten.read(vault.connection, place), self._restore)

    def pending(self) -> tuple[tuple[str, str], ...]:
        """Place and texts when something was typed since they were last written."""
        return self._saver.pending()

    def recording(self, action: Callable[[Vault], T]) -> Callable[[Vault], T]:
        """The same action, which also takes the draft away."""
        place = self._saver.place

        def act(vault: Vault) -> T:
            result = action(vault)
            concepten.save(vault.connection, place, "", vault.clock())
            return result

        self._saver.pending()
        return act

    def _restore(self, text: str) -> None:
        if not text or self._touched:
            return
        kept: dict[str, str] = json.loads(text)
        for field in self._fields:
            if field.objectName() in kept:
                field.setText(kept[field.objectName()])

    @Slot()
    def on_edited(self) -> None:
        self._touched = True
        self._saver.keep(json.dumps({field.objectName(): field.text() for field in self._fields}))
