"""The chosen row of a tray in short: by which rule it passed or not; the rest only once somebody opens it."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from db.model.codes import Bak
from desktop.ui import texts
from desktop.ui.models import signalen as model
from desktop.ui.models.signalen import Detail
from desktop.ui.session import Session
from desktop.ui.widgets.parts import Card, button, clear, label, tag
from desktop.ui.widgets.scroll import TallScroll


class SignaalDetail(Card):
    """Emits `mend_asked` and `choice_asked` with the detail of the row, for which there is no room here."""

    mend_asked = Signal(object)
    choice_asked = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, spacing=6)
        self._session = session
        self._key: UUID | None = None
        self._detail: Detail | None = None
        self._opened = False
        self._go_on = False
        self.setObjectName("signaaldetail")
        holder = QWidget()
        self._content = QVBoxLayout(holder)
        self._content.setContentsMargins(0, 0, 0, 0)
        self._content.setSpacing(6)
        self.box.addWidget(TallScroll(holder), 1)

    def show_row(self, key: UUID | None, bak: Bak) -> None:
        """Ask for a row and show it in short; an answer that comes after another was chosen is passed over."""
        if key != self._key:
            self._opened = self._go_on = False
            self._detail = None
        self._key = key
        if key is None:
            clear(self._content)
            return
        settings = self._session.instellingen

        def ask(connection: Any) -> Detail | None:  # noqa: ANN401  # the connection's type belongs to db
            return model.detail(connection, key, bak, settings)

        self._session.ask(self, ask, partial(self._show, key))

    def open(self) -> None:
        """Show what was hidden, or ask for the page on which something is to be done."""
        if self._detail is None:
            self._go_on = True  # the answer is on its way
            return
        found = self._detail
        if found.naast:
            self.choice_asked.emit(found)
        elif found.te_verbeteren:
            self.mend_asked.emit(found)
        else:
            self._opened = True
            self._fill(found)

    def _show(self, key: UUID, found: Detail | None) -> None:
        if key != self._key:
            return
        self._detail = found
        clear(self._content)
        if found is None:
            return
        self._fill(found)
        if self._go_on:
            self._go_on = False
            self.open()

    def _fill(self, found: Detail) -> None:
        clear(self._content)
        self._content.addWidget(label(texts.breakable(found.naam), "kop", wrap=True))
        self._content.addWidget(label(texts.breakable(found.kenmerk), "zacht", wrap=True))
        self._content.addWidget(tag(model.titel(found.bak), found.status))
        for number, text in enumerate(found.uitleg):
            made = label(texts.breakable(text).replace("€ ", "€\u00a0"), wrap=True)
            made.setObjectName(f"signaal_uitleg_{number}")
            self._content.addWidget(made)
        if self._opened:
            self._content.addLayout(self._fields(found))
        else:
            self._content.addSpacing(4)
            self._content.addWidget(self._button(found))
        self._content.addStretch(1)

    def _button(self, found: Detail) -> QWidget:
        text = (
            self.tr("Oud en nieuw to&nen…")
            if found.naast
            else self.tr("Ver&beteren…")
            if found.te_verbeteren
            else self.tr("Gegevens to&nen")
        )
        made = button(text, "signaal_openen", main=bool(found.naast) or found.te_verbeteren)
        made.clicked.connect(self.on_open)
        return made

    def _fields(self, found: Detail) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(1, 1)
        for number, (name, value) in enumerate((name, value) for name, value in found.velden if value):
            grid.addWidget(label(name, "zacht", wrap=True), number, 0)
            made = label(texts.breakable(value), wrap=True)
            made.setObjectName(f"signaal_veld_{number}")
            grid.addWidget(made, number, 1)
        return grid

    @Slot()
    def on_open(self) -> None:
        self.open()
