"""Beheer: the settings of this vault with what each decides, its copy and its check, and the lists it was given."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import KnownError, VoordeurError
from db.vault import Vault
from desktop.casework import instellingen
from desktop.casework.instellingen import Instellingen, as_text
from desktop.ui import texts
from desktop.ui.forms.bekenden import KnownListsCard
from desktop.ui.forms.form import captioned
from desktop.ui.models.instellingen import Groep, Uitleg, groepen
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.bestand import file_chooser
from desktop.ui.widgets.parts import Card, button, clear, label
from desktop.ui.widgets.scroll import TallScroll

if TYPE_CHECKING:
    from db.integrity import Controle

_NUMBER, _WIDEST = 110, 16_777_215


class PictureField(QPushButton):
    """Holds a picture as base64; chooses a file when it is empty, and takes the picture away when it is not."""

    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = ""
        self.setAutoDefault(False)
        self.clicked.connect(self.on_clicked)
        self.put("")

    def picture(self) -> str:
        """What is held; empty without a picture."""
        return self._picture

    def put(self, picture: str) -> None:
        """Hold this one."""
        self._picture = picture
        self.setText(self.tr("Plaatje weghalen") if picture else self.tr("Plaatje kiezen…"))

    @Slot()
    def on_clicked(self) -> None:
        if self._picture:
            self.put("")
            return
        chooser = file_chooser(self, self.tr("Welk plaatje komt op de brieven?"))
        chooser.setNameFilter(self.tr("Plaatje (*.png *.jpg *.jpeg)"))
        chooser.fileSelected.connect(self.on_file)
        chooser.open()

    @Slot(str)
    def on_file(self, path: str) -> None:
        from desktop.documents.logo import logo_of

        try:
            self.put(logo_of(Path(path)))
        except KnownError as error:
            self.refused.emit(error)


class SettingRow(QWidget):
    """One setting: its caption, a field, what it decides, and what is wrong with the value that was typed."""

    def __init__(self, uitleg: Uitleg, waarde: str, *, yes_no: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.naam = uitleg.naam
        self._kept = waarde
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 6)
        box.setSpacing(2)
        self.field: QCheckBox | QLineEdit | QComboBox | PictureField
        if uitleg.naam == "logo":
            self.field = PictureField()
            self.field.refused.connect(self.on_refused)
        elif uitleg.keuzes:
            self.field = QComboBox()
            for value, words in uitleg.keuzes:
                self.field.addItem(words, value)
        else:
            self.field = QCheckBox(uitleg.kop) if yes_no else QLineEdit()
        if not isinstance(self.field, QCheckBox):
            caption = captioned(uitleg.kop, self.field, f"instelling_{uitleg.naam}")
            caption.setProperty("rol", "vet")
            box.addWidget(caption)
        self.field.setObjectName(f"instelling_{uitleg.naam}")
        self.field.setAccessibleDescription(uitleg.zin)
        box.addWidget(self.field)
        box.addWidget(label(uitleg.zin, "zacht", wrap=True))
        self._error = label("", "fout", wrap=True)
        self._error.setObjectName(f"instellingfout_{uitleg.naam}")
        self._error.hide()
        box.addWidget(self._error)
        self._put(waarde)

    def value(self) -> str:
        """What stands in the field, as a setting is written."""
        if isinstance(self.field, QLineEdit):
            return self.field.text().strip()
        if isinstance(self.field, PictureField):
            return self.field.picture()
        if isinstance(self.field, QComboBox):
            return str(self.field.currentData())
        return "ja" if self.field.isChecked() else "nee"

    def changed(self) -> bool:
        """Whether something else stands here than what is kept."""
        return self.value() != self._kept

    def show_kept(self, waarde: str) -> None:
        """This value is kept now; what is being typed here stays."""
        typing = self.changed()
        self._kept = waarde
        if not typing:
            self._put(waarde)
        if not self.changed():
            self._error.hide()

    def show_error(self, text: str) -> None:
        """Say beside the field what is wrong."""
        self._error.setText(text)
        self._error.show()

    @Slot(object)
    def on_refused(self, error: VoordeurError) -> None:
        self.show_error(texts.explain(error))

    def _put(self, waarde: str) -> None:
        if isinstance(self.field, QLineEdit):
            self.field.setText(waarde)
            self.field.setCursorPosition(0)
            self.field.setMaximumWidth(_NUMBER if waarde.isdecimal() else _WIDEST)
        elif isinstance(self.field, PictureField):
            self.field.put(waarde)
        elif isinstance(self.field, QComboBox):
            self.field.setCurrentIndex(self.field.findData(waarde))
        else:
            self.field.setChecked(waarde == "ja")


class Beheer(Screen):
    """Settings in groups; each change stands in the log with the old value beside the new one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._rows: list[SettingRow] = []
        self._sending = 0
        inside = QWidget()
        inside.setObjectName("inhoud")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(20, 0, 20, 20)
        columns.setSpacing(14)
        left, right = QVBoxLayout(), QVBoxLayout()
        first, *others = groepen()
        left.addWidget(self._card(first))
        for groep in others:
            right.addWidget(self._card(groep))
        self.known = KnownListsCard(session)
        left.addWidget(self._keeping())
        left.addWidget(self.known)
        for column in (left, right):
            column.setSpacing(14)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._save = button(self.tr("Wijzigingen &opslaan"), "instellingen_opslaan", main=True)
        self._save.clicked.connect(self.on_save)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 20, 0)
        head.addWidget(label(self.tr("Beheer"), "titel"), 1)
        head.addWidget(self._save)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addLayout(head)
        outer.addWidget(TallScroll(inside), 1)

    def _card(self, groep: Groep) -> Card:
        card = Card()
        card.box.addWidget(label(groep.titel, "kop", wrap=True))
        current = self.session.instellingen
        for uitleg in groep.instellingen:
            yes_no = isinstance(getattr(current, uitleg.naam), bool)
            row = SettingRow(uitleg, as_text(current, uitleg.naam), yes_no=yes_no)
            self._rows.append(row)
            card.box.addWidget(row)
        return card

    def _keeping(self) -> Card:
        card = Card()
        card.box.addWidget(label(self.tr("Reservekopie en controle"), "kop"))
        why = self.tr("Een reservekopie is net zo versleuteld als de kluis zelf, en wordt meteen nagekeken.")
        card.box.addWidget(label(why, "zacht", wrap=True))
        self._copy = button(self.tr("&Reservekopie maken…"), "reservekopie")
        self._copy.clicked.connect(self.on_copy)
        self._check = button(self.tr("Kluis &nakijken"), "nakijken")
        self._check.clicked.connect(self.on_check)
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addWidget(self._check)
        row.addStretch(1)
        card.box.addLayout(row)
        self._report = QVBoxLayout()
        card.box.addLayout(self._report)
        return card

    def refresh(self) -> None:
        """Ask the settings again."""
        self.session.ask(self, instellingen.load, self._show)
        self.known.refresh()

    def _show(self, found: Instellingen) -> None:
        for row in self._rows:
            row.show_kept(as_text(found, row.naam))

    @Slot()
    def on_save(self) -> None:
        changed = [row for row in self._rows if row.changed()]
        if not changed:
            self.said.emit(self.tr("Er is niets gewijzigd."))
        self._sending = len(changed)
        for row in changed:
            action = partial(instellingen.change, naam=row.naam, waarde=row.value())
            self.session.act(self, action, self._kept, partial(self._refused, row))

    def _kept(self, _: object) -> None:
        self._sending -= 1
        if self._sending == 0:
            self.said.emit(self.tr("Opgeslagen. In het logboek staat ook wat het was."))

    def _refused(self, row: SettingRow, error: VoordeurError) -> None:
        row.show_error(texts.explain(error))
        row.field.setFocus()

    @Slot()
    def on_copy(self) -> None:
        chooser = file_chooser(self, self.tr("Waar wil je de reservekopie opslaan?"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("voordeur")
        chooser.setNameFilter(self.tr("Reservekopie (*.voordeur)"))
        chooser.selectFile(f"reservekopie-{self.session.local_now():%Y-%m-%d}.voordeur")
        chooser.fileSelected.connect(self.on_copy_file)
        chooser.open()

    @Slot(str)
    def on_copy_file(self, path: str) -> None:
        self.copy(Path(path))

    def copy(self, path: Path) -> None:
        """Make an encrypted copy in this file."""
        self._busy(self.tr("De reservekopie wordt gemaakt en nagekeken…"))
        self.session.act(self, partial(_copy, path), self._copied, self._failed)

    def _copied(self, _: None) -> None:
        self._done((self.tr("✓ De reservekopie is gemaakt en nagekeken."),))

    @Slot()
    def on_check(self) -> None:
        self._busy(self.tr("De kluis wordt nagekeken. Dat kan even duren; lezen kan intussen, vastleggen daarna."))
        self.session.note(self, _check, self._checked, self._failed)

    def _checked(self, found: tuple[Controle, ...]) -> None:
        self._done(tuple(f"{'✓' if one.in_orde else '▲'} {one.uitleg}" for one in found))

    def _failed(self, error: VoordeurError) -> None:
        self._done((f"▲ {texts.explain(error)}",))

    def _busy(self, text: str) -> None:
        self._copy.setEnabled(False)
        self._check.setEnabled(False)
        clear(self._report)
        self._report.addWidget(label(text, "zacht", wrap=True))

    def _done(self, lines: tuple[str, ...]) -> None:
        self._copy.setEnabled(True)
        self._check.setEnabled(True)
        clear(self._report)
        for number, text in enumerate(lines):
            shown = label(text, wrap=True)
            shown.setObjectName(f"controle_{number}")
            self._report.addWidget(shown)

    def take_focus(self) -> None:
        """The first setting."""
        self._rows[0].field.setFocus()


def _copy(path: Path, vault: Vault) -> None:
    from db import backup

    backup.make(vault, path)


def _check(vault: Vault) -> tuple[Controle, ...]:
    from db import integrity

    return integrity.check(vault)
