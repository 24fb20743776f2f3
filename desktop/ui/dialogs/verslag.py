"""Verslag: the report of an import as it will be on paper, and how it leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from db.durable import write_durably
from db.errors import VoordeurError
from desktop.documents.importverslag import importverslag
from desktop.ui import texts
from desktop.ui.models import inlezen as model
from desktop.ui.session import Session
from desktop.ui.widgets.handover import Handover, Paper
from desktop.ui.widgets.parts import button, label
from desktop.ui.widgets.preview import Preview

if TYPE_CHECKING:
    from desktop.intake.rapport import ImportReport

_WIDTH, _AROUND = 760, 40


class ReportDialog(QDialog):
    """Emits `said` once the paper is out; it tells of nobody, so nothing is recorded of it."""

    said = Signal(str)

    def __init__(self, session: Session, report: ImportReport, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("verslag_op_papier")
        self.setWindowTitle(self.tr("Verslag"))
        over = parent.window()
        self.resize(min(_WIDTH, over.width() - _AROUND), over.height() - _AROUND)
        self.preview = Preview("verslag_voorbeeld", self.tr("Zo komt het verslag op papier"), self)
        self.handover = Handover(session, self)
        self.handover.handed_over.connect(self.on_handed_over)
        cancel = button(self.tr("A&nnuleren"), "verslag_annuleren")
        cancel.clicked.connect(self.reject)
        self.handover.add(cancel)
        self.finished.connect(self.deleteLater)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.preview, 1)
        box.addWidget(label(self.tr("Er staat geen naam in en geen adres."), "zacht", wrap=True))
        box.addWidget(self.handover)
        settings, now = session.instellingen, session.now()
        self._naam = f"inlezen-{session.local_now():%Y-%m-%d}.pdf"
        row, nameless = self.tr("rij {rij}, {signaal}"), self.tr("zonder kenmerk")

        def drawn(_: Callable[[], bool]) -> bytes:
            lines = (
                (row.format(rij=regel.rij, signaal=regel.signaal or nameless), ": ".join(model.told(regel)))
                for regel in model.attention(report)
            )
            return importverslag(
                report.bestand,
                model.counts(report),
                lines,
                gemeente=settings.gemeentenaam,
                op=now,
                proef=settings.proef,
            )

        session.draw(self, drawn, self._show, self._failed)

    def _show(self, pdf: bytes) -> None:
        self.preview.show_pdf(pdf)
        self.handover.show_paper(
            Paper(
                pdf=pdf,
                naam=self._naam,
                two_sided=False,
                record=lambda _: None,
                save=lambda _, path: write_durably(path, pdf),
            )
        )
        self.handover.take_focus()

    def _failed(self, error: VoordeurError) -> None:
        self.handover.complain(texts.explain(error))

    @Slot(str)
    def on_handed_over(self, words: str) -> None:
        self.said.emit(words)
        self.accept()
