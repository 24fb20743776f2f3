"""Bezoekmap printen: the paper of a day of visits as it will be, and how it leaves; it is out until it is back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from db.durable import replaced
from db.errors import VoordeurError
from db.queries.zaken import ZaakRegel
from db.vault import Vault
from desktop.casework import route
from desktop.documents.bezoekmap import Deur, bezoekmap
from desktop.ui import texts
from desktop.ui.models import route as model
from desktop.ui.session import Session
from desktop.ui.widgets.handover import Handover, Paper
from desktop.ui.widgets.parts import button, label
from desktop.ui.widgets.preview import Preview

_WIDTH, _AROUND = 760, 40


class VisitsDialog(QDialog):
    """Emits `said` once the paper is out; only then the dossiers in it have been looked at on paper."""

    said = Signal(str)

    def __init__(self, session: Session, dag: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._day = session, dag
        self.setObjectName("bezoekmap_op_papier")
        self.setWindowTitle(self.tr("Bezoekmap printen"))
        over = parent.window()
        self.resize(min(_WIDTH, over.width() - _AROUND), over.height() - _AROUND)
        self.preview = Preview("bezoekmap_voorbeeld", self.tr("Zo komt de bezoekmap op papier"), self)
        self.handover = Handover(session, self)
        self.handover.handed_over.connect(self.on_handed_over)
        cancel = button(self.tr("A&nnuleren"), "bezoekmap_annuleren")
        cancel.clicked.connect(self.reject)
        self.handover.add(cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.preview, 1)
        quiet = self.tr("Er staat niets in over schuld of zorg, en geen adres dat geheim is of waar je niet heen mag.")
        box.addWidget(label(quiet, "zacht", wrap=True))
        box.addWidget(self.handover)
        session.note(self, lambda vault: route.to_pack(vault, dag), self._draw, self._failed)

    def _draw(self, doors: Sequence[ZaakRegel]) -> None:
        if not doors:
            self.handover.complain(self.tr("Er is op deze dag geen deur die op papier mag."))
            return
        settings, wie, day = self._session.instellingen, self._session.naam, self._day
        found = tuple(map(_deur, doors))
        self._session.draw(
            self,
            lambda _: bezoekmap(found, op=day, gemeente=settings.gemeentenaam, wie=wie, proef=settings.proef),
            partial(self._drawn, tuple(door.id for door in doors)),
            self._failed,
        )

    def _drawn(self, zaken: tuple[UUID, ...], pdf: bytes) -> None:
        day = self._day

        def save(vault: Vault, path: Path) -> object:
            with replaced((path, pdf)):
                return route.take_along(vault, day, zaken)

        self.preview.show_pdf(pdf)
        self.handover.show_paper(
            Paper(
                pdf=pdf,
                naam=f"bezoekmap-{day.isoformat()}.pdf",
                two_sided=False,
                record=lambda vault: route.take_along(vault, day, zaken),
                save=save,
            )
        )
        self.handover.take_focus()

    def _failed(self, error: VoordeurError) -> None:
        self.handover.complain(texts.explain(error))

    @Slot(str)
    def on_handed_over(self, words: str) -> None:
        after = self.tr("Zeg bij Dag afsluiten of hier dat de bezoekmap terug en vernietigd is.")
        self.said.emit(f"{words} {after}")
        self.accept()


def _deur(regel: ZaakRegel) -> Deur:
    adres, plaats = model.address(regel)
    flag = model.mind(regel)
    when = (model.when(regel.stand.bezoek), model.company(regel.stand.bezoek))
    return Deur(
        adres=adres,
        plaats=plaats,
        naam=regel.naam,
        wanneer=", ".join(part for part in when if part),
        let_op=flag[0] if flag else "",
    )
