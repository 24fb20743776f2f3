"""The form that closes a zaak: three questions, the eindresultaten that the facts allow, and what the CAK is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db.model.codes import Antwoord, Eindresultaat, Weigergrond
from desktop.casework import afsluiten
from desktop.casework.kalender import lokale_datum
from desktop.casework.outcomes import UITKOMSTEN, refusals, toegestaan
from desktop.ui import texts
from desktop.ui.forms.drafts import FieldDrafts
from desktop.ui.forms.fields import parse_day
from desktop.ui.forms.form import Form, FormContext, captioned, choices
from desktop.ui.forms.reden import erased_on
from desktop.ui.models.terugmelden import told
from desktop.ui.widgets.checked import CheckedField
from desktop.ui.widgets.pages import Pages
from desktop.ui.widgets.parts import button, clear, label, tab_after

WEGEN: Mapping[str, Mapping[str, tuple[Eindresultaat, ...]]] = MappingProxyType(
    {
        "contact": {
            "hulp": (
                Eindresultaat.ADVIES_QUICK_FIX,
                Eindresultaat.VERVOLGHULP_FINANCIEEL,
                Eindresultaat.VERVOLGHULP_NIET_FINANCIEEL,
                Eindresultaat.VERVOLGHULP,
            ),
            "geen-hulp": (
                Eindresultaat.REGELT_ZELF,
                Eindresultaat.ZELF_BETAALD,
                Eindresultaat.GEEN_REACTIE_NA_CONTACT,
            ),
            "al-hulp": (Eindresultaat.BEKEND_BIJ_SCHULDHULP, Eindresultaat.ANDER_TRAJECT),
        },
        "geen-contact": {
            "geen-reactie": (Eindresultaat.GEEN_CONTACT,),
            "al-schuldhulp": (Eindresultaat.BEKEND_BIJ_SCHULDHULP,),
            "uiterste-nood": (Eindresultaat.VERWIJZING_ZONDER_INWONER,),
        },
        "signaal": {
            "klopt-niet": (Eindresultaat.ONTERECHT, Eindresultaat.HERHAALDE_MELDING),
            "brp": (Eindresultaat.GEEN_INWONER, Eindresultaat.OVERLEDEN),
            "andere-reden": (Eindresultaat.ANDERE_REDEN,),
        },
    }
)
"""Where the answers to the first two questions lead; every eindresultaat stands at the end of a road."""

_ASKS_DEBT_HELP = frozenset(
    {
        Eindresultaat.BEKEND_BIJ_SCHULDHULP,
        Eindresultaat.VERVOLGHULP,
        Eindresultaat.VERVOLGHULP_FINANCIEEL,
    }
)
_ASKS_NAME = _ASKS_DEBT_HELP | {Eindresultaat.VERWIJZING_ZONDER_INWONER}
_FEW = 3
_FIRST, _SECOND, _THIRD = range(3)


class AfsluitenForm(Form):
    """Asks its way to the eindresultaten; those that the facts do not allow stand there grey, with the reason."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        session = context.session
        self.title = self.tr("Sluit de zaak af")
        now = session.now()
        self._allowed = frozenset(toegestaan(context.dossier, session.instellingen, now))
        self._refused = refusals(context.dossier, session.instellingen, now)
        self._road = ""
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self.on_chosen)
        self._results: dict[QRadioButton, Eindresultaat] = {}
        self._second, self._third = QVBoxLayout(), QVBoxLayout()
        self._pages = Pages(self._first_page(), _page(self._second), _page(self._third))
        self.body.addWidget(self._pages)
        self._extra = self._extra_fields()
        self.body.addWidget(self._extra)
        self.footer = QWidget()
        below = QVBoxLayout(self.footer)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.error)
        self._told = self._preview()
        below.addWidget(self._told)
        self._drafts = FieldDrafts(session, f"afsluiten:{context.zaak}", (self._since, self._by), self)
        self._turn(_FIRST)

    # --- the questions --------------------------------------------------------------------------------------

    def _first_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(label(self.tr("Is er contact geweest met de inwoner?"), "kop"))
        reached = self.context.dossier.stand.eerst_bereikt_op
        known = (
            self.tr("Vastgelegd: gesproken op {dag}.").format(dag=texts.full_day(lokale_datum(reached)))
            if reached is not None
            else self.tr("Vastgelegd: nog niemand gesproken.")
        )
        box.addWidget(label(known, "zacht"))
        options = (
            ("contact", self.tr("Ja, we spraken elkaar")),
            ("geen-contact", self.tr("Nee, geen contact")),
            ("signaal", self.tr("Het signaal is niet opgepakt, of de inwoner is verhuisd of overleden")),
        )
        box.addWidget(
            choices([(f"weg_{road}", text, partial(self._choose_road, road)) for road, text in options], columns=1)
        )
        return page

    def _choose_road(self, road: str) -> None:
        self._road = road
        clear(self._second)
        questions = {
            "contact": self.tr("Is er hulp gekomen?"),
            "geen-contact": self.tr("Hoe liep het af?"),
            "signaal": self.tr("Wat is er met het signaal?"),
        }
        words = {
            "hulp": self.tr("Ja, hulp van ons of via ons"),
            "geen-hulp": self.tr("Nee, geen hulp"),
            "al-hulp": self.tr("Er was al hulp van een ander"),
            "geen-reactie": self.tr("Niemand reageerde"),
            "al-schuldhulp": self.tr("De inwoner krijgt al schuldhulp"),
            "uiterste-nood": self.tr("Uiterste nood: een ander zoekt contact"),
            "klopt-niet": self.tr("Het signaal klopt niet of kwam al eerder"),
            "brp": self.tr("De inwoner is verhuisd of overleden"),
            "andere-reden": self.tr("Een andere reden, die bij ons blijft"),
        }
        self._second.addWidget(label(questions[road], "kop"))
        self._second.addWidget(
            choices(
                [(f"weg_{branch}", words[branch], partial(self._choose_branch, branch)) for branch in WEGEN[road]],
                columns=1,
            )
        )
        self._second.addWidget(self._one_back())
        self._turn(_SECOND)

    def _choose_branch(self, branch: str) -> None:
        self._forget_results()
        self._third.addWidget(label(self.tr("Welk resultaat past hierbij?"), "kop"))
        found = sorted(WEGEN[self._road][branch], key=lambda result: result not in self._allowed)
        reasons = []
        for number, result in enumerate(found, start=1):
            holder, why = self._option(result, number)
            self._third.addWidget(holder)
            reasons += [] if why is None else [why]
        if reasons:
            ask = button(self.tr("Waarom kan grijs niet?"), "waarom_niet", link=True)
            ask.clicked.connect(partial(_show_all, reasons))
            self._third.addWidget(ask)
            ask.setVisible(len(reasons) < len(found))
        if len(reasons) == len(found):
            _show_all(reasons)
        self._third.addWidget(self._one_back())
        self._turn(_THIRD)

    def _option(self, result: Eindresultaat, number: int) -> tuple[QWidget, QWidget | None]:
        """One eindresultaat with its definition; when it is not allowed also the label that says why, still hidden."""
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        radio = QRadioButton(result.value.replace("&", "&&"))
        radio.setObjectName(f"eindresultaat_{result.name}")
        radio.setAccessibleDescription(UITKOMSTEN[result].definitie)
        self._group.addButton(radio)
        self._results[radio] = result
        row = QHBoxLayout()
        row.addWidget(radio, 1)
        box.addLayout(row)
        definition = label(UITKOMSTEN[result].definitie, "zacht", wrap=True)
        definition.setContentsMargins(26, 0, 0, 0)
        box.addWidget(definition)
        if result in self._allowed:
            cap = label(str(number))
            cap.setProperty("toets", "ja")
            row.addWidget(cap)
            QShortcut(QKeySequence(str(number)), radio, partial(_choose, radio)).setWhatsThis(result.value)
            return holder, None
        radio.setEnabled(False)
        why = label(self.tr("Kan nu niet: {zin}").format(zin=texts.explain(self._refused[result])), wrap=True)
        why.setObjectName(f"waarom_{result.name}")
        why.setContentsMargins(26, 0, 0, 4)
        why.hide()
        box.addWidget(why)
        return holder, why

    def _one_back(self) -> QWidget:
        made = button(self.tr("Vorige vraag (Esc)"), "vorige_vraag", link=True)
        made.clicked.connect(self.back)
        return made

    def _forget_results(self) -> None:
        self.body.addWidget(self._extra)  # out of what goes
        self._extra.hide()
        for made in self._results:
            self._group.removeButton(made)
        self._results.clear()
        clear(self._third)

    def _turn(self, page: int) -> None:
        self._pages.turn(page)
        self._told.setVisible(page == _THIRD)
        self.on_chosen()
        if self.isVisible():
            self.first_focus()

    def back(self) -> bool:
        if self._pages.index == _FIRST:
            return False
        self._forget_results()
        self._turn(self._pages.index - 1)
        return True

    def first_focus(self) -> None:
        found = self._pages.current.findChildren(QAbstractButton)
        ready = [made for made in found if made.isEnabled() and made.isVisibleTo(self._pages)]
        if ready:
            ready[0].setFocus()

    # --- what a choice still asks ---------------------------------------------------------------------------

    def _extra_fields(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(26, 0, 0, 4)  # under the words of the choice
        grid.setSpacing(8)
        self._reason = QComboBox()
        for ground, text in (
            (Weigergrond.TIJDELIJK_NIET_BEREIKBAAR, self.tr("tijdelijk niet bereikbaar")),
            (Weigergrond.BEZOEK_NIET_VEILIG, self.tr("bezoek is niet veilig")),
            (Weigergrond.GEEN_CAPACITEIT, self.tr("te weinig mensen")),
            (Weigergrond.ADRES_ONBEKEND, self.tr("adres onbekend")),
            (Weigergrond.INGETROKKEN, self.tr("ingetrokken door het CAK")),
        ):
            self._reason.addItem(text, ground.value)
        self._since = CheckedField(parse_day, self.tr("Schrijf de datum zoals 31-12-2024."))
        self._since.setPlaceholderText(self.tr("dd-mm-jjjj, leeg als er geen schuldhulp loopt"))
        self._since.textChanged.connect(self.on_chosen)
        self._by = QLineEdit()
        self._by.setMaxLength(200)
        self._by.setPlaceholderText(self.tr("naam en functie"))
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        accepted = self._accepted_choice()
        grid.addWidget(accepted, 0, 0, 1, 2)
        self._rows["hulp_aanvaard"] = (accepted,)
        fields: tuple[tuple[str, QWidget, str], ...] = (
            (self.tr("Re&den, blijft bij ons"), self._reason, "interne_reden"),
            (self.tr("&Schuldhulp loopt sinds"), self._since, "schuldhulp_loopt"),
            (self.tr("Bevest&igd door"), self._by, "bevestigd_door"),
        )
        for number, (text, field, name) in enumerate(fields, start=1):
            caption = captioned(text, field, name)
            grid.addWidget(caption, 2 * number, 0)
            grid.addWidget(field, 2 * number, 1)
            self._rows[name] = (caption, field)
        grid.addWidget(self._since.error, 5, 1)
        self._kept = label("", "zacht", wrap=True)
        self._kept.setObjectName("wordt_gewist")
        grid.addWidget(self._kept, 8, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        return holder

    def _accepted_choice(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        question = self.tr("Heeft de inwoner hulp aanvaard?")
        row.addWidget(label(question))
        self._accepted = QButtonGroup(self)
        took = self.context.dossier.stand.antwoord is Antwoord.AANVAARD
        for number, (name, text, checked) in enumerate(
            (("ja", self.tr("Ja"), took), ("nee", self.tr("Nee"), not took))
        ):
            made = QRadioButton(text)
            made.setObjectName(f"hulp_aanvaard_{name}")
            made.setAccessibleName(f"{question} {text}")
            made.setChecked(checked)
            self._accepted.addButton(made, number)
            row.addWidget(made)
        row.addStretch(1)
        return holder

    def _preview(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("kaart", "ja")
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(12)
        shown = QVBoxLayout()
        shown.setSpacing(2)
        shown.addWidget(label(self.tr("Dit gaat naar het CAK"), "kop"))
        self._message = label("", wrap=True)
        self._message.setObjectName("naar_het_cak")
        shown.addWidget(self._message)
        row.addLayout(shown, 1)
        self._submit = button(self.tr("Zaa&k afsluiten"), "vastleggen", main=True)
        self._submit.clicked.connect(self.on_submitted)
        row.addWidget(self._submit)
        return frame

    @property
    def chosen(self) -> Eindresultaat | None:
        """The eindresultaat that is marked."""
        checked = self._group.checkedButton()
        return self._results.get(checked) if isinstance(checked, QRadioButton) else None

    def _debt_help_since(self) -> date | None:
        return self._since.value if self.chosen in _ASKS_DEBT_HELP else None

    @Slot()
    def on_chosen(self) -> None:
        result = self.chosen
        self._extra.setVisible(result is not None)
        self._submit.setEnabled(result is not None)
        if result is None:
            self._message.setText(self.tr("Kies eerst hoe het is afgelopen."))
            return
        for name, shown in (
            ("hulp_aanvaard", self._road == "contact"),
            ("interne_reden", result is Eindresultaat.ANDERE_REDEN),
            ("schuldhulp_loopt", result in _ASKS_DEBT_HELP),
            ("bevestigd_door", result in _ASKS_NAME),
        ):
            for widget in self._rows[name]:
                widget.setVisible(shown)
        self._put_under_choice()
        self._message.setText(self._what_leaves(result))
        stand = msgspec.structs.replace(
            self.context.dossier.stand, gesloten_op=self.context.session.now(), eindresultaat=result
        )
        self._kept.setText(erased_on(self, stand))

    def _put_under_choice(self) -> None:
        """What a choice still asks stands right beneath it, for the keys too."""
        checked = self._group.checkedButton()
        holder = checked.parentWidget() if checked is not None else None
        if checked is None or holder is None:
            return
        if self._third.indexOf(self._extra) != self._third.indexOf(holder) + 1:
            self._third.removeWidget(self._extra)
            self._third.insertWidget(self._third.indexOf(holder) + 1, self._extra)
            self._extra.show()
            tab_after(checked, self._extra)

    def _what_leaves(self, result: Eindresultaat) -> str:
        """The messages as the closing will queue them, word for word."""
        session, dossier = self.context.session, self.context.dossier
        code = afsluiten.preview(session.instellingen, result, self._debt_help_since())
        messages = afsluiten.terugmeldingen(dossier, code, self.context.now().date(), session.new_id)
        lines = [
            self.tr("Signaal {signaal}, klantnummer {nummer}").format(signaal=made.signaal, nummer=made.klantnummer)
            + (self.tr(" (vervangt het vorige bericht)") if made.vervangt else "")
            for made in messages[:_FEW]
        ]
        if len(messages) > _FEW:
            rest = len(messages) - _FEW
            lines.append(
                texts.plural(rest, self.tr("en nog {n} signaal, zo ook"), self.tr("en nog {n} signalen, zo ook"))
            )
        return self.tr("{code}: “{woorden}”\n{signalen}. Datum {dag}. Verder niets.").format(
            code=code.value,
            woorden=told(code),
            dag=texts.full_day(self.context.now().date()),
            signalen="; ".join(lines),
        )

    def drafts(self) -> tuple[tuple[str, str], ...]:
        return self._drafts.pending()

    @Slot()
    def on_submitted(self) -> None:
        result = self.chosen
        if result is None or (result in _ASKS_DEBT_HELP and not self._since.check()):
            return
        action = partial(
            afsluiten.close_zaak,
            zaak=self.context.zaak,
            event_id=self.event_id,
            eindresultaat=result,
            hulp_aanvaard=self._accepted.checkedId() == 0 if self._road == "contact" else None,
            schuldhulp_loopt=self._debt_help_since(),
            bevestigd_door=self._by.text() if result in _ASKS_NAME else "",
            reden=Weigergrond(self._reason.currentData()) if result is Eindresultaat.ANDERE_REDEN else None,
            notitie=self.context.note(),
        )
        self.send(self._drafts.recording(action), self.tr("Zaak afgesloten"))


def _page(box: QVBoxLayout) -> QWidget:
    page = QWidget()
    page.setLayout(box)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    return page


def _choose(radio: QRadioButton) -> None:
    radio.setFocus()
    radio.click()


def _show_all(hidden: Sequence[QWidget]) -> None:
    for made in hidden:
        made.show()
