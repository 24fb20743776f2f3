"""Verbeteren: the fields of a row that could not be read, the wrong one marked; mended and offered again."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.model.codes import Uitkomst
from db.queries import concepten
from db.queries.signalen import AfgewezenRij
from db.vault import Vault
from desktop.casework.rulebook import regelboek
from desktop.intake.herstellen import Hersteld, fields_of, offer_again
from desktop.intake.velden import MAXIMA, Veldfout
from desktop.ui import texts
from desktop.ui.forms.form import captioned
from desktop.ui.models.signalen import Detail, caption, fault, reden, titel
from desktop.ui.session import Session
from desktop.ui.widgets.note import DraftSaver
from desktop.ui.widgets.parts import Card, button, clear, label
from desktop.ui.widgets.scroll import TallScroll

_PLEK = "herstel:"
_COLUMNS = 2


class MendPanel(QWidget):
    """Emits `left` when a row was mended or somebody went back; what is typed is kept until then."""

    left = Signal()
    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rij: AfgewezenRij | None = None
        self._sent = False
        self._saver: DraftSaver | None = None
        self._fields: dict[str, QLineEdit | QComboBox] = {}
        self._faults: dict[str, QLabel] = {}
        self._name = label("", "titel", wrap=True)
        self._name.setObjectName("herstel_van")
        self._why = label("", wrap=True)
        self._why.setObjectName("herstel_waarom")
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(2)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("herstelfout")
        self._offer = button(self.tr("Opnieuw aan&bieden"), "herstel_aanbieden", main=True)
        self._offer.clicked.connect(self.on_offer)
        back = button(self.tr("Te&rug"), "herstel_terug")
        back.clicked.connect(self.on_back)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._offer)
        row.addWidget(back)
        row.addStretch(1)
        card = Card()
        card.box.addWidget(TallScroll(holder), 1)
        card.box.addWidget(self._error)
        card.box.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._name)
        box.addWidget(self._why)
        box.addWidget(card, 1)

    def show_detail(self, found: Detail) -> None:
        """Begin with one row; what was half-typed about it comes back."""
        if found.rij is None:
            return
        self.keep()
        self._rij, self._sent = found.rij, False
        self._event_id = self._session.new_id()
        inhoud = found.rij.inhoud
        self._name.setText(texts.breakable(f"{found.naam} · {found.kenmerk}"))
        self._why.setText(found.uitleg[-1])
        self._error.hide()
        clear(self._grid)
        self._fields, self._faults = {}, {}
        names = fields_of(inhoud)
        if inhoud.veld in names:  # the wrong one first
            names = (inhoud.veld, *(name for name in names if name != inhoud.veld))
        for number, name in enumerate(names):
            self._add(number, name, inhoud.waarden.get(name, ""))
        if inhoud.veld in self._faults:
            self._mark(Veldfout(inhoud.reden, inhoud.veld, inhoud.gevonden, inhoud.vereist))
        self._saver = DraftSaver(self._session, _PLEK + str(found.rij.id), self)
        self._session.note(self, partial(_draft, rij=found.rij.id), partial(self._restore, found.rij.id))

    def _add(self, number: int, name: str, value: str) -> None:
        row, column = divmod(number, _COLUMNS)
        field = _soorten(value) if name == "soort" else QLineEdit(value)
        if isinstance(field, QLineEdit):
            field.setMaxLength(MAXIMA[name])
            field.textEdited.connect(self.on_edited)
            field.returnPressed.connect(self.on_offer)
        else:
            field.activated.connect(self.on_edited)
        self._fields[name] = field
        self._grid.addWidget(captioned(caption(name), field, f"herstel_{name}"), 3 * row, column)
        self._grid.addWidget(field, 3 * row + 1, column)
        wrong = label("", "fout", wrap=True)
        wrong.setObjectName(f"herstel_{name}_fout")
        wrong.hide()
        self._faults[name] = wrong
        self._grid.addWidget(wrong, 3 * row + 2, column)

    def _restore(self, rij: UUID, text: str) -> None:
        if self._rij is None or rij != self._rij.id or not text:
            return
        for name, value in msgspec.json.decode(text, type=dict[str, str]).items():
            _fill(self._fields.get(name), value)

    def take_focus(self) -> None:
        """The first field, which is the wrong one."""
        first = next(iter(self._fields.values()), None)
        if first is not None:
            first.setFocus()
            if isinstance(first, QLineEdit):
                first.selectAll()

    def _values(self) -> dict[str, str]:
        return {
            name: field.text() if isinstance(field, QLineEdit) else str(field.currentData())
            for name, field in self._fields.items()
        }

    @Slot()
    def on_edited(self) -> None:
        if self._saver is not None:
            self._saver.keep(msgspec.json.encode(self._values()).decode())

    @Slot()
    def on_offer(self) -> None:
        if self._rij is None or self._sent:
            return
        self._sent = True
        self._error.hide()
        for wrong in self._faults.values():
            wrong.hide()
        action = partial(offer_again, rij=self._rij.id, waarden=self._values(), event_id=self._event_id)
        self._session.act(self, action, self._offered, self._refused)

    def _offered(self, found: Hersteld | Veldfout) -> None:
        self._sent = False
        if isinstance(found, Veldfout):
            self._mark(found)
            return
        if self._saver is not None:
            self._saver.forget()
        self._saver = self._rij = None
        self.said.emit(self._words(found))
        self.left.emit()

    def _words(self, found: Hersteld) -> str:
        match found.uitkomst:
            case Uitkomst.NIET_TOEGELATEN:
                why = reden(found.reden)
                return self.tr("Verbeterd, maar de wet laat het niet toe: {waarom}.").format(waarom=why)
            case Uitkomst.AL_BEKEND:
                return self.tr("Verbeterd. Dit signaal was al bekend.")
            case Uitkomst.GEWIJZIGD:
                return self.tr("Verbeterd. Het staat nu bij Gewijzigd: kies wat geldt.")
            case _:
                where = titel(found.bak) if found.bak is not None else ""
                return self.tr("Verbeterd. Het signaal staat nu bij {bak}.").format(bak=where)

    def _mark(self, found: Veldfout) -> None:
        text = fault(found.code, found.veld, found.gevonden, found.vereist)
        wrong = self._faults.get(found.veld, self._error)
        wrong.setText(text)
        wrong.setAccessibleName(text)
        wrong.show()
        if (field := self._fields.get(found.veld)) is not None:
            field.setAccessibleDescription(text)
            field.setFocus()

    def _refused(self, error: VoordeurError) -> None:
        self._sent = False
        self._error.setText(texts.explain(error))
        self._error.setAccessibleName(self._error.text())
        self._error.show()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        """Half-typed fields that are not kept yet."""
        return self._saver.pending() if self._saver is not None else ()

    def keep(self) -> None:
        """Keep what is half typed, now; whoever takes the panel away calls this."""
        if self._saver is not None and self._saver.pending():
            self._saver.keep(msgspec.json.encode(self._values()).decode())
            self._saver.on_pause()

    @Slot()
    def on_back(self) -> None:
        self.left.emit()


def _soorten(value: str) -> QComboBox:
    """The kinds that are read in; what stood there comes first when it is none of them."""
    made = QComboBox()
    kinds = [regel for regel in regelboek().regels if regel.intake]
    if value not in {regel.soort for regel in kinds}:
        made.addItem(value or "–", value)
    for regel in kinds:
        made.addItem(regel.omschrijving, regel.soort)
    made.setCurrentIndex(max(0, made.findData(value)))
    return made


def _fill(field: QLineEdit | QComboBox | None, value: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(value)
    elif field is not None and (index := field.findData(value)) >= 0:
        field.setCurrentIndex(index)


def _draft(vault: Vault, *, rij: UUID) -> str:
    return concepten.read(vault.connection, _PLEK + str(rij))
