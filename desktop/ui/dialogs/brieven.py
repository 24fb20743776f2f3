"""Brieven maken: letters to all that were chosen, as one pile in the order of the post, with a list to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.errors import VoordeurError
from db.vault import Vault
from desktop.documents import making, stapel
from desktop.documents.briefsoorten import kinds, titel_van
from desktop.documents.making import Document, Opdracht, Stapel
from desktop.documents.stapel import Kandidaat
from desktop.ui import texts
from desktop.ui.dialogs.verzonden import SentDialog
from desktop.ui.forms.form import captioned
from desktop.ui.mailbox import mailbox
from desktop.ui.models.vinklijst import TickModel, Vinkregel
from desktop.ui.session import Session
from desktop.ui.status import ICONS, Soort
from desktop.ui.widgets.handover import Handover, Paper
from desktop.ui.widgets.parts import button, label
from desktop.ui.widgets.preview import Preview

_WIDTH, _AROUND = 900, 40
_SLICE = 25
"""Dossiers that are read in one go; whatever else is asked of the vault comes in between."""
_CHOOSE, _MAKE, _READY = range(3)


class _Pile(NamedTuple):
    document: Document
    lijst: bytes


class BatchDialog(QDialog):
    """Choose, make, hand over, and say which left the house. `said` carries what to confirm in the message bar."""

    said = Signal(str)

    def __init__(self, session: Session, zaken: Sequence[UUID], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._zaken = session, tuple(zaken)
        self._found: list[Kandidaat] = []
        self._orders: list[Opdracht] = []
        self._refused_later: list[tuple[str, str]] = []
        self._stop = threading.Event()
        self._round = 0
        self._began = 0.0
        self._mailbox = mailbox()
        self.setObjectName("brieven_maken_voor_veel")
        self.setWindowTitle(self.tr("Brieven maken"))
        self._over = parent
        over = parent.window()
        self.resize(min(_WIDTH, over.width() - _AROUND), over.height() - _AROUND)
        self._pages = QStackedWidget()
        for page in (self._choose_page(), self._make_page(), self._ready_page()):
            self._pages.addWidget(page)
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("stapel_fout")
        self._error.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self._error)
        box.addWidget(self._pages, 1)
        self.finished.connect(self._stop.set)
        self.rejected.connect(self.deleteLater)
        self.on_kind()

    # --- choose -------------------------------------------------------------------------------------------

    def _choose_page(self) -> QWidget:
        self._kind = QComboBox()
        self._kind.addItem(self.tr("Wat nu bij iedere inwoner past"), "")
        for kind in kinds():
            if kind.gereed and not kind.nodig:
                self._kind.addItem(kind.titel, kind.soort)
        self._kind.currentIndexChanged.connect(self.on_kind)
        self._count = label("", "zacht", wrap=True)
        self._count.setObjectName("stapel_telling")
        self._model = TickModel(self)
        self._model.ticked.connect(self.on_ticked)
        self._list = QListView()
        self._list.setObjectName("stapel_lijst")
        self._list.setAccessibleName(self.tr("Wie krijgt een brief?"))
        self._list.setModel(self._model)
        self._list.setWordWrap(True)
        self._make = button(self.tr("&Maak brieven"), "stapel_maken", main=True)
        self._make.setDefault(True)
        self._make.clicked.connect(self.on_make)
        cancel = button(self.tr("A&nnuleren"), "stapel_annuleren")
        cancel.clicked.connect(self.reject)
        page, box = _page()
        box.addWidget(captioned(self.tr("&Brief"), self._kind, "stapel_soort"))
        box.addWidget(self._kind)
        box.addWidget(self._list, 1)
        box.addWidget(self._count)
        box.addLayout(_row(self._make, cancel))
        return page

    @Slot()
    def on_kind(self) -> None:
        """Ask for each zaak what it would get, some at a time."""
        self._found = []
        self._round += 1
        self._make.setEnabled(False)
        self._model.show_rows(())
        self._ask(self._round, str(self._kind.currentData()), 0)

    def _ask(self, turn: int, soort: str, start: int) -> None:
        part = self._zaken[start : start + _SLICE]
        self._count.setText(
            self.tr("Nagekeken: {n} van {alle}").format(n=texts.count(start), alle=texts.count(len(self._zaken)))
        )

        def answered(found: tuple[Kandidaat, ...]) -> None:
            if turn != self._round:
                return  # another letter was chosen meanwhile
            self._found += found
            if start + _SLICE < len(self._zaken):
                self._ask(turn, soort, start + _SLICE)
            else:
                self._model.show_rows([self._line(kandidaat) for kandidaat in self._found])
                self._list.setFocus()
                self._list.setCurrentIndex(self._model.index(0))

        self._session.note(self, lambda vault: stapel.kandidaten(vault, part, soort), answered, self._failed)

    def _line(self, found: Kandidaat) -> Vinkregel:
        who = f"{found.lijstnaam} · {found.nummer}"
        if found.geweigerd is not None:
            words = f"{ICONS[Soort.GEVAAR]} {self.tr('Geen brief')}. {texts.explain(found.geweigerd)}"
            return Vinkregel(found.zaak, f"{who}\n{words}", aan=False, kan=False)
        letter = titel_van(found.wens.soort)
        words = f"{letter}. {found.reden}" if found.reden else letter
        if found.let_op:
            words = f"{words}\n{ICONS[Soort.LET_OP]} {found.let_op}"
        return Vinkregel(found.zaak, f"{who}\n{words}", aan=not found.let_op)

    @Slot()
    def on_ticked(self) -> None:
        chosen, refused = len(self._model.chosen()), sum(found.geweigerd is not None for found in self._found)
        self._make.setEnabled(chosen > 0)
        self._make.setText(texts.plural(chosen, self.tr("&Maak {n} brief"), self.tr("&Maak {n} brieven")))
        words = texts.plural(len(self._found), self.tr("{n} inwoner gekozen."), self.tr("{n} inwoners gekozen."))
        if refused:
            words += " " + texts.plural(
                refused, self.tr("{n} krijgt geen brief; lees erbij waarom."),
                self.tr("{n} krijgen geen brief; lees erbij waarom."),
            )  # fmt: skip
        self._count.setText(words)

    # --- make ---------------------------------------------------------------------------------------------

    def _make_page(self) -> QWidget:
        self._bar = QProgressBar()
        self._bar.setObjectName("stapel_voortgang")
        self._bar.setAccessibleName(self.tr("Hoe ver het is"))
        self._bar.setTextVisible(False)
        self._told = label("", wrap=True)
        self._told.setObjectName("stapel_verteld")
        halt = button(self.tr("&Stoppen"), "stapel_stoppen")
        halt.clicked.connect(self.on_halt)
        page, box = _page()
        box.addStretch(1)
        box.addWidget(self._told)
        box.addWidget(self._bar)
        box.addLayout(_row(halt))
        box.addStretch(1)
        return page

    @Slot()
    def on_make(self) -> None:
        """Read what the letters need, some at a time, and then draw them beside the UI thread."""
        chosen = set(self._model.chosen())
        self._wishes = [found.wens for found in self._found if found.zaak in chosen]
        self._orders, self._refused_later = [], []
        self._stop.clear()
        self._began = time.monotonic()
        self._error.hide()
        self._bar.setRange(0, len(self._wishes))
        self._pages.setCurrentIndex(_MAKE)
        self._prepare(0)

    def _prepare(self, start: int) -> None:
        part = self._wishes[start : start + _SLICE]
        self._tell(0, len(self._wishes))

        def answered(found: Stapel) -> None:
            if self._stop.is_set():
                return
            self._orders += found.opdrachten
            self._refused_later += [(one.nummer, texts.explain(one.reden)) for one in found.geweigerd]
            if start + _SLICE < len(self._wishes):
                self._prepare(start + _SLICE)
            else:
                self._draw()

        self._session.note(self, lambda vault: making.prepare_many(vault, part), answered, self._failed)

    def _draw(self) -> None:
        orders, stop, without = tuple(self._orders), self._stop, self._without()
        if not orders:
            self._pages.setCurrentIndex(_CHOOSE)
            return
        self._session.draw(
            self,
            lambda locking: _draw(orders, without, self._progress, lambda: stop.is_set() or locking()),
            self._drawn,
            self._failed,
        )

    def _without(self) -> list[tuple[str, str]]:
        early = [(found.nummer, texts.explain(found.geweigerd)) for found in self._found if found.geweigerd is not None]
        return early + self._refused_later

    def _progress(self, done: int, total: int) -> None:
        """From the thread that draws."""
        self._mailbox.leave(self, lambda: self._tell(done, total))

    def _tell(self, done: int, total: int) -> None:
        self._bar.setValue(done)
        words = self.tr("{n} van {alle} brieven").format(n=texts.count(done), alle=texts.count(total))
        if done:
            left = round((time.monotonic() - self._began) / done * (total - done))
            words += " · " + texts.plural(left, self.tr("nog {n} seconde"), self.tr("nog {n} seconden"))
        self._told.setText(words)

    @Slot()
    def on_halt(self) -> None:
        """Stop before the next letter; nothing was recorded."""
        self._stop.set()
        self._pages.setCurrentIndex(_CHOOSE)

    def _drawn(self, pile: _Pile | None) -> None:
        if pile is None or self._stop.is_set():
            return
        self._preview.show_pdf(pile.document.pdf)
        count = len(pile.document.stukken)
        self._ready.setText(texts.plural(count, self.tr("{n} brief"), self.tr("{n} brieven op volgorde van de post")))
        self._made = pile.document.stukken
        self._handover.show_paper(_paper(pile))
        self._pages.setCurrentIndex(_READY)
        self._handover.take_focus()

    def _failed(self, error: VoordeurError) -> None:
        self._pages.setCurrentIndex(_CHOOSE)
        self._error.setText(texts.explain(error))
        self._error.show()

    # --- hand over ----------------------------------------------------------------------------------------

    def _ready_page(self) -> QWidget:
        self._ready = label("", "titel")
        self._ready.setObjectName("stapel_klaar")
        self._preview = Preview("stapel_voorbeeld", self.tr("Zo komen de brieven op papier"), self)
        self._handover = Handover(self._session, self)
        self._handover.handed_over.connect(self.on_handed_over)
        back = button(self.tr("&Terug"), "stapel_terug")
        back.clicked.connect(lambda: self._pages.setCurrentIndex(_CHOOSE))
        self._handover.add(back)
        page, box = _page()
        box.addWidget(self._ready)
        quiet = self.tr("Er komt een lijst bij voor jou. Elke brief begint op een nieuw blad, ook dubbelzijdig.")
        box.addWidget(label(quiet, "zacht", wrap=True))
        box.addWidget(self._preview, 1)
        box.addWidget(self._handover)
        return page

    @Slot(str)
    def on_handed_over(self, words: str) -> None:
        self.said.emit(words)
        asked = SentDialog(self._session, self._over, [piece.wens.event_id for piece in self._made])
        asked.said.connect(self.said)
        asked.finished.connect(self.deleteLater)
        self.accept()
        asked.look()


def _draw(
    orders: Sequence[Opdracht],
    without: Sequence[tuple[str, str]],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> _Pile | None:
    document = making.make_combined(orders, progress=progress, cancelled=cancelled)
    if document is None:
        return None
    return _Pile(document, stapel.lijst(orders, document.stukken, without))


def _paper(pile: _Pile) -> Paper:
    document = pile.document

    def save(vault: Vault, path: Path) -> None:
        making.save(vault, document, path, (path.with_name(f"{path.stem}-lijst.pdf"), pile.lijst))

    return Paper(
        pdf=document.pdf,
        naam=document.naam,
        two_sided=True,
        record=lambda vault: making.record(vault, document.stukken),
        save=save,
        after=pile.lijst,
    )


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    return page, box


def _row(*made: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for one in made:
        row.addWidget(one)
    row.addStretch(1)
    return row
