"""The rows of a route: door, resident and what to mind; a row can be dragged to another place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from db.queries.zaken import Bezoek, ZaakRegel
from desktop.casework.bezoek import why_no_visit
from desktop.ui.models.rows import Cell, Index, Row, RowsModel
from desktop.ui.status import Soort

_ROW = "application/x-voordeur-rij"


class RouteModel(RowsModel):
    """Rows in walking order. `dropped` tells from which row to which place one was dragged; it moves nothing itself."""

    dropped = Signal(int, int)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        draggable = Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled
        return flags | draggable

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_ROW]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        carried = QMimeData()
        carried.setData(_ROW, QByteArray(str(indexes[0].row()).encode()))
        return carried

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,  # Qt's own signature
        parent: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        if action != Qt.DropAction.MoveAction or not data.hasFormat(_ROW):
            return False
        source = int(bytes(data.data(_ROW).data()))
        place = row if row >= 0 else parent.row() if parent.isValid() else self.rowCount()
        self.dropped.emit(source, place - (place > source))
        return False  # the list comes back in its new order by itself


def rows(doors: Sequence[ZaakRegel]) -> tuple[Row, ...]:
    """One row per door, numbered; a hidden address stays hidden."""
    return tuple(_row(number, regel) for number, regel in enumerate(doors, start=1))


def _row(number: int, regel: ZaakRegel) -> Row:
    door, place = address(regel)
    time, along = when(regel.stand.bezoek), company(regel.stand.bezoek)
    flag = mind(regel)
    cells = (
        Cell(f"{number} · {door}", place),
        Cell(regel.lijstnaam, ", ".join(part for part in (time, along) if part)),
        Cell(flag[0], soort=flag[1]) if flag else Cell(""),
    )
    parts = (f"{number}. {door}", place, regel.lijstnaam, time, along, flag[0] if flag else "")
    return Row(zaak=regel.id, cellen=cells, zin=". ".join(part for part in parts if part), formulier="huisbezoek")


def address(regel: ZaakRegel) -> tuple[str, str]:
    """Street line and town of a door, or that it is hidden."""
    if regel.stand.adres_verborgen:
        return _tr("Geheim adres"), _tr("staat in de zaak, na een reden")
    code = regel.postcode
    spaced = f"{code[:4]} {code[4:]}" if len(code) == 6 else code  # a Dutch postcode
    return regel.straatregel, f"{spaced} {regel.plaatsnaam}".strip()


def when(bezoek: Bezoek | None) -> str:
    """The agreed time, else the part of the day."""
    return "" if bezoek is None else bezoek.tijd or bezoek.dagdeel.value.lower()


def company(bezoek: Bezoek | None) -> str:
    """Who comes along, else whether the visit was announced."""
    if bezoek is None:
        return ""
    announced = _tr("aangekondigd") if bezoek.aangekondigd else _tr("niet aangekondigd")
    return _tr("met {naam}").format(naam=bezoek.met) if bezoek.met else announced


def mind(regel: ZaakRegel) -> tuple[str, Soort] | None:
    """What to mind at this door, the gravest first: the words of a tag and its kind."""
    stand = regel.stand
    if stand.adres_geblokkeerd or stand.niet_bezoeken is not None:
        return _tr("ga niet langs"), Soort.GEVAAR
    if stand.bezoek is not None and why_no_visit(stand, stand.bezoek.met) is not None:
        return _tr("niet alleen"), Soort.GEVAAR
    if stand.niet_alleen is not None:
        return _tr("niet alleen"), Soort.LET_OP
    return (_tr("tolk nodig"), Soort.LET_OP) if stand.tolk else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("Route", text)
