"""The pages beside what is to be done in a zaak: the plan, the notes, the letters, and what went to the CAK."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from db.model import gebeurtenis as g
from db.queries.dossier import Dossier
from desktop.casework import hulp
from desktop.casework.kalender import lokale_datum
from desktop.documents.verschillen import plan_naast
from desktop.ui import texts
from desktop.ui.forms.form import Briefvoorstel, captioned
from desktop.ui.models.terugmelden import STATUS, state, told
from desktop.ui.models.tijdlijn import Moment, Story
from desktop.ui.session import Session
from desktop.ui.status import ICONS
from desktop.ui.widgets.naast import SideBySideTable
from desktop.ui.widgets.parts import Card, button, label
from desktop.ui.widgets.timeline import Timeline


class Blad(Card):
    """A page of a zaak; it is made and filled when it is on screen. `wanted` asks for a form by name."""

    wanted = Signal(str)

    def __init__(self, session: Session, title: str, empty: str) -> None:
        super().__init__()
        self._session = session
        self._dossier: Dossier | None = None
        self._shown: Dossier | None = None
        self._title, self._nothing = title, empty
        self._empty: QLabel | None = None

    def show_dossier(self, dossier: Dossier) -> None:
        """The dossier changed: fill the page now when it is visible, else when it is shown."""
        self._dossier = dossier
        if self.isVisible():
            self._refresh()

    @abstractmethod
    def lay_out(self) -> None:
        """Make what the page consists of, beneath its title."""

    @abstractmethod
    def fill(self, dossier: Dossier) -> bool:
        """Show what the dossier holds; returns whether there is anything."""

    def take_focus(self) -> None:
        """Put the focus on what the page is about."""

    def _refresh(self) -> None:
        if self._dossier is None or self._dossier is self._shown:
            return
        if self._empty is None:
            self.box.addWidget(label(self._title, "kop"))
            self._empty = label(self._nothing, wrap=True)
            self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.box.addWidget(self._empty, 1)
            self.lay_out()
            for made in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
                made.show()  # a layout shows its children only later, and the focus may come sooner
        self._shown = self._dossier
        self._empty.setVisible(not self.fill(self._dossier))

    def _buttons(self, *made: QPushButton) -> None:
        row = QHBoxLayout()
        for one in made:
            row.addWidget(one)
        row.addStretch(1)
        self.box.addLayout(row)

    def _asks(self, text: str, name: str, form: str) -> QPushButton:
        made = button(text, name)
        made.clicked.connect(partial(self.wanted.emit, form))
        return made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()


class _ListBlad(Blad):
    """A page that is one list."""

    def __init__(self, session: Session, title: str, empty: str, name: str) -> None:
        super().__init__(session, title, empty)
        self._name = name

    def lay_out(self) -> None:
        self._list = Timeline(self._name, self._title)
        self.box.addWidget(self._list, 1)

    def take_focus(self) -> None:
        self._list.setFocus()


class NotitieBlad(_ListBlad):
    """Every note, whatever it was recorded with."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, self.tr("Notities"), self.tr("Er zijn nog geen notities bij deze zaak."), "notities")

    def lay_out(self) -> None:
        super().lay_out()
        self._make = self._asks(self.tr("Notitie maken"), "notitie_maken", "notitie")
        self._buttons(self._make)

    def fill(self, dossier: Dossier) -> bool:
        story = Story(dossier.logboek, self._session.namen, _has_note)
        self._list.show_moments(story)
        self._make.setEnabled(not dossier.alleen_lezen)
        return bool(story)


def _has_note(event: g.Gebeurtenis) -> bool:
    """Whether an event carries a note, whatever its kind calls it."""
    found = event.inhoud
    return bool(getattr(found, "notitie", "") or getattr(found, "tekst", ""))


class BriefBlad(_ListBlad):
    """The letters that were made and left the house, by whom and when; each can be made again."""

    again = Signal(object)
    said = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session, self.tr("Brieven"), self.tr("Er is nog geen brief of kaartje gemaakt."), "brieven")
        self._story: Story | None = None
        self._here: tuple[UUID, ...] = ()

    def lay_out(self) -> None:
        super().lay_out()
        self._sent = button(self.tr("Op de post…"), "brief_verzonden")
        self._sent.clicked.connect(self.on_sent)
        self._make = button(self.tr("Maak opnieuw…"), "brief_opnieuw")
        self._make.clicked.connect(self.on_again)
        self._list.allow_choice()
        self._list.chosen.connect(self.on_again)
        self._buttons(self._sent, self._make)

    def fill(self, dossier: Dossier) -> bool:
        self._story = Story(
            dossier.logboek,
            self._session.namen,
            lambda event: isinstance(event.inhoud, g.BriefGemaakt | g.BriefVerzonden),
        )
        self._list.show_moments(self._story)
        self._make.setEnabled(bool(self._story) and not dossier.alleen_lezen)
        left = {event.inhoud.gemaakt for event in dossier.gebeurtenissen if isinstance(event.inhoud, g.BriefVerzonden)}
        made = [event.id for event in dossier.gebeurtenissen if isinstance(event.inhoud, g.BriefGemaakt)]
        self._here = tuple(letter for letter in made if letter not in left)
        self._sent.setEnabled(bool(self._here) and not dossier.alleen_lezen)
        return bool(self._story)

    @Slot()
    def on_sent(self) -> None:
        from desktop.ui.dialogs.verzonden import SentDialog

        dialog = SentDialog(self._session, self, self._here)
        dialog.said.connect(self.said)
        dialog.look()

    @Slot()
    def on_again(self) -> None:
        if self._story and self._make.isEnabled():
            found = self._story.event(max(self._list.currentIndex().row(), 0)).inhoud
            if isinstance(found, g.BriefGemaakt | g.BriefVerzonden):
                self.again.emit(Briefvoorstel(found.brief))


