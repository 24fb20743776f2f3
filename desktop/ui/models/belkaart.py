"""What a worker sees at a glance before a call: who this is, what was last said and promised, what to mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from db.model import gebeurtenis as g
from db.model.codes import BrpUitkomst, Contactsoort, Dagdelen, Richting, Stap, Vertegenwoordiging, Woonsituatie
from db.model.situatie import Situatie
from db.queries.dossier import Dossier
from desktop.casework.belmoment import may_call
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import AMSTERDAM, dagdelen_cell, lokale_datum
from desktop.casework.workflow import cell_name, cell_to_try, stap
from desktop.documents.woorden import woord
from desktop.ui import texts
from desktop.ui.status import Soort

_NOTE = 140


@dataclass(frozen=True)
class Belkaart:
    """The glance; what is empty is left out. `let_op` holds what may do harm first."""

    wie: str
    laatst: str
    beloofd: str
    let_op: tuple[tuple[Soort, str], ...]

    @property
    def zin(self) -> str:
        """All of it, as a screen reader reads it."""
        return ". ".join(
            part for part in (self.wie, self.laatst, self.beloofd, *(text for _, text in self.let_op)) if part
        )


class Vakstand(StrEnum):
    """What a cell of the dagdeel grid says; the value is the name of its colours in the stylesheet."""

    GEBELD = "gebeld"
    NIET = "niet"
    NU = "nu"
    OPEN = "open"


@dataclass(frozen=True)
class Vak:
    """One cell of the dagdeel grid: icon and word, and the sentence a screen reader reads."""

    cell: Dagdelen
    stand: Vakstand
    tekst: str
    zin: str


def belkaart(dossier: Dossier, namen: Mapping[UUID, str], now: datetime) -> Belkaart:
    """The glance at an aware moment; `namen` are the colleagues by id."""
    return Belkaart(
        wie=_who(dossier, now),
        laatst=_last(dossier, namen),
        beloofd=_promised(dossier, now),
        let_op=tuple(sorted(_mind(dossier, now), key=lambda found: _ORDER.index(found[0]))),
    )


_ORDER = (Soort.GEVAAR, Soort.LET_OP, Soort.RUSTIG)


def _who(dossier: Dossier, now: datetime) -> str:
    found = dossier.situatie
    inwoner = dossier.inwoner
    born, age = texts.full_day(inwoner.geboortedatum), inwoner.leeftijd(lokale_datum(now))
    parts = [_tr("geboren {dag} ({n} jaar)").format(dag=born, n=age)]
    if found.woonsituatie is not None:
        parts.append(_tr("woont {hoe}").format(hoe=woord(found.woonsituatie)))
    parts += [f"{woord(acting.hoedanigheid)} {texts.shortened(acting.naam, 60)}" for acting in found.vertegenwoordigers]
    return " · ".join(parts)


def _last(dossier: Dossier, namen: Mapping[UUID, str]) -> str:
    contacts = [event for event in dossier.gebeurtenissen if isinstance(event.inhoud, g.ContactpogingGedaan)]
    parts = []
    if contacts:
        event = contacts[-1]
        found = event.inhoud
        if isinstance(found, g.ContactpogingGedaan):
            came_in = found.richting is Richting.IN
            how = _tr("de inwoner belde") if came_in else woord(found.contactsoort).removeprefix("een ")
            what = woord(found.resultaat) or (_tr("gesproken") if found.bereikt else "")
            said = (
                how
                if not what
                else what
                if found.contactsoort is Contactsoort.TELEFOON and not came_in
                else f"{how}: {what}"
            )
            moment = texts.short_moment(event.op.astimezone(AMSTERDAM))
            parts.append(" · ".join(part for part in (said, moment, namen.get(event.door, "")) if part))
    note = next(_notes(dossier), "")
    if note:
        parts.append(f"“{texts.shortened(note, _NOTE)}”")
    return " ".join(parts)


def _notes(dossier: Dossier) -> Iterator[str]:
    for event in reversed(dossier.gebeurtenissen):
        match event.inhoud:
            case g.ContactpogingGedaan(notitie=text) | g.NotitieGemaakt(tekst=text) if text:
                yield " ".join(text.split())
            case _:
                pass


def _promised(dossier: Dossier, now: datetime) -> str:
    promise = dossier.stand.belofte_op
    if promise is None:
        return ""
    local, today = promise.astimezone(AMSTERDAM), lokale_datum(now)
    late = local.date() < today
    said = _tr("jij zou bellen op {dag}, {tijd}") if late else _tr("jij belt {dag}, {tijd}")
    return said.format(dag=texts.near_day(local.date(), today), tijd=f"{local:%H:%M}")


def _mind(dossier: Dossier, now: datetime) -> Iterator[tuple[Soort, str]]:
    yield from _of_calling(dossier, now)
    yield from _of_others(dossier.situatie)
    stand = dossier.stand
    if stand.brp is BrpUitkomst.OVERLEDEN:
        yield Soort.GEVAAR, _tr("overleden volgens de BRP: bel niet")
    if stand.niet_bezoeken is not None:
        yield Soort.LET_OP, _tr("ga niet langs")
    elif stand.niet_alleen is not None:
        yield Soort.LET_OP, _tr("ga niet alleen langs")
    if dossier.situatie.wensen:
        yield Soort.RUSTIG, texts.shortened(" ".join(dossier.situatie.wensen.split()), _NOTE)


def _of_calling(dossier: Dossier, now: datetime) -> Iterator[tuple[Soort, str]]:
    stand, contact = dossier.stand, dossier.situatie.veilig_contact
    if stand.bel_wanneer:
        when = when_words(stand.bel_wanneer)
        if may_call(stand, now):
            yield Soort.LET_OP, _tr("alleen bellen: {wanneer}").format(wanneer=when)
        else:
            yield Soort.GEVAAR, _tr("nu niet bellen, alleen: {wanneer}").format(wanneer=when)
    if not contact.voicemail:
        yield Soort.LET_OP, _tr("spreek geen voicemail in")
    if contact.let_op:
        yield Soort.LET_OP, texts.shortened(" ".join(contact.let_op.split()), _NOTE)
    if contact.neemt_op:
        yield Soort.RUSTIG, _tr("mag opnemen: {wie}").format(wie=", ".join(map(woord, contact.neemt_op)))
    if stand.ander_nummer:
        yield Soort.RUSTIG, _tr("nummer van de inwoner zelf")


def _of_others(found: Situatie) -> Iterator[tuple[Soort, str]]:
    if found.tolk:
        language = texts.shortened(found.tolktaal, 40)
        yield Soort.LET_OP, _tr("bel met tolk ({taal}), nooit familie").format(taal=language or _tr("taal onbekend"))
    if found.woonsituatie in {Woonsituatie.INSTELLING, Woonsituatie.OPVANG}:
        place = texts.shortened(found.instelling, 60) or _tr("de instelling")
        yield Soort.LET_OP, _tr("zeg de receptie van {plaats} niets").format(plaats=place)
    if any(acting.hoedanigheid is Vertegenwoordiging.MENTOR for acting in found.vertegenwoordigers):
        yield Soort.LET_OP, _tr("met de mentor niet over geld")


def situation_lines(found: Situatie, today: date) -> Iterator[tuple[Soort, str]]:
    """The situation as the card at the left of a zaak tells it, what may do harm first."""
    yield from _limits(found, today)
    yield from _of_contact(found)
    if found.woonsituatie is not None:
        place = f": {texts.shortened(found.instelling, 60)}" if found.instelling else ""
        yield Soort.RUSTIG, _tr("Woont {hoe}").format(hoe=woord(found.woonsituatie)) + place
    for acting in found.vertegenwoordigers:
        post = _tr(", post daarheen") if acting.post else ""
        who = f"{woord(acting.hoedanigheid).capitalize()} {texts.shortened(acting.naam, 60)}{post}"
        yield Soort.RUSTIG, "\n".join(part for part in (who, texts.phone(acting.telefoonnummer)) if part)
    if found.huishouden:
        yield Soort.RUSTIG, _tr("Woont samen met: {wie}").format(wie=", ".join(map(woord, found.huishouden)))
    if found.veilig_contact.neemt_op:
        roles = ", ".join(map(woord, found.veilig_contact.neemt_op))
        yield Soort.RUSTIG, _tr("Mag opnemen: {wie}").format(wie=roles)
    if found.wensen:
        yield Soort.RUSTIG, texts.shortened(" ".join(found.wensen.split()), _NOTE)


def _limits(found: Situatie, today: date) -> Iterator[tuple[Soort, str]]:
    limits = ((found.niet_bezoeken, _tr("Niet langsgaan")), (found.niet_alleen, _tr("Niet alleen langsgaan")))
    for limit, text in limits:
        if limit is not None:
            yield Soort.GEVAAR, text
            if limit.herzien_op <= today:
                yield Soort.LET_OP, _tr("Kijk dit na: geldt het nog?")


def _of_contact(found: Situatie) -> Iterator[tuple[Soort, str]]:
    contact = found.veilig_contact
    if contact.wanneer:
        yield Soort.LET_OP, _tr("Alleen bellen: {wanneer}").format(wanneer=when_words(contact.wanneer))
    if not contact.voicemail:
        yield Soort.LET_OP, _tr("Geen voicemail")
    if found.tolk:
        yield Soort.LET_OP, _tr("Tolk: {taal}").format(taal=found.tolktaal) if found.tolktaal else _tr("Tolk nodig")
    if contact.let_op:
        yield Soort.LET_OP, texts.shortened(contact.let_op, _NOTE)


def when_words(cells: Dagdelen) -> str:
    """The cells of the grid as one reads them: `ochtend, weekend avond`."""
    return ", ".join(cell_name(cell) for cell in Dagdelen if cell in cells)


def vakken(dossier: Dossier, instellingen: Instellingen, now: datetime) -> tuple[Vak, ...]:
    """The six cells, week first; the one to try is advised as long as calling is the step."""
    stand, counted = dossier.stand, _counted(dossier)
    volgende = cell_to_try(stand, now) if stap(stand, instellingen) is Stap.BELLEN else None
    nu = volgende is not None and dagdelen_cell(now) is volgende
    made = []
    for cell in Dagdelen:
        name = (
            cell_name(cell)
            if cell >= Dagdelen.WEEKEND_OCHTEND
            else _tr("doordeweeks {deel}").format(deel=cell_name(cell))
        )
        tried = max(counted[cell], int(cell in stand.dagdelen))
        times = texts.plural(tried, _tr("{n} keer"), _tr("{n} keer"))
        if stand.bel_wanneer and cell not in stand.bel_wanneer:
            state, shown, said = Vakstand.NIET, _tr("▲ niet"), _tr("niet bellen")
        elif cell == volgende:
            state, shown = Vakstand.NU, _tr("● nu") if nu else _tr("● hierna")
            said = _tr("nu proberen") if nu else _tr("hierna proberen")
        elif tried:
            state, shown, said = Vakstand.GEBELD, f"✓ {times}", _tr("{keer} gebeld").format(keer=times)
        else:
            state, shown, said = Vakstand.OPEN, _tr("○ open"), _tr("nog niet gebeld")
        made.append(Vak(cell, state, shown, f"{name}: {said}"))
    return tuple(made)


def _counted(dossier: Dossier) -> Counter[Dagdelen]:
    """Outgoing calls per cell since the zaak was last opened again."""
    found: Counter[Dagdelen] = Counter()
    for event in dossier.gebeurtenissen:
        match event.inhoud:
            case g.ZaakHeropend1():
                found.clear()
            case g.ContactpogingGedaan(contactsoort=Contactsoort.TELEFOON, richting=Richting.UIT, dagdeel=cell):
                found[cell] += 1
            case _:
                pass
    return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("Belkaart", text)
