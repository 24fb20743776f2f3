"""The timeline: every event of a zaak in worker's words, newest first, and the delegate that paints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.journal import counting
from db.model import gebeurtenis as g
from db.model.codes import Richting
from desktop.casework.kalender import AMSTERDAM, dagdeel
from desktop.documents.gebeurtenissen import beschrijf
from desktop.documents.woorden import woord
from desktop.ui import texts, theme
from desktop.ui.models.rows import Index

_INVALID = QModelIndex()
_INDENT = 16
_GAP = 14
# Looking at a dossier is in the log, and in the inzage; in the timeline it would bury what happened.
_LEFT_OUT = (g.DossierIngezien, g.AdresGetoond, g.OngedaanGemaakt)


@dataclass(frozen=True)
class Moment:
    """One entry: what happened, when and by whom, and the rest of it."""

    titel: str
    wanneer: str
    regels: tuple[str, ...]


def moments(events: Sequence[g.Gebeurtenis], namen: Mapping[UUID, str]) -> tuple[Moment, ...]:
    """The entries of a timeline, newest first."""
    counted = {event.id for event in counting(events)}
    return tuple(
        _moment(event, namen, undone=event.id not in counted)
        for event in reversed(events)
        if not isinstance(event.inhoud, _LEFT_OUT)
    )


def _moment(event: g.Gebeurtenis, namen: Mapping[UUID, str], *, undone: bool) -> Moment:
    local = event.op.astimezone(AMSTERDAM)
    by = namen.get(event.door, "")
    parts = [texts.short_moment(local)]
    if isinstance(event.inhoud, g.ContactpogingGedaan):
        parts.append(dagdeel(event.op).value.lower())
    title = _tr("{titel} (ongedaan gemaakt)").format(titel=_title(event)) if undone else _title(event)
    return Moment(titel=title, wanneer=" · ".join([*parts, *([by] if by else [])]), regels=_lines(event))


def _title(event: g.Gebeurtenis) -> str:
    found = event.inhoud
    match found:
        case g.ContactpogingGedaan():
            how = {
                "Telefoon": _tr("Gebeld"),
                "Huisbezoek": _tr("Huisbezoek"),
                "Kaartje": _tr("Kaartje achtergelaten"),
                "Brief": _tr("Brief verstuurd"),
            }
            who = (
                _tr("Inwoner belde")
                if found.richting is Richting.IN
                else how.get(found.contactsoort.value, found.contactsoort.value)
            )
            return f"{who} · {woord(found.resultaat)}" if found.resultaat else who
        case g.ZaakGeopend():
            return _tr("Zaak opgepakt")
        case g.HulpaanbodGedaan():
            answers = {
                "aanvaard": _tr("Hulp aangeboden · wil hulp"),
                "geen-hulp": _tr("Hulp aangeboden · wil nu geen hulp"),
                "bedenktijd": _tr("Hulp aangeboden · wil nadenken"),
            }
            return answers.get(found.antwoord.value, "") if found.antwoord else _tr("Hulp aangeboden")
        case g.EersteGesprekGevoerd():
            return _tr("Eerste gesprek · ziet af van hulp") if found.afgezien else _tr("Eerste gesprek gevoerd")
        case g.PlanVanAanpakOpgesteld():
            return _tr("Plan van aanpak, versie {n}").format(n=found.versie)
        case g.ZaakAfgesloten():
            return _tr("Zaak afgesloten")
        case _:
            return beschrijf(event).titel


def _lines(event: g.Gebeurtenis) -> tuple[str, ...]:
    found = event.inhoud
    match found:
        case g.ContactpogingGedaan():
            lines = []
            if found.terugbellen_op is not None:
                local = found.terugbellen_op.astimezone(AMSTERDAM)
                lines.append(_tr("Beloofd te bellen: {moment}").format(moment=texts.short_moment(local)))
            return (*lines, *([f"“{found.notitie}”"] if found.notitie else []))
        case g.ZaakGeopend():
            return (_tr("Zaak {nummer}").format(nummer=found.nummer),)
        case g.HulpaanbodGedaan():
            if found.gesprek_voor is None:
                return ()
            return (_tr("Eerste gesprek vóór {dag}").format(dag=texts.day(found.gesprek_voor)),)
        case g.PlanVanAanpakOpgesteld():
            debts = texts.plural(len(found.plan.schulden), _tr("{n} schuld"), _tr("{n} schulden"))
            return (f"{debts}, {texts.euros(found.plan.totaal)}",)
        case g.ZaakAfgesloten():
            told = [
                _tr("Naar het CAK: {code}").format(code=code)
                for code in sorted({message.code.value for message in found.terugmeldingen})
            ]
            return (found.eindresultaat.value, *told, *([f"“{found.notitie}”"] if found.notitie else []))
        case g.InzageVerstrekt() | g.BriefGemaakt() | g.StapOvergeslagen() | g.ZaakHeropend() | g.BrpGecontroleerd():
            return tuple(f"{name}: {value}" for name, value in beschrijf(event).velden)
        case _:
            return ()


class TimelineModel(QAbstractListModel):
    """The entries as a list model; a screen reader gets each as one sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._moments: tuple[Moment, ...] = ()

    def show_moments(self, found: tuple[Moment, ...]) -> None:
        """Replace the entries."""
        if found != self._moments:
            self.beginResetModel()
            self._moments = found
            self.endResetModel()

    def moment(self, row: int) -> Moment:
        """The entry of a row."""
        return self._moments[row]

    def rowCount(self, parent: Index = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._moments)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._moments[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return found.titel
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return ". ".join((found.titel, found.wanneer, *found.regels))
        return None


class TimelineDelegate(QStyledItemDelegate):
    """A bold title, when and who beneath it, then the details; a line at the left ties them together."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, TimelineModel):
            return
        painter.save()
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), theme.colour("line"))
        y = rect.top()
        for text, font, name in _pieces(model.moment(index.row()), option.font):
            height = _height(text, font, rect.width() - _INDENT)
            painter.setFont(font)
            painter.setPen(theme.colour(name))
            area = QRect(rect.left() + _INDENT, y, rect.width() - _INDENT, height)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, text)
            y += height
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model, view = index.model(), self.parent()
        if not isinstance(model, TimelineModel):
            return super().sizeHint(option, index)
        width = getattr(view, "viewport_width", option.rect.width)()
        pieces = _pieces(model.moment(index.row()), option.font)
        return QSize(width, sum(_height(text, font, width - _INDENT) for text, font, _ in pieces) + _GAP)


def _pieces(found: Moment, base: QFont) -> list[tuple[str, QFont, str]]:
    bold, small = QFont(base), QFont(base)
    bold.setBold(True)
    small.setPointSizeF(base.pointSizeF() - 0.75)
    details = [(line, small, "ink") for line in found.regels]
    return [(found.titel, bold, "ink"), (found.wanneer, small, "secondary"), *details]


def _height(text: str, font: QFont, width: int) -> int:
    flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 10_000), flags, text).height()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tijdlijn", text)
