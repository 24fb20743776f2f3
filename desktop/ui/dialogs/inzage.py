"""Inzage: everything about one resident, seen on screen before it leaves on paper or as a file."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.model.codes import Identiteitsbewijs
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.documents import verstrekken
from desktop.documents.verstrekken import Uitdraai
from desktop.ui import texts
from desktop.ui.forms.form import captioned
from desktop.ui.session import Session
from desktop.ui.widgets.handover import Handover, Paper
from desktop.ui.widgets.parts import button, label, restyle
from desktop.ui.widgets.preview import Preview

_SIDE, _WIDTH, _AROUND, _LINES = 300, 1000, 40, 44


class AccessDialog(QDialog):
    """Shows the inzage after the identity check; it is recorded as given once it was printed or saved.

    Emits `said` when it is out.
    """

    said = Signal(str)

    def __init__(self, session: Session, dossier: Dossier, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._zaak = session, dossier.zaak
        self._event_id = session.new_id()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("inzage_geven")
        self.setWindowTitle(self.tr("Inzage"))
        over = parent.window()
        self.resize(min(_WIDTH, over.width() - _AROUND), over.height() - _AROUND)
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
        self._others.setPlaceholderText(self.tr("Een naam of zin per regel, precies zoals het er staat"))
        self._others.setMinimumHeight(_LINES)
        self._told = label(self.tr("Opslaan geeft ook een bestand dat een computer kan lezen."), "zacht", wrap=True)
        self._told.setObjectName("inzage_stand")
        self._show = button(self.tr("&Tonen"), "inzage_tonen", main=True)
        self._show.clicked.connect(self.on_show)
        empty = self.tr("Kies waarmee je zag wie het is. Na Tonen staat de inzage hier.")
        self.preview = Preview("inzage_voorbeeld", self.tr("Zo komt de inzage op papier"), self, empty)
        self.handover = Handover(session, self)
        self.handover.handed_over.connect(self.on_handed_over)
        self._lay_out()
        self._proof.currentIndexChanged.connect(self.on_changed)
        self._others.textChanged.connect(self.on_changed)
        self._proof.setFocus()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.setContentsMargins(0, 0, 0, 0)
        first = self.tr("De inwoner krijgt alles te zien. Vraag eerst: “Kunt u dit papier veilig bewaren?”")
        left.addWidget(label(first, wrap=True))
        left.addWidget(captioned(self.tr("&Identiteit gezien met"), self._proof, "identiteit"))
        left.addWidget(self._proof)
        left.addWidget(captioned(self.tr("&Weglaten: gaat over iemand anders"), self._others, "inzage_weglaten"))
        left.addWidget(self._others, 1)
        left.addWidget(self._show)
        left.addWidget(self._told)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        side.setLayout(left)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(side)
        row.addWidget(self.preview, 1)
        cancel = button(self.tr("A&nnuleren"), "inzage_annuleren")
        cancel.clicked.connect(self.reject)
        self.handover.add(cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addLayout(row, 1)
        box.addWidget(self.handover)

    @Slot()
    def on_changed(self) -> None:
        """What is shown is no longer what would leave."""
        self.handover.show_paper(None)
        restyle(self._show, "hoofd", "ja")
        if self.preview.page_count:
            self._told.setText(self.tr("Druk op Tonen om dit te verwerken."))

    @Slot()
    def on_show(self) -> None:
        """Record the identity check, and put the inzage together."""
        if self._proof.currentIndex() < 0:
            self.handover.complain(self.tr("Kies eerst waarmee je zag dat dit de inwoner is."))
            self._proof.setFocus()
            return
        self._show.setEnabled(False)
        self.handover.complain("")
        action = partial(
            _prepared,
            zaak=self._zaak,
            proof=Identiteitsbewijs(self._proof.currentData()),
            event_id=self._event_id,
            others=tuple(self._others.toPlainText().splitlines()),
        )
        self._session.act(self, action, self._shown, self._refused)

    def _shown(self, ready: Uitdraai) -> None:
        self._show.setEnabled(True)
        self.preview.show_pdf(ready.pdf)
        restyle(self._show, "hoofd", "")
        self._told.setText(self._words(ready.weggelaten))
        self.handover.show_paper(
            Paper(
                pdf=ready.pdf,
                naam=ready.naam,
                two_sided=True,
                record=lambda vault: verstrekken.record(vault, ready),
                save=lambda vault, path: verstrekken.save(vault, ready, path),
            )
        )

    def _words(self, times: int) -> str:
        if not times:
            return self.tr("Lees alles na voordat je het geeft: staat er iets over iemand anders?")
        places = self.tr("één plaats") if times == 1 else self.tr("{aantal} plaatsen").format(aantal=times)
        return self.tr("Weggelaten op {plaatsen}. Lees alles na voordat je het geeft.").format(plaatsen=places)

    def _refused(self, error: VoordeurError) -> None:
        self._show.setEnabled(True)
        self.handover.complain(texts.explain(error))

    @Slot(str)
    def on_handed_over(self, words: str) -> None:
        self.said.emit(self.tr("Inzage gegeven. {hoe}").format(hoe=words))
        self.accept()


def _prepared(
    vault: Vault, *, zaak: UUID, proof: Identiteitsbewijs, event_id: UUID, others: tuple[str, ...]
) -> Uitdraai:
    return verstrekken.prepare(vault, zaak, proof, event_id=event_id, weglaten=others)
