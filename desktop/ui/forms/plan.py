"""The editor of the plan van aanpak: debts with their total, income and fixed costs, and who does what by when."""

from __future__ import annotations

import json
from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from db.journal import Changes
from db.model.bedrag import Bedrag, euro
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.queries import concepten
from db.vault import Vault
from desktop.casework import hulp
from desktop.casework.uitvoeren import NOTITIE_MAX
from desktop.ui.forms.fields import parse_amount, parse_day
from desktop.ui.forms.form import Form, FormContext, captioned
from desktop.ui.widgets.checked import CheckedField
from desktop.ui.widgets.lines import Column, Lines
from desktop.ui.widgets.note import DraftSaver
from desktop.ui.widgets.parts import button, label


class PlanForm(Form):
    """A version of the plan, whole; half-typed it is kept as a draft."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Maak het plan van aanpak met {naam}").format(naam=context.naam)
        current = hulp.current_plan(context.dossier)
        if current is not None:
            self.title = self.tr("Pas het plan van aanpak aan")
            self.subtitle = self.tr("Dit wordt versie {n}. De vorige versies staan onder Plan.").format(
                n=current.versie + 1
            )
        self._saver = DraftSaver(context.session, f"plan:{context.zaak}", self)
        self._filling = True
        self._wrong_amount = self.tr("Schrijf een bedrag zoals 1.234,56.")
        self._wrong_day = self.tr("Schrijf een datum zoals 31-12-2024.")
        self._debts = Lines(
            (
                Column(self.tr("Aan wie"), 3, _some_text, needed=self.tr("Vul in aan wie.")),
                Column(
                    self.tr("Bedrag in euro"), 2, parse_amount, self._wrong_amount, needed=self.tr("Vul in hoeveel.")
                ),
                Column(self.tr("Regeling"), 3, _some_text),
            ),
            "schuld",
            self.on_typed,
        )
        self._agreements = Lines(
            (
                Column(self.tr("Wie"), 3, _some_text, needed=self.tr("Vul in wie.")),
                Column(self.tr("Wat"), 6, _some_text, needed=self.tr("Vul in wat.")),
                Column(
                    self.tr("Uiterlijk (dd-mm-jjjj)"), 3, parse_day, self._wrong_day, needed=self.tr("Vul in wanneer.")
                ),
                Column(self.tr("Gedaan"), 0),
            ),
            "afspraak",
            self.on_typed,
        )
        self._lay_out(current is not None)
        self._fill(_as_texts(current.plan) if current is not None else self._first_debts())
        self._filling = False
        self.on_typed()
        place = self._saver.place
        context.session.note(self, lambda vault: concepten.read(vault.connection, place), self._restore)

    def _lay_out(self, again: bool) -> None:  # noqa: FBT001  # whether there is a plan already
        self.body.addWidget(label(self.tr("Schulden"), "kop"))
        self.body.addWidget(self._debts)
        self.body.addLayout(self._more(self.tr("S&chuld toevoegen"), "schuld_toevoegen", self._debts))
        self.body.addWidget(label(self.tr("Afspraken"), "kop"))
        self.body.addWidget(self._agreements)
        self.body.addLayout(self._more(self.tr("A&fspraak toevoegen"), "afspraak_toevoegen", self._agreements))
        self.body.addWidget(
            label(
                self.tr("Enter gaat naar het volgende veld. Alt+↑ en Alt+↓ verplaatsen een regel."), "zacht", wrap=True
            )
        )
        self.body.addLayout(self._money())
        self.footer = QWidget()
        below = QVBoxLayout(self.footer)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.error)
        save = button(self.tr("Nieuwe versie op&slaan") if again else self.tr("Plan op&slaan"), "vastleggen", main=True)
        save.clicked.connect(self.on_submitted)
        self._total = label("", "vet")
        self._total.setObjectName("totaal")
        row = QHBoxLayout()
        row.addWidget(save)
        row.addStretch(1)
        row.addWidget(self._total)
        below.addLayout(row)

    def _more(self, text: str, name: str, lines: Lines) -> QHBoxLayout:
        more = button(text, name)
        more.clicked.connect(lambda: lines.add().setFocus())
        row = QHBoxLayout()
        row.addWidget(more)
        row.addStretch(1)
        return row

    def _money(self) -> QVBoxLayout:
        self._income = CheckedField(parse_amount, self._wrong_amount)
        self._costs = CheckedField(parse_amount, self._wrong_amount)
        self._review = CheckedField(parse_day, self._wrong_day)
        self._remarks = QPlainTextEdit()
        self._remarks.setTabChangesFocus(True)
        self._remarks.setFixedHeight(self._remarks.fontMetrics().lineSpacing() * 3 + 20)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        fields: tuple[tuple[str, CheckedField[Bedrag] | CheckedField[date], str], ...] = (
            (self.tr("&Inkomen per maand"), self._income, "inkomen"),
            (self.tr("Vaste lasten per maan&d"), self._costs, "vaste_lasten"),
            (self.tr("Terug&kijken op"), self._review, "evaluatiedatum"),
        )
        for column, (text, field, name) in enumerate(fields):
            grid.addWidget(captioned(text, field, name), 0, column)
            grid.addWidget(field, 1, column)
            grid.addWidget(field.error, 2, column)
            field.textChanged.connect(self.on_typed)
        self._remarks.textChanged.connect(self.on_typed)
        self._left = label("", "vet")
        self._left.setObjectName("blijft_over")
        box = QVBoxLayout()
        box.setSpacing(4)
        box.addWidget(label(self.tr("Inkomen en vaste lasten, voor zover nodig"), "kop"))
        box.addLayout(grid)
        box.addWidget(self._left)
        box.addWidget(
            label(
                self.tr(
                    "De beslagvrije voet wordt hier niet uitgerekend. Reken die na voordat je afspreekt wat iemand"
                    " betaalt: van dat deel van het inkomen blijft iedereen af."
                ),
                "zacht",
                wrap=True,
            )
        )
        box.addWidget(captioned(self.tr("Wat &jullie verder afspreken"), self._remarks, "toelichting"))
        box.addWidget(self._remarks)
        return box

    def _first_debts(self) -> dict[str, object]:
        """What is known before anything was asked: the arrear of each signal."""
        debts = [["CAK", euro(signaal.bedrag).removeprefix("€ ")] for signaal in self.context.dossier.signalen]
        return {"schulden": debts}

    def _fill(self, found: dict[str, object]) -> None:
        for lines, name in ((self._debts, "schulden"), (self._agreements, "afspraken")):
            lines.clear()
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
        self._fill(json.loads(text))
        self._filling = False
        self.on_typed()

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
        total = sum(amount for amount in self._debts.values(1) if isinstance(amount, int))
        self._total.setText(self.tr("Schulden samen {bedrag}").format(bedrag=euro(total)))
        income, costs = self._income.value, self._costs.value
        both = income is not None and costs is not None
        self._left.setText(
            self.tr("Blijft over per maand: {bedrag}").format(bedrag=euro(income - costs))
            if income is not None and costs is not None
            else ""
        )
        self._left.setVisible(both)
        if self.isVisible():
            self._saver.keep(json.dumps(self._typed()))

    @Slot()
    def on_submitted(self) -> None:
        plan = self._plan()
        if plan is None:
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
        """What was typed as a plan, or None: then each fault stands beside its field."""
        alone = (self._income, self._costs, self._review)
        right = [*(field.check() for field in alone), self._agreements.check(), self._debts.check()]
        remarks = self._remarks.toPlainText().strip()
        if len(remarks) > NOTITIE_MAX:
            right.append(False)
        if not all(right):
            self.error.setText(self.tr("Er staat nog iets niet goed; kijk bij de rode velden."))
            self.error.show()
            return None
        amounts = [Bedrag(value) for value in self._debts.values(1) if isinstance(value, int)]
        days = [value for value in self._agreements.values(2) if isinstance(value, date)]
        return PlanVanAanpak(
            schulden=tuple(
                Schuld(schuldeiser=who, bedrag=amount, regeling=arrangement)
                for (who, _, arrangement), amount in zip(self._debts.texts(), amounts, strict=True)
            ),
            afspraken=tuple(
                Afspraak(wie=who, wat=what, uiterlijk=day, gedaan=bool(kept))
                for (who, what, _, kept), day in zip(self._agreements.texts(), days, strict=True)
            ),
            inkomen_per_maand=self._income.value,
            vaste_lasten_per_maand=self._costs.value,
            evaluatiedatum=self._review.value,
            toelichting=remarks,
        )

    def first_focus(self) -> None:
        self._debts.first_free().setFocus()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        return self._saver.pending()


def _some_text(text: str) -> str | None:
    return text.strip() or None


def _as_texts(plan: PlanVanAanpak) -> dict[str, object]:
    def amount(value: Bedrag | None) -> str:
        return "" if value is None else euro(value).removeprefix("€ ")

    def day(value: date | None) -> str:
        return "" if value is None else f"{value:%d-%m-%Y}"

    return {
        "schulden": [[debt.schuldeiser, amount(debt.bedrag), debt.regeling] for debt in plan.schulden],
        "afspraken": [
            [made.wie, made.wat, day(made.uiterlijk), "ja" if made.gedaan else ""] for made in plan.afspraken
        ],
        "inkomen": amount(plan.inkomen_per_maand),
        "vaste_lasten": amount(plan.vaste_lasten_per_maand),
        "evaluatiedatum": day(plan.evaluatiedatum),
        "toelichting": plan.toelichting,
    }
