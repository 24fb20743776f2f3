"""After a call: who is next to call and why, one key away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.queries.zaken import ZaakRegel
from desktop.casework.instellingen import Instellingen
from desktop.ui import texts
from desktop.ui.models import vandaag as model
from desktop.ui.session import Session
from desktop.ui.widgets.parts import KeyButton, label

_NAME = 30
_SOON = timedelta(minutes=10)


class NextCall(QWidget):
    """Emits `opened` with the zaak to call after another. Enter or N while it has the focus, N from anywhere else."""

    opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.after: UUID | None = None
        self._next: UUID | None = None
        self._fresh = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._button = KeyButton("", "volgende_bellen", "N")
        self._button.setAutoDefault(True)  # Enter presses it too
        self._button.clicked.connect(self.on_clicked)
        row.addWidget(self._button)
        self._why = label("", "zacht", wrap=True)
        self._why.setObjectName("volgende_waarom")
        row.addWidget(self._why, 1)
        self.hide()

    def look(self) -> None:
        """A call was recorded: find out who is next; shown when the answer is there."""
        settings, now, here = self._session.instellingen, self._session.now(), self.after

        def question(connection: Any) -> ZaakRegel | None:  # noqa: ANN401  # the connection's type belongs to db
            return next_to_call(connection, settings, now, here)

        self._session.ask(self, question, self._show)

    def take(self, *, focus: bool) -> bool:
        """Stay for the facts that just changed, else go away; whether it took the focus."""
        fresh, self._fresh = self._fresh, False
        if not fresh:
            self.hide()
        takes = fresh and focus and self._next is not None
        if takes:
            self._button.setFocus()
        return takes

    def _show(self, found: ZaakRegel | None) -> None:
        self._fresh = True
        self._next = found.id if found else None
        self._button.setVisible(found is not None)
        if found is None:
            self._why.setText(self.tr("Er is nu niemand meer om te bellen."))
        else:
            row = model.call_row(found, self._session.instellingen, self._session.now())
            name = texts.shortened(found.lijstnaam, _NAME).replace("&", "&&")
            self._button.setText(self.tr("Volgende bellen: {naam}").format(naam=name))
            self._button.setAccessibleName(self.tr("Volgende bellen: {wie}").format(wie=row.zin))
            self._why.setText(row.cellen[1].tekst)
        self.show()

    @Slot()
    def on_clicked(self) -> None:
        if self._next is not None:
            self.opened.emit(self._next)


def next_to_call(connection: Any, instellingen: Instellingen, now: datetime, behalve: UUID | None) -> ZaakRegel | None:  # noqa: ANN401  # the connection's type belongs to db
    """The first resident of the call list at a moment; a promise for later today waits until its time."""
    calls = model.to_call(connection, instellingen, now)
    listed = [regel for regel in (*calls.beloofd, *calls.anderen) if regel.id != behalve]
    listed.sort(key=lambda regel: regel.stand.belofte_op is not None and regel.stand.belofte_op > now + _SOON)
    return listed[0] if listed else None
