"""The forms of what was looked up: the BRP check, and whether the resident was known before."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from db.model.codes import Bekendheid, BrpUitkomst
from desktop.casework import contact
from desktop.casework.kalender import AMSTERDAM
from desktop.ui.forms.form import Form, FormContext, captioned, choices, day_field
from desktop.ui.widgets.parts import button, label


class BrpForm(Form):
    """The municipality's own check (WGS 8b): when, and what it said."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("BRP-controle vastleggen")
        self._day: QDateEdit = day_field(context.now())
        self._day.setMaximumDate(self._day.date())
        row = QHBoxLayout()
        row.addWidget(captioned(self.tr("&Datum van de controle"), self._day, "brp_datum"))
        row.addWidget(self._day)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(label(self.tr("Wat zegt de BRP?"), "kop"))
        options = (
            (BrpUitkomst.KLOPT, self.tr("Het adres klopt")),
            (BrpUitkomst.VERHUISD, self.tr("Verhuisd uit de gemeente")),
            (BrpUitkomst.OVERLEDEN, self.tr("Overleden")),
            (BrpUitkomst.GEHEIM, self.tr("Geheim adres")),
        )
        self._words = dict(options)
        self.body.addWidget(
            choices([(f"brp_{found.value}", text, partial(self._record, found)) for found, text in options], columns=2)
        )
        self.body.addWidget(
            label(self.tr("Bij een geheim adres stopt Voordeur brieven, kaartjes en huisbezoeken."), "zacht", wrap=True)
        )
        self.body.addWidget(self.error)

    def _record(self, found: BrpUitkomst) -> None:
        now, day = self.context.session.now(), self._day.date()
        checked = datetime.combine(
            datetime(day.year(), day.month(), day.day(), tzinfo=AMSTERDAM).date(), time(12), AMSTERDAM
        )
        action = partial(
            contact.record_brp,
            zaak=self.context.zaak,
            event_id=self.event_id,
            uitkomst=found,
            op=min(checked, now),
        )
        self.send(action, self.tr("BRP-controle vastgelegd: {wat}").format(wat=self._words[found].lower()))


class BekendheidForm(Form):
    """Known at schuldhulp, reported before, and who said so (handbook section 3)."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Eerder bekend?")
        self._debt_help = self._combo(context.dossier.stand.schuldhulp)
        self._reported = self._combo(context.dossier.stand.eerder_gemeld)
        self._source = QLineEdit()
        self._source.setMaxLength(200)
        self._source.setPlaceholderText(self.tr("Naam en functie, of de lijst met datum"))
        grid = QGridLayout()
        grid.setSpacing(8)
        rows: tuple[tuple[str, QWidget, str], ...] = (
            (self.tr("Bekend bij &schuldhulp"), self._debt_help, "bekend_schuldhulp"),
            (self.tr("&Eerder gemeld door een ander"), self._reported, "eerder_gemeld"),
            (self.tr("W&ie zei dat?"), self._source, "volgens"),
        )
        for number, (text, field, name) in enumerate(rows):
            grid.addWidget(captioned(text, field, name), number, 0)
            grid.addWidget(field, number, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.error)
        row = QHBoxLayout()
        submit = button(self.tr("Be&kendheid vastleggen"), "vastleggen", main=True)
        submit.clicked.connect(self.on_submitted)
        row.addWidget(submit)
        row.addStretch(1)
        self.body.addLayout(row)

    def _combo(self, current: Bekendheid) -> QComboBox:
        made = QComboBox()
        for value, text in (
            (Bekendheid.ONBEKEND, self.tr("niet bekend")),
            (Bekendheid.JA, self.tr("ja")),
            (Bekendheid.NEE, self.tr("nee")),
        ):
            made.addItem(text, value.value)
        made.setCurrentIndex(made.findData(current.value))
        return made

    def first_focus(self) -> None:
        self._debt_help.setFocus()

    @Slot()
    def on_submitted(self) -> None:
        action = partial(
            contact.record_bekendheid,
            zaak=self.context.zaak,
            event_id=self.event_id,
            schuldhulp=Bekendheid(self._debt_help.currentData()),
            eerder_gemeld=Bekendheid(self._reported.currentData()),
            volgens=self._source.text(),
        )
        self.send(action, self.tr("Vastgelegd"))
