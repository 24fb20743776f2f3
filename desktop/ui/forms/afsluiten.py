"""The form that closes a zaak: the eindresultaten that the facts allow, their definitions, and what the CAK is told."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db.model.codes import Antwoord, Eindresultaat, Terugmeldcode, Weigergrond
from desktop.casework import afsluiten
from desktop.casework.outcomes import UITKOMSTEN, toegestaan
from desktop.ui.forms.fields import parse_day
from desktop.ui.forms.form import Form, FormContext, captioned
from desktop.ui.widgets.parts import button, label

_ASKS_DEBT_HELP = frozenset(
    {
        Eindresultaat.BEKEND_BIJ_SCHULDHULP,
        Eindresultaat.VERVOLGHULP,
        Eindresultaat.VERVOLGHULP_FINANCIEEL,
    }
)
_ASKS_NAME = _ASKS_DEBT_HELP | {Eindresultaat.VERWIJZING_ZONDER_INWONER}


class AfsluitenForm(Form):
    """Shows only what the recorded facts allow; what a choice still asks for appears with it."""

    uses_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        session = context.session
        self.title = self.tr("Sluit de zaak af")
        allowed = toegestaan(context.dossier, session.instellingen, session.now())
        self.body.addWidget(label(self.tr("Hoe is het afgelopen?"), "kop"))
        self._group = QButtonGroup(self)
        self._results: dict[QRadioButton, Eindresultaat] = {}
        options = QVBoxLayout()
        options.setSpacing(4)
        for result in allowed:
            options.addWidget(self._option(result))
        self.body.addLayout(options)
        missing = len(UITKOMSTEN) - len(allowed)
        self.body.addWidget(
            label(
                self.tr("{n} andere resultaten passen niet bij wat er is vastgelegd.").format(n=missing),
                "zacht",
                wrap=True,
            )
        )
        self._extra = self._extra_fields()
        self.body.addWidget(self._extra)
        self.footer = QWidget()
        below = QVBoxLayout(self.footer)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.error)
        below.addWidget(self._preview())
        self._group.buttonToggled.connect(self.on_chosen)
        self.on_chosen()

    def _option(self, result: Eindresultaat) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        radio = QRadioButton(result.value.replace("&", "&&"))
        radio.setObjectName(f"eindresultaat_{result.name}")
        radio.setAccessibleDescription(UITKOMSTEN[result].definitie)
        self._group.addButton(radio)
        self._results[radio] = result
        box.addWidget(radio)
        definition = label(UITKOMSTEN[result].definitie, "zacht", wrap=True)
        definition.setContentsMargins(26, 0, 0, 0)
        box.addWidget(definition)
        return holder

    def _extra_fields(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self._accepted = QCheckBox(self.tr("De inwoner heeft &hulp aanvaard"))
        self._accepted.setObjectName("hulp_aanvaard")
        self._accepted.setChecked(self.context.dossier.stand.antwoord is Antwoord.AANVAARD)
        grid.addWidget(self._accepted, 0, 0, 1, 2)
        self._reason = QComboBox()
        for ground, text in (
            (Weigergrond.TIJDELIJK_NIET_BEREIKBAAR, self.tr("tijdelijk niet bereikbaar")),
            (Weigergrond.BEZOEK_NIET_VEILIG, self.tr("bezoek is niet veilig")),
            (Weigergrond.GEEN_CAPACITEIT, self.tr("te weinig mensen")),
            (Weigergrond.ADRES_ONBEKEND, self.tr("adres onbekend")),
            (Weigergrond.INGETROKKEN, self.tr("ingetrokken door het CAK")),
        ):
            self._reason.addItem(text, ground.value)
        self._since = QLineEdit()
        self._since.setPlaceholderText(self.tr("dd-mm-jjjj, leeg als er geen schuldhulp loopt"))
        self._since.textChanged.connect(self.on_chosen)
        self._by = QLineEdit()
        self._by.setMaxLength(200)
        self._rows = {}
        fields: tuple[tuple[str, QWidget, str], ...] = (
            (self.tr("&Reden, blijft bij ons"), self._reason, "interne_reden"),
            (self.tr("&Schuldhulp loopt sinds"), self._since, "schuldhulp_loopt"),
            (self.tr("Bevestigd &door"), self._by, "bevestigd_door"),
        )
        for number, (text, field, name) in enumerate(fields, start=1):
            caption = captioned(text, field, name)
            grid.addWidget(caption, number, 0)
            grid.addWidget(field, number, 1)
            self._rows[name] = (caption, field)
        grid.setColumnStretch(1, 1)
        return holder

    def _preview(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("kaart", "ja")
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(label(self.tr("Dit gaat naar het CAK"), "kop"))
        self._message = label("", wrap=True)
        self._message.setObjectName("naar_het_cak")
        told.addWidget(self._message)
        row.addLayout(told, 1)
        self._submit = button(self.tr("Zaa&k afsluiten"), "vastleggen", main=True)
        self._submit.clicked.connect(self.on_submitted)
        row.addWidget(self._submit)
        return frame

    @property
    def chosen(self) -> Eindresultaat | None:
        """The eindresultaat that is marked."""
        checked = self._group.checkedButton()
        return self._results.get(checked) if isinstance(checked, QRadioButton) else None

    @Slot()
    def on_chosen(self) -> None:
        result = self.chosen
        self._extra.setVisible(result is not None)
        self._submit.setEnabled(result is not None)
        if result is None:
            self._message.setText(self.tr("Kies eerst hoe het is afgelopen."))
            return
        for name, shown in (
            ("interne_reden", result is Eindresultaat.ANDERE_REDEN),
            ("schuldhulp_loopt", result in _ASKS_DEBT_HELP),
            ("bevestigd_door", result in _ASKS_NAME),
        ):
            for widget in self._rows[name]:
                widget.setVisible(shown)
        since = parse_day(self._since.text()) if result in _ASKS_DEBT_HELP else None
        code = afsluiten.preview(self.context.session.instellingen, result, since)
        signals = ", ".join(signal.extern_id for signal in self.context.dossier.signalen)
        self._message.setText(
            self.tr("{code} (“{woorden}”), signaal {signalen}, de datum van vandaag. Verder niets.").format(
                code=code.value, woorden=self._words(code), signalen=signals
            )
        )

    def _words(self, code: Terugmeldcode) -> str:
        return {
            Terugmeldcode.HULP: self.tr("De inwoner krijgt schuldhulp"),
            Terugmeldcode.AFGEROND: self.tr("Wij zijn klaar met dit signaal"),
            Terugmeldcode.GEEN_CONTACT: self.tr("Geen contact gekregen"),
            Terugmeldcode.CONTACT_GEEN_HULP: self.tr("Contact, geen hulp"),
            Terugmeldcode.CONTACT_ANDERE_HULP: self.tr("Contact, andere hulp"),
            Terugmeldcode.GEEN_INWONER: self.tr("Geen inwoner van deze gemeente"),
            Terugmeldcode.OVERLEDEN: self.tr("De inwoner is overleden"),
            Terugmeldcode.ONTERECHT: self.tr("Het signaal is onterecht"),
            Terugmeldcode.HERHAALD: self.tr("Het signaal is herhaald"),
            Terugmeldcode.NIET_OPGEPAKT: self.tr("Niet opgepakt"),
        }[code]

    @Slot()
    def on_submitted(self) -> None:
        result = self.chosen
        if result is None:
            return
        since = parse_day(self._since.text()) if result in _ASKS_DEBT_HELP else None
        if result in _ASKS_DEBT_HELP and since is None and self._since.text().strip():
            self.error.setText(self.tr("Schrijf de datum zoals 31-12-2024."))
            self.error.show()
            return
        action = partial(
            afsluiten.close_zaak,
            zaak=self.context.zaak,
            event_id=self.event_id,
            eindresultaat=result,
            hulp_aanvaard=self._accepted.isChecked(),
            schuldhulp_loopt=since,
            bevestigd_door=self._by.text() if result in _ASKS_NAME else "",
            reden=Weigergrond(self._reason.currentData()) if result is Eindresultaat.ANDERE_REDEN else None,
            notitie=self.context.note(),
        )
        self.send(action, self.tr("Zaak afgesloten"))

    def first_focus(self) -> None:
        first = next(iter(self._results), None)
        if first is not None:
            first.setFocus()
