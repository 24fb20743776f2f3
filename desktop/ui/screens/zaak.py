"""Zaak: the resident at the left, the one next action in the middle, what happened at the right."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from db.errors import RegelOvertreding
from db.model.codes import Handeling, Stap
from db.queries import dossier as dossiers
from db.queries.dossier import Dossier
from desktop.casework.inzien import open_dossier
from desktop.casework.regels import Regel
from desktop.casework.workflow import mag
from desktop.ui.forms.form import Briefvoorstel
from desktop.ui.models.tijdlijn import Story
from desktop.ui.models.vandaag import ADRESCONTROLE, PAREN
from desktop.ui.screens.screen import Screen
from desktop.ui.screens.zaakbladen import BriefBlad, NotitieBlad, PlanBlad, VerzondenBlad
from desktop.ui.screens.zaakpaneel import ActionPanel
from desktop.ui.session import Session
from desktop.ui.tasks import NEXT_TURN_MS
from desktop.ui.widgets.dossiercards import CallsCard, KnownCard, ResidentCard, SignalCard, SituationCard
from desktop.ui.widgets.parts import Card, button, label
from desktop.ui.widgets.scroll import TallScroll
from desktop.ui.widgets.stepbar import StepBar
from desktop.ui.widgets.timeline import Timeline

_LEFT, _RIGHT, _WIDE, _LOW = 248, 244, 1100, 600
_EMPTY_MS = 150
"""When the dossier is not there by then, such as while a delivery is being recorded, the empty screen is shown."""
_DO, _STORY, _PLAN, _NOTES = range(4)
"""The first tabs; the timeline is one only where it does not fit beside the form."""


class Zaak(Screen):
    """One zaak, once; it may be put together before anybody knows which. Opening records the access first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._zaak: UUID | None = None
        self._dossier: Dossier | None = None
        self._checks_address = False
        self.filled = False
        """Whether the dossier is on screen."""
        self._allowed: frozenset[Handeling] = frozenset()
        self._at_table = False
        self.steps = StepBar()
        self.panel = ActionPanel(session)
        self.panel.said.connect(self.said)
        self.panel.recorded.connect(self.on_recorded)
        self.panel.letter_asked.connect(self.on_letter)
        self.panel.letter_offered.connect(self.on_letter_offered)
        self.steps.chosen.connect(self.on_step)
        self._resident, self._signal, self._known = ResidentCard(), SignalCard(), KnownCard()
        self._known.asked.connect(partial(self.show_form, "bekendheid"))
        self._known.pairs_asked.connect(partial(self.wanted.emit, PAREN))
        self._timeline = Timeline("tijdlijn", self.tr("Tijdlijn"))
        letters = BriefBlad(session)
        letters.again.connect(self.on_letter_offered)
        letters.said.connect(self.said)
        self._sheets = (PlanBlad(session), NotitieBlad(session), letters, VerzondenBlad(session))
        self._calls, self._situation = CallsCard(), SituationCard()
        self._situation.asked.connect(self.show_form)
        self._resident.reveal_asked.connect(self.on_reveal)
        self._resident.check_asked.connect(self.on_check)
        self.panel.next_call.opened.connect(self.on_next)
        self._pages = QStackedWidget()
        self._tabs = QTabBar()
        self._lay_out()
        for key, meaning, action in (
            ("Ctrl+N", self.tr("Nieuwe belpoging"), partial(self.show_form, Stap.BELLEN.value)),
            ("Ctrl+P", self.tr("Brief maken"), self.on_letter),
            ("Ctrl+B", self.tr("Huisbezoek plannen"), self.on_visit),
            ("Ctrl+T", self.tr("Tijdlijn"), self.on_turn_tab),
            ("Ctrl+PgDown", self.tr("Volgend tabblad"), partial(self._next_tab, 1)),
            ("Ctrl+PgUp", self.tr("Vorig tabblad"), partial(self._next_tab, -1)),
        ):
            QShortcut(QKeySequence(key), self, action).setWhatsThis(meaning)

    def open(self, zaak: UUID, *, incoming: bool = False, form: str = "") -> None:
        """Show this zaak, at a form by its name when the facts allow that; `incoming` when the resident calls."""
        self._zaak = zaak
        self._checks_address = form == ADRESCONTROLE
        self.panel.open(zaak, incoming=incoming, form=form)
        self._stale = False
        self.setUpdatesEnabled(False)  # an empty screen that is painted first only flickers
        QTimer.singleShot(_EMPTY_MS, self, partial(self.setUpdatesEnabled, True))
        self.session.open(self, lambda vault: open_dossier(vault, zaak, scherm="Zaak"), self._show)

    def _lay_out(self) -> None:
        self._left = left = QWidget()
        left.setObjectName("inhoud")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(13)
        for card in (self._resident, self._signal, self._known, self._calls, self._situation):
            column.addWidget(card)
        column.addStretch(1)
        left_scroll = TallScroll(left)
        left_scroll.setFixedWidth(_LEFT)
        self._step_card = Card(margin=10)
        self._step_card.box.addWidget(self.steps)
        buttons = self._buttons()
        work = Card(margin=0, spacing=0)
        work.box.addWidget(TallScroll(self.panel), 1)
        work.box.addWidget(self.panel.pinned)
        work.box.addLayout(buttons)
        self._tabs.setObjectName("tabbladen")
        self._tabs.setAccessibleName(self.tr("Wat wil je zien?"))
        for text in (
            self.tr("Nu doen"),
            self.tr("Tijdlijn"),
            self.tr("Plan"),
            self.tr("Notities"),
            self.tr("Brieven"),
            self.tr("Naar het CAK"),
        ):
            self._tabs.addTab(text)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        self._pages.addWidget(work)
        self._tab_home = Card()
        self._pages.addWidget(self._tab_home)
        for sheet in self._sheets:
            sheet.wanted.connect(self.show_form)
            self._pages.addWidget(sheet)
        self._middle = middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self._step_card)
        middle.addWidget(self._tabs)
        middle.addWidget(self._pages, 1)
        self._right = Card()
        self._right.setFixedWidth(_RIGHT)
        self._right.box.addWidget(label(self.tr("Tijdlijn"), "kop"))
        self._right.box.addWidget(self._timeline, 1)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(16)
        row.addWidget(left_scroll)
        row.addLayout(middle, 1)
        row.addWidget(self._right)

    def _buttons(self) -> QHBoxLayout:
        self._letter = button(self.tr("&Brief maken"), "brief")
        self._letter.clicked.connect(self.on_letter)
        self._visit = button(self.tr("Huisbezoek plannen"), "huisbezoek_plannen")
        self._visit.setToolTip(self.tr("Huisbezoek plannen (Ctrl+B)"))
        self._visit.clicked.connect(self.on_visit)
        self._more = button(self.tr("&Meer"), "meer")
        self._more.setAccessibleDescription(self.tr("Wat je in een zaak nog meer kunt vastleggen"))
        self._more.setMenu(self._menu())
        self._access = button(self.tr("In&zage"), "inzage")
        self._access.clicked.connect(self.on_access)
        self._button_row = row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._letter)
        row.addWidget(self._visit)
        row.addWidget(self._more)
        row.addStretch(1)
        row.addWidget(self._access)
        return row

    def _menu(self) -> QMenu:
        """What is recorded less often; each stands there as long as the facts allow it."""
        menu = QMenu(self._more)
        menu.setObjectName("meer_keuzes")
        self._extra: dict[str, QAction] = {}
        for name, text, key in (
            ("notitie", self.tr("Notitie maken"), ""),
            ("cak", self.tr("Samen het CAK bellen"), ""),
            ("regeling", self.tr("Afspraak met het CAK nakijken"), ""),
            ("eigenbijdrage", self.tr("Eigen bijdrage nakijken"), ""),
            ("afspraken", self.tr("Afspraken van het plan nakijken"), ""),
            ("nazorg", self.tr("Is het gelukt?"), ""),
            ("brp", self.tr("BRP-controle vastleggen"), "Alt+P"),
            ("overslaan", self.tr("Stap overslaan"), "Alt+O"),
        ):
            made = QAction(text, self)
            made.setObjectName(name)
            made.setShortcut(QKeySequence(key))
            made.triggered.connect(partial(self.show_form, name))
            self.addAction(made)  # its key works while the menu is closed
            menu.addAction(made)
            self._extra[name] = made
        return menu

    def refresh(self) -> None:
        """Read the dossier again; nobody looks at another than is on screen."""
        zaak = self._zaak
        if zaak is not None and self._dossier is not None:
            self.session.ask(self, lambda connection: _load(connection, zaak), self._show_again)

    def _show_again(self, dossier: Dossier | None) -> None:
        if dossier is not None and dossier != self._dossier:
            self._show(dossier)

    def _show(self, dossier: Dossier) -> None:
        self._dossier = dossier
        allowed = frozenset(
            mag(dossier.stand, alleen_lezen=dossier.alleen_lezen, andere_zaak_open=dossier.andere_zaak_open)
        )
        self._letter.setEnabled(Handeling.BRIEF in allowed)
        self._access.setEnabled(Handeling.INZAGE in allowed)
        self._allowed = allowed
        self.panel.show_dossier(dossier, allowed)
        self._offer(dossier)
        QTimer.singleShot(NEXT_TURN_MS, self, self._show_facts)  # together they hold up the window too long
        asked, self._checks_address = self._checks_address, False
        if asked and dossier.stand.adres_geblokkeerd and Handeling.CONTACTPOGING in allowed:
            self.on_check()

    @Slot()
    def _show_facts(self) -> None:
        """Show what is known beside the form: the timeline, the other pages and the cards at the left.

        The cards are filled out of sight, or each of their labels would lay out the whole column again.
        """
        dossier = self._dossier
        if dossier is None:
            return
        may_record = Handeling.CONTACTPOGING in self._allowed
        self._timeline.show_moments(Story(dossier.logboek, self.session.namen))
        for sheet in self._sheets:
            sheet.show_dossier(dossier)
        self._left.hide()
        self._resident.show_dossier(dossier, self.session)
        self._calls.show_dossier(dossier, self.session)
        self._situation.show_dossier(dossier, self.session.local_now().date(), may_record=may_record)
        self._signal.show_dossier(dossier)
        self._known.show_dossier(dossier, may_record=may_record)
        self._uncover()
        self._left.show()
        self.filled = True
        self.setUpdatesEnabled(True)

    def _offer(self, dossier: Dossier) -> None:
        """The steps and actions that the facts allow, and who is looking."""
        self._visit.setVisible(Handeling.CONTACTPOGING in self._allowed and not self._at_table)
        for name, made in self._extra.items():
            made.setVisible(
                self.panel.may_show(name) and (name != "afspraken" or dossier.stand.plan_versie is not None)
            )
        self._more.setVisible(not self._at_table or any(made.isVisible() for made in self._extra.values()))
        self.panel.mark(self.steps)

    def set_at_table(self, *, on: bool) -> None:
        """Show only what this resident may read: no notes, no timeline, no situation, no way to reach them."""
        self._at_table = on
        self.panel.set_at_table(on=on)
        self._uncover()
        self._arrange()
        if self._dossier is not None:
            self._resident.set_at_table(self._dossier, self.session, on=on)
            self._offer(self._dossier)

    def _uncover(self) -> None:
        """The cards that the resident may not read along; when was called also goes once the zaak is closed."""
        closed = self._dossier is not None and self._dossier.stand.gesloten_op is not None
        self._calls.setVisible(not (self._at_table or closed))
        self._situation.setVisible(not self._at_table)
        self._known.setVisible(not self._at_table)

    @property
    def dossier(self) -> Dossier | None:
        """The dossier on screen."""
        return self._dossier

    def show_form(self, name: str) -> None:
        """Show a form by name, as the buttons do."""
        self._tabs.setCurrentIndex(_DO)
        self.panel.show_form(name)
        self.panel.take_focus()

    def take_focus(self) -> None:
        """The form, once it is there."""
        self.panel.take_focus()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        return self.panel.drafts()

    def back(self) -> bool:
        """One question back, or from a form to the next action; False when there is nothing to go back to."""
        if self._tabs.currentIndex() != _DO:
            self._tabs.setCurrentIndex(_DO)
            self.panel.take_focus()
            return True
        return self.panel.back()

    def help_page(self) -> str:
        return self.panel.shown

    @Slot(str)
    def on_recorded(self, text: str) -> None:
        self.recorded.emit(self._zaak, text)

    @Slot()
    def on_visit(self) -> None:
        self.show_form("bezoek_plannen")

    @Slot()
    def on_letter(self) -> None:
        self._offer_letter(None)

    @Slot(object)
    def on_letter_offered(self, voorstel: Briefvoorstel) -> None:
        self._offer_letter(voorstel)

    def _offer_letter(self, voorstel: Briefvoorstel | None) -> None:
        from desktop.ui.dialogs.brief import LetterDialog

        if self._dossier is None or not self._letter.isEnabled():
            return
        if self._dossier.stand.adres_geblokkeerd:
            self.session.show_error(RegelOvertreding(Regel.ADRES_GEHEIM))
        else:
            dialog = LetterDialog(self.session, self._dossier, self, voorstel)
            dialog.said.connect(self.said)
            dialog.open()

    @Slot()
    def on_access(self) -> None:
        from desktop.ui.dialogs.inzage import AccessDialog

        if self._dossier is not None:
            dialog = AccessDialog(self.session, self._dossier, self)
            dialog.said.connect(self.said)
            dialog.open()

    @Slot(object)
    def on_step(self, stap: Stap) -> None:
        self.show_form(stap.value)

    @Slot()
    def on_reveal(self) -> None:
        from desktop.ui.dialogs.adres import RevealDialog

        if self._zaak is None:
            return
        dialog = RevealDialog(self.session, self._zaak, self)
        dialog.revealed.connect(self.on_revealed)
        dialog.open()

    @Slot()
    def on_revealed(self) -> None:
        if self._dossier is not None:
            self._resident.reveal(self._dossier, self.session)

    @Slot()
    def on_check(self) -> None:
        from desktop.ui.dialogs.adres import AddressCheckDialog

        if self._zaak is None:
            return
        dialog = AddressCheckDialog(self.session, self._zaak, self)
        dialog.said.connect(self.on_recorded)
        dialog.open()

    @Slot(object)
    def on_next(self, zaak: UUID) -> None:
        self.opened.emit(zaak, Stap.BELLEN.value)

    @Slot()
    def on_turn_tab(self) -> None:
        """The timeline: beside the form, or on its tab and back."""
        if self._at_table:
            return
        if self._tabs.isTabVisible(_STORY):
            self._turn_to(_DO if self._tabs.currentIndex() == _STORY else _STORY)
        else:
            self._timeline.setFocus()

    def _next_tab(self, by: int) -> None:
        shown = [index for index in range(self._tabs.count()) if self._tabs.isTabVisible(index)]
        place = shown.index(self._tabs.currentIndex()) + by
        self._turn_to(shown[place % len(shown)])

    def _turn_to(self, index: int) -> None:
        self._tabs.setCurrentIndex(index)
        if index == _DO:
            self.panel.take_focus()
        elif index == _STORY:
            self._timeline.setFocus()
        else:
            self._sheets[index - _PLAN].take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._set_low(low=self.height() < _LOW)

    def _set_low(self, *, low: bool) -> None:
        """On a low screen the room between the parts goes to the form."""
        self._row.setContentsMargins(16, 6 if low else 16, 16, 6 if low else 16)
        self._step_card.box.setContentsMargins(10, 2 if low else 10, 10, 2 if low else 10)
        self._middle.setSpacing(4 if low else 8)
        self._button_row.setContentsMargins(16, 4 if low else 8, 16, 6 if low else 14)
        self.panel.set_low(low=low)

    def _arrange(self) -> None:
        """The timeline beside the form where there is room for it; nowhere while the resident reads along."""
        wide = self.width() >= _WIDE
        self._right.setVisible(wide and not self._at_table)
        home = self._right if wide else self._tab_home
        if self._timeline.parentWidget() is not home:
            home.box.addWidget(self._timeline, 1)
        for tab, seen in ((_STORY, not wide and not self._at_table), (_NOTES, not self._at_table)):
            if not seen and self._tabs.currentIndex() == tab:
                self._tabs.setCurrentIndex(_DO)
            if self._tabs.isTabVisible(tab) != seen:  # saying what is so already would make Qt forget to lay them out
                self._tabs.setTabVisible(tab, seen)


def _load(connection: Any, zaak: UUID) -> Dossier | None:  # noqa: ANN401  # the connection's type belongs to db
    return dossiers.load(connection, zaak)
