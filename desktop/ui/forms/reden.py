"""The forms that ask only for a reason: skipping a step, and opening a closed zaak again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from db.model.codes import Stap
from db.queries.zaken import Stand
from desktop.casework import afsluiten, contact
from desktop.casework.kalender import lokale_datum
from desktop.casework.retention import wordt_gewist_op
from desktop.documents.woorden import woord
from desktop.ui import texts
from desktop.ui.forms.drafts import FieldDrafts
from desktop.ui.forms.form import Action, Form, FormContext, captioned
from desktop.ui.widgets.parts import button, label

_LONGEST = 500


class ReasonForm(Form):
    """One line for the reason, and one button; half-typed it is kept."""

    def _ask(self, text: str, verb: str, name: str, action: Callable[[str], tuple[Action, str]]) -> None:
        """Lay out; `name` is the place of the draft, `action` gives what to send for a reason and what to say then."""
        self._action = action
        self.body.addWidget(label(text, wrap=True))
        self._reason = QLineEdit()
        self._reason.setMaxLength(_LONGEST)
        self._reason.returnPressed.connect(self.on_submitted)
        self.body.addWidget(captioned(self.tr("Re&den"), self._reason, "reden_veld"))
        self.body.addWidget(self._reason)
        self.body.addWidget(self.error)
        row = QHBoxLayout()
        submit = button(verb, "vastleggen", main=True)
        submit.clicked.connect(self.on_submitted)
        row.addWidget(submit)
        row.addStretch(1)
        self.body.addLayout(row)
        self._drafts = FieldDrafts(self.context.session, f"{name}:{self.context.zaak}", (self._reason,), self)

    def first_focus(self) -> None:
        self._reason.setFocus()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        return self._drafts.pending()

    @Slot()
    def on_submitted(self) -> None:
        action, said = self._action(self._reason.text())
        self.send(self._drafts.recording(action), said)


class OverslaanForm(ReasonForm):
    """Skip the current step; steps guide, they are no cage."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Stap overslaan")
        text = self.tr("Je slaat de stap “{stap}” over. Schrijf op waarom; de inwoner kan dit lezen bij inzage.")
        self._ask(text.format(stap=woord(context.advies.stap)), self.tr("&Sla stap over"), "overslaan", self._skip)

    def _skip(self, reason: str) -> tuple[Action, str]:
        stap: Stap = self.context.advies.stap
        skip = partial(contact.skip_stap, zaak=self.context.zaak, event_id=self.event_id, stap=stap, reden=reason)
        return skip, self.tr("Stap overgeslagen")


class HeropenenForm(ReasonForm):
    """A closed zaak: how it ended, until when it is kept, and the way to open it again."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        stand = context.dossier.stand
        self.title = self.tr("Deze zaak is afgesloten")
        if stand.gesloten_op is not None and stand.eindresultaat is not None:
            self.subtitle = self.tr("{resultaat} · {dag}").format(
                resultaat=stand.eindresultaat.value, dag=texts.full_day(lokale_datum(stand.gesloten_op))
            )
        kept = label(erased_on(self, stand), "zacht", wrap=True)
        kept.setObjectName("wordt_gewist")
        self.body.addWidget(kept)
        if context.dossier.andere_zaak_open:
            self.body.addWidget(
                label(self.tr("Deze inwoner heeft al een andere open zaak. Werk daarin verder."), wrap=True)
            )
            return
        self._ask(
            self.tr(
                "Belt de inwoner toch terug, of klopt er iets niet? Heropen de zaak, dan ga je verder waar je was."
                " Wat nog niet naar het CAK ging, gaat dan niet meer; de rest wordt bij het afsluiten vervangen."
            ),
            self.tr("Zaa&k heropenen"),
            "heropenen",
            self._reopen,
        )

    def first_focus(self) -> None:
        if not self.context.dossier.andere_zaak_open:
            super().first_focus()

    def drafts(self) -> tuple[tuple[str, str], ...]:
        return () if self.context.dossier.andere_zaak_open else super().drafts()

    def _reopen(self, reason: str) -> tuple[Action, str]:
        reopen = partial(afsluiten.reopen_zaak, zaak=self.context.zaak, event_id=self.event_id, reden=reason)
        return reopen, self.tr("Zaak heropend")


def erased_on(form: Form, stand: Stand) -> str:
    """Until when a zaak that ended so is kept, in a sentence (handbook section 8)."""
    day = wordt_gewist_op(stand)
    if day is None:
        return form.tr("De zaak wordt gewist zes maanden nadat schuldhulp het dossier heeft overgenomen.")
    return form.tr("De zaak wordt gewist op {dag}.").format(dag=texts.full_day(day))
