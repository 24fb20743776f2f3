"""Terugmelden: what waits to go to the CAK, the exact message, and the file in which it leaves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.model.codes import Berichtstaat
from db.queries import outbox
from db.queries.dossier import Bericht
from db.queries.outbox import Bestand, Uitgaand
from db.vault import Vault
from desktop.casework.kalender import AMSTERDAM
from desktop.ui import texts
from desktop.ui.models import terugmelden as model
from desktop.ui.models.rows import RowsModel
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.bestand import file_chooser
from desktop.ui.widgets.parts import Card, button, clear, label, tag
from desktop.ui.widgets.table import ZaakTable

_NAME, _STATE = 204, 162
_SIDE = 280


class Terugmelden(Screen):
    """The outbox at the left, the message of the chosen row at the right; Enter opens its zaak."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._found: tuple[Uitgaand, ...] = ()
        self._title = label(self.tr("Terugmelden"), "titel")
        self._summary = label("", "zacht", wrap=True)
        self._summary.setObjectName("terug_samenvatting")
        self._make = button(self.tr("Bestand &maken…"), "bestand_maken", main=True)
        self._make.setToolTip(self.tr("Zet alles wat klaarstaat in één bestand voor het Centraal Meldpunt."))
        self._make.setEnabled(False)
        self._make.clicked.connect(self.on_make)
        self._model = RowsModel((self.tr("Inwoner"), self.tr("Wat het CAK hoort"), self.tr("Staat")), self)
        self.table = ZaakTable(self._model, "uitbak", self.tr("Terugmelden"))
        self.table.set_widths(_NAME, 0, _STATE)
        self.table.opened.connect(self.opened)
        self.table.selectionModel().currentRowChanged.connect(self.on_row)
        self._empty = label(
            self.tr("Er is nog niets om terug te melden. Sluit je een zaak af, dan komt het bericht hier te staan."),
            "zacht",
            wrap=True,
        )
        self._empty.setContentsMargins(10, 10, 10, 10)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.hide()
        self._message = Card(spacing=6)
        self._message.setFixedWidth(_SIDE)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        head.addLayout(words, 1)
        head.addWidget(self._make)
        left = Card(margin=8)
        left.box.addWidget(self.table, 1)
        left.box.addWidget(self._empty, 1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(left, 1)
        right = QVBoxLayout()
        right.addWidget(self._message)
        right.addStretch(1)
        row.addLayout(right)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 20)
        outer.setSpacing(14)
        outer.addLayout(head)
        outer.addLayout(row, 1)

    def refresh(self) -> None:
        """Ask the outbox again."""
        self.session.ask(self, outbox.outgoing, self._show)

    def _show(self, found: tuple[Uitgaand, ...]) -> None:
        current = self.table.currentIndex().row()
        self._found = found
        self._model.show_rows(model.rows(found))
        self.table.show_or(self._empty, some=bool(found))
        self._message.setVisible(bool(found))
        waiting = sum(outgoing.bericht.staat is Berichtstaat.KLAAR for outgoing in found)
        self._make.setEnabled(waiting > 0)
        self._summary.setText(
            texts.plural(waiting, self.tr("{n} bericht staat klaar."), self.tr("{n} berichten staan klaar."))
            if waiting
            else self.tr("Alles wat klaarstond, is in een bestand gezet.")
            if found
            else ""
        )
        if found:
            self.table.selectRow(min(max(current, 0), len(found) - 1))
            self._show_message()

    @Slot(QModelIndex, QModelIndex)
    def on_row(self, _: QModelIndex, __: QModelIndex) -> None:
        self._show_message()

    def _show_message(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._found):
            return
        outgoing = self._found[row]
        bericht = outgoing.bericht
        clear(self._message.box)
        self._message.box.addWidget(label(self._heading(bericht.staat), "kop", wrap=True))
        self._message.box.addWidget(tag(model.state(bericht.staat), model.STATUS[bericht.staat]))
        self._message.box.addWidget(label(f"“{model.told(bericht.code)}”", "citaat", wrap=True))
        fields = QGridLayout()
        fields.setVerticalSpacing(6)
        fields.setColumnStretch(1, 1)
        for number, (name, value) in enumerate(model.message(bericht)):
            fields.addWidget(label(name, "zacht"), number, 0)
            shown = label(value, wrap=True)
            shown.setObjectName(f"veld_{number}")
            fields.addWidget(shown, number, 1)
        self._message.box.addLayout(fields)
        self._message.box.addWidget(
            label(self.tr("Meer gaat er niet naar het CAK: geen notities, geen adres, geen reden."), "zacht", wrap=True)
        )
        if bericht.staat is Berichtstaat.WORDT_VERZONDEN:
            self.session.ask(self, partial(outbox.left_in, terugmelding=bericht.id), partial(self._show_file, bericht))
        if outgoing.zaak is not None:
            go = button(self.tr("Naar de &zaak"), "naar_de_zaak")
            go.clicked.connect(partial(self.opened.emit, outgoing.zaak, ""))
            self._message.box.addWidget(go)

    def _show_file(self, bericht: Bericht, bestand: Bestand | None) -> None:
        """When it left and, for a file that did not arrive or was refused, the way to make the same one again."""
        row = self.table.currentIndex().row()
        if bestand is None or not 0 <= row < len(self._found) or self._found[row].bericht != bericht:
            return
        moment = bestand.gemaakt_op.astimezone(AMSTERDAM)
        words = self.tr("Ging op {dag} om {tijd} in een bestand.").format(
            dag=texts.day(moment.date()), tijd=f"{moment:%H:%M}"
        )
        left = label(words, "zacht", wrap=True)
        left.setObjectName("terug_ging_weg")
        self._message.box.addWidget(left)
        again = button(self.tr("Bestand &nog eens maken…"), "bestand_nog_eens")
        again.setToolTip(self.tr("Voor als het Centraal Meldpunt het niet kreeg of niet kon lezen: precies hetzelfde."))
        again.clicked.connect(partial(self._choose, partial(self.make_again, bestand)))
        self._message.box.addWidget(again)

    def _heading(self, staat: Berichtstaat) -> str:
        if staat is Berichtstaat.KLAAR:
            return self.tr("Dit gaat naar het CAK")
        return self.tr("Dit ging niet weg") if staat is Berichtstaat.INGETROKKEN else self.tr("Dit ging naar het CAK")

    @Slot()
    def on_make(self) -> None:
        self._choose(self.make)

    def _choose(self, make: Callable[[Path], None]) -> None:
        chooser = file_chooser(self, self.tr("Waar wil je het bestand opslaan?"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("json")
        chooser.setNameFilter(self.tr("Terugmeldbestand (*.json)"))
        chooser.selectFile(f"terugmelding-{self.session.local_now():%Y-%m-%d}.json")
        chooser.fileSelected.connect(lambda path: make(Path(path)))
        chooser.open()

    def make(self, path: Path) -> None:
        """Put everything that waits in this file, and say how many messages there were."""
        self._make.setEnabled(False)
        self.session.act(self, partial(_write, path), self._made, self._refused)

    def make_again(self, bestand: Bestand, path: Path) -> None:
        """Write a file that left before once more."""
        self.session.note(self, partial(_write_again, bestand, path), self._made, self._refused)

    def _made(self, count: int) -> None:
        self.said.emit(
            texts.plural(
                count,
                self.tr("{n} bericht in het bestand gezet. Stuur het nu naar het Centraal Meldpunt."),
                self.tr("{n} berichten in het bestand gezet. Stuur het nu naar het Centraal Meldpunt."),
            )
        )

    def _refused(self, error: VoordeurError) -> None:
        self._make.setEnabled(True)
        self.session.show_error(error)

    def take_focus(self) -> None:
        """The outbox, where the worker was."""
        (self._empty if self.table.isHidden() else self.table).setFocus()


def _write(path: Path, vault: Vault) -> int:
    from db.durable import write_durably
    from desktop.exchange import terugmeldbestand

    days = outbox.days_waiting(vault.connection)
    if days is None:
        return 0
    return terugmeldbestand.write(vault, *days, save=partial(write_durably, path), only_waiting=True)


def _write_again(bestand: Bestand, path: Path, vault: Vault) -> int:
    from db.durable import write_durably
    from desktop.exchange import terugmeldbestand

    return terugmeldbestand.write_again(vault, bestand, save=partial(write_durably, path))
