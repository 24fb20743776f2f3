"""The forms that plan a visit, or the first talk at the resident's address, and that call one off."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication, QDate, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from db.errors import RegelOvertreding, VoordeurError
from db.model.codes import Antwoord, Bezoekdoel, Dagdeel, Stap, Woonsituatie
from desktop.casework import bezoek
from desktop.casework.kalender import add_working_days, is_working_day
from desktop.casework.regels import Regel
from desktop.ui import texts
from desktop.ui.forms.form import Action, Briefvoorstel, Form, FormContext, captioned, day_field
from desktop.ui.forms.reden import ReasonForm
from desktop.ui.status import Soort
from desktop.ui.widgets.parts import button, label, tab_after, tag

_LONGEST = 200
_TIME = 5
_TIME_WIDTH = 90
_POST_DAYS = 2
"""Working days after which an announcement has been delivered."""


class BezoekPlannenForm(Form):
    """Day and dagdeel, a time when one was agreed, announced or not, and who comes along; each error at its field."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        stand = context.dossier.stand
        self._talk = context.advies.stap is Stap.EERSTE_GESPREK
        self.title = (
            self.tr("Plan het eerste gesprek met {naam}") if self._talk else self.tr("Plan een huisbezoek bij {naam}")
        ).format(naam=context.naam)
        if stand.bezoek is not None:
            self.subtitle = self.tr("Nu gepland: {wanneer}").format(wanneer=planned_text(context))
        self._errors: dict[str, QLabel] = {}
        blocked = bezoek.why_no_visit(stand, "x")
        if blocked is not None:
            self.body.addWidget(no_visit(self, context, blocked))
            self.body.addWidget(self.error)
            return
        self._make_fields()
        self._lay_out()
        self.on_day()

    def _make_fields(self) -> None:
        stand, settings, now = self.context.dossier.stand, self.context.session.instellingen, self.context.now()
        planned = stand.bezoek
        self._day = day_field(now)
        self._day.setMinimumDate(QDate(now.year, now.month, now.day))
        first = planned.datum if planned and planned.datum >= now.date() else add_working_days(now.date(), 1)
        self._day.setDate(QDate(first.year, first.month, first.day))
        self._day.dateChanged.connect(self.on_day)
        self._part = QComboBox()
        for part in Dagdeel:
            self._part.addItem(part.value.lower(), part.value)
        self._part.setCurrentIndex(self._part.findData((planned.dagdeel if planned else Dagdeel.MIDDAG).value))
        self._time = QLineEdit(planned.tijd if planned else "")
        self._time.setMaxLength(_TIME)
        self._time.setFixedWidth(_TIME_WIDTH)
        self._time.setPlaceholderText("14:30")
        self._goal = QComboBox()
        for goal, text in (
            (Bezoekdoel.HUISBEZOEK, self.tr("huisbezoek")),
            (Bezoekdoel.EERSTE_GESPREK, self.tr("eerste gesprek")),
        ):
            self._goal.addItem(text, goal.value)
        goal = planned.doel if planned else Bezoekdoel.EERSTE_GESPREK if self._talk else Bezoekdoel.HUISBEZOEK
        self._goal.setCurrentIndex(self._goal.findData(goal.value))
        self._with = QLineEdit(planned.met if planned else "")
        self._with.setMaxLength(_LONGEST)
        self._announced = QCheckBox(self.tr("Aankond&igen met een brief"))
        self._announced.setObjectName("bezoek_aangekondigd")
        self._announced.setChecked(planned.aangekondigd if planned else settings.bezoek_aankondigen and not self._talk)
        self._announced.toggled.connect(self.on_day)
        for field in (self._time, self._with):
            field.returnPressed.connect(self.on_submitted)

    def _lay_out(self) -> None:
        stand, settings = self.context.dossier.stand, self.context.session.instellingen
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        asks_goal = stand.antwoord is Antwoord.AANVAARD
        fields: list[tuple[str, QWidget, str, Regel | None]] = [
            (self.tr("&Dag"), self._day, "bezoek_dag", Regel.DATUM_VOORBIJ),
            (self.tr("Dagd&eel"), self._part, "bezoek_dagdeel", None),
            (self.tr("Ti&jd, als die is afgesproken"), self._time, "bezoek_tijd", Regel.TIJD_ONGELDIG),
        ]
        if asks_goal:
            fields.insert(0, (self.tr("Waarvoo&r"), self._goal, "bezoek_doel", None))
        for column, (text, field, name, rule) in enumerate(fields):
            grid.addWidget(captioned(text, field, name), 0, column)
            grid.addWidget(field, 1, column)
            if rule is not None:
                grid.addWidget(self._error_of(rule), 2, column)
        grid.setColumnStretch(len(fields), 1)
        self.body.addLayout(grid)
        self._hint = label("", "zacht", wrap=True)
        self._hint.setObjectName("bezoek_hint")
        self.body.addWidget(self._hint)
        if stand.niet_alleen is not None:
            text = self.tr("niet alleen langs · opnieuw bekijken op {dag}").format(dag=texts.day(stand.niet_alleen))
            self.body.addWidget(tag(text, Soort.GEVAAR))
        elif settings.bezoek_samen:
            self.body.addWidget(label(self.tr("Jullie gaan met z'n tweeën langs: vul in wie er meegaat."), "zacht"))
        caption = (
            self.tr("Welke &collega gaat er mee?")
            if stand.niet_alleen is not None
            else self.tr("Welke &collega gaat er mee? Mag leeg.")
        )
        self.body.addWidget(captioned(caption, self._with, "bezoek_met"))
        self.body.addWidget(self._with)
        self.body.addWidget(self._error_of(Regel.NIET_ALLEEN))
        self.body.addWidget(self._announced)
        self.body.addWidget(self.error)
        row = QHBoxLayout()
        plan = button(self.tr("Bezoe&k plannen"), "bezoek_vastleggen", main=True)
        plan.clicked.connect(self.on_submitted)
        row.addWidget(plan)
        if stand.bezoek is not None:
            cancel = button(self.tr("Bezoek a&fzeggen…"), "bezoek_afzeggen")
            cancel.clicked.connect(partial(self.wanted.emit, "bezoek_afzeggen"))
            row.addWidget(cancel)
        row.addStretch(1)
        self.body.addLayout(row)

    def _error_of(self, rule: Regel) -> QLabel:
        made = label("", "fout", wrap=True)
        made.setObjectName(f"fout_{rule.lower()}")
        made.hide()
        self._errors[rule] = made
        return made

    def first_focus(self) -> None:
        if self._errors:
            self._day.setFocus()
        else:
            super().first_focus()

    def refused(self, error: VoordeurError) -> None:
        beside = self._errors.get(error.code) if isinstance(error, RegelOvertreding) else None
        super().refused(error)
        if beside is not None:
            self.error.hide()
            beside.setText(texts.explain(error))
            beside.setAccessibleName(beside.text())
            beside.show()
            field = {Regel.DATUM_VOORBIJ: self._day, Regel.TIJD_ONGELDIG: self._time}.get(Regel(error.code), self._with)
            field.setFocus()

    @Slot()
    def on_day(self) -> None:
        day, today = _date(self._day.date()), self.context.now().date()
        hints = []
        if not is_working_day(day):
            hints.append(self.tr("{dag} is geen werkdag. Dat mag, als het de inwoner beter uitkomt.").format(
                dag=texts.weekday(day).capitalize()
            ))  # fmt: skip
        if self._announced.isChecked() and day < add_working_days(today, _POST_DAYS):
            hints.append(self.tr("Een brief is er dan misschien nog niet. Kies een latere dag, of bel ook even."))
        self._hint.setText(" ".join(hints))
        self._hint.setVisible(bool(hints))

    @Slot()
    def on_submitted(self) -> None:
        for shown in self._errors.values():
            shown.hide()
        day, part = _date(self._day.date()), Dagdeel(self._part.currentData())
        announced = self._announced.isChecked()
        self.letter = Briefvoorstel("aankondiging-huisbezoek", day, part) if announced else None
        action = partial(
            bezoek.plan_bezoek,
            zaak=self.context.zaak,
            event_id=self.event_id,
            datum=day,
            dagdeel=part,
            doel=Bezoekdoel(self._goal.currentData()),
            tijd=self._time.text().strip(),
            aangekondigd=announced,
            met=self._with.text(),
        )
        said = self.tr("Gepland: {dag}, {dagdeel}. Het staat op je route.")
        self.send(action, said.format(dag=texts.weekday(day), dagdeel=part.value.lower()))


