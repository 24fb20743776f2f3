"""The timeline: every event of a zaak in worker's words, newest first, and the delegate that paints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import overload
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.journal import counting
from db.model import gebeurtenis as g
from db.model.codes import Richting
from desktop.casework.kalender import AMSTERDAM, dagdeel
from desktop.documents.gebeurtenissen import beschrijf
from desktop.documents.verschillen import Regel, plan_naast, situatie_naast
from desktop.documents.woorden import woord
from desktop.ui import texts, theme
from desktop.ui.models.rows import Index

_INVALID = QModelIndex()
_INDENT = 16
_GAP = 14
# Looking at a dossier is in the log, and in the inzage; in the timeline it would bury what happened.
_LEFT_OUT = (g.DossierIngezien, g.AdresGetoond, g.OngedaanGemaakt)
_VERSIONED = (g.PlanVanAanpakOpgesteld, g.SituatieVastgelegd)
# The fields of an event are worded for the resident; here a worker reads them.
_OURS = {
    "U woont": "Woont",
    "Wie bij u wonen": "Wie daar wonen",
    "Wie voor u opkomt": "Vertegenwoordiger",
    "Wanneer wij mogen bellen": "Bellen mag",
    "Nummer dat u zelf gaf": "Ander nummer",
    "Waar wij op letten bij bellen": "Let op bij bellen",
    "Wij gaan niet langs": "Niet langsgaan",
    "Wij gaan niet alleen langs": "Niet alleen langsgaan",
    "Uw wensen": "Wensen",
    "Wij bellen u op": "Bellen op",
    "Wij kijken dit na op": "Nakijken op",
    "Wij kijken dit opnieuw na op": "Opnieuw nakijken op",
}


@dataclass(frozen=True)
class Moment:
    """One entry: what happened, when and by whom, and the rest of it."""

    titel: str
    wanneer: str
    regels: tuple[str, ...]


class Story(Sequence[Moment]):
    """The entries of a timeline, newest first; each is put into words when somebody looks at it.

    `keep` chooses the events; looking at a dossier is not one of them unless it says so.
    """

    def __init__(
        self,
        events: Sequence[g.Gebeurtenis],
        namen: Mapping[UUID, str],
        keep: Callable[[g.Gebeurtenis], bool] = lambda event: not isinstance(event.inhoud, _LEFT_OUT),
    ) -> None:
        self._events = [event for event in reversed(events) if keep(event)]
        self._namen = namen
        self._counted = frozenset(event.id for event in counting(events))
        self._before = _before(events, self._counted)
        self._made: dict[int, Moment] = {}

    def __len__(self) -> int:
        return len(self._events)

    @overload
    def __getitem__(self, index: int) -> Moment: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Moment]: ...
    def __getitem__(self, index: int | slice) -> Moment | Sequence[Moment]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index not in self._made:
            self._made[index] = self._moment(self._events[index])
        return self._made[index]

    @property
    def signs(self) -> tuple[tuple[UUID, bool], ...]:
        """What tells one story from another: the events, and whether each still counts."""
        return tuple((event.id, event.id in self._counted) for event in self._events)

    def event(self, index: int) -> g.Gebeurtenis:
        """The event behind an entry."""
        return self._events[index]

    def _moment(self, event: g.Gebeurtenis) -> Moment:
        local = event.op.astimezone(AMSTERDAM)
        by = self._namen.get(event.door, "")
        parts = [texts.short_moment(local)]
        if isinstance(event.inhoud, g.ContactpogingGedaan):
            parts.append(dagdeel(event.op).value.lower())
        undone = event.id not in self._counted
        title = _tr("{titel} (ongedaan gemaakt)").format(titel=_title(event)) if undone else _title(event)
        when = " · ".join([*parts, *([by] if by else [])])
        return Moment(titel=title, wanneer=when, regels=_lines(event, self._before.get(event.id)))


def _before(events: Sequence[g.Gebeurtenis], counted: frozenset[UUID]) -> dict[UUID, g.Inhoud]:
    """For each version of a plan or a situation the one that held until then; for each agreement its plan."""
    found: dict[UUID, g.Inhoud] = {}
    last: dict[type, g.Inhoud] = {}
    for event in events:
        kind = g.PlanVanAanpakOpgesteld if isinstance(event.inhoud, g.AfspraakNagekeken) else type(event.inhoud)
        if kind not in _VERSIONED:
            continue
        if kind in last:
            found[event.id] = last[kind]
        if event.id in counted and isinstance(event.inhoud, _VERSIONED):
            last[kind] = event.inhoud
    return found


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


def _lines(event: g.Gebeurtenis, before: g.Inhoud | None) -> tuple[str, ...]:
    found = event.inhoud
    match found:
        case g.ContactpogingGedaan():
            return (*_promised(found), *_quoted(found.notitie))
        case g.NotitieGemaakt():
            return _quoted(found.tekst)
        case g.ZaakGeopend():
            return (_tr("Zaak {nummer}").format(nummer=found.nummer),)
        case g.HulpaanbodGedaan() | g.EersteGesprekGevoerd():
            return _term(found)
        case g.PlanVanAanpakOpgesteld():
            return _plan_lines(found, before)
        case g.SituatieVastgelegd():
            old = before.situatie if isinstance(before, g.SituatieVastgelegd) else None
            return tuple(map(_changed, (rule for rule in situatie_naast(old, found.situatie) if rule.anders)))
        case g.AfspraakNagekeken():
            return (
                *_which(found, before),
                _tr("gedaan") if found.gedaan else _tr("nog niet gedaan"),
                *_quoted(found.notitie),
            )
        case g.ZaakAfgesloten():
            told = [
                _tr("Naar het CAK: {code}").format(code=code)
                for code in sorted({message.code.value for message in found.terugmeldingen})
            ]
            return (found.eindresultaat.value, *told, *_quoted(found.notitie))
        case None | g.SignaalToegevoegd():
            return ()
        case _:
            return tuple(f"{_OURS.get(name, name)}: {value}" for name, value in beschrijf(event).velden)


def _term(found: g.HulpaanbodGedaan | g.EersteGesprekGevoerd) -> tuple[str, ...]:
    if isinstance(found, g.HulpaanbodGedaan):
        term, text = found.gesprek_voor, _tr("Eerste gesprek vóór {dag}")
    else:
        term, text = found.plan_voor, _tr("Plan van aanpak vóór {dag}")
    return (text.format(dag=texts.day(term)),) if term else ()


def _promised(found: g.ContactpogingGedaan) -> tuple[str, ...]:
    if found.terugbellen_op is None:
        return ()
    local = found.terugbellen_op.astimezone(AMSTERDAM)
    return (_tr("Beloofd te bellen: {moment}").format(moment=texts.short_moment(local)),)


def _plan_lines(found: g.PlanVanAanpakOpgesteld, before: g.Inhoud | None) -> tuple[str, ...]:
    """The size of a first plan; of a later version what changed."""
    if isinstance(before, g.PlanVanAanpakOpgesteld):
        return tuple(map(_changed, (rule for rule in plan_naast(before.plan, found.plan) if rule.anders)))
    debts = texts.plural(len(found.plan.schulden), _tr("{n} schuld"), _tr("{n} schulden"))
    return (f"{debts}, {texts.euros(found.plan.totaal)}",)


def _which(found: g.AfspraakNagekeken, before: g.Inhoud | None) -> tuple[str, ...]:
    """The agreement that was looked at, in the words of its plan."""
    if not isinstance(before, g.PlanVanAanpakOpgesteld) or before.versie != found.versie:
        return ()
    made = before.plan.afspraken[found.nummer - 1]
    return (_tr("{wie}: {wat}").format(wie=made.wie, wat=made.wat),)


def _changed(rule: Regel) -> str:
    """Old and new value in one line: `Tolk nodig: nee → ja`."""
    name = _OURS.get(rule.wat, rule.wat)
    nothing = _tr("niets")
    line = _tr("{wat}: {was} → {wordt}").format(wat=name, was=rule.was or nothing, wordt=rule.wordt or nothing)
    return line.replace("€ ", "€\u00a0")


def _quoted(note: str) -> tuple[str, ...]:
    return (f"“{note}”",) if note else ()


def _signs(found: Sequence[Moment]) -> object:
    return found.signs if isinstance(found, Story) else found


class TimelineModel(QAbstractListModel):
    """The entries as a list model; a screen reader gets each as one sentence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._moments: Sequence[Moment] = ()

    def show_moments(self, found: Sequence[Moment]) -> None:
        """Replace the entries; nothing happens when they are the same."""
        if _signs(found) != _signs(self._moments):
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
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selected"))
        elif option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, theme.colour("hover"))
        edge = theme.colour("primary" if option.state & QStyle.StateFlag.State_Selected else "line")
        painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), edge)
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
