"""What every form of a zaak has: a title, an optional script, a body, and one action to send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import QDate, QDateTime, QTime, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDateTimeEdit,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import VoordeurError
from db.model.codes import Dagdeel
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.casework.kalender import AMSTERDAM
from desktop.casework.workflow import Advies
from desktop.ui import texts
from desktop.ui.session import Session
from desktop.ui.widgets.maand import give_month
from desktop.ui.widgets.parts import KeyButton, button, label
from desktop.ui.widgets.scroll import bring_into_view

Action = Callable[[Vault], object]


@dataclass(frozen=True)
class FormContext:
    """What a form is made from: frozen facts, the advice, and where to read the note."""

    session: Session
    dossier: Dossier
    advies: Advies
    note: Callable[[], str]
    incoming: bool = False

    @property
    def zaak(self) -> UUID:
        """Whose zaak."""
        return self.dossier.zaak

    @property
    def naam(self) -> str:
        """The resident's name."""
        return self.dossier.inwoner.naam

    def now(self) -> datetime:
        """The moment in the Netherlands, to the minute."""
        return self.session.local_now().replace(second=0, microsecond=0)


@dataclass(frozen=True)
class Briefvoorstel:
    """A letter that is offered once a form has acted, with what is known of it already."""

    soort: str
    datum: date | None = None
    dagdeel: Dagdeel | None = None


class Form(QWidget):
    """Emits `acted` with an action for the vault and the words that confirm it; one event id per form.

    `wanted` asks for another form by name, or for the next action when it is empty; `then` names the one to show once
    this one acted. The footer of a long form stays in sight while the form scrolls.
    """

    acted = Signal(object, str)
    wanted = Signal(str)
    uses_note = False
    starts_in_note = False

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.event_id = context.session.new_id()
        self.title = context.advies.doe
        self.subtitle = ""
        self.script = ""
        self.header_button: QPushButton | None = None
        self.footer: QWidget | None = None
        self.letter: Briefvoorstel | None = None
        self.then = ""
        self._sent = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        self.error = label("", "fout", wrap=True)
        self.error.setObjectName("formulierfout")
        self.error.hide()

    def send(self, action: Action, said: str) -> None:
        """Send the action once; until it is refused nothing else is sent from this form."""
        if self._sent:
            return
        self._sent = True
        self.error.hide()
        self.acted.emit(action, said)

    def refused(self, error: VoordeurError) -> None:
        """The action was refused: say beside the form what to do, and let the worker try again."""
        self._sent = False
        self.error.setText(texts.explain(error))
        self.error.show()
        self.error.setAccessibleName(self.error.text())
        bring_into_view(self.error)

    def first_focus(self) -> None:
        """Put the focus on what is used most."""
        for made in self.findChildren(QPushButton):
            if made.isVisibleTo(self) and made.isEnabled():
                made.setFocus()
                return

    def back(self) -> bool:
        """Go one question back; False when there is none."""
        return False

    def drafts(self) -> tuple[tuple[str, str], ...]:
        """Half-typed text of this form that is not kept yet."""
        return ()


def choices(options: Sequence[tuple[str, str, Callable[[], None]]], *, columns: int = 3, first: int = 1) -> QWidget:
    """A grid of buttons on the number keys: object name, text, and what happens."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)
    for index, (name, text, action) in enumerate(options):
        made = KeyButton(text, name, str(index + first))
        made.clicked.connect(action)
        grid.addWidget(made, index // columns, index % columns)
    return holder


def pinned_button(form: Form, verb: str) -> tuple[QWidget, QPushButton]:
    """A footer that stays in sight: the error of the form, and its one button."""
    footer = QWidget()
    box = QVBoxLayout(footer)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(form.error)
    made = button(verb, "vastleggen", main=True)
    row = QHBoxLayout()
    row.addWidget(made)
    row.addStretch(1)
    box.addLayout(row)
    return footer, made


def captioned(text: str, field: QWidget, name: str) -> QLabel:
    """A label with its mnemonic for a field; names the field for tests and screen readers."""
    made = QLabel(text)
    made.setBuddy(field)
    field.setObjectName(name)
    field.setAccessibleName(text.replace("&", ""))
    return made


def moment_field(moment: datetime, latest: datetime | None = None, earliest: datetime | None = None) -> QDateTimeEdit:
    """A field for a local date and time."""
    field = QDateTimeEdit(_qdatetime(moment))
    field.setDisplayFormat("ddd d MMM yyyy HH:mm")
    give_month(field)
    if earliest is not None:
        field.setMinimumDateTime(_qdatetime(earliest))
    if latest is not None:
        field.setMaximumDateTime(_qdatetime(latest))
    return field


def day_field(moment: date) -> QDateEdit:
    """A field for a date."""
    field = QDateEdit(QDate(moment.year, moment.month, moment.day))
    field.setDisplayFormat("ddd d MMM yyyy")
    give_month(field)
    return field


def chosen_moment(field: QDateTimeEdit) -> datetime:
    """The moment in a field, aware."""
    value = field.dateTime()
    day, time = value.date(), value.time()
    return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=AMSTERDAM)


def _qdatetime(moment: datetime) -> QDateTime:
    return QDateTime(QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute))
