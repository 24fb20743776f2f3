"""The forms that ask only for a reason: skipping a step, and opening a closed zaak again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from db.model.codes import Stap
from desktop.casework import afsluiten, contact
from desktop.casework.kalender import lokale_datum
from desktop.documents.woorden import dag, woord
from desktop.ui.forms.form import Form, FormContext, captioned
from desktop.ui.widgets.parts import button, label

_LONGEST = 500


class ReasonForm(Form):
    """One line for the reason, and one button."""

    def _ask(self, text: str, verb: str) -> None:
        self.body.addWidget(label(text, wrap=True))
        self._reason = QLineEdit()
        self._reason.setMaxLength(_LONGEST)
        self._reason.returnPressed.connect(self.on_submitted)
        self.body.addWidget(captioned(self.tr("&Reden"), self._reason, "reden_veld"))
        self.body.addWidget(self._reason)
        self.body.addWidget(self.error)
        row = QHBoxLayout()
        submit = button(verb, "vastleggen", main=True)
        submit.clicked.connect(self.on_submitted)
        row.addWidget(submit)
        row.addStretch(1)
        self.body.addLayout(row)

    def first_focus(self) -> None:
        self._reason.setFocus()

    @Slot()
    def on_submitted(self) -> None:
        self.submit(self._reason.text())

    def submit(self, reason: str) -> None:
        """Send the action with this reason."""


class OverslaanForm(ReasonForm):
    """Skip the current step; steps guide, they are no cage."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Stap overslaan")
        text = self.tr("Je slaat de stap “{stap}” over. Schrijf op waarom; de inwoner kan dit lezen bij inzage.")
        self._ask(text.format(stap=woord(context.advies.stap)), self.tr("&Sla stap over"))

    def submit(self, reason: str) -> None:
        stap: Stap = self.context.advies.stap
        action = partial(contact.skip_stap, zaak=self.context.zaak, event_id=self.event_id, stap=stap, reden=reason)
        self.send(action, self.tr("Stap overgeslagen"))


class HeropenenForm(ReasonForm):
    """Open a closed zaak again; says how it ended."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        stand = context.dossier.stand
        self.title = self.tr("Deze zaak is afgesloten")
        if stand.gesloten_op is not None and stand.eindresultaat is not None:
            self.subtitle = self.tr("{resultaat} · {dag}").format(
                resultaat=stand.eindresultaat.value, dag=dag(lokale_datum(stand.gesloten_op))
            )
        self._ask(
            self.tr(
                "Belt de inwoner toch terug, of klopt er iets niet? Heropen de zaak, dan ga je verder waar je was."
            ),
            self.tr("Zaak &heropenen"),
        )

    def submit(self, reason: str) -> None:
        action = partial(afsluiten.reopen_zaak, zaak=self.context.zaak, event_id=self.event_id, reden=reason)
        self.send(action, self.tr("Zaak heropend"))
