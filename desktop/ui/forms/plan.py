"""The editor of the plan van aanpak: debts with their total, income and fixed costs, and who does what by when."""

from __future__ import annotations

import json
from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from db.journal import Changes
from db.model.bedrag import Bedrag, euro
from db.model.gebeurtenis import PlanVanAanpakOpgesteld
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.queries import concepten
from db.vault import Vault
from desktop.casework import hulp
from desktop.ui import texts
from desktop.ui.forms.fields import parse_amount, parse_day
from desktop.ui.forms.form import Form, FormContext, captioned
from desktop.ui.widgets.lines import Lines
from desktop.ui.widgets.note import DraftSaver
from desktop.ui.widgets.parts import button, label, restyle


class PlanForm(Form):
    """A version of the plan, whole; half-typed it is kept as a draft."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Maak het plan van aanpak met {naam}").format(naam=context.naam)
        self._saver = DraftSaver(context.session, f"plan:{context.zaak}", self)
        self._filling = True
        self.body.addWidget(label(self.tr("Schulden"), "kop"))
        self._debts = Lines(
            (self.tr("Aan wie"), self.tr("Bedrag in euro"), self.tr("Regeling")), "schuld", (3, 2, 3), self.on_typed
        )
        self.body.addWidget(self._debts)
        self.body.addLayout(self._under_debts())
        self.body.addWidget(label(self.tr("Afspraken"), "kop"))
        self._agreements = Lines(
            (self.tr("Wie"), self.tr("Wat"), self.tr("Uiterlijk (dd-mm-jjjj)")), "afspraak", (2, 4, 2), self.on_typed
        )
        self.body.addWidget(self._agreements)
        more = button(self.tr("A&fspraak toevoegen"), "afspraak_toevoegen")
        more.clicked.connect(lambda: self._agreements.add().setFocus())
        row = QHBoxLayout()
        row.addWidget(more)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addLayout(self._money())
        self.footer = QWidget()
        below = QVBoxLayout(self.footer)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.error)
        save = button(self.tr("Plan op&slaan"), "vastleggen", main=True)
        save.clicked.connect(self.on_submitted)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addStretch(1)
        row.addWidget(self._total)
        below.addLayout(row)
        self._fill(self._earlier())
        self._filling = False
        self.on_typed()
        place = self._saver.place
        context.session.note(self, lambda vault: concepten.read(vault.connection, place), self._restore)

    def _under_debts(self) -> QHBoxLayout:
        more = button(self.tr("S&chuld toevoegen"), "schuld_toevoegen")
        more.clicked.connect(lambda: self._debts.add().setFocus())
        self._total = label("", "vet")
        self._total.setObjectName("totaal")
        row = QHBoxLayout()
        row.addWidget(more)
        row.addStretch(1)
        return row

    def _money(self) -> QVBoxLayout:
        self._income, self._costs, self._review = QLineEdit(), QLineEdit(), QLineEdit()
        self._remarks = QPlainTextEdit()
        self._remarks.setTabChangesFocus(True)
        self._remarks.setFixedHeight(self._remarks.fontMetrics().lineSpacing() * 3 + 20)
        grid = QGridLayout()
        grid.setSpacing(8)
        fields: tuple[tuple[str, QWidget, str], ...] = (
            (self.tr("&Inkomen per maand"), self._income, "inkomen"),
            (self.tr("Vaste lasten per &maand"), self._costs, "vaste_lasten"),
            (self.tr("Evaluatie&datum"), self._review, "evaluatiedatum"),
        )
        for column, (text, field, name) in enumerate(fields):
            grid.addWidget(captioned(text, field, name), 0, column)
            grid.addWidget(field, 1, column)
        for field in (self._income, self._costs, self._review):
            field.textChanged.connect(self.on_typed)
        self._remarks.textChanged.connect(self.on_typed)
        box = QVBoxLayout()
        box.addLayout(grid)
        box.addWidget(captioned(self.tr("Toelic&hting"), self._remarks, "toelichting"))
        box.addWidget(self._remarks)
        return box

    def _earlier(self) -> dict[str, object]:
        plans = [
            event.inhoud.plan
            for event in self.context.dossier.gebeurtenissen
            if isinstance(event.inhoud, PlanVanAanpakOpgesteld)
        ]
        if plans:
            return _as_texts(plans[-1])
        debts = [["CAK", euro(signaal.bedrag).removeprefix("€ ")] for signaal in self.context.dossier.signalen]
        return {"schulden": debts}

    def _fill(self, found: dict[str, object]) -> None:
        for lines, name in ((self._debts, "schulden"), (self._agreements, "afspraken")):
            values = found.get(name)
            for row in values if isinstance(values, list) else []:
                lines.add([str(value) for value in row])
            lines.add()
        self._income.setText(str(found.get("inkomen", "")))
        self._costs.setText(str(found.get("vaste_lasten", "")))
        self._review.setText(str(found.get("evaluatiedatum", "")))
        self._remarks.setPlainText(str(found.get("toelichting", "")))

    def _restore(self, text: str) -> None:
        if not text:
            return
        self._filling = True
        for lines in (self._debts, self._agreements):
            for row in lines.rows:
                for field in row:
                    self._forget(field)
            lines.rows.clear()
        self._fill(json.loads(text))
        self._filling = False
        self.on_typed()

    def _forget(self, field: QLineEdit) -> None:
        field.hide()
        field.deleteLater()

    def _typed(self) -> dict[str, object]:
        return {
            "schulden": self._debts.texts(),
            "afspraken": self._agreements.texts(),
            "inkomen": self._income.text(),
            "vaste_lasten": self._costs.text(),
            "evaluatiedatum": self._review.text(),
            "toelichting": self._remarks.toPlainText(),
        }

    @Slot()
    def on_typed(self) -> None:
        if self._filling:
            return
        amounts = [parse_amount(row[1].text()) for row in self._debts.rows]
        for row, amount in zip(self._debts.rows, amounts, strict=True):
            restyle(row[1], "fout", "ja" if amount is None and row[1].text().strip() else "nee")
        for agreement in self._agreements.rows:
            wrong = parse_day(agreement[2].text()) is None and bool(agreement[2].text().strip())
            restyle(agreement[2], "fout", "ja" if wrong else "nee")
        total = sum(amount for amount in amounts if amount is not None)
        self._total.setText(self.tr("Samen {bedrag}").format(bedrag=texts.euros(total)))
        if self.isVisible():
            self._saver.keep(json.dumps(self._typed()))

    @Slot()
    def on_submitted(self) -> None:
        plan = self._plan()
        if plan is None:
            self.error.show()
            return
        place = self._saver.place
        record = partial(hulp.draw_up_plan, zaak=self.context.zaak, event_id=self.event_id, plan=plan)

        def action(vault: Vault) -> Changes:
            changes = record(vault)
            concepten.save(vault.connection, place, "", vault.clock())
            return changes

        self._saver.pending()
        self.send(action, self.tr("Plan van aanpak opgeslagen"))

    def _plan(self) -> PlanVanAanpak | None:
        """What was typed as a plan, or None with the first fault in words beside the form."""
        debts, agreements = [], []
        for who, amount, arrangement in self._debts.texts():
            cents = parse_amount(amount)
            if not who or cents is None:
                self.error.setText(self.tr("Vul bij elke schuld in aan wie en hoeveel, zoals 123,60."))
                return None
            debts.append(Schuld(schuldeiser=who, bedrag=cents, regeling=arrangement))
        for who, what, until in self._agreements.texts():
            day = parse_day(until)
            if not who or not what or day is None:
                self.error.setText(self.tr("Vul bij elke afspraak in wie, wat en uiterlijk wanneer, zoals 31-12-2024."))
                return None
            agreements.append(Afspraak(wie=who, wat=what, uiterlijk=day))
        income, costs = parse_amount(self._income.text()), parse_amount(self._costs.text())
        review = parse_day(self._review.text())
        found = ((self._income, income), (self._costs, costs), (self._review, review))
        if any(value is None and field.text().strip() for field, value in found):
            self.error.setText(self.tr("Kijk inkomen, vaste lasten en evaluatiedatum na: 1234,56 en 31-12-2024."))
            return None
        return PlanVanAanpak(
            schulden=tuple(debts),
            afspraken=tuple(agreements),
            inkomen_per_maand=income,
            vaste_lasten_per_maand=costs,
            evaluatiedatum=review,
            toelichting=self._remarks.toPlainText().strip(),
        )

    def first_focus(self) -> None:
        rows = self._debts.rows
        if rows:
            rows[-1][0].setFocus()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        return self._saver.pending()


def _as_texts(plan: PlanVanAanpak) -> dict[str, object]:
    def amount(value: Bedrag | None) -> str:
        return "" if value is None else euro(value).removeprefix("€ ")

    def day(value: date | None) -> str:
        return "" if value is None else f"{value:%d-%m-%Y}"

    return {
        "schulden": [[debt.schuldeiser, amount(debt.bedrag), debt.regeling] for debt in plan.schulden],
        "afspraken": [[made.wie, made.wat, day(made.uiterlijk)] for made in plan.afspraken],
        "inkomen": amount(plan.inkomen_per_maand),
        "vaste_lasten": amount(plan.vaste_lasten_per_maand),
        "evaluatiedatum": day(plan.evaluatiedatum),
        "toelichting": plan.toelichting,
    }