class VerzondenBlad(_ListBlad):
    """What the CAK was told or will be, in the exact words, with the state of each message."""

    def __init__(self, session: Session) -> None:
        empty = self.tr("Er is niets naar het CAK gegaan en er staat niets klaar. Dat gebeurt pas bij het afsluiten.")
        super().__init__(session, self.tr("Wat naar het CAK ging"), empty, "verzonden")

    def fill(self, dossier: Dossier) -> bool:
        made = []
        for message in reversed(dossier.berichten):
            lines = [
                self.tr("Signaal {signaal}, klantnummer {nummer}").format(
                    signaal=message.signaal, nummer=message.klantnummer
                )
            ]
            if message.vervangt is not None:
                lines.append(self.tr("In plaats van een eerder bericht over dit signaal"))
            tag = f"{ICONS[STATUS[message.staat]]} {state(message.staat)}"
            made.append(
                Moment(
                    titel=f"{message.code.value}: “{told(message.code)}”",
                    wanneer=f"{texts.full_day(message.datum)} · {tag}",
                    regels=tuple(lines),
                )
            )
        self._list.show_moments(tuple(made))
        return bool(made)


class PlanBlad(Blad):
    """The plan van aanpak: the version that holds, and each version beside the one before it."""

    def __init__(self, session: Session) -> None:
        empty = self.tr("Er is nog geen plan van aanpak. Dat maak je na het eerste gesprek.")
        super().__init__(session, self.tr("Plan van aanpak"), empty)
        self._plans: list[tuple[g.Gebeurtenis, g.PlanVanAanpakOpgesteld]] = []

    def lay_out(self) -> None:
        self._version = QComboBox()
        self._version.currentIndexChanged.connect(self.on_version)
        row = QHBoxLayout()
        self._caption = captioned(self.tr("Versie"), self._version, "planversie")
        row.addWidget(self._caption)
        row.addWidget(self._version, 1)
        self.box.addLayout(row)
        self._table = SideBySideTable("plan_naast_elkaar", self.tr("Plan van aanpak"))
        self.box.addWidget(self._table, 1)
        self._edit = self._asks(self.tr("Plan aanpassen"), "plan_aanpassen", "plan")
        self._look = self._asks(self.tr("Afspraken nakijken"), "afspraken_nakijken", "afspraken")
        self._buttons(self._edit, self._look)

    def fill(self, dossier: Dossier) -> bool:
        self._plans = [
            (event, event.inhoud)
            for event in dossier.gebeurtenissen
            if isinstance(event.inhoud, g.PlanVanAanpakOpgesteld)
        ]
        current = hulp.current_plan(dossier)
        if current is not None:
            self._plans[-1] = (self._plans[-1][0], current)  # with its agreements as they were last looked at
        for made in (self._caption, self._version, self._table, self._edit, self._look):
            made.setVisible(current is not None)
        may = dossier.stand.gesloten_op is None and not dossier.alleen_lezen
        self._edit.setEnabled(may)
        self._look.setEnabled(may)
        self._version.blockSignals(True)
        self._version.clear()
        for event, made_plan in reversed(self._plans):
            who = self._session.namen.get(event.door, "")
            text = self.tr("Versie {n} · {dag} · {wie}").format(
                n=made_plan.versie, dag=texts.full_day(lokale_datum(event.op)), wie=who
            )
            holds = self.tr("{tekst} (geldt nu)").format(tekst=text)
            self._version.addItem(holds if made_plan is current else text)
        self._version.blockSignals(False)
        self.on_version()
        return current is not None

    def take_focus(self) -> None:
        self._version.setFocus()

    @Slot()
    def on_version(self) -> None:
        chosen = len(self._plans) - 1 - self._version.currentIndex()
        if not 0 <= chosen < len(self._plans):
            self._table.show_rules((), "", "")
            return
        made = self._plans[chosen][1]
        before = self._plans[chosen - 1][1] if chosen else None
        self._table.show_rules(
            plan_naast(before.plan if before else None, made.plan),
            self.tr("Versie {n}").format(n=before.versie) if before else "",
            self.tr("Versie {n}").format(n=made.versie),
        )
