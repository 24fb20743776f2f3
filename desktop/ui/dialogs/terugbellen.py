"""Terugbelverzoeken: note one of somebody who was not found, and settle one that waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from db.errors import RegelOvertreding, VoordeurError
from db.model.zoektekst import digits
from db.queries import concepten
from db.queries.dossier import find_zaak
from db.queries.terugbellen import Terugbelverzoek
from db.vault import Vault
from desktop.casework.kalender import AMSTERDAM
from desktop.casework.regels import Regel
from desktop.casework.terugbellen import CONCEPT, note_terugbelverzoek, settle_terugbelverzoek
from desktop.ui import texts
from desktop.ui.forms.form import Action, captioned
from desktop.ui.session import Session
from desktop.ui.widgets.note import DraftSaver
from desktop.ui.widgets.parts import label


class CallbackDialog(QDialog):
    """Fields under each other, one action; emits `said` once it is recorded."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._event_id = session.new_id()
        self._sent = False
        self.setMinimumWidth(460)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(20, 20, 20, 16)
        self._box.setSpacing(8)

    def drafts(self) -> tuple[tuple[str, str], ...]:
        """Half-typed text that is not kept yet."""
        return ()

    def _field(self, caption: str, name: str, most: int = 200) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(most)
        self._box.addWidget(captioned(caption, field, name))
        self._box.addWidget(field)
        return field

    def _finish(self, text: str, name: str, action: Callable[[], Action]) -> None:
        """The error and the buttons, under the fields; `action` is what the main one records."""
        self._action = action
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("terugbelfout")
        self._error.hide()
        buttons = QDialogButtonBox()
        main = buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        main.setObjectName(name)
        main.setProperty("hoofd", "ja")
        main.setDefault(True)
        cancel = buttons.addButton(self.tr("Ann&uleren"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("terugbel_annuleren")
        buttons.accepted.connect(self.on_accepted)
        buttons.rejected.connect(self.reject)
        self._box.addWidget(self._error)
        self._box.addWidget(buttons)

    def _recorded(self, _: object) -> None:
        self.accept()

    def _refused(self, error: VoordeurError) -> None:
        self._sent = False
        self._error.setText(texts.explain(error))
        self._error.show()

    @Slot()
    def on_accepted(self) -> None:
        if not self._sent:
            self._sent = True
            self._error.hide()
            self._session.act(self, self._action(), self._recorded, self._refused)


class NoteDialog(CallbackDialog):
    """Asks only what is needed to call back; what is typed is kept until it is noted."""

    def __init__(self, session: Session, typed: str, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.setWindowTitle(self.tr("Terugbelverzoek noteren"))
        self.setObjectName("terugbelverzoek")
        self._box.addWidget(
            label(
                self.tr("Vraag alleen wat nodig is om terug te bellen. Zeg niets over een signaal."), "zacht", wrap=True
            )
        )
        number = typed if len(digits(typed)) > 2 and not any(map(str.isalpha, typed)) else ""
        self._naam = self._field(self.tr("N&aam"), "terugbel_naam")
        self._nummer = self._field(self.tr("&Telefoonnummer"), "terugbel_nummer", 40)
        self._wanneer = self._field(self.tr("&Wanneer komt het uit?"), "terugbel_wanneer")
        self._notitie = self._field(self.tr("N&otitie"), "terugbel_notitie", 500)
        self._box.addWidget(label(self.tr("De beller kan dit later lezen bij inzage."), "zacht"))
        self._finish(self.tr("Terugbelverzoek &noteren"), "terugbel_noteren", self._noting)
        self._fields = (self._naam, self._nummer, self._wanneer, self._notitie)
        self._naam.setText("" if number else typed)
        self._nummer.setText(number)
        self._saver = DraftSaver(session, CONCEPT, self)
        for field in self._fields:
            field.textEdited.connect(self.on_edited)
        session.note(self, lambda vault: concepten.read(vault.connection, CONCEPT), self._restore)
        (self._nummer if self._naam.text() else self._naam).setFocus()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        return self._saver.pending()

    def _restore(self, text: str) -> None:
        kept = text.split("\n")
        if len(kept) == len(self._fields) and not any(field.isModified() for field in self._fields):
            for field, value in zip(self._fields, kept, strict=True):
                field.setText(field.text() or value)

    @Slot()
    def on_edited(self) -> None:
        self._saver.keep("\n".join(field.text() for field in self._fields))

    def _noting(self) -> Action:
        return partial(
            note_terugbelverzoek,
            event_id=self._event_id,
            naam=self._naam.text(),
            telefoonnummer=self._nummer.text(),
            wanneer=self._wanneer.text(),
            notitie=self._notitie.text(),
        )

    def _recorded(self, _: object) -> None:
        self._saver.forget()
        self.said.emit(self.tr("Terugbelverzoek genoteerd. Het staat bij Nu bellen, en onder F4."))
        super()._recorded(_)


class SettleDialog(CallbackDialog):
    """Who is to be called, and how it went; with a zaak when the caller turned out to be its resident."""

    def __init__(self, session: Session, verzoek: Terugbelverzoek, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.setWindowTitle(self.tr("Terugbelverzoek"))
        self.setObjectName("terugbelverzoek_afhandelen")
        self._verzoek = verzoek
        naam = label(verzoek.naam or self.tr("Naam onbekend"), "kop", wrap=True)
        naam.setObjectName("terugbel_wie")
        self._box.addWidget(naam)
        nummer = label(texts.phone(verzoek.telefoonnummer), "kop")
        nummer.setObjectName("terugbel_bel")
        self._box.addWidget(nummer)
        if verzoek.wanneer:
            self._box.addWidget(label(verzoek.wanneer, wrap=True))
        moment = texts.short_moment(verzoek.genoteerd_op.astimezone(AMSTERDAM))
        self._box.addWidget(label(self.tr("Genoteerd op {moment}.").format(moment=moment), "zacht"))
        self._hoe = self._field(self.tr("Hoe &ging het?"), "terugbel_hoe", 500)
        self._zaak = self._field(self.tr("&Zaaknummer, als de beller een inwoner van jou is"), "terugbel_zaak", 40)
        self._finish(self.tr("A&fgehandeld"), "terugbel_afgehandeld", self._settling)
        self._hoe.setFocus()

    def _settling(self) -> Action:
        return partial(
            _settle,
            verzoek=self._verzoek.id,
            event_id=self._event_id,
            nummer=self._zaak.text().strip(),
            hoe=self._hoe.text(),
        )

    def _recorded(self, _: object) -> None:
        self.said.emit(self.tr("Terugbelverzoek afgehandeld"))
        super()._recorded(_)


def _settle(vault: Vault, *, verzoek: UUID, event_id: UUID, nummer: str, hoe: str) -> object:
    zaak = find_zaak(vault.connection, nummer) if nummer else None
    if nummer and zaak is None:
        raise RegelOvertreding(Regel.ZAAK_ONBEKEND)
    return settle_terugbelverzoek(vault, verzoek, event_id=event_id, zaak=zaak, hoe=hoe)
