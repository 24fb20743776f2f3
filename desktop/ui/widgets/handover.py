"""How paper leaves the program: onto a chosen printer or into a chosen file, and then recorded."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import shiboken6
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import KnownError, VoordeurError
from db.vault import Vault
from desktop.ui import texts
from desktop.ui.mailbox import mailbox
from desktop.ui.printing import printers, send
from desktop.ui.session import Session
from desktop.ui.widgets.parts import button, label, restyle


@dataclass(frozen=True)
class Paper:
    """A PDF that is ready, the file name that tells nothing about anybody, and how it is recorded.

    `record` follows a printer that took it; `save` writes the file and records it, or does neither. `after` is a list
    for the worker, printed by itself.
    """

    pdf: bytes
    naam: str
    two_sided: bool
    record: Callable[[Vault], object]
    save: Callable[[Vault, Path], object]
    after: bytes = b""


class Handover(QWidget):
    """Emits `handed_over` with the words for it once the paper is out and recorded; nothing leaves twice.

    Closing the dialog around it stops a printer that has not begun; what did come out is recorded all the same.
    """

    handed_over = Signal(str)

    def __init__(self, session: Session, parent: QDialog, verb: str = "") -> None:
        super().__init__(parent)
        self._session = session
        self._paper: Paper | None = None
        self._printed: Paper | None = None
        self._without = ""
        self._busy = False
        self._halted = threading.Event()
        self._mailbox = mailbox()
        self._printer = QComboBox()
        self._printer.setObjectName("papier_printer")
        self._printer.setAccessibleName(self.tr("Printer"))
        self._printer.setPlaceholderText(self.tr("Printers zoeken…"))
        self._printer.setMinimumWidth(180)
        caption = label(self.tr("P&rinter"))
        caption.setBuddy(self._printer)
        self.print_button = button(self.tr("&Printen"), "papier_print", main=True)
        self.print_button.clicked.connect(self.on_print)
        self.save_button = button(verb or self.tr("&Opslaan als PDF…"), "papier_opslaan")
        self.save_button.clicked.connect(self.on_save)
        self._told = label("", "zacht", wrap=True)
        self._told.setObjectName("papier_voortgang")
        self._told.hide()
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName("papier_fout")
        self._error.hide()
        self._row = QGridLayout()
        self._row.setHorizontalSpacing(8)
        self._row.setVerticalSpacing(8)
        for column, made in enumerate((caption, self._printer, self.print_button, self.save_button)):
            self._row.addWidget(made, 0, column)
        self._row.setColumnStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._error)
        box.addWidget(self._told)
        box.addLayout(self._row)
        self._arrange()
        parent.finished.connect(self._halted.set)
        session.draw(self, lambda _: printers(), self._show_printers)

    def add(self, made: QPushButton) -> None:
        """Put a further button behind the others."""
        holder = QHBoxLayout()
        holder.addWidget(made)
        self._row.addLayout(holder, 0, self._row.columnCount())

    def show_paper(self, paper: Paper | None) -> None:
        """What would leave now; None while there is nothing ready."""
        self._paper = paper
        self._arrange()

    def take_focus(self) -> None:
        """Put the focus on what the worker does most."""
        (self.print_button if self.print_button.isEnabled() else self.save_button).setFocus()

    def complain(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def _show_printers(self, found: tuple[str, ...]) -> None:
        self._printer.clear()
        self._printer.addItems(found)
        if not found:
            self._printer.setPlaceholderText(self.tr("Geen printer gevonden"))
            self._printer.setCurrentIndex(-1)
        else:  # the one that was used last, or the system's own
            self._printer.setCurrentIndex(found.index(self._session.printer) if self._session.printer in found else 0)
        self._arrange()

    def _arrange(self) -> None:
        """What can be done now; the stronger button is the one that works."""
        ready = self._paper is not None and not self._busy
        may_print = self._printer.count() > 0
        self._printer.setEnabled(may_print and not self._busy)
        self.print_button.setEnabled(ready and may_print)
        self.save_button.setEnabled(ready)
        for made, main in ((self.print_button, may_print), (self.save_button, not may_print)):
            restyle(made, "hoofd", "ja" if main else "")
            made.setDefault(main)

    def _start(self, words: str) -> None:
        self._busy = True
        self.complain("")
        self._told.setText(words)
        self._told.setVisible(bool(words))
        self._arrange()

    def _stop(self) -> None:
        self._busy = False
        self._told.hide()
        self._arrange()

    @Slot()
    def on_print(self) -> None:
        paper, name = self._paper, self._printer.currentText()
        if paper is None or self._busy or not name:
            return
        self._session.printer = name
        if paper is self._printed:  # it is out, and was not recorded
            self._record(paper, name)
            return
        self._start(self.tr("Naar de printer…"))
        session, halted = self._session, self._halted

        def ended(found: _Printed) -> None:
            if shiboken6.isValid(self):
                self._was_printed(paper, name, found)
            elif found.out:  # nobody looks any more; it is out
                session.act(session, paper.record)

        def refused(error: VoordeurError) -> None:
            if shiboken6.isValid(self):
                self._refused(error)

        session.draw(
            session,
            lambda locking: _print(paper, name, self._tell, lambda: locking() or halted.is_set()),
            ended,
            refused,
        )

    def _tell(self, done: int, total: int) -> None:
        """From the thread that prints."""

        def tell() -> None:
            self._told.setText(self.tr("Bladzijde {n} van {alle} is klaar").format(n=done, alle=total))

        self._mailbox.leave(self, tell)  # translated there: by now this widget may have been destroyed

    def _was_printed(self, paper: Paper, name: str, found: _Printed) -> None:
        if not found.out:
            self._stop()
            return
        self._printed = paper
        self._without = "" if found.list_out else self.tr("De lijst kwam niet mee: de printer antwoordt niet meer.")
        self._record(paper, name)

    def _record(self, paper: Paper, name: str) -> None:
        words = f"{self.tr('Naar printer {naam} gestuurd.').format(naam=name)} {self._without}".strip()
        self._start("")
        self._session.act(self, paper.record, lambda _: self._out(words), self._refused)

    @Slot()
    def on_save(self) -> None:
        if self._paper is None:
            return
        chooser = QFileDialog(self, self.tr("Waar wil je dit opslaan?"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("pdf")
        chooser.setNameFilter(self.tr("PDF (*.pdf)"))
        chooser.selectFile(self._paper.naam)
        chooser.fileSelected.connect(lambda path: self.save(Path(path)))
        chooser.open()

    def save(self, path: Path) -> None:
        """Write the paper to this place and record it, once."""
        paper = self._paper
        if paper is None or self._busy:
            return
        self._start("")
        words = self.tr("Opgeslagen: {naam}").format(naam=path.name)
        self._session.act(self, lambda vault: paper.save(vault, path), lambda _: self._out(words), self._refused)

    def _out(self, words: str) -> None:
        self._paper = None
        self._stop()
        self.handed_over.emit(words)

    def _refused(self, error: VoordeurError) -> None:
        self._stop()
        self.complain(texts.explain(error))


class _Printed(NamedTuple):
    """Whether the paper came out, and the list with it."""

    out: bool
    list_out: bool


def _print(paper: Paper, name: str, progress: Callable[[int, int], None], stopped: Callable[[], bool]) -> _Printed:
    """The paper, and the list when there is one; for the thread that prints."""
    if not send(paper.pdf, name, two_sided=paper.two_sided, progress=progress, cancelled=stopped):
        return _Printed(out=False, list_out=False)
    if not paper.after:
        return _Printed(out=True, list_out=True)
    try:
        return _Printed(out=True, list_out=send(paper.after, name, two_sided=False))
    except KnownError:
        return _Printed(out=True, list_out=False)
