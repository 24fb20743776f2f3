"""Brief maken: which letter, what it still needs to know, and where the PDF goes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from db.errors import VoordeurError
from db.model.codes import Dagdeel
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.ui import texts
from desktop.ui.forms.form import Briefvoorstel, captioned, day_field
from desktop.ui.session import Session
from desktop.ui.widgets.parts import label


class LetterDialog(QDialog):
    """Emits `said` when the letter stands in its file; the file name holds a number and never a name.

    Begins at the letter that is proposed, when one is.
    """

    said = Signal(str)

    def __init__(
        self, session: Session, dossier: Dossier, parent: QWidget, voorstel: Briefvoorstel | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._dossier = session, dossier
        self._event_id = session.new_id()
        self._sent = False
        self.setObjectName("brief_maken")
        self.setWindowTitle(self.tr("Brief maken"))
        self.setMinimumWidth(460)
        self._kind = QComboBox()
        self._kind.currentIndexChanged.connect(self.on_kind)
        self._day = day_field(session.local_now())
        self._part = QComboBox()
        for part in Dagdeel:
            self._part.addItem(part.value.lower(), part.value)
        self._to = QLineEdit()
        self._to.setMaxLength(200)
        form = QFormLayout()
        self._rows: dict[str, tuple[QLabel, QWidget]] = {}
        for name, text, field in (
            ("soort", self.tr("&Brief"), self._kind),
            ("datum", self.tr("&Datum"), self._day),
            ("dagdeel", self.tr("Da&gdeel"), self._part),
            ("aan", self.tr("&Aan welke organisatie"), self._to),
        ):
            caption = captioned(text, field, f"brief_{name}")
            form.addRow(caption, field)
            self._rows[name] = (caption, field)
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("brieffout")
        self._error.hide()
        buttons = QDialogButtonBox()
        self._make = buttons.addButton(self.tr("&Opslaan als PDF…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._make.setObjectName("brief_opslaan")
        cancel = buttons.addButton(self.tr("A&nnuleren"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("brief_annuleren")
        buttons.accepted.connect(self.on_accepted)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(12)
        box.addWidget(label(self.tr("Op de brief en de envelop staat niets over schuld of zorg."), "zacht", wrap=True))
        box.addLayout(form)
        box.addWidget(self._error)
        box.addWidget(buttons)
        self._fill()
        if voorstel is not None:
            self._propose(voorstel)

    def _propose(self, voorstel: Briefvoorstel) -> None:
        self._kind.setCurrentIndex(max(0, self._kind.findData(voorstel.soort)))
        if voorstel.datum is not None:
            self._day.setDate(QDate(voorstel.datum.year, voorstel.datum.month, voorstel.datum.day))
        if voorstel.dagdeel is not None:
            self._part.setCurrentIndex(self._part.findData(voorstel.dagdeel.value))

    def _fill(self) -> None:
        from desktop.documents.briefsoorten import kinds

        closed = self._dossier.stand.gesloten_op is not None
        self._needs: dict[str, tuple[str, ...]] = {}
        for kind in kinds():
            if kind.gereed and kind.gesloten <= closed:
                self._needs[kind.soort] = tuple(kind.nodig)
                self._kind.addItem(kind.titel, kind.soort)
        self.on_kind()

    @Slot()
    def on_kind(self) -> None:
        needed = self._needs.get(self._kind.currentData(), ()) if hasattr(self, "_needs") else ()
        for name in ("datum", "dagdeel", "aan"):
            for widget in self._rows[name]:
                widget.setVisible(name in needed)

    @Slot()
    def on_accepted(self) -> None:
        chooser = QFileDialog(self, self.tr("Waar wil je de brief opslaan?"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("pdf")
        chooser.setNameFilter(self.tr("PDF (*.pdf)"))
        chooser.selectFile(f"{self._kind.currentData()}-{self._dossier.nummer}.pdf")
        chooser.fileSelected.connect(self.on_file)
        chooser.open()

    @Slot(str)
    def on_file(self, path: str) -> None:
        self.make(Path(path))

    def make(self, path: Path) -> None:
        """Make the letter in this file, once."""
        if self._sent:
            return
        self._sent = True
        self._make.setEnabled(False)
        needed = self._needs[self._kind.currentData()]
        day: QDate = self._day.date()
        from datetime import date

        action = partial(
            _make,
            zaak=self._dossier.zaak,
            soort=self._kind.currentData(),
            path=path,
            event_id=self._event_id,
            datum=date(day.year(), day.month(), day.day()) if "datum" in needed else None,
            dagdeel=Dagdeel(self._part.currentData()) if "dagdeel" in needed else None,
            aan=self._to.text() if "aan" in needed else "",
        )
        self._session.act(self, action, self._made, self._refused)

    def _made(self, _: None) -> None:
        self.said.emit(self.tr("Brief opgeslagen. Print hem en doe hem in een gewone envelop."))
        self.accept()

    def _refused(self, error: VoordeurError) -> None:
        self._sent = False
        self._make.setEnabled(True)
        self._error.setText(texts.explain(error))
        self._error.show()


def _make(vault: Vault, **wanted: object) -> None:
    from desktop.documents.making import make_file

    make_file(vault, **wanted)  # type: ignore[arg-type]  # the keywords above are its own
