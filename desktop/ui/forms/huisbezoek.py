"""The form of a visit, recorded afterwards: when it was, and what came of it in one key."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.journal import Changes
from db.model.codes import Belresultaat, BrpUitkomst, Contactsoort, Gesprekspartner
from db.vault import Vault
from desktop.casework import contact
from desktop.ui import texts
from desktop.ui.forms.form import Form, FormContext, captioned, choices, chosen_moment, moment_field
from desktop.ui.status import Soort
from desktop.ui.widgets.parts import label, tag


class Huisbezoek(Form):
    """Four results; a card that was left behind is recorded as contact of its own."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        inwoner = context.dossier.inwoner
        self.title = self.tr("Ga langs bij {naam}").format(naam=context.naam)
        self.script = self.tr(
            "Aan de deur: laat zien wie je bent en vraag wie je spreekt. Zeg niets over een rekening tegen een ander."
            " Is er niemand: laat een dicht kaartje achter, zonder schuld, CAK of zorg erop. “Ik was vandaag bij u,"
            " maar trof u niet. Ik spreek u graag. Belt u mij? Of bel {nummer} en vraag naar mij.”"
        ).format(nummer=context.session.instellingen.teamnummer)
        self._result = Belresultaat.GESPROKEN
        if context.dossier.stand.brp is BrpUitkomst.GEHEIM:
            self.body.addWidget(tag(self.tr("geheim adres: ga niet langs zonder overleg"), Soort.GEVAAR))
        if inwoner.telefoonnummer:
            self.body.addWidget(
                label(self.tr("Telefoon: {nummer}").format(nummer=texts.phone(inwoner.telefoonnummer)), "vet")
            )
        self._pages = QStackedWidget()
        self.body.addWidget(self._pages)
        self.body.addWidget(self.error)
        self._pages.addWidget(self._what_page())
        self._pages.addWidget(self._whom_page())

    def _what_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        now = self.context.now()
        self._when = moment_field(now, latest=now)
        row = QHBoxLayout()
        row.addWidget(captioned(self.tr("Wannee&r was het bezoek?"), self._when, "bezoek_op"))
        row.addWidget(self._when)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(label(self.tr("Wat gebeurde er?"), "kop"))
        options = (
            (Belresultaat.GESPROKEN, self.tr("Gesproken"), self._ask_whom),
            (Belresultaat.NIEMAND_THUIS, self.tr("Niemand thuis, kaartje"), self._nobody),
            (Belresultaat.WIL_NU_NIET, self.tr("Wilde niet praten"), self._ask_whom),
            (Belresultaat.NIET_GEKOMEN, self.tr("Niet op gesprek gekomen"), self._nobody),
        )
        self._words = {result: text for result, text, _ in options}
        box.addWidget(
            choices([(f"bezoek_{result.value}", text, partial(go, result)) for result, text, go in options], columns=2)
        )
        return page

    def _whom_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
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
        return page

    def _ask_whom(self, result: Belresultaat) -> None:
        self._result = result
        self._pages.setCurrentIndex(1)
        self.first_focus()

    def _nobody(self, result: Belresultaat) -> None:
        self._result = result
        self._record(None)

    def _record(self, partner: Gesprekspartner | None) -> None:
        result = self._result
        missed_talk = result is Belresultaat.NIET_GEKOMEN
        visit = partial(
            contact.record_contactpoging,
            zaak=self.context.zaak,
            event_id=self.event_id,
            contactsoort=Contactsoort.AFSPRAAK_OP_LOCATIE if missed_talk else Contactsoort.HUISBEZOEK,
            bereikt=partner is not None and partner.telt_als_bereikt,
            gesproken_met=partner,
            resultaat=result,
            op=chosen_moment(self._when),
            notitie=self.context.note(),
        )
        said = self.tr("Vastgelegd: {wat}").format(wat=self._words[result].lower())
        self.send(self._with_card(visit) if result is Belresultaat.NIEMAND_THUIS else visit, said)

    def _with_card(self, visit: partial[Changes]) -> partial[Changes]:
        return partial(_visit_and_card, visit=visit, zaak=self.context.zaak, card_id=self.context.session.new_id())

    def back(self) -> bool:
        if self._pages.currentIndex() == 0:
            return False
        self._pages.setCurrentIndex(0)
        self.first_focus()
        return True


def _visit_and_card(vault: Vault, *, visit: partial[Changes], zaak: UUID, card_id: UUID) -> Changes:
    changes = visit(vault)
    contact.record_contactpoging(
        vault, zaak, event_id=card_id, contactsoort=Contactsoort.KAARTJE, bereikt=False, op=visit.keywords["op"]
    )
    return changes
