"""The form of a visit, recorded afterwards: when it was, and what came of it one question at a time."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.model.codes import Belresultaat, Bezoekdoel, Contactsoort, Dagdeel, Gesprekspartner
from desktop.casework import bezoek, contact
from desktop.casework.kalender import AMSTERDAM
from desktop.ui import texts
from desktop.ui.forms.bezoekplan import no_visit, planned_text, through_institution
from desktop.ui.forms.form import (
    Briefvoorstel,
    Form,
    FormContext,
    captioned,
    choices,
    chosen_moment,
    moment_field,
)
from desktop.ui.status import Soort
from desktop.ui.widgets.parts import button, label, tag

_USUAL = {Dagdeel.OCHTEND: time(10), Dagdeel.MIDDAG: time(14), Dagdeel.AVOND: time(19)}
_WHAT, _WHOM, _CARD = range(3)


class Huisbezoek(Form):
    """Four results; then with whom was spoken, or whether a card was left. A card is contact of its own."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        stand = context.dossier.stand
        self.subtitle = planned_text(context)
        self._result = Belresultaat.GESPROKEN
        rule = bezoek.why_no_visit(stand, "x")
        self.title = self.tr("Ga langs bij {naam}").format(naam=context.naam)
        if rule is not None:
            self.title = self.tr("Ga niet langs bij {naam}").format(naam=context.naam)
            self.body.addWidget(no_visit(self, context, rule))
        else:
            self.script = self._script()
        if stand.niet_alleen is not None:
            text = self.tr("niet alleen langs · opnieuw bekijken op {dag}").format(dag=texts.day(stand.niet_alleen))
            self.body.addWidget(tag(text, Soort.GEVAAR))
        if context.dossier.telefoonnummer:
            number = texts.phone(context.dossier.telefoonnummer)
            self.header_button = button(self.tr("B&el {nummer}").format(nummer=number), "bel")
            self.header_button.clicked.connect(self.on_call)
        self._pages = QStackedWidget()
        self.body.addWidget(self._pages)
        self.body.addWidget(self.error)
        self._pages.addWidget(self._what_page())
        self._pages.addWidget(self._whom_page())
        self._pages.addWidget(self._card_page())
        self._pages.setVisible(rule is None or stand.bezoek is not None)  # what was planned may have been made

    def _script(self) -> str:
        at_the_door = self.tr(
            "Aan de deur: laat zien wie je bent en vraag wie je spreekt. Zeg niets over een rekening tegen een ander."
            " Is er niemand: laat een dicht kaartje achter, zonder schuld, CAK of zorg erop. “Ik was vandaag bij u,"
            " maar trof u niet. Ik spreek u graag. Belt u mij? Of bel {nummer} en vraag naar mij.”"
        ).format(nummer=self.context.session.instellingen.teamnummer)
        return through_institution(self, self.context) or at_the_door

    def _what_page(self) -> QWidget:
        page, box = _page()
        now = self.context.now()
        self._when = moment_field(self._moment(now), latest=now)
        row = QHBoxLayout()
        row.addWidget(captioned(self.tr("Wannee&r was het bezoek?"), self._when, "bezoek_op"))
        row.addWidget(self._when)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(label(self.tr("Wat gebeurde er?"), "kop"))
        options = (
            (Belresultaat.GESPROKEN, self.tr("Gesproken"), self._ask_whom),
            (Belresultaat.NIEMAND_THUIS, self.tr("Niemand thuis, kaartje"), self._ask_card),
            (Belresultaat.WIL_NU_NIET, self.tr("Wilde niet praten"), self._ask_whom),
            (Belresultaat.NIET_GEKOMEN, self.tr("Niet op gesprek gekomen"), self._nobody),
        )
        self._words = {result: text for result, text, _ in options}
        box.addWidget(
            choices([(f"bezoek_{result.value}", text, partial(go, result)) for result, text, go in options], columns=2)
        )
        return page

    def _moment(self, now: datetime) -> datetime:
        """When the visit was, as far as the plan tells; never later than now."""
        planned = self.context.dossier.stand.bezoek
        if planned is None:
            return now
        at = time.fromisoformat(planned.tijd) if planned.tijd else _USUAL[planned.dagdeel]
        moment = datetime.combine(planned.datum, at, AMSTERDAM)
        known = bool(planned.tijd) or planned.datum < now.date()
        return moment if known and moment <= now else now

    def _whom_page(self) -> QWidget:
        page, box = _page()
        box.addWidget(label(self.tr("Met wie sprak je?"), "kop"))
        options = (
            (Gesprekspartner.INWONER, self.tr("Inwoner zelf")),
            (Gesprekspartner.CURATOR, self.tr("Curator")),
            (Gesprekspartner.BEWINDVOERDER, self.tr("Bewindvoerder")),
            (Gesprekspartner.GEMACHTIGDE, self.tr("Gemachtigde")),
            (Gesprekspartner.MENTOR, self.tr("Mentor")),
            (Gesprekspartner.ANDER, self.tr("Iemand anders")),
        )
        box.addWidget(
            choices([(f"met_{partner.value}", text, partial(self._record, partner)) for partner, text in options])
        )
        box.addWidget(
            label(
                self.tr(
                    "Een mentor gaat over zorg, niet over geld. Bespreek met een mentor of iemand anders geen schuld."
                ),
                "zacht",
                wrap=True,
            )
        )
        return page

    def _card_page(self) -> QWidget:
        page, box = _page()
        box.addWidget(label(self.tr("Heb je een kaartje achtergelaten?"), "kop"))
        box.addWidget(
            choices(
                [
                    ("kaartje_ja", self.tr("Ja, in een dichte envelop"), partial(self._record, None, card=True)),
                    ("kaartje_nee", self.tr("Nee"), partial(self._record, None)),
                    ("kaartje_maken", self.tr("Nee, kaartje nu maken"), partial(self._record, None, make=True)),
                ],
                columns=2,
            )
        )
        box.addWidget(
            label(self.tr("Op het kaartje en de envelop staat niets over schuld, het CAK of zorg."), "zacht", wrap=True)
        )
        return page

    def _ask_whom(self, result: Belresultaat) -> None:
        self._turn(result, _WHOM)

    def _ask_card(self, result: Belresultaat) -> None:
        self._turn(result, _CARD)

    def _turn(self, result: Belresultaat, page: int) -> None:
        self._result = result
        self._pages.setCurrentIndex(page)
        self.first_focus()

    def _nobody(self, result: Belresultaat) -> None:
        self._result = result
        self._record(None)

    def _record(self, partner: Gesprekspartner | None, *, card: bool = False, make: bool = False) -> None:
        result = self._result
        self.letter = Briefvoorstel("kaartje") if make else None
        planned = self.context.dossier.stand.bezoek
        talk = planned is not None and planned.doel is Bezoekdoel.EERSTE_GESPREK
        missed_talk = result is Belresultaat.NIET_GEKOMEN
        action = partial(
            contact.record_contactpoging,
            zaak=self.context.zaak,
            event_id=self.event_id,
            contactsoort=Contactsoort.AFSPRAAK_OP_LOCATIE if missed_talk or talk else Contactsoort.HUISBEZOEK,
            bereikt=partner is not None and partner.telt_als_bereikt,
            gesproken_met=partner,
            resultaat=result,
            op=chosen_moment(self._when),
            notitie=self.context.note(),
            kaartje=card,
        )
        said = self.tr("Vastgelegd: {wat}").format(wat=self._words[result].partition(",")[0].lower())
        self.send(action, said + (self.tr(", kaartje achtergelaten") if card else ""))

    @Slot()
    def on_call(self) -> None:
        number = "".join(c for c in self.context.dossier.telefoonnummer if c.isdigit() or c == "+")
        QDesktopServices.openUrl(QUrl(f"tel:{number}"))

    def back(self) -> bool:
        if self._pages.currentIndex() == _WHAT:
            return False
        self._pages.setCurrentIndex(_WHAT)
        self.first_focus()
        return True


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    return page, box