class BezoekAfzeggenForm(ReasonForm):
    """Call a planned visit off, with a reason when there is one to tell."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Bezoek afzeggen")
        if context.dossier.stand.bezoek is None:
            self._ask(self.tr("Er staat geen bezoek gepland."), self.tr("Bezoek a&fzeggen"), "afzeggen", self._cancel)
            return
        text = self.tr(
            "Gepland: {wanneer}. Is het bezoek aangekondigd? Laat de inwoner dan weten dat je niet komt. Waarom zeg je"
            " het af? De inwoner kan dit lezen bij inzage."
        )
        self._ask(text.format(wanneer=planned_text(context)), self.tr("Bezoek a&fzeggen"), "afzeggen", self._cancel)

    def _cancel(self, reason: str) -> tuple[Action, str]:
        cancel = partial(bezoek.cancel_bezoek, zaak=self.context.zaak, event_id=self.event_id, reden=reason)
        return cancel, self.tr("Bezoek afgezegd")


def planned_text(context: FormContext) -> str:
    """The visit that is planned in one line: `woensdag 8 mei, middag, 14:30, met T. Visser`; empty without one."""
    planned = context.dossier.stand.bezoek
    if planned is None:
        return ""
    parts = [texts.weekday(planned.datum), planned.tijd or planned.dagdeel.value.lower()]
    if planned.met:
        parts.append(QCoreApplication.translate("Huisbezoek", "met {naam}").format(naam=planned.met))
    return ", ".join(parts)


def no_visit(form: Form, context: FormContext, rule: Regel) -> QWidget:
    """Why nobody goes there, and what to do instead: the way to the form that settles it."""
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    hidden = rule is Regel.ADRES_GEHEIM
    short = form.tr("ga niet langs: het adres is geheim") if hidden else form.tr("ga niet langs")
    box.addWidget(tag(short, Soort.GEVAAR))
    box.addWidget(label(texts.explain(RegelOvertreding(rule)), wrap=True))
    if hidden:
        then, name, caption = form.tr("Bellen mag wel."), "adrescontrole", form.tr("Adres laten controleren")
    else:
        then, name, caption = form.tr("Bellen en schrijven mag wel."), "situatie", form.tr("Situatie bekijken")
        if context.dossier.stand.niet_bezoeken is not None:
            day = texts.day(context.dossier.stand.niet_bezoeken)
            then += " " + form.tr("Op {dag} kijkt iemand of dit nog nodig is.").format(dag=day)
    box.addWidget(label(then, "zacht", wrap=True))
    row = QHBoxLayout()
    go = button(caption, f"naar_{name}")
    go.clicked.connect(partial(form.wanted.emit, name))
    call = button(form.tr("Ga bellen"), "naar_bellen")
    call.clicked.connect(partial(form.wanted.emit, Stap.BELLEN.value))
    row.addWidget(call)
    row.addWidget(go)
    row.addStretch(1)
    box.addLayout(row)
    tab_after(call, go)
    return holder


def through_institution(form: Form, context: FormContext) -> str:
    """What to do differently where the resident lives in an institution; empty elsewhere."""
    if context.dossier.stand.woonsituatie is not Woonsituatie.INSTELLING:
        return ""
    return form.tr(
        "{naam} woont in een instelling. Maak de afspraak via de instelling. Bij de receptie noem je alleen je naam en"
        " vraag je naar {naam}; zeg niet waarom je komt, ook niet tegen de begeleiding."
    ).format(naam=context.naam)


def _date(value: QDate) -> date:
    return date(value.year(), value.month(), value.day())
