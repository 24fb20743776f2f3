"""The form of a note by itself; it may be made in a closed zaak too."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop.casework import contact
from desktop.ui.forms.form import Form, FormContext, pinned_button
from desktop.ui.widgets.parts import label


class NotitieForm(Form):
    """The note of the zaak, and one button to record it."""

    uses_note = True
    starts_in_note = True

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.title = self.tr("Notitie maken")
        self.body.addWidget(
            label(
                self.tr(
                    "Schrijf alleen op wat nodig is om te helpen. Niets over gezondheid voordat hulp is aanvaard; nooit"
                    " iets over straf of politie. Een wens zonder reden mag: “praat langzaam”."
                ),
                "zacht",
                wrap=True,
            )
        )
        self.footer, save = pinned_button(self, self.tr("Vastleggen als notit&ie"))
        save.clicked.connect(self.on_submitted)

    @Slot()
    def on_submitted(self) -> None:
        action = partial(
            contact.record_notitie, zaak=self.context.zaak, event_id=self.event_id, tekst=self.context.note()
        )
        self.send(action, self.tr("Notitie vastgelegd"))
