"""The form of the resident's situation: how to call, write and visit; on one page that scrolls."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from db.journal import Changes
from db.model.codes import Dagdelen, Huisgenoot, Vertegenwoordiging, Woonsituatie
from db.model.situatie import Situatie, VeiligContact, Veiligheidsgrens, Vertegenwoordiger
from db.queries import concepten
from db.vault import Vault
from desktop.casework import situatie as actions
from desktop.casework.kalender import add_months
from desktop.casework.workflow import cell_name
from desktop.documents.woorden import woord
from desktop.ui.forms.form import Form, FormContext, captioned, day_field
from desktop.ui.status import Soort
from desktop.ui.widgets.note import DraftSaver
from desktop.ui.widgets.parts import button, label, line, tab_after, tag

_LONGEST = 300
_REVIEW_MONTHS = 3
_WITH_NAME = frozenset({Woonsituatie.INSTELLING, Woonsituatie.OPVANG})


class SituatieForm(Form):
    """The situation, whole; half-typed it is kept as a draft and comes back."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Situatie van {naam}").format(naam=context.naam)
        self.subtitle = self.tr("Alleen wat nodig is om veilig te bellen, te schrijven en langs te gaan.")
        self._saver = DraftSaver(context.session, f"situatie:{context.zaak}", self)
        self._filling = True
        self._actings: list[ActingRow] = []
        for title, part in (
            (self.tr("Wonen"), self._living()),
            (self.tr("Wie komt op voor de inwoner?"), self._representatives()),
            (self.tr("Veilig bellen"), self._calling()),
            (self.tr("Taal"), self._language()),
            (self.tr("Langsgaan"), self._visiting()),
            (self.tr("Wensen"), self._wishes()),
        ):
            if self.body.count():
                self.body.addWidget(line())
            self.body.addWidget(label(title, "kop"))
            self.body.addLayout(part)
        self.footer = QWidget()
        below = QVBoxLayout(self.footer)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.error)
        self._status = label("", "zacht")
        self._status.setObjectName("situatie_status")
        self._saver.saved.connect(self.on_saved)
        save = button(self.tr("Situatie op&slaan"), "vastleggen", main=True)
        save.clicked.connect(self.on_submitted)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addWidget(self._status)
        row.addStretch(1)
        below.addLayout(row)
        self._fill(context.dossier.situatie)
        self._filling = False
        place = self._saver.place
        context.session.note(self, lambda vault: concepten.read(vault.connection, place), self._restore)

    # --- the groups ---------------------------------------------------------------------------------------------

    def _living(self) -> QVBoxLayout:
        self._home = QComboBox()
        self._home.addItem(self.tr("niet bekend"), "")
        for home in Woonsituatie:
            self._home.addItem(woord(home), home.value)
        self._home.currentIndexChanged.connect(self.on_home)
        self._place = _text_field(self.on_typed)
        self._place_caption = captioned(self.tr("Naam van de &instelling"), self._place, "instelling")
        row = QHBoxLayout()
        row.addWidget(captioned(self.tr("De inwoner woont"), self._home, "woonsituatie"))
        row.addWidget(self._home)
        row.addStretch(1)
        named = QHBoxLayout()
        named.addWidget(self._place_caption)
        named.addWidget(self._place, 1)
        self._household = Ticks(Huisgenoot, woord, "huishouden", self.on_typed)
        box = QVBoxLayout()
        box.addLayout(row)
        box.addLayout(named)
        box.addWidget(label(self.tr("Wie wonen er nog meer? Alleen de rol, nooit een naam."), "zacht", wrap=True))
        box.addWidget(self._household)
        return box

    def _representatives(self) -> QVBoxLayout:
        self._acting_box = QVBoxLayout()
        self._acting_box.setSpacing(10)
        more = button(self.tr("Vertegenwoor&diger toevoegen"), "vertegenwoordiger_toevoegen")
        more.clicked.connect(self.on_acting_added)
        row = QHBoxLayout()
        row.addWidget(more)
        row.addStretch(1)
        box = QVBoxLayout()
        box.addWidget(
            label(
                self.tr("Een mentor gaat over zorg, niet over geld: bespreek daarmee geen schuld."), "zacht", wrap=True
            )
        )
        box.addLayout(self._acting_box)
        box.addLayout(row)
        self._more = more
        return box

    def _calling(self) -> QVBoxLayout:
        self._when = Ticks(Dagdelen, _cell_words, "bellen", self.on_typed)
        self._number = _text_field(self.on_typed)
        self._number.setMaxLength(40)
        self._voicemail = QCheckBox(self.tr("Voicemail inspreken mag"))
        self._voicemail.setObjectName("voicemail_mag")
        self._voicemail.toggled.connect(self.on_typed)
        self._answers = Ticks(Huisgenoot, woord, "neemt_op", self.on_typed)
        self._mind = _text_field(self.on_typed)
        grid = QGridLayout()
        grid.setSpacing(8)
        for row, (text, field, name) in enumerate(
            (
                (self.tr("&Eigen nummer van de inwoner"), self._number, "ander_nummer"),
                (self.tr("Let op bij het bellen"), self._mind, "let_op"),
            )
        ):
            grid.addWidget(captioned(text, field, name), row, 0)
            grid.addWidget(field, row, 1)
        box = QVBoxLayout()
        box.addWidget(label(self.tr("Wanneer mag je bellen? Niets aangevinkt is altijd."), "zacht", wrap=True))
        box.addWidget(self._when)
        box.addWidget(label(self.tr("Wie mag opnemen, als het de inwoner niet is?"), "zacht", wrap=True))
        box.addWidget(self._answers)
        box.addWidget(self._voicemail)
        box.addLayout(grid)
        return box

    def _language(self) -> QVBoxLayout:
        self._interpreter = QCheckBox(self.tr("Tol&k nodig"))
        self._interpreter.setObjectName("tolk")
        self._interpreter.toggled.connect(self.on_interpreter)
        self._spoken = _text_field(self.on_typed)
        self._spoken.setMaxLength(100)
        self._spoken_caption = captioned(self.tr("Welke taal"), self._spoken, "tolktaal")
        row = QHBoxLayout()
        row.addWidget(self._interpreter)
        row.addWidget(self._spoken_caption)
        row.addWidget(self._spoken, 1)
        row.addStretch(1)
        box = QVBoxLayout()
        box.addLayout(row)
        box.addWidget(label(self.tr("Familie, buren en kinderen vertalen nooit."), "zacht", wrap=True))
        return box

    def _visiting(self) -> QVBoxLayout:
        now = self.context.now().date()
        self._never = LimitRow(self.tr("Niet langsgaan"), "niet_bezoeken", now, self.on_typed)
        self._together = LimitRow(self.tr("Niet alleen langsgaan"), "niet_alleen", now, self.on_typed)
        self._hidden = QCheckBox(self.tr("Afgeschermd adres"))
        self._hidden.setObjectName("afgeschermd")
        self._hidden.toggled.connect(self.on_typed)
        box = QVBoxLayout()
        box.addWidget(self._never)
        box.addWidget(self._together)
        box.addWidget(self._hidden)
        box.addWidget(
            label(
                self.tr(
                    "Een afgeschermd adres zie je alleen als je zegt waarom. Geen bezoek, kaartje of brief tot een"
                    " collega het heeft nagekeken."
                ),
                "zacht",
                wrap=True,
            )
        )
        return box

    def _wishes(self) -> QVBoxLayout:
        self._wanted = QPlainTextEdit()
        caption = captioned(self.tr("Wensen van de inwoner"), self._wanted, "wensen")
        self._wanted.setPlaceholderText(self.tr("Bel lang aan. Praat langzaam."))
        self._wanted.setTabChangesFocus(True)
        self._wanted.setFixedHeight(self._wanted.fontMetrics().lineSpacing() * 2 + 24)
        self._wanted.textChanged.connect(self.on_typed)
        box = QVBoxLayout()
        box.addWidget(caption)
        box.addWidget(
            label(
                self.tr("Alleen wat de inwoner wil, zonder waarom: niets over gezondheid. De inwoner kan dit lezen."),
                "zacht",
                wrap=True,
            )
        )
        box.addWidget(self._wanted)
        return box

    # --- values -------------------------------------------------------------------------------------------------

    def _fill(self, found: Situatie) -> None:
        contact = found.veilig_contact
        self._home.setCurrentIndex(max(0, self._home.findData(found.woonsituatie.value if found.woonsituatie else "")))
        self._place.setText(found.instelling)
        self._household.tick(found.huishouden)
        for row in self._actings:
            row.hide()
            row.deleteLater()
        self._actings = []
        for acting in found.vertegenwoordigers:
            self._add_acting(acting)
        self._when.tick(cell for cell in Dagdelen if cell in contact.wanneer)
        self._number.setText(contact.telefoonnummer)
        self._voicemail.setChecked(contact.voicemail)
        self._answers.tick(contact.neemt_op)
        self._mind.setText(contact.let_op)
        self._interpreter.setChecked(found.tolk)
        self._spoken.setText(found.tolktaal)
        self._never.show_limit(found.niet_bezoeken)
        self._together.show_limit(found.niet_alleen)
        self._hidden.setChecked(found.afgeschermd)
        self._wanted.setPlainText(found.wensen)
        self.on_home()
        self.on_interpreter()

    def _situatie(self) -> Situatie:
        """What stands in the form."""
        home = self._home.currentData()
        cells = Dagdelen(0)
        for cell in self._when.ticked():
            cells |= cell
        return Situatie(
            woonsituatie=Woonsituatie(home) if home else None,
            instelling=self._place.text().strip() if home in _WITH_NAME else "",
            huishouden=self._household.ticked(),
            vertegenwoordigers=tuple(acting for row in self._actings if (acting := row.acting()) is not None),
            tolk=self._interpreter.isChecked(),
            tolktaal=self._spoken.text().strip() if self._interpreter.isChecked() else "",
            veilig_contact=VeiligContact(
                wanneer=cells,
                telefoonnummer=self._number.text().strip(),
                voicemail=self._voicemail.isChecked(),
                neemt_op=self._answers.ticked(),
                let_op=self._mind.text().strip(),
            ),
            niet_bezoeken=self._never.limit(),
            niet_alleen=self._together.limit(),
            afgeschermd=self._hidden.isChecked(),
            wensen=self._wanted.toPlainText().strip(),
        )

    def _restore(self, text: str) -> None:
        if not text:
            return
        try:
            found = msgspec.json.decode(text, type=Situatie)
        except msgspec.MsgspecError:
            return  # kept by another version of the program
        self._filling = True
        self._fill(found)
        self._filling = False
        self._status.setText(self.tr("Je concept staat er nog"))

    def _add_acting(self, acting: Vertegenwoordiger | None = None) -> ActingRow:
        row = ActingRow(len(self._actings) + 1, acting, self.on_typed)
        before = self._actings[-1] if self._actings else None
        self._actings.append(row)
        self._acting_box.addWidget(row)
        row.show()
        tab_after(before.last if before else self._household.last, row)
        return row

    # --- what is done -------------------------------------------------------------------------------------------

    @Slot()
    def on_acting_added(self) -> None:
        self._add_acting().first.setFocus()

    @Slot()
    def on_home(self) -> None:
        named = self._home.currentData() in _WITH_NAME
        self._place.setVisible(named)
        self._place_caption.setVisible(named)
        self.on_typed()

    @Slot()
    def on_interpreter(self) -> None:
        needed = self._interpreter.isChecked()
        self._spoken.setVisible(needed)
        self._spoken_caption.setVisible(needed)
        self.on_typed()

    @Slot()
    def on_typed(self) -> None:
        if not self._filling:
            self._status.setText(self.tr("Wordt opgeslagen…"))
            self._saver.keep(msgspec.json.encode(self._situatie()).decode())

    @Slot(str)
    def on_saved(self, moment: str) -> None:
        self._status.setText(self.tr("✓ Concept bewaard {tijd}").format(tijd=moment) if moment else "")

    @Slot()
    def on_submitted(self) -> None:
        found, place = self._situatie(), self._saver.place
        self._saver.pending()
        if found == self.context.dossier.situatie:
            self._saver.forget()
            self.wanted.emit("")
            return
        record = partial(actions.record_situatie, zaak=self.context.zaak, event_id=self.event_id, situatie=found)

        def action(vault: Vault) -> Changes:
            changes = record(vault)
            concepten.save(vault.connection, place, "", vault.clock())
            return changes

        self.send(action, self.tr("Situatie opgeslagen"))

    def first_focus(self) -> None:
        self._home.setFocus()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        return self._saver.pending()


