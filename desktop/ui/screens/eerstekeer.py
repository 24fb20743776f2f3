"""The first time: who works here and for whom, a passphrase, and a recovery key that is put on paper."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.model.codes import Rol
from desktop.casework.instellingen import GEMEENTEN
from desktop.ui.door import NewVault
from desktop.ui.forms.form import captioned
from desktop.ui.forms.passphrase import PassphrasePair
from desktop.ui.widgets.parts import Card, button, label, restyle

_WIDTH = 480
_ASKED = 2
_IN_A_ROW = 3


class EersteKeer(QWidget):
    """Three short pages. `made` asks for the vault; `opened` comes when the recovery key stands on paper."""

    made = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("achtergrond")
        self._groups: tuple[str, ...] = ()
        self._asked: tuple[int, ...] = ()
        card = Card(margin=28, spacing=12)
        card.setFixedWidth(_WIDTH)
        self._step = label("", "zacht")
        self._step.setObjectName("eerste_stap")
        self._title = label("", "titel", wrap=True)
        card.box.addWidget(self._step)
        card.box.addWidget(self._title)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._who_page())
        self._pages.addWidget(self._passphrase_page())
        self._pages.addWidget(self._paper_page())
        card.box.addWidget(self._pages)
        self.error = label("", "fout", wrap=True)
        self.error.setObjectName("eerste_fout")
        self.error.hide()
        card.box.addWidget(self.error)
        self._further = button("", "eerste_verder", main=True)
        self._further.clicked.connect(self.on_further)
        self._back = button(self.tr("Te&rug"), "eerste_terug")
        self._back.clicked.connect(self.on_back)
        row = QHBoxLayout()
        row.addWidget(self._further)
        row.addWidget(self._back)
        row.addStretch(1)
        card.box.addLayout(row)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self._turn(0)

    def _who_page(self) -> QWidget:
        page, box = _page()
        box.addWidget(
            label(self.tr("Voordeur bewaart alles versleuteld op deze laptop. Vul in wie hier werkt."), wrap=True)
        )
        self._name = QLineEdit()
        self._name.setMaxLength(100)
        self._town = QComboBox()
        for code, naam in GEMEENTEN.items():
            self._town.addItem(naam, code)
        self._role = QComboBox()
        for rol in Rol:
            self._role.addItem(rol.value, rol.value)
        grid = QGridLayout()
        grid.setSpacing(8)
        fields = (
            (self.tr("Je &naam, zoals inwoners die horen"), self._name, "eerste_naam"),
            (self.tr("&Gemeente"), self._town, "eerste_gemeente"),
            (self.tr("Je &rol"), self._role, "eerste_rol"),
        )
        for number, (text, field, name) in enumerate(fields):
            grid.addWidget(captioned(text, field, name), 2 * number, 0)
            grid.addWidget(field, 2 * number + 1, 0)
        box.addLayout(grid)
        self._trial = QCheckBox(self.tr("Dit is een &oefenkluis, met verzonnen mensen"))
        self._trial.setObjectName("eerste_proef")
        box.addWidget(self._trial)
        return page

    def _passphrase_page(self) -> QWidget:
        page, box = _page()
        self._pair = PassphrasePair("eerste")
        self._pair.submitted.connect(self.on_further)
        box.addWidget(self._pair)
        return page

    def _paper_page(self) -> QWidget:
        page, box = _page()
        box.addWidget(
            label(
                self.tr(
                    "Schrijf deze herstelsleutel over op papier. Het papier gaat in een dichte envelop in de kluis van"
                    " de gemeente. Alleen hiermee kom je nog binnen als je je wachtwoord vergeet. Je ziet hem één keer."
                ),
                wrap=True,
            )
        )
        self._key = label("", "citaat")
        self._key.setObjectName("herstelsleutel")
        self._key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        restyle(self._key, "vorm", "sleutel")
        box.addWidget(self._key)
        self._check = QGridLayout()
        self._check.setSpacing(8)
        self._captions, self._typed = [], []
        for number in range(_ASKED):
            field = QLineEdit()
            field.setMaxLength(12)
            caption = captioned("", field, f"groep_{number}")
            self._check.addWidget(caption, 0, number)
            self._check.addWidget(field, 1, number)
            field.returnPressed.connect(self.on_further)
            self._captions.append(caption)
            self._typed.append(field)
        box.addLayout(self._check)
        return page

    def _turn(self, page: int) -> None:
        titles = (self.tr("Welkom bij Voordeur"), self.tr("Kies een wachtwoord"), self.tr("Je herstelsleutel"))
        further = (self.tr("&Verder"), self.tr("&Kluis maken"), self.tr("&Klaar, open de kluis"))
        self._step.setText(self.tr("Stap {n} van 3").format(n=page + 1))
        self._title.setText(titles[page])
        self._further.setText(further[page])
        self._back.setVisible(page == 1)
        self.error.hide()
        self._pages.setCurrentIndex(page)
        (self._name, self._pair.first, self._typed[0])[page].setFocus()

    def show_error(self, text: str) -> None:
        """Say what is not right yet, and let the person go on."""
        self.set_busy(busy=False)
        self.error.setText(text)
        self.error.show()

    def set_busy(self, *, busy: bool) -> None:
        """While the vault is being made nothing can be changed."""
        self._further.setEnabled(not busy)
        self._back.setEnabled(not busy)
        self._pages.setEnabled(not busy)

    def show_key(self, recovery_key: str) -> None:
        """The vault is there: show its recovery key, and ask two groups of it back."""
        self.set_busy(busy=False)
        self._groups = tuple(recovery_key.split("-"))
        numbered = [f"{number}. {group}" for number, group in enumerate(self._groups, start=1)]
        lines = ("    ".join(numbered[start : start + _IN_A_ROW]) for start in range(0, len(numbered), _IN_A_ROW))
        self._key.setText("\n".join(lines))
        self._asked = tuple(sorted(secrets.SystemRandom().sample(range(len(self._groups)), _ASKED)))
        for place, caption, field in zip(self._asked, self._captions, self._typed, strict=True):
            text = self.tr("Groep {n} van je papier").format(n=place + 1)
            caption.setText(text)
            field.setAccessibleName(text)
        self._turn(2)

    def forget(self) -> None:
        """Take the passphrase and the recovery key off the screen."""
        self._pair.clear()
        self._key.setText("")
        self._groups = ()

    @Slot()
    def on_further(self) -> None:
        page = self._pages.currentIndex()
        if page == 0:
            if not self._name.text().strip():
                self.show_error(self.tr("Vul je naam in; die staat op brieven en in het logboek."))
                self._name.setFocus()
                return
            self._turn(1)
        elif page == 1:
            self._make()
        elif all(
            field.text().strip().upper() == self._groups[place]
            for place, field in zip(self._asked, self._typed, strict=True)
        ):
            self.set_busy(busy=True)
            self.opened.emit()
        else:
            self.show_error(self.tr("Dit staat niet zo op het scherm. Kijk op je papier of je het goed overschreef."))

    def _make(self) -> None:
        passphrase = self._pair.passphrase()
        if passphrase is None:
            self.show_error(self._pair.fault())
            return
        self.error.hide()
        self.set_busy(busy=True)
        self._further.setText(self.tr("Kluis wordt gemaakt…"))
        self.made.emit(
            NewVault(
                naam=self._name.text().strip(),
                gemeente=str(self._town.currentData()),
                rol=Rol(self._role.currentData()),
                proef=self._trial.isChecked(),
                passphrase=passphrase,
            )
        )

    @Slot()
    def on_back(self) -> None:
        self._turn(0)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    box.setAlignment(Qt.AlignmentFlag.AlignTop)
    return page, box
