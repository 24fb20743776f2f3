"""The note field: open at once, kept as it is typed, and saying so."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.queries import concepten
from desktop.casework.uitvoeren import NOTITIE_MAX
from desktop.ui import texts
from desktop.ui.session import Session
from desktop.ui.widgets.parts import label

_PAUSE_MS = 700


class DraftSaver(QObject):
    """Keeps the text of one place as an encrypted draft, a moment after the last key."""

    saved = Signal(str)
    failed = Signal()

    def __init__(self, session: Session, place: str, parent: QObject) -> None:
        super().__init__(parent)
        self.place = place
        self._session = session
        self._text = ""
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.on_pause)

    def keep(self, text: str) -> None:
        """Remember the text; it is written when the typing pauses."""
        self._text, self._dirty = text, True
        self._timer.start()

    def forget(self) -> None:
        """The text was recorded: take the draft away."""
        self._text, self._dirty = "", True
        self.on_pause()

    def pending(self) -> tuple[tuple[str, str], ...]:
        """Place and text when something was typed since the last writing; the caller writes it."""
        if not self._dirty:
            return ()
        self._dirty = False
        self._timer.stop()
        return ((self.place, self._text),)

    @Slot()
    def on_pause(self) -> None:
        self._timer.stop()
        self._dirty = False
        place, text = self.place, self._text
        moment = self._session.local_now()

        def done(_: None) -> None:
            self.saved.emit(f"{moment:%H:%M}" if text else "")

        def failed(error: VoordeurError) -> None:
            self._dirty = True
            self.failed.emit()
            self._session.show_error(error)

        self._session.note(
            self, lambda vault: concepten.save(vault.connection, place, text, vault.clock()), done, failed
        )


class NoteEdit(QPlainTextEdit):
    """Refuses a paste that does not fit, before the text is laid out; `full` says so."""

    full = Signal()

    def insertFromMimeData(self, source: QMimeData) -> None:
        room = NOTITIE_MAX - (self.document().characterCount() - 1)
        if len(source.text()) > room + len(self.textCursor().selectedText()):
            self.full.emit()
            return
        super().insertFromMimeData(source)


class NoteField(QWidget):
    """The note of a zaak; `text()` goes along with the next thing that is recorded."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._saver = DraftSaver(session, "", self)
        self._saver.saved.connect(self.on_saved)
        self._saver.failed.connect(self.on_failed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        row = QHBoxLayout()
        caption = QLabel(self.tr("&Notitie"))
        caption.setProperty("rol", "kop")
        row.addWidget(caption)
        row.addWidget(label(self.tr("(de inwoner kan dit lezen bij inzage)"), "zacht"))
        row.addStretch(1)
        self._status = label("", "zacht")
        self._status.setObjectName("notitie_status")
        row.addWidget(self._status)
        box.addLayout(row)
        self.field = NoteEdit()
        self.field.full.connect(self.on_full)
        self.field.setObjectName("notitie")
        self.field.setAccessibleName(self.tr("Notitie"))
        self.field.setAccessibleDescription(self.tr("De inwoner kan dit lezen bij inzage."))
        self.field.setPlaceholderText(self.tr("Alleen wat nodig is om te helpen…"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * 2 + 16)
        self.field.textChanged.connect(self.on_text_changed)
        caption.setBuddy(self.field)
        box.addWidget(self.field)

    def open(self, zaak: UUID) -> None:
        """Whose note it is; what was half typed before comes back."""
        place = self._saver.place = f"notitie:{zaak}"
        self._session.note(self, lambda vault: concepten.read(vault.connection, place), self._restore)

    def text(self) -> str:
        """What stands in the field."""
        return self.field.toPlainText()

    def recorded(self) -> None:
        """The note went along with an event: empty the field and take the draft away."""
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._status.setText("")
        self._saver.forget()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        """What was typed and is not kept yet."""
        return self._saver.pending()

    def _restore(self, text: str) -> None:
        if text and not self.text():
            self.field.blockSignals(True)
            self.field.setPlainText(text)
            self.field.blockSignals(False)
            self._status.setText(self.tr("Je concept staat er nog"))

    @Slot()
    def on_text_changed(self) -> None:
        if self.field.document().characterCount() - 1 > NOTITIE_MAX:
            self.field.undo()
            self.on_full()
            return
        self._status.setText(self.tr("Wordt opgeslagen…"))
        self._saver.keep(self.text())

    @Slot()
    def on_failed(self) -> None:
        self._status.setText(self.tr("▲ Nog niet opgeslagen"))

    @Slot()
    def on_full(self) -> None:
        self._status.setText(self.tr("Een notitie is hoogstens {n} tekens.").format(n=texts.count(NOTITIE_MAX)))

    @Slot(str)
    def on_saved(self, moment: str) -> None:
        self._status.setText(self.tr("✓ Opgeslagen {tijd}").format(tijd=moment) if moment else "")
