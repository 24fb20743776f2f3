"""The form of a call: the glance, what to say to whom, and one number key for what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from db.model.codes import Belresultaat, Contactsoort, Gesprekspartner, Richting, Vertegenwoordiging, Woonsituatie
from db.model.situatie import Vertegenwoordiger
from desktop.casework import contact
from desktop.casework.belmoment import may_call, next_attempt, proposals
from desktop.casework.kalender import AMSTERDAM, dagdeel
from desktop.documents.woorden import woord
from desktop.ui import texts
from desktop.ui.forms.form import Form, FormContext, captioned, choices, chosen_moment, moment_field
from desktop.ui.models.belkaart import belkaart, when_words
from desktop.ui.status import Soort
from desktop.ui.widgets.belkaart import CallCard, ScriptBox
from desktop.ui.widgets.parts import button, clear, label, tab_after, tag
from resources.scripts import Gesprek, belscript

_MORNING = 10
_KEYS = 9
_COLUMNS = 3
_NAME = 32
"""Characters of a name on a button of half the form."""
_OUTGOING_ONLY = frozenset({Belresultaat.GEEN_GEHOOR, Belresultaat.VOICEMAIL_INGESPROKEN})
_INSTITUTION = frozenset({Woonsituatie.INSTELLING, Woonsituatie.OPVANG})

Page = Callable[[], QWidget]


@dataclass(frozen=True)
class Spoken:
    """With whom was spoken: a role, and the name when the situation knows it."""

    partner: Gesprekspartner
    acting: Vertegenwoordiger | None = None


class Bellen(Form):
    """All results on number keys; what to say changes with the answer. A call that comes in fills no dagdeel."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        naam, dossier = context.naam, context.dossier
        self.body.setSpacing(8)
        self._result = Belresultaat.GEEN_GEHOOR
        self._again: datetime | None = None
        self._incoming = context.incoming
        self._depth: list[Page] = []
        self._first = ""
        self.title = self.tr("{naam} belt").format(naam=naam) if context.incoming else self._call_title()
        if dossier.telefoonnummer and not context.incoming:
            self.header_button = button(
                self.tr("B&el {nummer}").format(nummer=texts.phone(dossier.telefoonnummer)), "bel", main=True
            )
            self.header_button.clicked.connect(partial(self._dial, dossier.telefoonnummer))
        self._card = CallCard(belkaart(dossier, context.session.namen, context.session.now()))
        self.body.addWidget(self._card)
        self._script = ScriptBox()
        self.body.addWidget(self._script)
        for acting in self._money_matters():
            self.body.addWidget(self._dial_acting(acting))
        self._holder = QVBoxLayout()
        self.body.addLayout(self._holder)
        self.body.addWidget(self.error)
        self._page = QWidget()
        self._begin()

    def _call_title(self) -> str:
        return self.tr("Bel {naam}").format(naam=self.context.naam)

    # --- what to say --------------------------------------------------------------------------------------------

    def _say(self, gesprek: Gesprek, acting: Vertegenwoordiger | None = None) -> None:
        session, dossier = self.context.session, self.context.dossier
        settings = session.instellingen
        day = self._next_day()
        fields = {
            "groet": self._greeting(),
            "naam": self.context.naam,
            "medewerker": session.naam,
            "achternaam": session.naam.rpartition(" ")[2],
            "gemeente": settings.gemeentenaam,
            "nummer": settings.teamnummer,
            "eigen_nummer": settings.direct_nummer or settings.teamnummer,
            "dag": "" if day is None else texts.near_day(day.date(), session.local_now().date()),
            "vertegenwoordiger": acting.naam if acting else "…",
            "taal": dossier.situatie.tolktaal or self.tr("vraag welke taal"),
        }
        kinds = [signal.debtsoort for signal in dossier.signalen] or [dossier.debtsoort]
        self._script.show_script(belscript(gesprek, kinds, fields))

    def _next_day(self) -> datetime | None:
        context = self.context
        found = next_attempt(context.dossier.stand, context.session.instellingen, context.session.now())
        return found.astimezone(AMSTERDAM) if found else None

    def _greeting(self) -> str:
        hour = self.context.now().hour
        if hour < 12:
            return self.tr("Goedemorgen")
        return self.tr("Goedemiddag") if hour < 18 else self.tr("Goedenavond")

    def _opening(self) -> Gesprek:
        if self._incoming:
            return Gesprek.INKOMEND
        return Gesprek.TOLK if self.context.dossier.situatie.tolk else Gesprek.BEGIN

    # --- the pages ----------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._depth = []
        self._turn(self._what_page)

    def _go(self, page: Page) -> None:
        """One question further; Esc comes back."""
        self._depth.append(page)
        self._turn(page)
        self.first_focus()

    def _turn(self, page: Page) -> None:
        clear(self._holder)
        self._card.fold(folded=bool(self._depth))
        self._first = ""
        self._page = page()
        self._holder.addWidget(self._page)
        self._page.show()  # a layout shows its children only later, and the next key may come sooner
        first = self._first_button()
        if first is not None:  # who listens hears what to say where who looks sees it
            first.setAccessibleDescription(f"{self._script.accessibleName()} {first.accessibleDescription()}")
        if self.isVisible():
            tab_after(self._script, self._page)

    def back(self) -> bool:
        if not self._depth:
            return False
        self._depth.pop()
        self._turn(self._depth[-1] if self._depth else self._what_page)
        self.first_focus()
        return True

    def first_focus(self) -> None:
        first = self._first_button()
        if first is not None:
            first.setFocus()

    def _first_button(self) -> QPushButton | None:
        usable = (made for made in self._page.findChildren(QPushButton) if made.isVisibleTo(self) and made.isEnabled())
        return next((made for made in usable if self._first in {"", made.objectName()}), None)

    def _what_page(self) -> QWidget:
        self._say(self._opening())
        page, box = _page(self.tr("Wat gebeurde er?"))
        results = (
            (Belresultaat.GESPROKEN, self.tr("Inwoner gesproken")),
            (Belresultaat.GEEN_GEHOOR, self.tr("Geen gehoor")),
            (Belresultaat.VOICEMAIL_INGESPROKEN, self.tr("Voicemail")),
            (Belresultaat.NUMMER_ONBRUIKBAAR, self.tr("Verkeerd nummer")),
            (Belresultaat.IEMAND_ANDERS, self.tr("Iemand anders nam op")),
            (Belresultaat.TERUGBELLEN, self.tr("Ik bel terug op…")),
            (Belresultaat.WIL_NU_NIET, self.tr("Wil nu niet praten")),
            (Belresultaat.TOLK_NODIG, self.tr("Tolk nodig")),
        )
        grid = choices([(f"resultaat_{result.value}", text, partial(self._choose, result)) for result, text in results])
        _explain(grid, "resultaat_nummer-onbruikbaar", self.tr("Nummer buiten gebruik of verkeerd"))
        for result in _OUTGOING_ONLY | {Belresultaat.NUMMER_ONBRUIKBAAR}:
            made = grid.findChild(QPushButton, f"resultaat_{result.value}")
            if isinstance(made, QPushButton):
                made.setEnabled(not self._incoming)
        came_in = QCheckBox(self.tr("De &inwoner belde zelf"))
        came_in.setObjectName("inkomend")
        came_in.setChecked(self._incoming)
        came_in.toggled.connect(self.on_incoming)
        places = grid.layout()
        if isinstance(places, QGridLayout):
            places.addWidget(came_in, len(results) // _COLUMNS, len(results) % _COLUMNS)
        box.addWidget(grid)
        return page

    def _choose(self, result: Belresultaat) -> None:
        self._result, self._again = result, None
        match result:
            case Belresultaat.VOICEMAIL_INGESPROKEN:
                self._go(self._voicemail_page)
            case Belresultaat.IEMAND_ANDERS:
                self._go(self._other_page)
            case Belresultaat.TERUGBELLEN:
                self._go(self._when_page)
            case Belresultaat.TOLK_NODIG:
                self._go(self._interpreter_page)
            case Belresultaat.GESPROKEN | Belresultaat.WIL_NU_NIET:
                self._go(self._whom_page)
            case _:
                self._record(None)

    def _voicemail_page(self) -> QWidget:
        allowed = self.context.dossier.situatie.veilig_contact.voicemail
        self._say(Gesprek.VOICEMAIL if allowed else Gesprek.GEEN_VOICEMAIL)
        page, box = _page(self.tr("Heb je iets ingesproken?"))
        if not allowed:
            box.addWidget(tag(self.tr("geen voicemail: dat is zo afgesproken"), Soort.GEVAAR))
        spoken = self.tr("Voicemail ingesproken") if allowed else self.tr("Toch ingesproken")
        grid = choices(
            [
                ("voicemail_ingesproken", spoken, partial(self._record_voicemail, spoken=True, promised=allowed)),
                ("voicemail_niet", self.tr("Niet ingesproken"), partial(self._record_voicemail, spoken=False)),
            ]
        )
        _explain(grid, "voicemail_niet", self.tr("Voicemail, niet ingesproken"))
        box.addWidget(grid)
        if not allowed:
            self._first = "voicemail_niet"
        day = self._next_day()
        if allowed and day is not None:
            box.addWidget(
                label(
                    self.tr("Spreek je in, dan staat de belofte om {dag} te bellen op Vandaag.").format(
                        dag=texts.near_day(day.date(), self.context.now().date())
                    ),
                    "zacht",
                    wrap=True,
                )
            )
        return page

    def _record_voicemail(self, *, spoken: bool, promised: bool = False) -> None:
        self._result = Belresultaat.VOICEMAIL_INGESPROKEN if spoken else Belresultaat.VOICEMAIL_NIET_INGESPROKEN
        self._again = self._next_day() if promised else None
        self._record(None)

    def _whom_page(self) -> QWidget:
        calls_again = self._result is Belresultaat.TERUGBELLEN
        if self._result is Belresultaat.GESPROKEN:
            self._say(Gesprek.INWONER)
        elif self._result is Belresultaat.WIL_NU_NIET:
            self._say(Gesprek.WIL_NIET)
        page, box = _page(self.tr("Met wie sprak je?"))
        options: list[tuple[str, str, Callable[[], None]]] = [
            ("met_inwoner", self.tr("Inwoner zelf"), partial(self._record, Gesprekspartner.INWONER))
        ]
        options += [(name, text, partial(self._met, spoken)) for name, text, spoken in self._others(2 + calls_again)]
        options.append(("met_ander", self.tr("Iemand anders"), partial(self._record, Gesprekspartner.ANDER)))
        if calls_again:
            options.append(("met_niemand", self.tr("Niemand"), partial(self._record, None)))
        box.addWidget(self._named(options))
        return page

    def _met(self, spoken: Spoken) -> None:
        if self._result is Belresultaat.GESPROKEN:
            self._go(partial(self._acting_page, spoken))
        else:
            self._record(spoken.partner)

    def _other_page(self) -> QWidget:
        institution = self.context.dossier.situatie.woonsituatie in _INSTITUTION
        self._result, self._again = Belresultaat.IEMAND_ANDERS, None
        self._say(Gesprek.RECEPTIE if institution else Gesprek.ANDER)
        page, box = _page(self.tr("Wie nam op?"))
        other = self.tr("Receptie, begeleiding") if institution else self.tr("Iemand anders")
        options: list[tuple[str, str, Callable[[], None]]] = [
            ("met_ander", other, partial(self._record, Gesprekspartner.ANDER)),
            ("met_ander_terugbellen", self.tr("… en ik bel terug op…"), partial(self._go, self._when_page)),
        ]
        options += [
            (name, text, partial(self._go, partial(self._acting_page, spoken)))
            for name, text, spoken in self._others(2)
        ]
        grid = self._named(options)
        _explain(grid, "met_ander_terugbellen", self.tr("Iemand anders nam op, en ik bel terug op…"))
        box.addWidget(grid)
        return page

    def _acting_page(self, spoken: Spoken) -> QWidget:
        """What to say to somebody who acts for the resident: about money, or for a mentor not."""
        mentor = spoken.partner is Gesprekspartner.MENTOR
        self._result = Belresultaat.IEMAND_ANDERS if mentor else Belresultaat.GESPROKEN
        self._say(Gesprek(spoken.partner.value), spoken.acting)
        who = woord(Vertegenwoordiging(spoken.partner.value))
        page, box = _page(self.tr("Gesproken met de {wie}?").format(wie=who))
        text = self.tr("Niet over geld gesproken") if mentor else self.tr("Leg het gesprek vast")
        box.addWidget(choices([("met_vertegenwoordiger", text, partial(self._record, spoken.partner))]))
        if spoken.acting is None:
            box.addWidget(label(self.tr("Zet de naam daarna bij de situatie, links."), "zacht", wrap=True))
        return page

    def _interpreter_page(self) -> QWidget:
        self._say(Gesprek.TOLK_NODIG)
        page, box = _page(self.tr("Met wie sprak je?"))
        options = (("met_inwoner", self.tr("Inwoner zelf"), Gesprekspartner.INWONER),
                   ("met_ander", self.tr("Iemand anders"), Gesprekspartner.ANDER),
                   ("met_niemand", self.tr("Weet ik niet"), None))  # fmt: skip
        box.addWidget(choices([(name, text, partial(self._record, partner)) for name, text, partner in options]))
        self._note_interpreter = QCheckBox(self.tr("Zet bij de situatie dat een tol&k nodig is"))
        self._note_interpreter.setObjectName("tolk_noteren")
        self._note_interpreter.setChecked(True)
        self._language = QLineEdit(self.context.dossier.situatie.tolktaal)
        self._language.setMaxLength(100)
        self._language.setMaximumWidth(220)
        row = QHBoxLayout()
        row.addWidget(self._note_interpreter)
        row.addStretch(1)
        row.addWidget(captioned(self.tr("Taal van &de tolk"), self._language, "tolktaal"))
        row.addWidget(self._language)
        box.addLayout(row)
        return page

    def _when_page(self) -> QWidget:
        self._say(Gesprek.TERUGBELLEN)
        page, box = _page(self.tr("Wanneer bel je terug?"))
        stand, now = self.context.dossier.stand, self.context.now()
        moments = proposals(stand, now)
        options = [
            (f"terugbellen_{number}", self._moment_words(moment), partial(self._promise, moment))
            for number, moment in enumerate(moments, start=1)
        ]
        grid = choices(options)
        for number, moment in enumerate(moments, start=1):
            _explain(grid, f"terugbellen_{number}", texts.short_moment(moment))
        box.addWidget(grid)
        first = (now + timedelta(days=1)).replace(hour=_MORNING, minute=0)
        self._when = moment_field(moments[0] if moments else first, earliest=now)
        self._when.dateTimeChanged.connect(self.on_when_changed)
        row = QHBoxLayout()
        row.addWidget(captioned(self.tr("An&der moment"), self._when, "terugbellen_op"))
        row.addWidget(self._when)
        further = button(self.tr("Verder"), "terugbellen_verder", main=True)
        further.clicked.connect(self.on_when_chosen)
        row.addWidget(further)
        row.addStretch(1)
        box.addLayout(row)
        self._unsafe: QLabel = label("", "fout", wrap=True)
        self._unsafe.setObjectName("terugbellen_onveilig")
        box.addWidget(self._unsafe)
        self.on_when_changed()
        return page

    def _moment_words(self, moment: datetime) -> str:
        today = self.context.now().date()
        part = dagdeel(moment).value.lower()
        if moment.date() == today:
            return {"middag": self.tr("Vanmiddag"), "avond": self.tr("Vanavond")}.get(part, self.tr("Vanochtend"))
        day = texts.near_day(moment.date(), today).split(" ")[0] if (moment.date() - today).days < 7 else ""
        return f"{(day or texts.day(moment.date())).capitalize()} {part}"

    # --- who may be on the line ---------------------------------------------------------------------------------

    def _money_matters(self) -> tuple[Vertegenwoordiger, ...]:
        return tuple(
            acting
            for acting in self.context.dossier.situatie.vertegenwoordigers
            if acting.telefoonnummer and Gesprekspartner(acting.hoedanigheid.value).telt_als_bereikt
        )

    def _dial_acting(self, acting: Vertegenwoordiger) -> QWidget:
        text = self.tr("Bel {wie} {naam}, {nummer}").format(
            wie=woord(acting.hoedanigheid),
            naam=texts.shortened(acting.naam, _NAME).replace("&", "&&"),
            nummer=texts.phone(acting.telefoonnummer),
        )
        made = button(text, f"bel_{acting.hoedanigheid.value}", link=True)
        made.clicked.connect(partial(self._dial, acting.telefoonnummer))
        return made

    def _others(self, taken: int) -> list[tuple[str, str, Spoken]]:
        """Those who act for the resident by name, then the capacities nobody is known for; all within nine keys."""
        known = self.context.dossier.situatie.vertegenwoordigers
        found = [
            (f"met_{acting.hoedanigheid.value}_{number}", f"{acting.naam} ({woord(acting.hoedanigheid)})",
             Spoken(Gesprekspartner(acting.hoedanigheid.value), acting))
            for number, acting in enumerate(known, start=1)
        ]  # fmt: skip
        capacities = (
            (Gesprekspartner.CURATOR, self.tr("Curator")),
            (Gesprekspartner.BEWINDVOERDER, self.tr("Bewindvoerder")),
            (Gesprekspartner.GEMACHTIGDE, self.tr("Gemachtigde")),
            (Gesprekspartner.MENTOR, self.tr("Mentor")),
        )
        there = {acting.hoedanigheid.value for acting in known}
        found += [
            (f"met_{partner.value}", text, Spoken(partner))
            for partner, text in capacities
            if partner.value not in there
        ]
        return found[: _KEYS - taken]

    def _named(self, options: list[tuple[str, str, Callable[[], None]]]) -> QWidget:
        """The buttons, wider when there are names; a long one is cut off on the button and whole for who asks."""
        known = self.context.dossier.situatie.vertegenwoordigers
        shown = [(name, texts.shortened(text, _NAME).replace("&", "&&"), action) for name, text, action in options]
        grid = choices(shown, columns=2 if known else _COLUMNS)
        for name, text, _ in options:
            if len(text) > _NAME:
                _explain(grid, name, text)
        return grid

    # --- what is done -------------------------------------------------------------------------------------------

    @Slot(bool)
    def on_incoming(self, checked: bool) -> None:  # noqa: FBT001  # the argument of a signal
        self._incoming = checked
        self._turn(self._what_page)
        box = self._page.findChild(QCheckBox, "inkomend")
        if isinstance(box, QCheckBox):
            box.setFocus()

    @Slot()
    def on_when_changed(self) -> None:
        stand = self.context.dossier.stand
        unsafe = not may_call(stand, chosen_moment(self._when))
        self._unsafe.setVisible(unsafe)
        if unsafe:
            when = when_words(stand.bel_wanneer)
            self._unsafe.setText(self.tr("▲ Dan mag je niet bellen. Alleen: {wanneer}.").format(wanneer=when))

    @Slot()
    def on_when_chosen(self) -> None:
        self._promise(chosen_moment(self._when))

    def _promise(self, moment: datetime) -> None:
        self._again = moment
        if self._result is Belresultaat.IEMAND_ANDERS:
            self._record(Gesprekspartner.ANDER)
        else:
            self._go(self._whom_page)

    @Slot()
    def _dial(self, telefoonnummer: str) -> None:
        number = "".join(c for c in telefoonnummer if c.isdigit() or c == "+")
        QDesktopServices.openUrl(QUrl(f"tel:{number}"))

    def _record(self, partner: Gesprekspartner | None) -> None:
        result = self._result
        notes_interpreter = result is Belresultaat.TOLK_NODIG and self._note_interpreter.isChecked()
        talked = partner is not None and result not in {Belresultaat.TOLK_NODIG, Belresultaat.IEMAND_ANDERS}
        action = partial(
            contact.record_contactpoging,
            zaak=self.context.zaak,
            event_id=self.event_id,
            contactsoort=Contactsoort.TELEFOON,
            bereikt=talked and partner is not None and partner.telt_als_bereikt,
            gesproken_met=partner,
            richting=Richting.IN if self._incoming else Richting.UIT,
            resultaat=result,
            terugbellen_op=self._again,
            notitie=self.context.note(),
            tolktaal=self._language.text() if notes_interpreter else None,
        )
        said = self.tr("Vastgelegd: {wat}").format(wat=woord(result))
        if self._again is not None:
            day = texts.near_day(self._again.date(), self.context.now().date())
            said = self.tr("{gedaan}, je belt {dag}").format(gedaan=said, dag=day)
        self.send(action, said)


def _page(question: str) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    if question:
        box.addWidget(label(question, "kop"))
    return page, box


def _explain(grid: QWidget, name: str, whole: str) -> None:
    """Give a button with few words all of them, for who points at it or listens to it."""
    made = grid.findChild(QPushButton, name)
    if isinstance(made, QPushButton):
        made.setToolTip(whole)
        made.setAccessibleName(whole)
