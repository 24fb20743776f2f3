"""The form of a call: one number key for what happened, and with whom was spoken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.model.codes import Belresultaat, Contactsoort, Gesprekspartner, Richting
from desktop.casework import contact
from desktop.ui import texts
from desktop.ui.forms.form import Form, FormContext, captioned, choices, chosen_moment, moment_field
from desktop.ui.widgets.parts import button, label

_ASK_WHOM = frozenset(
    {Belresultaat.GESPROKEN, Belresultaat.WIL_NU_NIET, Belresultaat.TOLK_NODIG, Belresultaat.TERUGBELLEN}
)
_MORNING = 10


class Bellen(Form):
    """Nine results on nine keys. A call that comes in counts as contact, and not in dagdeel figures."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        naam, inwoner = context.naam, context.dossier.inwoner
        self._results = (
            (Belresultaat.GESPROKEN, self.tr("Inwoner gesproken")),
            (Belresultaat.GEEN_GEHOOR, self.tr("Geen gehoor")),
            (Belresultaat.VOICEMAIL_INGESPROKEN, self.tr("Voicemail ingesproken")),
            (Belresultaat.VOICEMAIL_NIET_INGESPROKEN, self.tr("Niet ingesproken")),
            (Belresultaat.NUMMER_ONBRUIKBAAR, self.tr("Verkeerd nummer")),
            (Belresultaat.IEMAND_ANDERS, self.tr("Iemand anders nam op")),
            (Belresultaat.WIL_NU_NIET, self.tr("Wil nu niet praten")),
            (Belresultaat.TOLK_NODIG, self.tr("Tolk nodig")),
            (Belresultaat.TERUGBELLEN, self.tr("Ik bel terug op…")),
        )
        self._words = dict(self._results)
        self._chosen: tuple[Belresultaat, datetime | None] = (Belresultaat.GEEN_GEHOOR, None)
        self.title = (
            self.tr("{naam} belt").format(naam=naam) if context.incoming else self.tr("Bel {naam}").format(naam=naam)
        )
        self.script = _script(self, context)
        if inwoner.telefoonnummer and not context.incoming:
            self.header_button = button(
                self.tr("B&el {nummer}").format(nummer=texts.phone(inwoner.telefoonnummer)), "bel", main=True
            )
            self.header_button.clicked.connect(self.on_call)
        self._pages = QStackedWidget()
        self.body.addWidget(self._pages)
        self.body.addWidget(self.error)
        self._pages.addWidget(self._what_page())
        self._pages.addWidget(self._whom_page())
        self._pages.addWidget(self._when_page())

    def _what_page(self) -> QWidget:
        page, box = _page(self.tr("Wat gebeurde er?"))
        self._incoming = QCheckBox(self.tr("De &inwoner belde zelf"))
        self._incoming.setObjectName("inkomend")
        self._incoming.setChecked(self.context.incoming)
        options = [(f"resultaat_{result.value}", text, partial(self._choose, result)) for result, text in self._results]
        grid = choices(options)
        for result, whole in (
            (Belresultaat.VOICEMAIL_NIET_INGESPROKEN, self.tr("Voicemail, niet ingesproken")),
            (Belresultaat.NUMMER_ONBRUIKBAAR, self.tr("Nummer buiten gebruik of verkeerd")),
        ):
            shown = grid.findChild(QWidget, f"resultaat_{result.value}")
            if shown is not None:
                shown.setToolTip(whole)
                shown.setAccessibleName(whole)
        box.addWidget(grid)
        box.addWidget(self._incoming)
        return page

    def _whom_page(self) -> QWidget:
        page, box = _page(self.tr("Met wie sprak je?"))
        self._whom_options = (
            (Gesprekspartner.INWONER, self.tr("Inwoner zelf")),
            (Gesprekspartner.CURATOR, self.tr("Curator")),
            (Gesprekspartner.BEWINDVOERDER, self.tr("Bewindvoerder")),
            (Gesprekspartner.GEMACHTIGDE, self.tr("Gemachtigde")),
            (Gesprekspartner.MENTOR, self.tr("Mentor")),
            (Gesprekspartner.ANDER, self.tr("Iemand anders")),
        )
        options: list[tuple[str, str, Callable[[], None]]] = [
            (f"met_{partner.value}", text, partial(self._record, partner)) for partner, text in self._whom_options
        ]
        options.append(("met_niemand", self.tr("Niemand"), partial(self._record, None)))
        box.addWidget(choices(options))
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

    def _when_page(self) -> QWidget:
        page, box = _page(self.tr("Wanneer bel je terug?"))
        now = self.context.now()
        self._when = moment_field((now + timedelta(days=1)).replace(hour=_MORNING, minute=0))
        caption = captioned(self.tr("&Datum en tijd"), self._when, "terugbellen_op")
        row = QHBoxLayout()
        row.addWidget(caption)
        row.addWidget(self._when)
        further = button(self.tr("Verder"), "terugbellen_verder", main=True)
        further.clicked.connect(self.on_when_chosen)
        row.addWidget(further)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(label(self.tr("De belofte komt op Vandaag te staan."), "zacht"))
        return page

    def _choose(self, result: Belresultaat) -> None:
        self._chosen = (result, None)
        if result is Belresultaat.TERUGBELLEN:
            self._turn(2)
            self._when.setFocus()
        elif result in _ASK_WHOM:
            self._turn(1)
        else:
            self._record(Gesprekspartner.ANDER if result is Belresultaat.IEMAND_ANDERS else None)

    def _turn(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self.first_focus()

    @Slot()
    def on_when_chosen(self) -> None:
        self._chosen = (Belresultaat.TERUGBELLEN, chosen_moment(self._when))
        self._turn(1)

    @Slot()
    def on_call(self) -> None:
        number = "".join(c for c in self.context.dossier.inwoner.telefoonnummer if c.isdigit() or c == "+")
        QDesktopServices.openUrl(QUrl(f"tel:{number}"))

    def _record(self, partner: Gesprekspartner | None) -> None:
        result, again = self._chosen
        talked = partner is not None and result not in {Belresultaat.TOLK_NODIG, Belresultaat.IEMAND_ANDERS}
        action = partial(
            contact.record_contactpoging,
            zaak=self.context.zaak,
            event_id=self.event_id,
            contactsoort=Contactsoort.TELEFOON,
            bereikt=talked and partner is not None and partner.telt_als_bereikt,
            gesproken_met=partner,
            richting=Richting.IN if self._incoming.isChecked() else Richting.UIT,
            resultaat=result,
            terugbellen_op=again,
            notitie=self.context.note(),
        )
        self.send(action, self.tr("Vastgelegd: {wat}").format(wat=self._words[result].rstrip("…").lower()))

    def back(self) -> bool:
        if self._pages.currentIndex() == 0:
            return False
        self._turn(0)
        return True


def _page(question: str) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    box.addWidget(label(question, "kop"))
    return page, box


def _script(form: Form, context: FormContext) -> str:
    settings, session = context.session.instellingen, context.session
    number = settings.teamnummer
    if context.incoming:
        return form.tr(
            "Vraag eerst wie je spreekt: “Spreek ik met {naam}? Wat zijn uw geboortedag en -maand?” Zeg niets over een"
            " rekening voordat je dat weet. Is het iemand anders: “Dat bespreek ik alleen met {naam} zelf.”"
        ).format(naam=context.naam)
    return form.tr(
        "Zo begin je: zeg niets over een rekening voordat je weet wie je spreekt. “{groet}, u spreekt met {medewerker}"
        " van de gemeente {gemeente}. Spreek ik met {naam}? Wat zijn uw geboortedag en -maand?” Vertrouwt iemand het"
        " niet: “Bel {nummer} en vraag naar mij.” Daarna: “Het CAK liet weten dat een rekening openstaat. Klopt dat?"
        " Ik ben geen deurwaarder. Hulp is gratis; nee zeggen mag.”"
    ).format(
        groet=_greeting(form, session.local_now().hour),
        medewerker=session.naam.rpartition(" ")[2],
        gemeente=settings.gemeentenaam,
        naam=context.naam,
        nummer=number,
    )


def _greeting(form: Form, hour: int) -> str:
    if hour < 12:
        return form.tr("Goedemorgen")
    return form.tr("Goedemiddag") if hour < 18 else form.tr("Goedenavond")
