"""Inzage geven: first the identity, then both files in a folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from db.errors import VoordeurError
from db.model.codes import Identiteitsbewijs
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.ui import texts
from desktop.ui.dialogs.bestand import file_chooser
from desktop.ui.forms.form import captioned
from desktop.ui.session import Session
from desktop.ui.widgets.parts import label


class AccessDialog(QDialog):
    """Emits `said` with the number of the inzage when both files stand there."""

    said = Signal(str)

    def __init__(self, session: Session, dossier: Dossier, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._zaak = session, dossier.zaak
        self._event_id = session.new_id()
        self._sent = False
        self.setObjectName("inzage_geven")
        self.setWindowTitle(self.tr("Inzage"))
        self.setMinimumWidth(460)
        self._proof = QComboBox()
        for proof, text in (
            (Identiteitsbewijs.PASPOORT, self.tr("paspoort")),
            (Identiteitsbewijs.ID_KAART, self.tr("id-kaart")),
            (Identiteitsbewijs.RIJBEWIJS, self.tr("rijbewijs")),
            (Identiteitsbewijs.ANDERS, self.tr("op een andere manier")),
        ):
            self._proof.addItem(text, proof.value)
        # What was seen is recorded: nobody says it by pressing Enter.
        self._proof.setPlaceholderText(self.tr("Kies wat je zag"))
        self._proof.setCurrentIndex(-1)
        self._others = QPlainTextEdit()
        self._others.setTabChangesFocus(True)
        self._others.setFixedHeight(72)
        self._others.setPlaceholderText(self.tr("Een naam of zin per regel, precies zoals het in het dossier staat"))
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("inzage_fout")
        self._error.hide()
        buttons = QDialogButtonBox()
        self._make = buttons.addButton(self.tr("&Map kiezen…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._make.setObjectName("inzage_opslaan")
        self._make.setProperty("hoofd", "ja")
        cancel = buttons.addButton(self.tr("A&nnuleren"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("inzage_annuleren")
        buttons.accepted.connect(self.on_accepted)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(12)
        box.addWidget(
            label(
                self.tr(
                    "De inwoner krijgt alles te zien wat hier staat, op papier en als bestand. Vraag eerst: “Kunt u dit"
                    " papier veilig bewaren?” De inzage krijgt een nummer en komt in de tijdlijn."
                ),
                wrap=True,
            )
        )
        box.addWidget(captioned(self.tr("&Identiteit gezien met"), self._proof, "identiteit"))
        box.addWidget(self._proof)
        box.addWidget(captioned(self.tr("&Weglaten: gaat over iemand anders"), self._others, "inzage_weglaten"))
        box.addWidget(self._others)
        box.addWidget(self._error)
        box.addWidget(buttons)

    @Slot()
    def on_accepted(self) -> None:
        if self._proof.currentIndex() < 0:
            self._error.setText(self.tr("Kies eerst waarmee je zag dat dit de inwoner is."))
            self._error.show()
            self._proof.setFocus()
            return
        chooser = file_chooser(self, self.tr("In welke map?"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self.on_folder)
        chooser.open()

    @Slot(str)
    def on_folder(self, path: str) -> None:
        self.make(Path(path))

    def make(self, folder: Path) -> None:
        """Write the inzage in this folder, once."""
        if self._sent:
            return
        self._sent = True
        self._make.setEnabled(False)
        action = partial(
            _give,
            zaak=self._zaak,
            proof=Identiteitsbewijs(self._proof.currentData()),
            folder=folder,
            event_id=self._event_id,
            others=tuple(self._others.toPlainText().splitlines()),
        )
        self._session.act(self, action, self._made, self._refused)

    def _made(self, name: str) -> None:
        self.said.emit(self.tr("Inzage opgeslagen: {bestand}").format(bestand=name))
        self.accept()

    def _refused(self, error: VoordeurError) -> None:
        self._sent = False
        self._make.setEnabled(True)
        self._error.setText(texts.explain(error))
        self._error.show()


def _give(
    vault: Vault, *, zaak: UUID, proof: Identiteitsbewijs, folder: Path, event_id: UUID, others: tuple[str, ...]
) -> str:
    from desktop.documents.verstrekken import inzage

    pdf, _ = inzage(vault, zaak, proof, folder, event_id=event_id, weglaten=others)
    return pdf.name
