"""Kiezen: a signal came again with other content; old and new side by side, and one of the two holds from then on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.errors import VoordeurError
from desktop.casework import correctie
from desktop.ui import texts
from desktop.ui.models.signalen import Detail
from desktop.ui.session import Session
from desktop.ui.widgets.naast import SideBySideTable
from desktop.ui.widgets.parts import Card, button, label


class CorrectionPanel(QWidget):
    """Emits `left` when somebody chose or went back, and `said` with what was chosen."""

    left = Signal()
    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._detail: Detail | None = None
        self._sent = False
        self._name = label("", "titel", wrap=True)
        self._name.setObjectName("correctie_van")
        self._table = SideBySideTable("correctie_naast", self.tr("Oude en nieuwe gegevens"))
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("correctiefout")
        self._error.hide()
        self._new = button(self.tr("Nieuwe gegevens overne&men"), "correctie_nieuw", main=True)
        self._new.clicked.connect(partial(self.choose, overgenomen=True))
        self._old = button(self.tr("Laten zoals het wa&s"), "correctie_oud")
        self._old.clicked.connect(partial(self.choose, overgenomen=False))
        back = button(self.tr("Te&rug"), "correctie_terug")
        back.clicked.connect(self.on_back)
        row = QHBoxLayout()
        row.setSpacing(10)
        for made in (self._new, self._old, back):
            row.addWidget(made)
        row.addStretch(1)
        card = Card()
        card.box.addWidget(self._table, 1)
        card.box.addWidget(self._error)
        card.box.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self._name)
        box.addWidget(
            label(self.tr("Wat je niet kiest, wordt niet nog een keer gevraagd. Allebei blijven in het dossier."),
                  "zacht", wrap=True)
        )  # fmt: skip
        box.addWidget(card, 1)

    def show_detail(self, found: Detail) -> None:
        """Begin with one signal."""
        self._detail, self._sent = found, False
        self._event_id = self._session.new_id()
        self._error.hide()
        self._name.setText(texts.breakable(f"{found.naam} · {found.kenmerk}"))
        self._table.show_rules(found.naast, self.tr("Stond er"), self.tr("Kwam nu"))
        self._table.scrollToTop()

    def take_focus(self) -> None:
        """The table: look before choosing."""
        self._table.setFocus()

    def choose(self, _: bool = False, *, overgenomen: bool) -> None:  # noqa: FBT001, FBT002  # the argument of a signal
        """Let one of the two hold."""
        if self._detail is None or self._sent:
            return
        self._sent = True
        action = partial(correctie.choose, signaal=self._detail.id, event_id=self._event_id, overgenomen=overgenomen)
        said = self.tr("Nieuwe gegevens overgenomen") if overgenomen else self.tr("Het signaal bleef zoals het was")

        def done(_: object) -> None:
            self.said.emit(said)
            self.left.emit()

        self._session.act(self, action, done, self._refused)

    def _refused(self, error: VoordeurError) -> None:
        self._sent = False
        self._error.setText(texts.explain(error))
        self._error.setAccessibleName(self._error.text())
        self._error.show()

    @Slot()
    def on_back(self) -> None:
        self.left.emit()
