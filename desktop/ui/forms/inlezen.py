"""Bestand inlezen: look at the first rows, see what it comes to, record it; then the report, on screen or on paper."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.errors import VoordeurError
from db.queries.instellingen import profielen
from desktop.ui import texts
from desktop.ui.forms.form import captioned
from desktop.ui.mailbox import mailbox
from desktop.ui.models import inlezen as model
from desktop.ui.models.inlezen import Nawoord, PreviewModel
from desktop.ui.models.rows import RowsModel
from desktop.ui.session import Session
from desktop.ui.widgets.parts import Card, button, clear, label
from desktop.ui.widgets.table import ZaakTable

if TYPE_CHECKING:
    from desktop.intake.importing import Gelezen
    from desktop.intake.invoer import Voorbeeld
    from desktop.intake.rapport import ImportReport

_TICK_MS = 500
_SOON = 2
_RECORDING = 1.8
"""Recording takes about so many times as long as reading, matching aside."""
_ROW, _WHAT = 150, 170


class ImportPanel(QWidget):
    """Emits `left` when somebody is done with a file or stops, `said` with a word about it, and `paper_asked`."""

    left = Signal()
    said = Signal(str)
    paper_asked = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._letters = mailbox()
        self._path = Path()
        self._gemeente = ""
        self._profiles: dict[str, str] = {}
        self._stop = Event()
        self._gelezen: Gelezen | None = None
        self._report: ImportReport | None = None
        self._reading = self._recording = False
        self._began = self._read_in = 0.0
        self._done = self._total = 0
        # When the vault locks this goes with all the screens, and so does what is being read or recorded.
        gone = self._gone = Event()
        self.destroyed.connect(gone.set)
        self._name = label("", "titel", wrap=True)
        self._name.setObjectName("import_bestand")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._first_page())
        self._pages.addWidget(self._last_page())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self._name)
        box.addWidget(self._pages, 1)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self.on_tick)

    def _first_page(self) -> QWidget:
        self._profile = QComboBox()
        self._profile.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._profile.activated.connect(self.on_profile)
        caption = captioned(self.tr("&Profiel voor de indeling"), self._profile, "import_profiel")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(caption)
        row.addWidget(self._profile)
        row.addStretch(1)
        self._make_table()
        self._dropped = label("", "zacht", wrap=True)
        self._dropped.setObjectName("import_weggelaten")
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("importfout")
        self._bar = QProgressBar()
        self._bar.setObjectName("import_voortgang")
        self._bar.setAccessibleName(self.tr("Voortgang"))
        self._bar.setTextVisible(False)
        self._state = label("", wrap=True)
        self._state.setObjectName("import_stand")
        self._record = button(self.tr("Va&stleggen"), "import_vastleggen", main=True)
        self._record.clicked.connect(self.on_record)
        self._cancel = button(self.tr("&Annuleren"), "import_annuleren")
        self._cancel.clicked.connect(self.on_cancel)
        actions = QHBoxLayout()
        actions.setSpacing(10)
        actions.addWidget(self._record)
        actions.addWidget(self._cancel)
        actions.addStretch(1)
        card = Card()
        card.box.addLayout(row)
        card.box.addWidget(self._table, 1)
        card.box.addWidget(self._dropped)
        card.box.addWidget(self._error)
        card.box.addWidget(self._bar)
        card.box.addWidget(self._state)
        card.box.addLayout(actions)
        return card

    def _make_table(self) -> None:
        self._preview = PreviewModel(self)
        self._table = QTableView()
        self._table.setObjectName("import_voorbeeld")
        self._table.setAccessibleName(self.tr("De eerste rijen"))
        self._table.setModel(self._preview)
        self._table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._table.setTabKeyNavigation(False)
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionsClickable(False)
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    def _last_page(self) -> QWidget:
        counts = Card(spacing=4)
        self._counts = QGridLayout()
        self._counts.setVerticalSpacing(6)
        self._counts.setHorizontalSpacing(20)
        for column in (1, 3):
            self._counts.setColumnStretch(column, 1)
        counts.box.addLayout(self._counts)
        self._rows = RowsModel((self.tr("Rij"), self.tr("Wat"), self.tr("Waarom")), self)
        self._lines = ZaakTable(self._rows, "import_regels", self.tr("Rijen die iets van je vragen"))
        self._lines.set_widths(_ROW, _WHAT, 0)
        self._all_well = label(self.tr("Elke rij is goed gelezen en aangenomen."), "zacht")
        rows = Card(margin=8)
        rows.box.addWidget(self._lines, 1)
        rows.box.addWidget(self._all_well)
        ready = button(self.tr("&Klaar"), "import_klaar", main=True)
        ready.clicked.connect(self.on_ready)
        paper = button(self.tr("Verslag af&drukken of opslaan…"), "import_verslag")
        paper.clicked.connect(self.on_paper)
        actions = QHBoxLayout()
        actions.setSpacing(10)
        for made in (ready, paper):
            actions.addWidget(made)
        actions.addStretch(1)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(counts)
        box.addWidget(rows, 1)
        box.addLayout(actions)
        return holder

    # --- reading ------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether a file is being read, looked at or recorded; the report of one that is done counts no more."""
        return self._report is None and self._path != Path()

    def take(self, path: Path) -> None:
        """Begin with a file: its first rows come on screen, and the rest is read meanwhile."""
        self._path, self._report = path, None
        self._name.setText(texts.breakable(path.name))
        self._pages.setCurrentIndex(0)
        self._say_reading()

        def known(found: tuple[str, dict[str, str]]) -> None:
            self._gemeente, self._profiles = found
            chosen = self._profile.currentData()
            self._profile.clear()
            self._profile.addItem(self.tr("Eigen indeling van Voordeur"), "")
            for name in self._profiles:
                self._profile.addItem(name, name)
            self._profile.setCurrentIndex(max(0, self._profile.findData(chosen)))
            self._read()

        self._session.ask(self, _asked, known)

    def _say_reading(self) -> None:
        self._record.setEnabled(False)
        self._profile.setEnabled(True)
        self._error.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._state.setText(self.tr("Het bestand wordt gelezen…"))

    def _read(self) -> None:
        from desktop.intake.beoordelen import Opdracht
        from desktop.intake.importing import preview_file, read_delivery

        self._stop.set()
        self._stop = stop = Event()
        self._gelezen = None
        self._preview.show_preview(None)
        self._dropped.hide()
        self._say_reading()
        self._reading, self._began = True, time.monotonic()
        self._done = self._total = 0
        self._clock.start()
        path = self._path
        opdracht = Opdracht(gemeentecode=self._gemeente, profiel=self._profiles.get(self._profile.currentData(), ""))

        def told(done: int, total: int) -> None:
            self._letters.leave(self, partial(self._on_progress, stop, done, total))

        def look(closing: Callable[[], bool]) -> Voorbeeld:
            return preview_file(path, opdracht, cancelled=lambda: stop.is_set() or closing())

        def read(closing: Callable[[], bool]) -> Gelezen:
            return read_delivery(path, opdracht, progress=told, cancelled=lambda: stop.is_set() or closing())

        def looked(found: Voorbeeld) -> None:
            if stop is self._stop and not stop.is_set():
                self._show_preview(found)
                self._session.draw(self, read, partial(self._on_read, stop), partial(self._on_failed, stop))

        self._session.draw(self, look, looked, partial(self._on_failed, stop))

    def _show_preview(self, found: Voorbeeld) -> None:
        self._preview.show_preview(found)
        if found.weggelaten:
            names = ", ".join(found.weggelaten)
            self._dropped.setText(self.tr("Deze kolommen worden niet bewaard: {namen}.").format(namen=names))
            self._dropped.show()

    def _on_progress(self, stop: Event, done: int, total: int) -> None:
        if stop is self._stop:
            self._done, self._total = done, total
            self._show_progress()

    def _on_read(self, stop: Event, gelezen: Gelezen) -> None:
        if stop is not self._stop:
            return
        self._reading, self._read_in = False, time.monotonic() - self._began
        self._clock.stop()
        self._gelezen = gelezen
        self._bar.hide()
        self._state.setText(model.tally(gelezen))
        self._record.setEnabled(True)
        self._record.setFocus()

    def _on_failed(self, stop: Event, error: VoordeurError) -> None:
        if stop is not self._stop:
            return
        self._reading = self._recording = False
        self._clock.stop()
        if model.stopped_by_worker(error):
            self._session.note(self, model.seen)
            self._leave(texts.explain(error))
            return
        self._bar.hide()
        self._state.setText("")
        self._cancel.setEnabled(True)
        self._error.setText(texts.explain(error))
        self._error.setAccessibleName(self._error.text())
        self._error.show()
        (self._profile if self._profiles else self._cancel).setFocus()

    @Slot()
    def on_profile(self) -> None:
        self._read()

    # --- recording ----------------------------------------------------------------------------------------

    @Slot()
    def on_record(self) -> None:
        gelezen, stop = self._gelezen, self._stop
        if gelezen is None or self._recording:
            return
        self._recording, self._began = True, time.monotonic()
        self._done, self._total = 0, gelezen.kop.rijen
        self._record.setEnabled(False)
        self._profile.setEnabled(False)
        self._error.hide()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._clock.start()
        self.on_tick()
        gone = self._gone
        action = partial(model.record, gelezen=gelezen, stopped=lambda: stop.is_set() or gone.is_set())
        self._session.act(self, action, partial(self._on_recorded, stop), partial(self._on_failed, stop))

    def _on_recorded(self, stop: Event, report: ImportReport) -> None:
        self._recording = False
        self._clock.stop()
        self._gelezen, self._report = None, report
        self._session.note(self, model.seen)
        clear(self._counts)
        counted = model.counts(report)
        lines = -(-len(counted) // 2)
        for number, (name, value) in enumerate(counted):
            row, column = number % lines, 2 * (number // lines)
            self._counts.addWidget(label(name, "" if number else "vet"), row, column)
            made = label(value, "" if number else "vet")
            made.setObjectName(f"import_aantal_{number}")
            self._counts.addWidget(made, row, column + 1)
        self._rows.show_rows(model.rows(report))
        self._lines.setVisible(self._rows.rowCount() > 0)
        self._all_well.setVisible(self._rows.rowCount() == 0)
        self._pages.setCurrentIndex(1)
        if self.isVisible():
            self.take_focus()
        rows = texts.plural(report.rijen, self.tr("{n} rij ingelezen"), self.tr("{n} rijen ingelezen"))
        self.said.emit(self.tr("{rijen}; niets is zoekgeraakt.").format(rijen=rows))

    # --- how far ------------------------------------------------------------------------------------------

    @Slot()
    def on_tick(self) -> None:
        self._show_progress()

    def _show_progress(self) -> None:
        spent = time.monotonic() - self._began
        if self._recording:
            left = self._read_in * _RECORDING - spent
            many = texts.plural(self._total, self.tr("{n} rij"), self.tr("{n} rijen"))
            text = self.tr("Bezig met vastleggen: {rijen}.").format(rijen=many)
        elif self._total:
            left = spent / max(self._done, 1) * (self._total - self._done)
            self._bar.setRange(0, self._total)
            self._bar.setValue(self._done)
            text = self.tr("{n} van {alle} rijen gelezen.").format(
                n=texts.count(self._done), alle=texts.count(self._total)
            )
        else:
            return
        self._state.setText(f"{text} {self._time_left(left)}".rstrip())

    def _time_left(self, seconds: float) -> str:
        if seconds < _SOON:
            return self.tr("Nog een ogenblik.")
        return self.tr("Nog ongeveer {n} seconden.").format(n=texts.count(round(seconds)))

    # --- leaving ------------------------------------------------------------------------------------------

    @Slot()
    def on_cancel(self) -> None:
        """Stop; what is being recorded is taken back within a second, and only then said."""
        self._stop.set()
        if self._recording:
            self._state.setText(self.tr("Stoppen…"))
            self._clock.stop()
            self._cancel.setEnabled(False)
            return
        self._leave("")

    @Slot()
    def on_ready(self) -> None:
        self._leave("")

    def _leave(self, text: str) -> None:
        self._stop.set()
        self._stop = Event()
        self._path, self._gelezen, self._report = Path(), None, None
        self._reading = self._recording = False
        self._clock.stop()
        self._preview.show_preview(None)
        self._rows.show_rows(())
        self._cancel.setEnabled(True)
        if text:
            self.said.emit(text)
        self.left.emit()

    def back(self) -> bool:
        """Esc: away from a report, or stop what is only being looked at; recording goes on."""
        if self._recording:
            return False
        self.on_cancel()
        return True

    def drafts(self) -> tuple[tuple[str, str], ...]:
        """The vault locks: a file that was only read is not recorded, and somebody must hear of it afterwards."""
        if self._recording or not self.busy:
            return ()
        return ((model.PLEK, Nawoord(self._path.name, vastgelegd=False).tekst),)

    def take_focus(self) -> None:
        """The list of the report, or the button that goes on."""
        if self._report is not None:
            (self._lines if self._lines.isVisible() else self).setFocus()
        else:
            (self._record if self._record.isEnabled() else self._cancel).setFocus()

    # --- paper --------------------------------------------------------------------------------------------

    @Slot()
    def on_paper(self) -> None:
        if self._report is not None:
            self.paper_asked.emit(self._report)


def _asked(connection: object) -> tuple[str, dict[str, str]]:
    from db.queries.intake import gemeentecode

    return gemeentecode(connection), profielen(connection)  # type: ignore[arg-type]  # the connection's type belongs to db
