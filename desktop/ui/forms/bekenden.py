"""Beheer: the lists of who is known at schuldhulpverlening, loaded, replaced and forgotten."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.errors import VoordeurError
from db.queries import bekenden
from db.queries.bekenden import Lijst
from db.vault import Vault
from desktop.casework.kalender import lokale_datum
from desktop.intake import bekendenlijst
from desktop.intake.bekendenlijst import Gehasht, Geladen
from desktop.ui import texts
from desktop.ui.forms.form import captioned
from desktop.ui.session import Session
from desktop.ui.widgets.bestand import file_chooser
from desktop.ui.widgets.parts import Card, button, clear, label, tab_after

_LONGEST = 60


class KnownListsCard(Card):
    """Shows which lists there are; a file is read off the vault's thread, then kept at once or not at all."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lijsten: tuple[Lijst, ...] | None = None
        self.box.addWidget(label(self.tr("Wie is bekend bij schuldhulpverlening?"), "kop", wrap=True))
        why = self.tr(
            "Heb je een lijst van schuldhulpverlening of de kredietbank? Laad hem hier als tabel (CSV) met in elk geval"
            " de kolommen achternaam en geboortedatum. Dan staat bij elk nieuw signaal of de inwoner op de lijst"
            " voorkomt. Voordeur bewaart de namen en adressen uit de lijst niet."
        )
        self._why = label(why, "zacht", wrap=True)
        self.box.addWidget(self._why)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.box.addLayout(self._rows)
        replaces = self.tr("Een lijst met dezelfde naam wordt vervangen.")
        self._name = QLineEdit(self.tr("schuldhulpverlening"))
        self._name.setMaxLength(_LONGEST)
        self._name.setAccessibleDescription(replaces)
        caption = captioned(self.tr("Naam van de lijst"), self._name, "lijst_naam")
        caption.setProperty("rol", "vet")
        self.box.addWidget(caption)
        self._load = button(self.tr("Li&jst laden…"), "lijst_laden")
        self._load.clicked.connect(self.on_load)
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        row.addWidget(self._load)
        self.box.addLayout(row)
        self.box.addWidget(label(replaces, "zacht", wrap=True))
        self._said = label("", wrap=True)
        self._said.setObjectName("lijst_melding")
        self._said.hide()
        self.box.addWidget(self._said)

    def refresh(self) -> None:
        """Ask again which lists there are."""
        self._session.ask(self, bekenden.lijsten, self._show)

    def _show(self, found: tuple[Lijst, ...]) -> None:
        if found == self._lijsten:
            return
        self._lijsten = found
        clear(self._rows)
        if not found:
            self._rows.addWidget(label(self.tr("Er is nog geen lijst geladen.")))
        made = [self._row(number, lijst) for number, lijst in enumerate(found)]
        for row in made:
            self._rows.addWidget(row)
        tab_after(self._why, *made)

    def _row(self, number: int, lijst: Lijst) -> QWidget:
        loaded = texts.full_day(lokale_datum(lijst.geladen_op))
        words = label(self.tr("{lijst}, geladen op {dag}").format(lijst=lijst.naam, dag=loaded), wrap=True)
        words.setObjectName(f"lijst_{number}")
        forget = button(self.tr("Verwijderen"), f"lijst_verwijderen_{number}", link=True)
        forget.setAccessibleName(self.tr("Lijst {lijst} verwijderen").format(lijst=lijst.naam))
        forget.clicked.connect(partial(self.on_forget, lijst.naam))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(forget)
        return holder

    @Slot()
    def on_load(self) -> None:
        if not self._name.text().strip():
            self._say(self.tr("▲ Geef de lijst eerst een naam."))
            self._name.setFocus()
            return
        chooser = file_chooser(self, self.tr("Welke lijst wil je laden?"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([self.tr("Tabel (*.csv *.txt)"), self.tr("Alle bestanden (*)")])
        chooser.fileSelected.connect(self.on_file)
        chooser.open()

    @Slot(str)
    def on_file(self, path: str) -> None:
        self.load(Path(path))

    def load(self, path: Path) -> None:
        """Take the place of the list of the name that stands there with the people in this file."""
        naam = self._name.text().strip()
        self._load.setEnabled(False)
        self._say(self.tr("De lijst wordt gelezen…"))
        self._session.draw(self, lambda _: bekendenlijst.hashed(path), partial(self._keep, naam), self._failed)

    def _keep(self, naam: str, found: Gehasht) -> None:
        self._session.act(self, partial(bekendenlijst.keep, naam=naam, gehasht=found), self._kept, self._failed)

    def _kept(self, found: Geladen) -> None:
        self._load.setEnabled(True)
        readable = found.rijen - found.onleesbaar
        parts = [
            texts.plural(
                readable, self.tr("✓ {n} mens van de lijst geladen."), self.tr("✓ {n} mensen van de lijst geladen.")
            )
        ]
        if found.onleesbaar:
            parts.append(
                texts.plural(
                    found.onleesbaar, self.tr("{n} rij is niet te lezen."), self.tr("{n} rijen zijn niet te lezen.")
                )
            )
        parts.append(self.tr("Nieuwe signalen worden er vanaf nu mee vergeleken."))
        self._say(" ".join(parts))

    def on_forget(self, naam: str, *_: object) -> None:
        """Forget a list; what was found with it earlier stays with the signals."""
        self._session.act(self, partial(_forget, naam), self._forgotten, self._failed)

    def _forgotten(self, _: object) -> None:
        self._say(self.tr("De lijst is verwijderd. Wat er eerder mee gevonden is, blijft bij de signalen staan."))
        self._load.setFocus()

    def _failed(self, error: VoordeurError) -> None:
        self._load.setEnabled(True)
        self._say(f"▲ {texts.explain(error)}")

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()


def _forget(naam: str, vault: Vault) -> bool:
    return bekenden.remove(vault.connection, naam)
