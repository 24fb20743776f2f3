"""Which letters left the house: only a worker who says so makes a letter verzonden."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QListView, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.queries import brieven
from db.queries.brieven import Brief
from db.vault import Vault
from desktop.casework import verzenden
from desktop.documents.briefsoorten import titel_van
from desktop.ui import texts
from desktop.ui.models.vinklijst import TickModel, Vinkregel
from desktop.ui.session import Session
from desktop.ui.widgets.parts import label

_WIDTH, _HEIGHT, _AROUND = 620, 620, 60


class SentDialog(QDialog):
    """Every letter that is made and still here, or those of one batch; none is ticked until the worker does."""

    said = Signal(str)

    def __init__(self, session: Session, parent: QWidget, only: Iterable[UUID] = ()) -> None:
        super().__init__(parent)
        self._session, self._only = session, frozenset(only)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("brieven_verzonden")
        self.setWindowTitle(self.tr("Brieven op de post"))
        self.resize(_WIDTH, min(_HEIGHT, parent.window().height() - _AROUND))
        self._model = TickModel(self)
        self._list = QListView()
        self._list.setObjectName("verzonden_lijst")
        self._list.setAccessibleName(self.tr("Welke brieven zijn de deur uit?"))
        self._list.setModel(self._model)
        self._list.setWordWrap(True)
        self._all = QCheckBox(self.tr("&Allemaal"))
        self._all.setObjectName("verzonden_allemaal")
        self._all.clicked.connect(self.on_all)
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("verzonden_fout")
        self._error.hide()
        buttons = QDialogButtonBox()
        self._keep = buttons.addButton(self.tr("&Leg vast"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._keep.setObjectName("verzonden_vastleggen")
        self._keep.setProperty("hoofd", "ja")
        later = buttons.addButton(self.tr("La&ter"), QDialogButtonBox.ButtonRole.RejectRole)
        later.setObjectName("verzonden_later")
        buttons.accepted.connect(self.on_accepted)
        buttons.rejected.connect(self.reject)
        self._model.ticked.connect(self.on_ticked)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(self.tr("Welke brieven zijn de deur uit?"), "titel"))
        box.addWidget(
            label(self.tr("Zet een vinkje bij elke brief die weg is. Wat nog hier ligt, komt later terug."), wrap=True)
        )
        box.addWidget(self._all)
        box.addWidget(self._list, 1)
        box.addWidget(self._error)
        box.addWidget(buttons)

    def look(self) -> None:
        """Ask which letters are still here, and open once the answer is there."""
        self._session.ask(self, brieven.unsent, self._show)

    def _show(self, found: tuple[Brief, ...]) -> None:
        shown = [letter for letter in found if not self._only or letter.id in self._only]
        self._model.show_rows([Vinkregel(letter.id, self._words(letter), aan=False) for letter in shown])
        self._all.setVisible(len(shown) > 1)
        self.open()
        self._list.setFocus()
        if shown:
            self._list.setCurrentIndex(self._model.index(0))

    def _words(self, letter: Brief) -> str:
        day = texts.weekday(letter.gemaakt_op.astimezone(self._session.local_now().tzinfo).date())
        return f"{letter.lijstnaam} · {letter.nummer}\n{titel_van(letter.soort)}, {day}"

    @Slot()
    def on_ticked(self) -> None:
        count, total = len(self._model.chosen()), self._model.rowCount()
        self._all.setChecked(count == total > 0)
        self._keep.setEnabled(count > 0)
        if not count:
            self._keep.setText(self.tr("&Leg vast"))
            return
        self._keep.setText(texts.plural(count, self.tr("&Leg vast: {n} is weg"), self.tr("&Leg vast: {n} zijn weg")))

    @Slot()
    def on_all(self) -> None:
        """Tick all, or none when all are."""
        self._model.tick_all(on=len(self._model.chosen()) < self._model.rowCount())

    @Slot()
    def on_accepted(self) -> None:
        chosen = self._model.chosen()
        self._keep.setEnabled(False)

        def confirm(vault: Vault) -> object:
            return verzenden.confirm(vault, chosen)

        self._session.act(self, confirm, lambda _: self._done(len(chosen)), self._refused)

    def _done(self, count: int) -> None:
        self.said.emit(
            texts.plural(
                count, self.tr("Vastgelegd: {n} brief is de deur uit."), self.tr("Vastgelegd: {n} brieven zijn weg.")
            )
        )
        self.accept()

    def _refused(self, error: VoordeurError) -> None:
        self._keep.setEnabled(True)
        self._error.setText(texts.explain(error))
        self._error.show()
