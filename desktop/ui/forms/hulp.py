"""The forms of the hulpaanbod and of the first talk, with the term that follows from the answer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from db.model.codes import Antwoord
from desktop.casework import hulp
from desktop.ui import texts
from desktop.ui.forms.form import Form, FormContext, captioned, choices, chosen_moment, moment_field
from desktop.ui.widgets.parts import label


class HulpaanbodForm(Form):
    """Help is offered and answered; the date by which the first talk must be stands there before the answer."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        if context.dossier.stand.antwoord is not Antwoord.BEDENKTIJD:
            self.title = self.tr("Bied {naam} hulp aan").format(naam=context.naam)
        self.script = self.tr(
            "“Zullen we samen kijken wat er nodig is? Hulp is gratis, en nee zeggen mag. Ik vertel het CAK niets over"
            " uw situatie; alleen dat wij klaar zijn.”"
        )
        self._threat = QCheckBox(self.tr("Er &dreigt ontruiming, afsluiting of einde van de zorgverzekering"))
        self._threat.setObjectName("dreiging")
        self._threat.toggled.connect(self.on_threat)
        self.body.addWidget(self._threat)
        self._term = label("", "zacht", wrap=True)
        self._term.setObjectName("gesprekstermijn")
        self.body.addWidget(self._term)
        self.body.addWidget(label(self.tr("Wat is het antwoord?"), "kop"))
        options = (
            (Antwoord.AANVAARD, self.tr("Ja, wil hulp")),
            (Antwoord.BEDENKTIJD, self.tr("Wil nadenken")),
            (Antwoord.GEEN_HULP, self.tr("Wil nu geen hulp")),
        )
        self._words = dict(options)
        self.body.addWidget(
            choices([(f"antwoord_{answer.value}", text, partial(self._record, answer)) for answer, text in options])
        )
        self.body.addWidget(self.error)
        self.on_threat()

    def first_focus(self) -> None:
        found = self.findChild(QWidget, f"antwoord_{Antwoord.AANVAARD.value}")
        if found is not None:
            found.setFocus()

    @Slot()
    def on_threat(self) -> None:
        now = self.context.now()
        term, late = hulp.gesprek_voor(
            self.context.dossier.stand.ontvangen_op,
            now.date(),
            self.context.session.instellingen,
            dreiging=self._threat.isChecked(),
        )
        text = self.tr("Bij ja: eerste gesprek vóór {dag} (WGS artikel 4).").format(dag=texts.weekday(term))
        if late:
            text += " " + self.tr("De vier weken na ontvangst van het signaal zijn al voorbij.")
        self._term.setText(text)

    def _record(self, answer: Antwoord) -> None:
        action = partial(
            hulp.offer_hulpaanbod,
            zaak=self.context.zaak,
            event_id=self.event_id,
            antwoord=answer,
            dreiging=self._threat.isChecked(),
        )
        self.send(action, self.tr("Vastgelegd: {wat}").format(wat=self._words[answer].lower()))


class EersteGesprekForm(Form):
    """The first talk: held, and whether the resident declined further help in it (WGS 4a lid 2)."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Voer het eerste gesprek met {naam}").format(naam=context.naam)
        now = context.now()
        self._when = moment_field(now, latest=now)
        row = QHBoxLayout()
        row.addWidget(captioned(self.tr("Wannee&r was het gesprek?"), self._when, "gesprek_op"))
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
        self.body.addWidget(
            label(
                self.tr("Ziet iemand in het eerste gesprek af van hulp, dan is er geen plan nodig (WGS 4a lid 2)."),
                "zacht",
                wrap=True,
            )
        )
        self.body.addWidget(self.error)

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
