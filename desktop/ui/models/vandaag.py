"""What Vandaag shows, asked in two parts: whom to call, and then the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from db.model.codes import Stap
from db.queries import outbox, signalen, zaken
from db.queries.zaken import ZaakRegel
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import AMSTERDAM, dagdelen_cell, lokale_datum
from desktop.casework.workflow import advies, cell_name, term_text, tried_dagdelen
from desktop.ui import texts
from desktop.ui.models.rows import Cell, Row
from desktop.ui.status import Soort

SHOWN = 50
_VISITS = 20
_SOON = 3


@dataclass(frozen=True)
class Bellijst:
    """Whom to call now: promises of today and before, then terms; and the promises of the coming week."""

    nu: tuple[ZaakRegel, ...]
    later: tuple[ZaakRegel, ...]


@dataclass(frozen=True)
class Tellingen:
    """What else waits, and the first of the visits to make."""

    stappen: dict[Stap, int]
    terug_te_melden: int
    nieuwe_signalen: int
    bezoeken: tuple[ZaakRegel, ...]


def to_call(connection: Any, instellingen: Instellingen, now: datetime) -> Bellijst:  # noqa: ANN401  # db's own type
    """The call list of this moment."""
    today = lokale_datum(now)
    midnight = datetime.combine(today + timedelta(days=1), time(), AMSTERDAM)
    promised = zaken.promised(connection, voor=midnight + timedelta(days=7), limiet=SHOWN)
    due = tuple(regel for regel in promised if regel.stand.belofte_op is not None and regel.stand.belofte_op < midnight)
    others = zaken.to_call(
        connection,
        dagdelen_cell(now),
        pogingen=instellingen.pogingen,
        dagdelen=instellingen.dagdelen,
        limiet=SHOWN - len(due),
    )
    return Bellijst(nu=due + others, later=promised[len(due) :])


def counts(connection: Any, instellingen: Instellingen) -> Tellingen:  # noqa: ANN401  # db's own type
    """The counts of this moment."""
    pogingen, dagdelen = instellingen.pogingen, instellingen.dagdelen
    stappen = zaken.steps(connection, pogingen=pogingen, dagdelen=dagdelen)
    visits: tuple[ZaakRegel, ...] = ()
    if stappen.get(Stap.HUISBEZOEK):
        visits, _ = zaken.step_page(connection, Stap.HUISBEZOEK, pogingen=pogingen, dagdelen=dagdelen, limiet=_VISITS)
    return Tellingen(
        stappen=stappen,
        terug_te_melden=outbox.waiting(connection),
        nieuwe_signalen=signalen.new(connection),
        bezoeken=visits,
    )


def call_rows(regels: Sequence[ZaakRegel], instellingen: Instellingen, now: datetime) -> tuple[Row, ...]:
    """The rows of *Nu bellen*: who, why now, and which term runs."""
    return tuple(_call_row(regel, instellingen, now) for regel in regels)


def _call_row(regel: ZaakRegel, instellingen: Instellingen, now: datetime) -> Row:
    stand, today = regel.stand, lokale_datum(now)
    if stand.belofte_op is not None:
        moment = stand.belofte_op.astimezone(AMSTERDAM)
        second = _tr("afspraak {tijd}").format(tijd=f"{moment:%H:%M}")
        late = moment.date() < today
        why = (
            _tr("Jij had {dag} beloofd te bellen").format(dag=texts.day(moment.date()))
            if late
            else _tr("Jij beloofde vandaag te bellen")
        )
        term = (
            Cell(_tr("belofte te laat"), soort=Soort.GEVAAR)
            if late
            else Cell(_tr("beloofd vandaag"), soort=Soort.LET_OP)
        )
    else:
        count = stand.pogingen + 1
        second = (
            _tr("poging {nu} van {van}").format(nu=count, van=max(count, instellingen.pogingen))
            if stand.pogingen
            else _tr("eerste poging")
        )
        why = _why(regel, now)
        term = Cell(term_text(stand, instellingen), soort=urgency(stand.termijn, today))
    sentence = f"{regel.lijstnaam}, {second}. {why}. {term.tekst}"
    return Row(zaak=regel.id, cellen=(Cell(regel.lijstnaam, second), Cell(why), term), zin=sentence)


def _why(regel: ZaakRegel, now: datetime) -> str:
    if not regel.stand.pogingen:
        return _tr("Nog niet gebeld")
    tried = _tr(" en ").join(part.value.lower() for part in tried_dagdelen(regel.stand.dagdelen))
    return _tr("{geprobeerd} geprobeerd, {nu} nog niet").format(
        geprobeerd=tried.capitalize(), nu=cell_name(dagdelen_cell(now))
    )


def plan_rows(regels: Sequence[ZaakRegel], instellingen: Instellingen, now: datetime) -> tuple[Row, ...]:
    """The rows of the card at the right: a name, and when or why."""
    today = lokale_datum(now)
    rows = []
    for regel in regels:
        promise = regel.stand.belofte_op
        if promise is not None:
            local = promise.astimezone(AMSTERDAM)
            second = _tr("beloofd {dag}, {tijd}").format(dag=texts.near_day(local.date(), today), tijd=f"{local:%H:%M}")
        else:
            second = advies(regel.naam, regel.stand, instellingen, now).reden
        rows.append(Row(zaak=regel.id, cellen=(Cell(regel.lijstnaam, second),), zin=f"{regel.lijstnaam}, {second}"))
    return tuple(rows)


def urgency(term: date | None, today: date) -> Soort:
    """How pressing a term is: past or tomorrow, within three days, or later."""
    if term is None or term > today + timedelta(days=_SOON):
        return Soort.RUSTIG
    return Soort.GEVAAR if term <= today + timedelta(days=1) else Soort.LET_OP


def _tr(text: str) -> str:
    return QCoreApplication.translate("Vandaag", text)
