"""Weigeren: the ground, what it still asks for, and that the ground itself stays here."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.model.codes import Weigergrond
from desktop.casework.signalen import refuse_all
from desktop.documents.woorden import woord
from desktop.ui import texts
from desktop.ui.forms.form import captioned, day_field
from desktop.ui.session import Session
from desktop.ui.widgets.parts import label

_ASKS_BRP = frozenset({Weigergrond.OVERLEDEN, Weigergrond.GEEN_INWONER})


class RefuseDialog(QDialog):
    """Emits `said` once the signals are refused: all of them with one ground, or none."""

    said = Signal(str)

    def __init__(self, session: Session, signalen: tuple[UUID, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._signalen = session, signalen
        self._event_id = session.new_id()
        self._sent = False
        self.setObjectName("signaal_weigeren")
        many = len(signalen) > 1
        number = texts.count(len(signalen))
        self.setWindowTitle(self.tr("{n} signalen weigeren").format(n=number) if many else self.tr("Signaal weigeren"))
        self.setMinimumWidth(460)
        self._ground = QComboBox()
        self._ground.addItem(self.tr("Kies een reden…"), None)  # what goes to the CAK is chosen, never left standing
        for ground in Weigergrond:
            self._ground.addItem(woord(ground).replace("u woont", self.tr("woont")), ground.value)
        self._ground.currentIndexChanged.connect(self.on_ground)
        self._day = day_field(session.local_now())
        self._note = QLineEdit()
        self._note.setMaxLength(500)
        self._day_caption = captioned(self.tr("&Datum BRP-controle"), self._day, "weiger_brp")
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("weigerfout")
        self._error.hide()
        buttons = QDialogButtonBox()
        self._refuse = buttons.addButton(
            self.tr("{n} signalen &weigeren").format(n=number) if many else self.tr("Signaal &weigeren"),
            QDialogButtonBox.ButtonRole.AcceptRole,
        )
        self._refuse.setObjectName("weiger")
        self._refuse.setProperty("hoofd", "ja")
        cancel = buttons.addButton(self.tr("A&nnuleren"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("weiger_annuleren")
        buttons.accepted.connect(self.on_accepted)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(8)
        box.addWidget(captioned(self.tr("&Reden"), self._ground, "weigergrond"))
        box.addWidget(self._ground)
        box.addWidget(self._day_caption)
        box.addWidget(self._day)
        box.addWidget(captioned(self.tr("N&otitie"), self._note, "weigernotitie"))
        box.addWidget(self._note)
        box.addWidget(label(self.tr("Het CAK krijgt alleen een code. De reden blijft bij ons."), "zacht", wrap=True))
        box.addWidget(self._error)
        box.addWidget(buttons)
        self.on_ground()

    @Slot()
    def on_ground(self) -> None:
        asks = self._ground.currentData() in _ASKS_BRP
        self._refuse.setEnabled(self._ground.currentData() is not None)
        self._day.setVisible(asks)
        self._day_caption.setVisible(asks)

    @Slot()
    def on_accepted(self) -> None:
        if self._sent or self._ground.currentData() is None:
            return
        self._sent = True
        ground, day = Weigergrond(self._ground.currentData()), self._day.date()
        action = partial(
            refuse_all,
            signalen=self._signalen,
            event_id=self._event_id,
            grond=ground,
            brp_datum=date(day.year(), day.month(), day.day()) if ground in _ASKS_BRP else None,
            notitie=self._note.text(),
        )
        self._session.act(self, action, self._refused_it, self._failed)

    def _refused_it(self, _: object) -> None:
        number = len(self._signalen)
        self.said.emit(texts.plural(number, self.tr("Signaal geweigerd"), self.tr("{n} signalen geweigerd")))
        self.accept()

    def _failed(self, error: VoordeurError) -> None:
        self._sent = False
        self._error.setText(texts.explain(error))
        self._error.show()
