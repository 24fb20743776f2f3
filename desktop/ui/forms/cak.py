"""Help with the bill: calling the CAK together, looking whether the arrangement holds, and the eigen bijdrage."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db.model.bedrag import Bedrag
from db.model.codes import Gelukt, Oordeel
from db.model.gebeurtenis import CakGebeld, EigenBijdrageNagekeken
from desktop.casework import hulp
from desktop.ui import texts
from desktop.ui.forms.drafts import FieldDrafts
from desktop.ui.forms.fields import parse_amount, parse_day
from desktop.ui.forms.form import Form, FormContext, captioned, choices, pinned_button
from desktop.ui.widgets.checked import CheckedField
from desktop.ui.widgets.pages import Pages
from desktop.ui.widgets.parts import button, label
from resources.nummers import cak

_LOOK_AFTER = timedelta(days=3)
_LOOK_AGAIN = timedelta(days=14)


class CakForm(Form):
    """What was arranged on the telephone: how much a month, from when, and the day to look whether it holds."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Bel samen met {naam} het CAK").format(naam=context.naam)
        numbers = ", ".join(sorted({signal.klantnummer for signal in context.dossier.signalen}))
        self.subtitle = self.tr("Klantnummer {nummer}").format(nummer=numbers)
        self.script = self.tr(
            "Laat de inwoner zelf zeggen dat jij mag meepraten. Vraag dan:\n1. Hoeveel staat er open, en over welke"
            " maanden?\n2. Kan het in delen, en hoeveel per maand?\n3. Wanneer is de eerste betaling, en hoe gaat die?"
            "\n4. Stoppen de aanmaningen zolang er wordt betaald?\n5. Komt de afspraak op papier?"
        )
        number = cak(context.dossier.debtsoort)
        if number:
            self.header_button = button(self.tr("Bel CAK {nummer}").format(nummer=number), "bel_cak", main=True)
            self.header_button.clicked.connect(partial(_dial, number))
        self._amount = CheckedField(parse_amount, self.tr("Schrijf een bedrag zoals 25,00."))
        self._first = CheckedField(parse_day, self.tr("Schrijf een datum zoals 31-12-2024."))
        self._look = CheckedField(parse_day, self.tr("Schrijf een datum zoals 31-12-2024."))
        grid = QGridLayout()
        grid.setSpacing(8)
        fields: tuple[tuple[str, CheckedField[date] | CheckedField[Bedrag], str], ...] = (
            (self.tr("Be&drag per maand"), self._amount, "cak_bedrag"),
            (self.tr("Eerste betal&ing"), self._first, "cak_eerste"),
            (self.tr("Daarna na&kijken op"), self._look, "cak_nakijken"),
        )
        for column, (text, field, name) in enumerate(fields):
            grid.addWidget(captioned(text, field, name), 0, column)
            grid.addWidget(field, 1, column)
            grid.addWidget(field.error, 2, column)
        self._first.setPlaceholderText(self.tr("dd-mm-jjjj"))
        self._look.setPlaceholderText(self.tr("3 dagen na de betaling"))
        self._first.editingFinished.connect(self.on_first_day)
        self.body.addLayout(grid)
        self.body.addWidget(
            label(
                self.tr("Geen afspraak gelukt? Laat de velden leeg en schrijf in de notitie wat het CAK zei."),
                "zacht",
                wrap=True,
            )
        )
        self.footer, save = pinned_button(self, self.tr("Ge&sprek met CAK vastleggen"))
        save.clicked.connect(self.on_submitted)
        self._drafts = FieldDrafts(
            context.session, f"cak:{context.zaak}", (self._amount, self._first, self._look), self
        )

    def first_focus(self) -> None:
        self._amount.setFocus()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        return self._drafts.pending()

    @Slot()
    def on_first_day(self) -> None:
        first = self._first.value
        if first is not None and not self._look.text().strip():
            day = max(first + _LOOK_AFTER, self.context.now().date())
            self._look.setText(f"{day:%d-%m-%Y}")

    @Slot()
    def on_submitted(self) -> None:
        if not all([self._amount.check(), self._first.check(), self._look.check()]):
            return
        action = partial(
            hulp.record_cak_gebeld,
            zaak=self.context.zaak,
            event_id=self.event_id,
            bedrag_per_maand=self._amount.value,
            eerste_datum=self._first.value,
            nakijken_op=self._look.value,
            notitie=self.context.note(),
        )
        self.send(self._drafts.recording(action), self.tr("Vastgelegd: samen het CAK gebeld"))


