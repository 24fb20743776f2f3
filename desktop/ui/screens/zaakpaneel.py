"""The middle of a zaak: what to do now and why, the script, the form of the step, and the note."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.journal import Changes
from db.model.codes import BrpUitkomst, Handeling, Overslaan, Stap
from db.queries.dossier import Dossier
from desktop.casework.afsluiten import nazorg_due
from desktop.casework.ongedaan import may_be_undone
from desktop.casework.workflow import Advies, advies, term_text
from desktop.ui.forms.afsluiten import AfsluitenForm
from desktop.ui.forms.bellen import Bellen
from desktop.ui.forms.bezoekplan import BezoekAfzeggenForm, BezoekPlannenForm
from desktop.ui.forms.cak import CakForm, EigenBijdrageForm, RegelingForm
from desktop.ui.forms.controle import BekendheidForm, BrpForm
from desktop.ui.forms.form import Form, FormContext
from desktop.ui.forms.huisbezoek import Huisbezoek
from desktop.ui.forms.hulp import EersteGesprekForm, HulpaanbodForm
from desktop.ui.forms.nakijken import AfsprakenForm, NazorgForm
from desktop.ui.forms.notitie import NotitieForm
from desktop.ui.forms.plan import PlanForm
from desktop.ui.forms.reden import HeropenenForm, OverslaanForm
from desktop.ui.forms.situatie import SituatieForm
from desktop.ui.models.vandaag import urgency
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.status import ICONS
from desktop.ui.widgets.note import NoteField
from desktop.ui.widgets.parts import button, clear, label, restyle, tab_after
from desktop.ui.widgets.stepbar import StepBar
from desktop.ui.widgets.volgende import NextCall

FORMS: dict[str, tuple[type[Form], Handeling]] = {
    Stap.BELLEN.value: (Bellen, Handeling.CONTACTPOGING),
    Stap.HUISBEZOEK.value: (Huisbezoek, Handeling.CONTACTPOGING),
    Stap.HULPAANBOD.value: (HulpaanbodForm, Handeling.HULPAANBOD),
    Stap.EERSTE_GESPREK.value: (EersteGesprekForm, Handeling.EERSTE_GESPREK),
    Stap.PLAN.value: (PlanForm, Handeling.PLAN),
    Stap.AFSLUITEN.value: (AfsluitenForm, Handeling.AFSLUITEN),
    Stap.AFGESLOTEN.value: (HeropenenForm, Handeling.BRIEF),
    "bezoek_plannen": (BezoekPlannenForm, Handeling.CONTACTPOGING),
    "bezoek_afzeggen": (BezoekAfzeggenForm, Handeling.CONTACTPOGING),
    "overslaan": (OverslaanForm, Handeling.OVERSLAAN),
    "brp": (BrpForm, Handeling.BRP),
    "bekendheid": (BekendheidForm, Handeling.CONTACTPOGING),
    "cak": (CakForm, Handeling.HULPAANBOD),
    "regeling": (RegelingForm, Handeling.CONTACTPOGING),
    "eigenbijdrage": (EigenBijdrageForm, Handeling.HULPAANBOD),
    "afspraken": (AfsprakenForm, Handeling.CONTACTPOGING),
    "nazorg": (NazorgForm, Handeling.BRIEF),
    "notitie": (NotitieForm, Handeling.BRIEF),
    "situatie": (SituatieForm, Handeling.CONTACTPOGING),
}

_ONCE_CLOSED = frozenset({Stap.AFGESLOTEN.value, "nazorg"})
_AT_TABLE = frozenset({
    Stap.HULPAANBOD.value, Stap.EERSTE_GESPREK.value, Stap.PLAN.value, "cak", "regeling", "eigenbijdrage", "afspraken",
    "nazorg",
})  # fmt: skip
"""What is filled in together with the resident; the other forms show what is for the worker alone."""


class ActionPanel(QWidget):
    """Shows one form at a time; a form that acted is followed by the next action.

    `pinned` holds the footer of the form; it stands beneath the part that scrolls.
    """

    said = Signal(str)
    recorded = Signal(str)
    letter_asked = Signal()
    letter_offered = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inhoud")
        self._session = session
        self._incoming = False
        self._asked = ""  # what to begin with
        self._dossier: Dossier | None = None
        self._advies: Advies | None = None
        self._allowed: frozenset[Handeling] = frozenset()
        self._form: Form | None = None
        self._shown = ""
        self._acted = False
        self._at_table = self._low = False
        self._wants_focus = True
        self.next_call = NextCall(session)
        self.note = NoteField(session)
        self._lay_out()

    def open(self, zaak: UUID, *, incoming: bool, form: str) -> None:
        """Which zaak it is about, and with which form to begin when the facts allow that."""
        self._incoming, self._asked = incoming, form
        self.next_call.after = zaak
        self.note.open(zaak)

    def _lay_out(self) -> None:
        self._title = label("", "titel", wrap=True)
        self._title.setObjectName("actie")
        self._why = label("", "zacht", wrap=True)
        self._why.setObjectName("waarom")
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._why)
        self._head.addLayout(texts, 1)
        self._call = QVBoxLayout()
        self._head.addLayout(self._call)
        self._script = label("", "citaat", wrap=True)
        self._script.setObjectName("script")
        self._holder = QVBoxLayout()
        self.pinned = QWidget()
        self._below = QVBoxLayout(self.pinned)
        self._below.setContentsMargins(16, 8, 16, 4)
        self._work = QWidget()
        rest = self.tr("Kies hierboven een stap of een tabblad. De rest zie je weer als je F8 indrukt.")
        self._rest = label(rest, "zacht", wrap=True)
        self._rest.setObjectName("aan_tafel_rust")
        self._rest.setContentsMargins(16, 12, 16, 4)
        self._rest.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._rest.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._rest)
        outer.addWidget(self._work, 1)
        self._box = box = QVBoxLayout(self._work)
        self.set_low(low=False)
        box.addWidget(self.next_call)
        box.addLayout(self._head)
        box.addWidget(self._script)
        box.addLayout(self._holder)
        box.addWidget(self.note)
        box.addStretch(1)

    def set_low(self, *, low: bool) -> None:
        """On a low screen the parts stand closer together, so that what happened can be recorded without scrolling."""
        self._low = low
        self._box.setContentsMargins(16, 6 if low else 12, 16, 4)
        self._box.setSpacing(5 if low else 8)
        self._draw_together()

    def _draw_together(self) -> None:
        if self._form is not None:
            self._form.body.setSpacing(6 if self._low else 10)

    def show_dossier(self, dossier: Dossier, allowed: frozenset[Handeling]) -> None:
        """Show the next action; a form that is open for other facts than these gives way to it."""
        before = self._dossier
        self._dossier, self._allowed = dossier, allowed
        self._advies = advies(dossier.inwoner.naam, dossier.stand, self._session.instellingen, self._session.now())
        facts = (dossier.stand, dossier.signalen, dossier.situatie)
        if self._acted or before is None or (before.stand, before.signalen, before.situatie) != facts:
            asked, self._asked, self._acted = self._asked, "", False
            self._open(asked if self._allows(asked) else self._default())
            self.next_call.take(focus=not dossier.stand.bereikt)

    def set_at_table(self, *, on: bool) -> None:
        """Leave out what the resident should not read along; a form that is for the worker alone waits unseen."""
        self._at_table = on
        self.next_call.hide()
        self._cover()

    def _cover(self) -> None:
        form = self._form
        seen = form is not None and (not self._at_table or self._shown in _AT_TABLE)
        self._rest.setVisible(self._at_table and not seen)
        self._work.setVisible(seen or not self._at_table)
        self.pinned.setVisible(seen and form is not None and form.footer is not None)
        self.note.setVisible(form is not None and form.uses_note and not self._at_table)

    @property
    def shown(self) -> str:
        """The name of the form on screen."""
        return self._shown

    @property
    def form(self) -> Form | None:
        """The form on screen."""
        return self._form

    def mark(self, steps: StepBar) -> None:
        """Show in the step bar where this zaak stands."""
        if self._dossier is None or self._advies is None:
            return
        stand = self._dossier.stand
        done = {
            Stap.BELLEN: stand.bereikt or (bool(stand.pogingen) and self._advies.stap is not Stap.BELLEN),
            Stap.HUISBEZOEK: bool(stand.bezoeken),
            Stap.HULPAANBOD: stand.antwoord is not None,
            Stap.PLAN: stand.plan_op is not None,
        }
        steps.show_step(
            self._advies.stap,
            frozenset(stap for stap in Stap if self.may_show(stap.value)),
            frozenset(stap for stap, finished in done.items() if finished),
        )

    def _default(self) -> str:
        if self._dossier is None or self._advies is None:
            return ""
        current, stand = self._advies.stap, self._dossier.stand
        if Handeling.CONTACTPOGING in self._allowed and (self._incoming or stand.belofte_op is not None):
            return Stap.BELLEN.value
        if nazorg_due(stand, self._session.now()) and self.may_show("nazorg"):
            return "nazorg"
        if current is Stap.HULPAANBOD and Overslaan.HULPAANBOD in stand.overgeslagen:
            return Stap.AFSLUITEN.value
        return current.value

    def may_show(self, name: str) -> bool:
        """Whether the facts allow what the form of that name records, and the resident may read along."""
        return self._allows(name) and (not self._at_table or name in _AT_TABLE)

    def _allows(self, name: str) -> bool:
        if self._dossier is None or name not in FORMS or FORMS[name][1] not in self._allowed:
            return False
        return name not in _ONCE_CLOSED or self._dossier.stand.gesloten_op is not None

    def show_form(self, name: str) -> None:
        """Show a form by its name, when the facts allow what it records."""
        if self.may_show(name):
            self._open(name)

    def _open(self, name: str) -> None:
        if self._dossier is None or self._advies is None or not self._allows(name):
            return
        kind, _ = FORMS[name]
        context = FormContext(self._session, self._dossier, self._advies, self._note_along, self._incoming)
        focused = self._form is not None and self._form.isAncestorOf(QApplication.focusWidget() or self)
        self._remove_form()
        form = kind(context)
        form.acted.connect(self.on_acted)
        form.wanted.connect(self.on_wanted)
        self._form, self._shown = form, name
        self._draw_together()
        self._holder.addWidget(form)
        form.show()  # a layout shows its children only later, and the next key may come sooner
        self._show_header(form)
        if form.footer is not None:
            self._below.addWidget(form.footer)
            form.footer.show()
        self._cover()
        first = self._call.itemAt(0)
        above = first.widget() if first is not None else None
        tab_after(self._script, *([above] if above is not None else []), form)
        if form.footer is not None:
            tab_after(self.note.field, form.footer)
        if focused or self._wants_focus:
            self.take_focus()

    def _note_along(self) -> str:
        """The note that goes along with what is recorded; one that is out of sight waits."""
        return "" if self._at_table else self.note.text()

    def _show_header(self, form: Form) -> None:
        if self._advies is None:
            return
        main = self._shown == self._default()
        advised = main and not self._incoming and self._advies.stap is not Stap.AFGESLOTEN
        self._title.setText(self._advies.doe if advised else form.title)
        reason = form.subtitle or (self._advies.reden if main else "")
        term = self._term() if main else ""
        shown = " · ".join(part for part in (reason, term) if part)
        self._why.setText(shown[:1].upper() + shown[1:])
        self._why.setVisible(bool(shown))
        self._script.setText(form.script)
        self._script.setVisible(bool(form.script))
        first = form.header_button
        if main and self._needs_letter():
            first = button(self.tr("Brief maken"), "brief_nu", main=True)
            first.clicked.connect(self.letter_asked)
        if first is not None:
            restyle(first, "groot", "ja")
            self._call.addWidget(first)
            first.show()

    def _term(self) -> str:
        if self._advies is None or self._dossier is None:
            return ""
        term = term_text(self._dossier.stand, self._session.instellingen)
        icon = ICONS[urgency(self._advies.termijn, self._session.local_now().date())]
        return f"{icon} {term}" if term else ""

    def _needs_letter(self) -> bool:
        """Whether paper is the next action: without it a zaak without contact cannot be closed."""
        if self._advies is None or self._dossier is None or self._advies.stap is not Stap.AFSLUITEN:
            return False
        stand = self._dossier.stand
        unheard = stand.eerst_bereikt_op is None and stand.antwoord is None
        return unheard and stand.brief_op is None and stand.brp in {None, BrpUitkomst.KLOPT}

    def _remove_form(self) -> None:
        clear(self._call)
        clear(self._holder)
        clear(self._below)
        self._form = None

    def _has_the_worker(self) -> bool:
        """Whether the focus is on this screen or nowhere: who is typing in the search box is not taken away from it."""
        focus = QApplication.focusWidget()
        while focus is not None and not isinstance(focus, Screen):
            focus = focus.parentWidget()
        return focus is not None or QApplication.focusWidget() is None

    def take_focus(self) -> None:
        """Put the focus in the form; when it is not there yet, as soon as it is."""
        self._wants_focus = self._form is None
        if self._form is None:
            return
        if self._form.starts_in_note:
            self.note.field.setFocus()
        else:
            self._form.first_focus()

    def back(self) -> bool:
        """Leave the note, go a question back, or return to the next action."""
        if self.note.field.hasFocus() and not (self._form is not None and self._form.starts_in_note):
            self.take_focus()
            return True
        if self._form is not None and self._form.back():
            return True
        if self._shown != self._default():
            self._open(self._default())
            return True
        return False

    def drafts(self) -> tuple[tuple[str, str], ...]:
        """Half-typed text that is not kept yet."""
        return self.note.drafts() + (self._form.drafts() if self._form is not None else ())

    @Slot(object)
    def show_step(self, stap: Stap) -> None:
        self.show_form(stap.value)
        self.take_focus()

    @Slot()
    def show_call(self) -> None:
        self.show_form(Stap.BELLEN.value)
        self.take_focus()

    @Slot()
    def show_brp(self) -> None:
        self.show_form("brp")
        self.take_focus()

    @Slot()
    def show_skip(self) -> None:
        self.show_form("overslaan")
        self.take_focus()

    @Slot()
    def show_known(self) -> None:
        self.show_form("bekendheid")
        self.take_focus()

    @Slot(str)
    def on_wanted(self, name: str) -> None:
        """Another form by its name; the next action when that is empty."""
        if name:
            self.show_form(name)
        else:
            self._open(self._default())
        self.take_focus()

    @Slot(object, str)
    def on_acted(self, action: Callable[..., object], said: str) -> None:
        form = self._form
        if form is None:
            return
        went_along = form.uses_note and bool(self._note_along())

        def done(result: object) -> None:
            if went_along:
                self.note.recorded()
            self._incoming = False
            self._wants_focus = self._has_the_worker()
            self._acted, self._asked = True, form.then
            if isinstance(form, Bellen):
                self.next_call.look()
            undoable = isinstance(result, Changes) and may_be_undone(result)
            (self.recorded if undoable else self.said).emit(said)
            if form.letter is not None:
                self.letter_offered.emit(form.letter)
            if isinstance(result, Changes) and not result.dossiers:
                self._open(self._default())  # nothing was recorded, so nothing will be shown again

        def failed(error: VoordeurError) -> None:
            if self._form is form:
                form.refused(error)
            else:
                self._session.show_error(error)

        self._session.act(self, action, done, failed)
