"""The forms that look back: agreements that are due, and *Is het gelukt?* some weeks after closing."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from db.model.codes import Gelukt, Stap
from db.model.gebeurtenis import AfspraakNagekeken
from db.model.plan import Afspraak
from db.queries.dossier import Dossier
from desktop.casework import afsluiten, hulp
from desktop.casework.kalender import lokale_datum
from desktop.ui import texts
from desktop.ui.forms.form import Form, FormContext, choices
from desktop.ui.widgets.parts import label


class AfsprakenForm(Form):
    """One agreement at a time, the longest overdue first; then the next one."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Zijn de afspraken gelukt?")
        waiting = to_look_at(context.dossier, context.now().date())
        if not waiting:
            self.body.addWidget(label(self.tr("Er is nu geen afspraak om na te kijken."), wrap=True))
            return
        self._versie, self._nummer, made = waiting[0]
        self.then = "afspraken" if len(waiting) > 1 else ""
        late = (context.now().date() - made.uiterlijk).days
        self.subtitle = texts.plural(len(waiting), self.tr("Nog {n} afspraak"), self.tr("Nog {n} afspraken"))
        self.script = self.tr("{wie}: {wat}").format(wie=made.wie, wat=made.wat)
        when = self.tr("Uiterlijk {dag}").format(dag=texts.weekday(made.uiterlijk))
        if late > 0:
            passed = texts.plural(late, self.tr("{n} dag geleden"), self.tr("{n} dagen geleden"))
            when = self.tr("{wanneer}, {geleden}").format(wanneer=when, geleden=passed)
        self.body.addWidget(label(when, "vet", wrap=True))
        self.body.addWidget(
            choices(
                [
                    ("afspraak_gedaan", self.tr("Ja, gedaan"), partial(self._record, kept=True)),
                    ("afspraak_niet", self.tr("Nee, nog niet"), partial(self._record, kept=False)),
                ],
                columns=2,
            )
        )
        self.body.addWidget(
            label(
                self.tr("Nog niet gelukt? Vraag wat er nodig is, en pas het plan aan als de dag niet meer klopt."),
                "zacht",
                wrap=True,
            )
        )
        self.body.addWidget(self.error)

    def _record(self, *, kept: bool) -> None:
        action = partial(
            hulp.check_afspraak,
            zaak=self.context.zaak,
            event_id=self.event_id,
            versie=self._versie,
            nummer=self._nummer,
            gedaan=kept,
            notitie=self.context.note(),
        )
        self.send(action, self.tr("Afspraak gedaan") if kept else self.tr("Vastgelegd: afspraak nog niet gedaan"))


def to_look_at(dossier: Dossier, today: date) -> list[tuple[int, int, Afspraak]]:
    """Version, number and agreement of what is open and was not looked at today, the longest overdue first."""
    current = hulp.current_plan(dossier)
    if current is None:
        return []
    seen = {
        event.inhoud.nummer
        for event in dossier.gebeurtenissen
        if isinstance(event.inhoud, AfspraakNagekeken)
        and event.inhoud.versie == current.versie
        and lokale_datum(event.op) == today
    }
    waiting = [
        (current.versie, number, made)
        for number, made in enumerate(current.plan.afspraken, start=1)
        if not made.gedaan and number not in seen
    ]
    return sorted(waiting, key=lambda found: found[2].uiterlijk)


class NazorgForm(Form):
    """*Is het gelukt?*: asked about a month after a zaak was closed."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Is het gelukt?")
        stand = context.dossier.stand
        if stand.gesloten_op is not None and stand.eindresultaat is not None:
            self.subtitle = self.tr("{resultaat} · afgesloten op {dag}").format(
                resultaat=stand.eindresultaat.value, dag=texts.full_day(lokale_datum(stand.gesloten_op))
            )
        self.script = self.tr(
            "“Een tijd geleden spraken wij over de rekening van het CAK. Hoe gaat het nu? Lukt het betalen? Als u toch"
            " hulp wilt, kunnen wij opnieuw beginnen.”"
        )
        options = (
            (Gelukt.JA, self.tr("Ja, het is gelukt")),
            (Gelukt.DEELS, self.tr("Voor een deel")),
            (Gelukt.NEE, self.tr("Nee, nog niet")),
            (Gelukt.NIET_BEREIKT, self.tr("Niet bereikt")),
        )
        self.body.addWidget(
            choices(
                [(f"nazorg_{found.value}", text, partial(self._record, found)) for found, text in options], columns=2
            )
        )
        self.body.addWidget(
            label(
                self.tr("Wil de inwoner toch hulp? Leg het antwoord vast en heropen daarna de zaak."),
                "zacht",
                wrap=True,
            )
        )
        self.body.addWidget(self.error)

    def _record(self, found: Gelukt) -> None:
        if found is Gelukt.NEE:
            self.then = Stap.AFGESLOTEN.value
        action = partial(
            afsluiten.record_nazorg,
            zaak=self.context.zaak,
            event_id=self.event_id,
            gelukt=found,
            notitie=self.context.note(),
        )
        self.send(action, self.tr("Vastgelegd: gevraagd of het is gelukt"))
