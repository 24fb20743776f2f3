"""The forms of the hulpaanbod and of the first talk, with the term that follows from the answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from db.model.codes import Antwoord
from desktop.casework import hulp
from desktop.casework.kalender import add_working_days, lokale_datum
from desktop.ui import texts
from desktop.ui.forms.form import Form, FormContext, captioned, choices, chosen_moment, moment_field
from desktop.ui.widgets.pages import Pages
from desktop.ui.widgets.parts import button, label

_THINKING_DAYS = 2
_MORNING = 10


class HulpaanbodForm(Form):
    """Help is offered and answered; the day by which the first talk must be stands there before the answer."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        if context.dossier.stand.antwoord is not Antwoord.BEDENKTIJD:
            self.title = self.tr("Bied {naam} hulp aan").format(naam=context.naam)
        self.script = self.tr(
            "“Zullen we samen kijken wat er nodig is? Hulp is gratis, en nee zeggen mag. Ik vertel het CAK niets over"
            " uw situatie; alleen dat wij klaar zijn.”"
        )
        self._pages = Pages(self._answer_page(), self._again_page())
        self.body.addWidget(self._pages)
        self.body.addWidget(self.error)
        self.on_threat()

    def _answer_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(label(self.tr("Dreigt er iets?"), "kop"))
        self._threats = []
        for text, name in (
            (self.tr("Ontru&iming van de woning"), "dreigt_ontruiming"),
            (self.tr("Af&sluiting van gas, stroom, warmte of water"), "dreigt_afsluiting"),
            (self.tr("Ein&de van de zorgverzekering"), "dreigt_zorgverzekering"),
        ):
            made = QCheckBox(text)
            made.setObjectName(name)
            made.toggled.connect(self.on_threat)
            box.addWidget(made)
            self._threats.append(made)
        self._term = label("", "vet", wrap=True)
        self._term.setObjectName("gesprekstermijn")
        box.addWidget(self._term)
        box.addSpacing(4)
        box.addWidget(label(self.tr("Wat is het antwoord?"), "kop"))
        options = (
            (Antwoord.AANVAARD, self.tr("Ja, wil hulp"), partial(self._record, Antwoord.AANVAARD)),
            (Antwoord.BEDENKTIJD, self.tr("Wil nadenken…"), self.on_thinking),
            (Antwoord.GEEN_HULP, self.tr("Wil nu geen hulp"), partial(self._record, Antwoord.GEEN_HULP)),
        )
        self._words = {answer: text.rstrip("…").lower() for answer, text, _ in options}
        box.addWidget(choices([(f"antwoord_{answer.value}", text, act) for answer, text, act in options]))
        box.addLayout(_help_links(self))
        return page

    def _again_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(label(self.tr("Ik vraag het op…"), "kop"))
        now = self.context.now()
        day = add_working_days(now.date(), _THINKING_DAYS)
        self._when = moment_field(now.replace(year=day.year, month=day.month, day=day.day, hour=_MORNING, minute=0))
        row = QHBoxLayout()
        row.addWidget(captioned(self.tr("&Datum en tijd"), self._when, "vraag_op"))
        row.addWidget(self._when)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(
            label(
                self.tr("De belofte komt op Vandaag te staan. Vraag ook wanneer bellen goed uitkomt."),
                "zacht",
                wrap=True,
            )
        )
        box.addWidget(
            choices(
                [
                    ("vraag_vastleggen", self.tr("Leg de belofte vast"), self.on_promised),
                    ("vraag_open", self.tr("Geen dag afgesproken"), partial(self._record, Antwoord.BEDENKTIJD)),
                ],
                columns=2,
            )
        )
        return page

    @property
    def threatened(self) -> bool:
        """Whether something threatens that makes the term three working days (WGS 4 lid 2)."""
        return any(made.isChecked() for made in self._threats)

    def first_focus(self) -> None:
        name = f"antwoord_{Antwoord.AANVAARD.value}" if self._pages.index == 0 else "vraag_op"
        found = self.findChild(QWidget, name)
        if found is not None:
            found.setFocus()

    def back(self) -> bool:
        if self._pages.index == 0:
            return False
        self._pages.turn(0)
        self.first_focus()
        return True

    @Slot()
    def on_threat(self) -> None:
        settings, stand = self.context.session.instellingen, self.context.dossier.stand
        today = self.context.now().date()
        term, late = hulp.term_if_accepted(self.context.dossier, settings, today, dreiging=self.threatened)
        day = texts.weekday(term)
        if stand.antwoord is Antwoord.AANVAARD:
            self._term.setText(self.tr("Hulp is al aanvaard: eerste gesprek vóór {dag}.").format(dag=day))
            return
        passed = lokale_datum(stand.ontvangen_op) + timedelta(weeks=settings.gesprek_weken)
        if self.threatened:
            text = self.tr("Bij ja: eerste gesprek vóór {dag} (binnen {n} werkdagen, want er dreigt iets).").format(
                dag=day, n=settings.dreiging_werkdagen
            )
        elif late:
            text = self.tr("Bij ja: eerste gesprek vóór {dag} (binnen {n} werkdagen).").format(
                dag=day, n=settings.te_laat_werkdagen
            )
        else:
            text = self.tr("Bij ja: eerste gesprek vóór {dag} ({n} weken na ontvangst).").format(
                dag=day, n=settings.gesprek_weken
            )
        if late:
            text += " " + self.tr("De {n} weken na ontvangst van het signaal waren om op {dag}.").format(
                n=settings.gesprek_weken, dag=texts.day(passed)
            )
        self._term.setText(text)

    @Slot()
    def on_thinking(self) -> None:
        self._pages.turn(1)
        self.first_focus()

    @Slot()
    def on_promised(self) -> None:
        self._record(Antwoord.BEDENKTIJD, chosen_moment(self._when))

    def _record(self, answer: Antwoord, again: datetime | None = None) -> None:
        action = partial(
            hulp.offer_hulpaanbod,
            zaak=self.context.zaak,
            event_id=self.event_id,
            antwoord=answer,
            dreiging=self.threatened,
            vraag_op=again,
        )
        self.send(action, self.tr("Vastgelegd: {wat}").format(wat=self._words[answer]))