class RegelingForm(Form):
    """Whether the arrangement with the CAK holds; unless it does, when to look again."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Loopt de afspraak met het CAK?")
        self.subtitle = _arrangement(self)
        self.script = self.tr(
            "“We spraken af dat u het CAK in delen betaalt. Is de eerste betaling gelukt? Wat is er nodig zodat het"
            " blijft lukken?”"
        )
        self._found = Gelukt.NEE
        self._pages = Pages(self._found_page(), self._again_page())
        self.body.addWidget(self._pages)
        self.body.addWidget(self.error)

    def _found_page(self) -> QWidget:
        options = (
            (Gelukt.JA, self.tr("Ja, het loopt")),
            (Gelukt.DEELS, self.tr("Voor een deel…")),
            (Gelukt.NEE, self.tr("Nee, nog niet…")),
            (Gelukt.NIET_BEREIKT, self.tr("Niet bereikt…")),
        )
        return choices(
            [(f"regeling_{found.value}", text, partial(self._choose, found)) for found, text in options], columns=2
        )

    def _again_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        self._again = CheckedField(parse_day, self.tr("Schrijf een datum zoals 31-12-2024."))
        self._again.setText(f"{self.context.now().date() + _LOOK_AGAIN:%d-%m-%Y}")
        self._again.returnPressed.connect(self.on_submitted)
        row = QHBoxLayout()
        row.addWidget(captioned(self.tr("Wanneer &kijk je weer?"), self._again, "opnieuw_nakijken"))
        row.addWidget(self._again)
        save = button(self.tr("Vastleggen"), "vastleggen", main=True)
        save.clicked.connect(self.on_submitted)
        row.addWidget(save)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self._again.error)
        box.addWidget(label(self.tr("Lukt de afspraak niet meer? Bel samen opnieuw met het CAK."), "zacht", wrap=True))
        return page

    def _choose(self, found: Gelukt) -> None:
        self._found = found
        if found is Gelukt.JA:
            self._record(None)
            return
        self._pages.turn(1)
        self._again.setFocus()

    def back(self) -> bool:
        if self._pages.index == 0:
            return False
        self._pages.turn(0)
        self.first_focus()
        return True

    @Slot()
    def on_submitted(self) -> None:
        if self._again.check():
            self._record(self._again.value)

    def _record(self, again: date | None) -> None:
        action = partial(
            hulp.check_regeling,
            zaak=self.context.zaak,
            event_id=self.event_id,
            gelukt=self._found,
            nakijken_op=again,
            notitie=self.context.note(),
        )
        self.send(action, self.tr("Vastgelegd: afspraak met het CAK nagekeken"))


def _arrangement(form: Form) -> str:
    """The arrangement that was recorded last, in words."""
    made = [event.inhoud for event in form.context.dossier.gebeurtenissen if isinstance(event.inhoud, CakGebeld)]
    if not made or made[-1].bedrag_per_maand is None:
        return ""
    amount = form.tr("{bedrag} per maand").format(bedrag=texts.euros(made[-1].bedrag_per_maand))
    first = made[-1].eerste_datum
    return amount if first is None else form.tr("{bedrag}, eerst op {dag}").format(bedrag=amount, dag=texts.day(first))


class EigenBijdrageForm(Form):
    """Four questions about the bill itself, each with why it is asked; what was not asked stays open."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Klopt de eigen bijdrage?")
        self.subtitle = self.tr("Loop de vragen samen na. Sla over wat nu niet kan.")
        before = [event.inhoud for event in context.dossier.gebeurtenissen]
        last = next((found for found in reversed(before) if isinstance(found, EigenBijdrageNagekeken)), None)
        self._groups: dict[str, QButtonGroup] = {}
        for name, question, why in self._questions():
            self.body.addWidget(self._question(name, question, why, getattr(last, name, None)))
        self.footer, save = pinned_button(self, self.tr("Antwoor&den vastleggen"))
        save.clicked.connect(self.on_submitted)

    def _questions(self) -> tuple[tuple[str, str, str], ...]:
        fixed = self.context.dossier.debtsoort == "wmo-abonnementstarief"
        return (
            (
                "rekening_klopt",
                self.tr("Klopt de rekening?"),
                self.tr("Kijk samen of de maanden, de zorg en het bedrag op de rekening kloppen."),
            ),
            (
                "zorg_gestopt",
                self.tr("Is de zorg gestopt?"),
                self.tr(
                    "Stopt de zorg, dan stopt de rekening pas als de gemeente of de aanbieder dat aan het CAK meldt."
                ),
            ),
            (
                "peiljaarverlegging",
                self.tr("Kan peiljaarverlegging helpen?"),
                self.tr("Bij het abonnementstarief telt het inkomen niet mee; peiljaarverlegging helpt hier dus niet.")
                if fixed
                else self.tr(
                    "Het CAK rekent met het inkomen van twee jaar geleden; is dat nu veel lager, vraag een ander jaar."
                ),
            ),
            (
                "bijzondere_bijstand",
                self.tr("Kan bijzondere bijstand helpen?"),
                self.tr("Bij een laag inkomen betaalt de gemeente soms een deel van de eigen bijdrage."),
            ),
        )

    def _question(self, name: str, question: str, why: str, answered: Oordeel | None) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(question)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(label(question, "kop"))
        box.addWidget(label(why, "zacht", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(16)
        group = QButtonGroup(self)
        for judgement, text in (
            (Oordeel.JA, self.tr("Ja")),
            (Oordeel.NEE, self.tr("Nee")),
            (Oordeel.UITZOEKEN, self.tr("Uitzoeken")),
        ):
            made = QRadioButton(text)
            made.setObjectName(f"{name}_{judgement.value}")
            made.setAccessibleName(f"{question} {text}")
            made.setAccessibleDescription(why)
            made.setChecked(judgement is answered)
            group.addButton(made, list(Oordeel).index(judgement))
            row.addWidget(made)
        row.addStretch(1)
        box.addLayout(row)
        self._groups[name] = group
        return holder

    def first_focus(self) -> None:
        next(iter(self._groups.values())).button(0).setFocus()

    def _answer(self, name: str) -> Oordeel | None:
        chosen = self._groups[name].checkedId()
        return list(Oordeel)[chosen] if chosen >= 0 else None

    @Slot()
    def on_submitted(self) -> None:
        action = partial(
            hulp.record_eigen_bijdrage,
            zaak=self.context.zaak,
            event_id=self.event_id,
            rekening_klopt=self._answer("rekening_klopt"),
            zorg_gestopt=self._answer("zorg_gestopt"),
            peiljaarverlegging=self._answer("peiljaarverlegging"),
            bijzondere_bijstand=self._answer("bijzondere_bijstand"),
            notitie=self.context.note(),
        )
        self.send(action, self.tr("Vastgelegd: eigen bijdrage nagekeken"))


def _dial(number: str) -> None:
    QDesktopServices.openUrl(QUrl(f"tel:{number.replace('-', '')}"))
