"""Brief maken: the letter as it will be on paper, which one and why, what it still needs, and how it leaves."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.model.codes import Dagdeel
from db.model.gebeurtenis import BriefGemaakt
from db.queries.dossier import Dossier
from desktop.casework.briefkeuze import briefkeuze
from desktop.casework.kalender import lokale_datum
from desktop.documents import making, templates
from desktop.documents.briefsoorten import Briefsoort, kinds
from desktop.documents.making import Document, Opdracht, Wens
from desktop.ui import texts
from desktop.ui.forms.form import Briefvoorstel, captioned, day_field
from desktop.ui.session import Session
from desktop.ui.widgets.checked import CheckedField
from desktop.ui.widgets.handover import Handover, Paper
from desktop.ui.widgets.parts import button, label
from desktop.ui.widgets.preview import Preview

_FIELDS = ("datum", "dagdeel", "aan")
_SIDE, _WIDTH, _AROUND = 300, 1000, 40


class LetterDialog(QDialog):
    """Shows the letter that is proposed at once; nothing is recorded until it was printed or saved.

    Emits `said` when the letter is out; the file name holds a number and never a name.
    """

    said = Signal(str)

    def __init__(
        self, session: Session, dossier: Dossier, parent: QWidget, voorstel: Briefvoorstel | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._dossier = session, dossier
        self._event_id = session.new_id()
        self._drawing = self._again = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("brief_maken")
        self.setWindowTitle(self.tr("Brief maken"))
        over = parent.window()
        self.resize(min(_WIDTH, over.width() - _AROUND), over.height() - _AROUND)
        self._proposal = briefkeuze(dossier, session.now())
        self._reason = self._proposal.reden
        self._kinds = {kind.soort: kind for kind in kinds() if kind.gereed and _fits(kind, dossier)}
        self._kind = QComboBox()
        for kind in self._kinds.values():
            self._kind.addItem(kind.titel, kind.soort)
        self._day = day_field(session.local_now())
        self._part = QComboBox()
        for part in Dagdeel:
            self._part.addItem(part.value.lower(), part.value)
        self._to: CheckedField[str] = CheckedField(str.strip, "")
        self._to.setMaxLength(200)
        self._to.error.setObjectName("brief_aan_fout")
        self._why = label("", wrap=True)
        self._why.setObjectName("brief_waarom")
        empty = self.tr("Hier komt de brief te staan.")
        self.preview = Preview("brief_voorbeeld", self.tr("Zo komt de brief op papier"), self, empty)
        self.handover = Handover(session, self)
        self.handover.handed_over.connect(self.on_handed_over)
        self._rows: dict[str, tuple[QLabel, QWidget]] = {}
        self._lay_out()
        offered = voorstel or Briefvoorstel(self._proposal.soort, self._proposal.datum, self._proposal.dagdeel)
        if voorstel is not None and voorstel.soort != self._proposal.soort:
            self._reason = ""
        self._propose(offered)
        self._kind.currentIndexChanged.connect(self.on_kind)
        self._day.dateChanged.connect(self.on_changed)
        self._part.currentIndexChanged.connect(self.on_changed)
        self._to.textChanged.connect(self.on_changed)
        self.on_kind()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, text, field in (
            ("soort", self.tr("&Brief"), self._kind),
            ("datum", self.tr("&Datum"), self._day),
            ("dagdeel", self.tr("Da&gdeel"), self._part),
            ("aan", self.tr("&Aan welke organisatie"), self._to),
        ):
            caption = captioned(text, field, f"brief_{name}")
            form.addRow(caption, field)
            self._rows[name] = (caption, field)
            if name == "soort":
                form.addRow(self._why)
        form.addRow(self._to.error)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(form)
        left.addStretch(1)
        quiet = self.tr("Op de envelop en in de bestandsnaam staat niets over schuld of zorg.")
        left.addWidget(label(quiet, "zacht", wrap=True))
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(side)
        row.addWidget(self.preview, 1)
        cancel = button(self.tr("A&nnuleren"), "brief_annuleren")
        cancel.clicked.connect(self.reject)
        self.handover.add(cancel)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addLayout(row, 1)
        box.addWidget(self.handover)
        side.setFixedWidth(max(_SIDE, self._kind.sizeHint().width()))  # no name of a letter is cut; known once in place

    def _propose(self, voorstel: Briefvoorstel) -> None:
        self._kind.setCurrentIndex(max(0, self._kind.findData(voorstel.soort)))
        if voorstel.datum is not None:
            self._day.setDate(QDate(voorstel.datum.year, voorstel.datum.month, voorstel.datum.day))
        if voorstel.dagdeel is not None:
            self._part.setCurrentIndex(self._part.findData(voorstel.dagdeel.value))

    @property
    def _soort(self) -> str:
        return str(self._kind.currentData())

    @Slot()
    def on_kind(self) -> None:
        """Only the fields that this letter has can be filled in, and why it is proposed stands below it."""
        wanted = self._fields()
        self._to.complain("")
        for name in _FIELDS:
            for widget in self._rows[name]:
                widget.setVisible(name in wanted)
        words = self._words()
        self._why.setText(words)
        self._why.setVisible(bool(words))
        self.on_changed()

    def _fields(self) -> frozenset[str]:
        kind = self._kinds[self._soort]
        return frozenset(kind.nodig) | (templates.load(kind.soort).fields & self._known())

    def _known(self) -> frozenset[str]:
        """Fields that a letter can do without: a talk that is not planned yet has no day."""
        planned = self._dossier.stand.bezoek is not None
        return frozenset(("datum", "dagdeel")) if planned else frozenset()

    def _words(self) -> str:
        lines = []
        if self._soort == self._proposal.soort and self._reason:
            lines.append(self.tr("Voorstel: {reden}").format(reden=self._reason))
        made = [
            event.op
            for event in self._dossier.gebeurtenissen
            if isinstance(event.inhoud, BriefGemaakt) and event.inhoud.brief == self._soort
        ]
        if made:
            day = texts.day(lokale_datum(made[-1]))
            lines.append(self.tr("● Deze brief is al gemaakt op {dag}.").format(dag=day))
        return "\n".join(lines)

    @Slot()
    def on_changed(self) -> None:
        """Draw the letter anew; while one is drawn the next waits, and only the last counts."""
        self.handover.show_paper(None)
        if self._drawing:
            self._again = True
            return
        self._drawing, self._again = True, False
        wens = self._wens()
        self._session.note(self, lambda vault: making.prepare(vault, wens), self._prepared, self._failed)

    def _wens(self) -> Wens:
        wanted, day = self._fields(), self._day.date()
        return Wens(
            zaak=self._dossier.zaak,
            soort=self._soort,
            event_id=self._event_id,
            datum=date(day.year(), day.month(), day.day()) if "datum" in wanted else None,
            dagdeel=Dagdeel(self._part.currentData()) if "dagdeel" in wanted else None,
            aan=self._to.text() if "aan" in wanted else "",
        )

    def _prepared(self, opdracht: Opdracht) -> None:
        if "aan" in self._kinds[opdracht.wens.soort].nodig and not opdracht.wens.aan.strip():
            self._drawn(None)
            self._to.complain(self.tr("Vul in aan welke organisatie de gegevens gaan."))
        else:
            self._session.draw(self, lambda _: making.make_document(opdracht), self._drawn, self._failed)

    def _drawn(self, document: Document | None) -> None:
        self._drawing = False
        if self._again:
            self.on_changed()
            return
        self.handover.complain("")
        self.preview.show_pdf(document.pdf if document else b"")
        if document is not None:
            self.handover.show_paper(
                Paper(
                    pdf=document.pdf,
                    naam=document.naam,
                    two_sided=document.stukken[0].bladzijden > 1,
                    record=lambda vault: making.record(vault, document.stukken),
                    save=lambda vault, path: making.save(vault, document, path),
                )
            )

    def _failed(self, error: VoordeurError) -> None:
        self._drawn(None)
        self.handover.complain(texts.explain(error))

    @Slot(str)
    def on_handed_over(self, words: str) -> None:
        after = self.tr("Is de brief op de post? Zeg het op het tabblad Brieven of bij Dag afsluiten.")
        self.said.emit(f"{words} {after}")
        self.accept()


def _fits(kind: Briefsoort, dossier: Dossier) -> bool:
    """Whether such a letter can be made of this zaak."""
    closed, planned = dossier.stand.gesloten_op is not None, dossier.stand.plan_versie is not None
    return kind.gesloten <= closed and kind.plan <= planned
