"""A hidden address: shown only once it is on record why, and free for paper and visits once a colleague checked it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import VoordeurError
from desktop.casework import situatie
from desktop.ui import texts
from desktop.ui.forms.form import Action, captioned
from desktop.ui.session import Session
from desktop.ui.widgets.parts import label

_LONGEST = 500


class _AddressDialog(QDialog):
    """Sends one action once; a refusal stands in words beneath the fields."""

    def __init__(self, session: Session, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._event_id = session.new_id()
        self._sent = False
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(20, 20, 20, 16)
        self._box.setSpacing(8)
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("adresfout")
        self._error.hide()

    def _close_with(self, text: str, name: str, make: Callable[[], Action], done: Callable[[], None]) -> None:
        """Finish with the buttons: `make` gives the action for what was filled in, `done` follows on it."""
        self._make, self._done = make, done
        buttons = QDialogButtonBox()
        accept = buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setObjectName(name)
        accept.setProperty("hoofd", "ja")
        cancel = buttons.addButton(self.tr("A&nnuleren"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("adres_annuleren")
        buttons.accepted.connect(self.on_accepted)
        buttons.rejected.connect(self.reject)
        self._box.addWidget(self._error)
        self._box.addWidget(buttons)

    @Slot()
    def on_accepted(self) -> None:
        if self._sent:
            return
        self._sent = True
        self._session.act(self, self._make(), self._recorded, self._refused)

    def _recorded(self, _: object) -> None:
        self._done()
        self.accept()

    def _refused(self, error: VoordeurError) -> None:
        self._sent = False
        self._error.setText(texts.explain(error))
        self._error.show()


class RevealDialog(_AddressDialog):
    """Asks why; emits `revealed` after that is recorded, and never before."""

    revealed = Signal()

    def __init__(self, session: Session, zaak: UUID, parent: QWidget) -> None:
        super().__init__(session, self.tr("Afgeschermd adres tonen"), parent)
        self.setObjectName("adres_tonen_dialoog")
        self._zaak = zaak
        self._why = QLineEdit()
        self._why.setMaxLength(_LONGEST)
        self._box.addWidget(captioned(self.tr("&Waarom heb je het adres nodig?"), self._why, "adres_reden"))
        self._box.addWidget(self._why)
        self._box.addWidget(
            label(
                self.tr("Je reden komt in het logboek. Het adres is te zien zolang je deze zaak open hebt."),
                "zacht",
                wrap=True,
            )
        )
        self._close_with(self.tr("&Toon adres"), "adres_toon", self._reveal, self.revealed.emit)

    def _reveal(self) -> Action:
        return partial(situatie.reveal_adres, zaak=self._zaak, event_id=self._event_id, reden=self._why.text())


class AddressCheckDialog(_AddressDialog):
    """Records which colleague checked a hidden address, and whether visits and paper may go there."""

    said = Signal(str)

    def __init__(self, session: Session, zaak: UUID, parent: QWidget) -> None:
        super().__init__(session, self.tr("Adres nagekeken door collega"), parent)
        self.setObjectName("adres_nagekeken_dialoog")
        self._zaak = zaak
        self._who, self._note = QLineEdit(), QLineEdit()
        for field in (self._who, self._note):
            field.setMaxLength(_LONGEST)
        self._safe = QRadioButton(self.tr("Bezoek en post &mogen"))
        self._safe.setObjectName("adres_akkoord")
        self._unsafe = QRadioButton(self.tr("Geen bezoek en geen &post"))
        self._unsafe.setObjectName("adres_niet_akkoord")
        self._verdict = QButtonGroup(self)
        self._box.addWidget(captioned(self.tr("Welke &collega keek het adres na?"), self._who, "adres_collega"))
        self._box.addWidget(self._who)
        for choice in (self._safe, self._unsafe):
            self._verdict.addButton(choice)
            self._box.addWidget(choice)
        self._box.addWidget(captioned(self.tr("N&otitie"), self._note, "adres_notitie"))
        self._box.addWidget(self._note)
        said = partial(self.said.emit, self.tr("Vastgelegd: het adres is nagekeken"))
        self._close_with(self.tr("&Vastleggen"), "adres_vastleggen", self._check, said)

    @Slot()
    def on_accepted(self) -> None:
        if self._verdict.checkedButton() is None:
            self._error.setText(self.tr("Kies of bezoek en post mogen."))
            self._error.show()
            return
        super().on_accepted()

    def _check(self) -> Action:
        return partial(
            situatie.record_adrescontrole,
            zaak=self._zaak,
            event_id=self._event_id,
            door_wie=self._who.text(),
            akkoord=self._safe.isChecked(),
            notitie=self._note.text(),
        )
