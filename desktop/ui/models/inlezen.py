"""What an import shows: the first rows, then what came of it; and the word for whoever found the vault locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, Qt

from db.errors import KnownError
from db.model.codes import Bak, Uitkomst
from db.queries import concepten
from db.vault import Vault
from desktop.casework import instellingen
from desktop.ui import texts
from desktop.ui.models.rows import Cell, Index, Row
from desktop.ui.models.signalen import caption, reden, titel
from desktop.ui.status import ICONS, Soort

if TYPE_CHECKING:
    from desktop.intake.importing import Gelezen
    from desktop.intake.invoer import Voorbeeld
    from desktop.intake.rapport import ImportReport, Regel

PLEK = "import"
_INVALID = QModelIndex()
_FIRST_ROWS = 3


class Nawoord(msgspec.Struct, frozen=True):
    """What became of a file while nobody could see it: kept in the vault until somebody did."""

    bestand: str
    vastgelegd: bool
    rijen: int = 0
    geaccepteerd: int = 0
    aandacht: bool = False

    @property
    def tekst(self) -> str:
        """It as it is kept."""
        return msgspec.json.encode(self).decode()

    @property
    def zin(self) -> str:
        """It in words."""
        if not self.vastgelegd:
            return _tr(
                "Het inlezen van {bestand} stopte toen de kluis dichtging. Er is niets van bewaard. Lees het bestand"
                " opnieuw in; niets komt dubbel."
            ).format(bestand=self.bestand)
        rows = texts.plural(self.rijen, _tr("{n} rij"), _tr("{n} rijen"))
        said = _tr("{bestand} is ingelezen toen de kluis dichtging: {rijen}, {n} aangenomen.").format(
            bestand=self.bestand, rijen=rows, n=texts.count(self.geaccepteerd)
        )
        return said + (" " + _tr("Kijk bij Signalen wat niet goed was.") if self.aandacht else "")


def record(vault: Vault, *, gelezen: Gelezen, stopped: Callable[[], bool]) -> ImportReport:
    """Take in what was read, on the vault thread; the word about it waits in the vault until somebody saw the report.

    Raises:
        KnownError: HERSTELBLAD_NIET_BEVESTIGD, IMPORT_AFGEBROKEN, VASTLEGGEN_MISLUKT; nothing was recorded.
    """
    from desktop.intake.importing import take_in

    instellingen.require_recovery_sheet(instellingen.load(vault.connection))
    _keep(vault, Nawoord(gelezen.bestand, vastgelegd=False))
    report = take_in(vault, gelezen, cancelled=stopped)
    _keep(vault, Nawoord(gelezen.bestand, True, report.rijen, report.geaccepteerd, report.aandacht))  # a record
    return report


def seen(vault: Vault) -> None:
    """Somebody saw how it ended."""
    concepten.save(vault.connection, PLEK, "", vault.clock())


def unseen(vault: Vault) -> Nawoord | None:
    """What nobody saw yet, once."""
    text = concepten.read(vault.connection, PLEK)
    if not text:
        return None
    seen(vault)
    try:
        return msgspec.json.decode(text, type=Nawoord)
    except msgspec.DecodeError:
        return None


def _keep(vault: Vault, word: Nawoord) -> None:
    concepten.save(vault.connection, PLEK, word.tekst, vault.clock())


# --- before ------------------------------------------------------------------------------------------------


class PreviewModel(QAbstractTableModel):
    """Our fields below each other, with the file's column and its first rows beside them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[tuple[str, ...], ...] = ()

    def show_preview(self, found: Voorbeeld | None) -> None:
        """Replace what is shown."""
        self.beginResetModel()
        self._lines = tuple(_preview_lines(found)) if found is not None else ()
        self.endResetModel()

    def rowCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else 2 + _FIRST_ROWS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return ", ".join(filter(None, line))
        return line[index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < 2:
            return (_tr("Gegeven"), _tr("Kolom"))[section]
        return _tr("Rij {n}").format(n=section - 1)


def _preview_lines(found: Voorbeeld) -> Iterator[tuple[str, ...]]:
    nothing = ("",) * _FIRST_ROWS
    for name in found.ontbreekt:
        yield caption(name), f"{ICONS[Soort.GEVAAR]} {_tr('ontbreekt')}", *nothing
    for number, (name, column) in enumerate(zip(found.velden, found.kolommen, strict=True)):
        values = tuple(row[number] for row in found.rijen[:_FIRST_ROWS])
        yield caption(name), column, *(*values, *nothing)[:_FIRST_ROWS]


def tally(gelezen: Gelezen) -> str:
    """What a file comes to before the vault was asked, in one sentence."""
    from desktop.intake.beoordelen import outcome

    refused = [uitkomst for uitkomst in map(outcome, gelezen.oordelen) if uitkomst is not Uitkomst.GEACCEPTEERD]
    parts = [
        texts.plural(gelezen.kop.rijen, _tr("{n} rij gelezen"), _tr("{n} rijen gelezen")),
        _tr("{n} voldoen aan de wet").format(n=texts.count(gelezen.kop.rijen - len(refused))),
    ]
    if laws := refused.count(Uitkomst.NIET_TOEGELATEN):
        parts.append(_tr("{n} niet toegelaten").format(n=texts.count(laws)))
    if unread := refused.count(Uitkomst.ONLEESBAAR):
        parts.append(_tr("{n} onleesbaar").format(n=texts.count(unread)))
    return ", ".join(parts) + "."


# --- after -------------------------------------------------------------------------------------------------


def counts(report: ImportReport) -> tuple[tuple[str, str], ...]:
    """The report in counts, those of zero left out except the rows themselves; they add up to the rows."""
    new = report.geaccepteerd - report.herhaald - report.wacht - report.controleren - report.vergelijking
    found = (
        (_tr("Rijen in het bestand"), report.rijen),
        (titel(Bak.NIEUW), new),
        (titel(Bak.CONTROLEREN), report.controleren),
        (titel(Bak.HERHAALD), report.herhaald),
        (_tr("Wacht (boven het vaste aantal)"), report.wacht),
        (_tr("Alleen om te vergelijken, zonder naam"), report.vergelijking),
        (titel(Bak.GEWIJZIGD), report.gewijzigd),
        (_tr("Al bekend, niets veranderd"), report.al_bekend),
        (titel(Bak.NIET_TOEGELATEN), report.niet_toegelaten),
        (titel(Bak.ONLEESBAAR), report.onleesbaar),
    )
    lines = [(name, texts.count(number)) for index, (name, number) in enumerate(found) if number or not index]
    beside = (
        (_tr("Ingetrokken door de afzender"), report.ingetrokken),
        (_tr("Ingetrokken, maar nooit gekomen"), report.intrekkingen_onbekend),
    )
    lines += [(name, texts.count(number)) for name, number in beside if number]
    lines += [
        (_tr("Niet bewaard: kolom {naam}").format(naam=name), texts.plural(times, _tr("{n} keer"), _tr("{n} keer")))
        for name, times in report.weggelaten.items()
    ]
    if report.codering and report.codering != "utf-8":
        lines.append((_tr("Tekens gelezen als"), report.codering))
    return tuple(lines)


def attention(report: ImportReport) -> tuple[Regel, ...]:
    """The rows that ask for somebody; what was known already does not."""
    return tuple(regel for regel in report.regels if regel.uitkomst is not Uitkomst.AL_BEKEND)


def rows(report: ImportReport) -> tuple[Row, ...]:
    """Those rows for a list: number, the source's own mark, and why. No name, no value of a field."""
    made = []
    for regel in attention(report):
        what, why = told(regel)
        soort = Soort.GEVAAR if regel.uitkomst is Uitkomst.ONLEESBAAR else Soort.RUSTIG
        mark = regel.signaal or _tr("zonder kenmerk")
        number = _tr("rij {n}").format(n=regel.rij)
        cells = (Cell(number, mark), Cell(what, soort=soort), Cell(why))
        made.append(Row(zaak=None, cellen=cells, zin=f"{number}, {mark}: {what}. {why}"))
    return tuple(made)


def told(regel: Regel) -> tuple[str, str]:
    """What became of a row, and why in words: the field, or the two numbers that the law compares."""
    what = titel(Bak(regel.uitkomst.value.replace("_", "-"))).lower()
    if regel.uitkomst is Uitkomst.GEWIJZIGD:
        return what, _tr("kwam opnieuw, met andere gegevens")
    why = reden(regel.reden or "")
    if regel.uitkomst is Uitkomst.NIET_TOEGELATEN:
        compared = _tr("{gevonden}, nodig {vereist}").format(
            gevonden=regel.gevonden or "–", vereist=regel.vereist or "–"
        )
        return what, _tr("{waarom}: {vergelijk} (art. {artikel})").format(
            waarom=why, vergelijk=compared, artikel=regel.artikel or "–"
        )
    field = caption(regel.veld or "").lower()
    return what, f"{why}: {field}" if field and not why.startswith(field) else why


def stopped_by_worker(error: object) -> bool:
    """Whether an import ended because somebody said so."""
    return isinstance(error, KnownError) and error.code == "IMPORT_AFGEBROKEN"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inlezen", text)