class Ticks(QWidget):
    """A tick box per code, three beside each other."""

    def __init__(
        self,
        codes: Iterable[Enum],
        words: Callable[..., str],
        name: str,
        changed: Callable[[], None],
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        self._boxes: dict[object, QCheckBox] = {}
        for number, code in enumerate(codes):
            made = QCheckBox(words(code))
            made.setObjectName(f"{name}_{code.name.lower()}")
            made.toggled.connect(changed)
            grid.addWidget(made, number // 3, number % 3)
            self._boxes[code] = made
            self.last = made
        for column in range(3):
            grid.setColumnStretch(column, 1)

    def tick(self, codes: Iterable[object]) -> None:
        """Tick these and no others."""
        wanted = set(codes)
        for code, box in self._boxes.items():
            box.setChecked(code in wanted)

    def ticked(self) -> tuple[Any, ...]:
        """The codes that are ticked, in their own order."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())


class ActingRow(QWidget):
    """One person who acts for the resident; a row without any text does not count."""

    def __init__(self, number: int, acting: Vertegenwoordiger | None, changed: Callable[[], None]) -> None:
        super().__init__()
        self.first = QComboBox()
        for capacity in Vertegenwoordiging:
            self.first.addItem(woord(capacity), capacity.value)
        self._name, self._number, self._address = (_text_field(changed) for _ in range(3))
        self._post = QCheckBox(self.tr("Post hierheen"))
        self._post.setObjectName(f"vertegenwoordiger_{number}_post")
        self._post.setAccessibleName(self.tr("Post naar vertegenwoordiger {n}").format(n=number))
        self._post.toggled.connect(changed)
        remove = button(self.tr("Weghalen"), f"vertegenwoordiger_{number}_weghalen", link=True)
        remove.setAccessibleName(self.tr("Vertegenwoordiger {n} weghalen").format(n=number))
        remove.clicked.connect(self.on_removed)
        self.last = remove
        self._changed = changed
        self.first.currentIndexChanged.connect(changed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for column, (text, field, name) in enumerate(
            (
                (self.tr("Wie"), self.first, "hoedanigheid"),
                (self.tr("Naam"), self._name, "naam"),
                (self.tr("Telefoon"), self._number, "telefoon"),
            )
        ):
            grid.addWidget(_caption(text, field, f"vertegenwoordiger_{number}_{name}", number), 0, column)
            grid.addWidget(field, 1, column)
        address = _caption(
            self.tr("Adres, zoals op een envelop"), self._address, f"vertegenwoordiger_{number}_adres", number
        )
        grid.addWidget(address, 2, 0, 1, 2)
        grid.addWidget(self._address, 3, 0, 1, 2)
        grid.addWidget(self._post, 3, 2)
        grid.addWidget(remove, 3, 3)
        grid.setColumnStretch(1, 1)
        if acting is not None:
            self.first.setCurrentIndex(self.first.findData(acting.hoedanigheid.value))
            self._name.setText(acting.naam)
            self._number.setText(acting.telefoonnummer)
            self._address.setText(", ".join(acting.adres.splitlines()))
            self._post.setChecked(acting.post)

    def acting(self) -> Vertegenwoordiger | None:
        """Who stands in this row; None when nobody does."""
        found = Vertegenwoordiger(
            hoedanigheid=Vertegenwoordiging(self.first.currentData()),
            naam=self._name.text().strip(),
            telefoonnummer=self._number.text().strip(),
            adres="\n".join(part.strip() for part in self._address.text().split(",") if part.strip()),
            post=self._post.isChecked(),
        )
        return found if self.isEnabled() and (found.naam or found.telefoonnummer or found.adres) else None

    @Slot()
    def on_removed(self) -> None:
        self.setEnabled(False)
        self.hide()
        self._changed()


class LimitRow(QWidget):
    """A limit for the worker's safety, its reason, and the day on which somebody looks again."""

    def __init__(self, text: str, name: str, today: date, changed: Callable[[], None]) -> None:
        super().__init__()
        self._today = today
        self._changed = changed
        self._box = QCheckBox(text)
        self._box.setObjectName(name)
        self._box.toggled.connect(self.on_toggled)
        self._reason = _text_field(changed)
        self._review = day_field(self._default())
        self._review.dateChanged.connect(changed)
        self._due = tag(self.tr("Kijk dit na"), Soort.LET_OP)
        self._due.setObjectName(f"{name}_nakijken")
        self._holder = QWidget()
        row = QHBoxLayout(self._holder)
        row.setContentsMargins(24, 0, 0, 4)
        row.addWidget(_caption(self.tr("Waarom"), self._reason, f"{name}_reden", text))
        row.addWidget(self._reason, 1)
        row.addWidget(_caption(self.tr("Nakijken op"), self._review, f"{name}_herzien", text))
        row.addWidget(self._review)
        head = QHBoxLayout()
        head.addWidget(self._box)
        head.addWidget(self._due)
        head.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(head)
        box.addWidget(self._holder)

    def _default(self) -> date:
        return add_months(self._today, _REVIEW_MONTHS)

    def show_limit(self, limit: Veiligheidsgrens | None) -> None:
        """Show a limit, or that there is none."""
        self._box.setChecked(limit is not None)
        self._reason.setText(limit.reden if limit else "")
        day = limit.herzien_op if limit else self._default()
        self._review.setDate(QDate(day.year, day.month, day.day))
        self._due.setVisible(limit is not None and limit.herzien_op <= self._today)
        self._holder.setVisible(limit is not None)

    def limit(self) -> Veiligheidsgrens | None:
        """What stands here; None when it is not ticked."""
        if not self._box.isChecked():
            return None
        day = self._review.date()
        return Veiligheidsgrens(reden=self._reason.text().strip(), herzien_op=date(day.year(), day.month(), day.day()))

    @Slot(bool)
    def on_toggled(self, checked: bool) -> None:  # noqa: FBT001  # the argument of a signal
        self._holder.setVisible(checked)
        self._changed()


def _caption(text: str, field: QWidget, name: str, whose: object) -> QWidget:
    made = captioned(text, field, name)
    made.setProperty("rol", "zacht")
    field.setAccessibleName(f"{text}, {whose}")
    return made


def _text_field(changed: Callable[[], None]) -> QLineEdit:
    made = QLineEdit()
    made.setMaxLength(_LONGEST)
    made.textChanged.connect(changed)
    return made


def _cell_words(cell: Dagdelen) -> str:
    return cell_name(cell) if cell >= Dagdelen.WEEKEND_OCHTEND else f"{cell_name(cell)} (ma t/m vr)"