class EersteGesprekForm(Form):
    """The first talk: held, and whether the resident declined further help in it (WGS 4a lid 2)."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Voer het eerste gesprek met {naam}").format(naam=context.naam)
        now = context.now()
        self._when = moment_field(now, latest=now)
        row = QHBoxLayout()
        row.addWidget(captioned(self.tr("Wanneer was het gespre&k?"), self._when, "gesprek_op"))
        row.addWidget(self._when)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(label(self.tr("Hoe liep het af?"), "kop"))
        self.body.addWidget(
            choices(
                [
                    ("gesprek_plan", self.tr("We maken een plan"), partial(self._record, declined=False)),
                    ("gesprek_afgezien", self.tr("Ziet af van verdere hulp"), partial(self._record, declined=True)),
                ],
                columns=2,
            )
        )
        weeks = context.session.instellingen.plan_weken
        self.body.addWidget(
            label(
                self.tr(
                    "Bij een plan: klaar binnen {n} weken na het gesprek. Ziet iemand in het eerste gesprek af van"
                    " hulp, dan is er geen plan nodig (WGS 4a lid 2); dat leg je wel vast. De deur blijft open."
                ).format(n=weeks),
                "zacht",
                wrap=True,
            )
        )
        self.body.addLayout(_help_links(self))
        self.body.addWidget(self.error)

    def first_focus(self) -> None:
        found = self.findChild(QWidget, "gesprek_plan")
        if found is not None:
            found.setFocus()

    def _record(self, *, declined: bool) -> None:
        action = partial(
            hulp.record_eerste_gesprek,
            zaak=self.context.zaak,
            event_id=self.event_id,
            op=chosen_moment(self._when),
            afgezien=declined,
        )
        self.send(
            action,
            self.tr("Vastgelegd: ziet af van verdere hulp")
            if declined
            else self.tr("Vastgelegd: eerste gesprek gevoerd"),
        )


def _help_links(form: Form) -> QHBoxLayout:
    """What one does together with the resident, besides the step itself."""
    row = QHBoxLayout()
    row.setSpacing(16)
    for text, name in (
        (form.tr("Samen het CAK bellen"), "cak"),
        (form.tr("Eigen bijdrage nakijken"), "eigenbijdrage"),
    ):
        made = button(text, f"naar_{name}", link=True)
        made.clicked.connect(partial(form.wanted.emit, name))
        row.addWidget(made)
    row.addStretch(1)
    return row
