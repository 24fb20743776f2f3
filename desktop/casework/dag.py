"""A worker's day: what comes back to do by itself, and what its end still leaves open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum

import msgspec

from db.model.codes import Stap
from db.queries import brieven, concepten, dag, outbox, terugbellen, zaken
from db.queries.terugbellen import Terugbelverzoek
from db.queries.zaken import ZaakRegel
from desktop.casework.afsluiten import NAZORG_BIJ, NAZORG_NA, NAZORG_TOT
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import AMSTERDAM, add_working_days, dagdelen_cell, lokale_datum
from desktop.casework.terugbellen import CONCEPT

STIL_NA = timedelta(days=14)
"""After this long without any action a zaak in which nothing is planned comes back."""
PER_SOORT = 25
"""So many of one kind are shown; the rest follows as these are done."""
_LATE_AFTER = timedelta(days=7)
_THINK = timedelta(days=7)
_WEEK = timedelta(days=7)
EINDE_DAG = time(16, 30)
"""From this time on somebody who stops is asked to look whether anything was left."""
BEZOEKMAP, WEG, TERUG = "bezoekmap", "weg", "terug"
"""What a day keeps beside the log until it is back: that its bezoekmap, paper with addresses, is out."""


class Taaksoort(StrEnum):
    """Why a zaak comes back."""

    DREIGING = "dreiging"
    AFSPRAKEN = "afspraken"
    UITSLAG = "uitslag"
    TERMIJN = "termijn"
    REGELING = "regeling"
    EVALUATIE = "evaluatie"
    GRENS = "grens"
    ADRES = "adres"
    NAZORG = "nazorg"
    STIL = "stil"
    BEDENKTIJD = "bedenktijd"
    PLANNEN = "plannen"
    BELOFTE = "belofte"


class Ernst(IntEnum):
    """How pressing something is; the lowest comes first."""

    TE_LAAT = 0
    NU = 1
    KOMT = 2


class Taak(msgspec.Struct, frozen=True, kw_only=True):
    """One zaak that comes back: why, how pressing that is, since or until which day, how many things it is about."""

    soort: Taaksoort
    ernst: Ernst
    regel: ZaakRegel
    dag: date
    aantal: int = 1


class Dagcontrole(msgspec.Struct, frozen=True, kw_only=True):
    """What a day still leaves open.

    `half_verzoek` is a caller about whom something was typed and not noted, `papieren` are letters that nobody
    said left the house, `haperend` messages to the CAK that were refused
    or that nobody knows of whether they arrived.
    """

    papieren: int
    bezoekmap_weg: date | None
    beloften: tuple[ZaakRegel, ...]
    bezoeken: tuple[ZaakRegel, ...]
    concepten: tuple[ZaakRegel, ...]
    terugbellen: tuple[Terugbelverzoek, ...]
    half_verzoek: bool
    terug_te_melden: int
    haperend: int
    termijnen: tuple[Taak, ...]

    @property
    def rond(self) -> bool:
        """Whether nothing is left."""
        return not any(getattr(self, name) for name in self.__struct_fields__)


def te_doen(connection: sqlite3.Connection, instellingen: Instellingen, now: datetime) -> tuple[Taak, ...]:
    """What to do today beside calling: one line per zaak, the most pressing first and threats before all."""
    found: dict[object, Taak] = {}
    for taak in sorted(_taken(connection, instellingen, now), key=_pressing):
        found.setdefault(taak.regel.id, taak)
    return tuple(found.values())


def _pressing(taak: Taak) -> tuple[bool, Ernst, date]:
    return taak.soort is not Taaksoort.DREIGING, taak.ernst, taak.dag


def wacht_op_antwoord(connection: sqlite3.Connection, instellingen: Instellingen, now: datetime) -> int:
    """How many residents may still answer: an offer they think about, or a letter that lies there long enough yet."""
    day = lokale_datum(now)
    while add_working_days(day - timedelta(days=1), instellingen.brief_werkdagen) > lokale_datum(now):
        day -= timedelta(days=1)
    since = datetime.combine(day, time(), AMSTERDAM)
    return dag.awaited(connection, pogingen=instellingen.pogingen, dagdelen=instellingen.dagdelen, sinds=since)


def dagcontrole(connection: sqlite3.Connection, instellingen: Instellingen, now: datetime) -> Dagcontrole:
    """What must not stay behind tonight."""
    today = lokale_datum(now)
    midnight = datetime.combine(today, time(), AMSTERDAM)
    return Dagcontrole(
        papieren=brieven.unsent_count(connection),
        bezoekmap_weg=next(iter(dag.days_of(connection, BEZOEKMAP, WEG)), None),
        beloften=zaken.promised(connection, voor=midnight + timedelta(days=1)),
        bezoeken=zaken.visits(connection, tot_en_met=today),
        concepten=dag.drafts(connection),
        terugbellen=terugbellen.waiting(connection),
        half_verzoek=bool(concepten.read(connection, CONCEPT).strip()),
        terug_te_melden=outbox.waiting(connection),
        haperend=outbox.troubled(connection),
        termijnen=tuple(_terms(connection, instellingen, now, calling=True)),
    )


def _taken(connection: sqlite3.Connection, instellingen: Instellingen, now: datetime) -> Iterator[Taak]:
    today = lokale_datum(now)
    yesterday = today - timedelta(days=1)
    yield from _threats(connection, instellingen, today)
    for regel, count, day in zaken.overdue_afspraken(connection, voor=today, limiet=PER_SOORT):
        yield Taak(soort=Taaksoort.AFSPRAKEN, ernst=Ernst.TE_LAAT, regel=regel, dag=day, aantal=count)
    for regel in zaken.visits(connection, tot_en_met=yesterday, limiet=PER_SOORT):
        planned = regel.stand.bezoek
        yield Taak(
            soort=Taaksoort.UITSLAG, ernst=Ernst.TE_LAAT, regel=regel, dag=planned.datum if planned else yesterday
        )
    yield from _terms(connection, instellingen, now)
    for regel in zaken.arrangements_to_check(connection, tot_en_met=today, limiet=PER_SOORT):
        yield _due(Taaksoort.REGELING, regel, regel.stand.nakijken_op or today, today)
    for regel in zaken.plans_to_review(connection, tot_en_met=today, limiet=PER_SOORT):
        yield _due(Taaksoort.EVALUATIE, regel, regel.stand.evaluatie_op or today, today)
    for regel, day in dag.limits_to_review(connection, tot_en_met=today, limiet=PER_SOORT):
        yield _due(Taaksoort.GRENS, regel, day, today)
    for regel in dag.unchecked_addresses(connection, limiet=PER_SOORT):
        yield Taak(soort=Taaksoort.ADRES, ernst=Ernst.NU, regel=regel, dag=lokale_datum(regel.stand.geopend_op))
    for regel in zaken.aftercare(connection, NAZORG_BIJ, van=now - NAZORG_TOT, tot=now - NAZORG_NA, limiet=PER_SOORT):
        yield Taak(
            soort=Taaksoort.NAZORG, ernst=Ernst.NU, regel=regel, dag=lokale_datum(regel.stand.gesloten_op or now)
        )
    for regel, latest in dag.silent(connection, voor=now - STIL_NA, limiet=PER_SOORT):
        yield Taak(soort=Taaksoort.STIL, ernst=Ernst.NU, regel=regel, dag=lokale_datum(latest))
    yield from _waiting(connection, instellingen, now)


def _waiting(connection: sqlite3.Connection, instellingen: Instellingen, now: datetime) -> Iterator[Taak]:
    """What is not pressing yet: an answer that is thought about, a visit to plan, a promise of the coming week."""
    today = lokale_datum(now)
    for regel in dag.undecided(connection, limiet=PER_SOORT):
        offered = lokale_datum(regel.stand.aanbod_op or now)
        if regel.stand.belofte_op is None:  # else the promise to ask again says when
            ernst = Ernst.NU if today - offered >= _THINK else Ernst.KOMT
            yield Taak(soort=Taaksoort.BEDENKTIJD, ernst=ernst, regel=regel, dag=offered)
    visits, _ = _page(connection, Stap.HUISBEZOEK, instellingen)
    for regel in visits:
        if regel.stand.bezoek is None and regel.stand.mag_langs:
            yield Taak(soort=Taaksoort.PLANNEN, ernst=Ernst.KOMT, regel=regel, dag=regel.stand.termijn or today)
    midnight = datetime.combine(today + timedelta(days=1), time(), AMSTERDAM)
    for regel in zaken.promised(connection, voor=midnight + _WEEK):
        promise = regel.stand.belofte_op
        if promise is not None and promise >= midnight:
            yield Taak(soort=Taaksoort.BELOFTE, ernst=Ernst.KOMT, regel=regel, dag=lokale_datum(promise))


def _threats(connection: sqlite3.Connection, instellingen: Instellingen, today: date) -> Iterator[Taak]:
    """Zaken in which something threatens while the answer or the first talk is still to come."""
    talks, _ = _page(connection, Stap.EERSTE_GESPREK, instellingen)
    for regel in (*talks, *dag.undecided(connection, limiet=PER_SOORT)):
        if dag.threatened(connection, regel.id):
            stand = regel.stand
            accepted = stand.aanvaard_op is not None and stand.termijn is not None
            day = stand.termijn if accepted else lokale_datum(stand.aanbod_op or stand.geopend_op)
            yield Taak(soort=Taaksoort.DREIGING, ernst=Ernst.TE_LAAT, regel=regel, dag=day or today)


def _terms(
    connection: sqlite3.Connection, instellingen: Instellingen, now: datetime, *, calling: bool = False
) -> Iterator[Taak]:
    """Zaken whose term ends tomorrow or ended, and that no other list shows; `calling` takes the call list in too."""
    today = lokale_datum(now)
    tomorrow, cell = today + timedelta(days=1), dagdelen_cell(now)
    for step in (Stap.EERSTE_GESPREK, Stap.PLAN, Stap.HUISBEZOEK, Stap.BELLEN):
        found, _ = _page(connection, step, instellingen)
        for regel in found:
            stand = regel.stand
            if stand.termijn is None or stand.termijn > tomorrow:
                break
            planned = stand.bezoek is not None or stand.belofte_op is not None
            listed = not calling and step is Stap.BELLEN and cell not in stand.dagdelen
            if not planned and not listed:
                yield Taak(soort=Taaksoort.TERMIJN, ernst=Ernst.TE_LAAT, regel=regel, dag=stand.termijn)


def _page(
    connection: sqlite3.Connection, step: Stap, instellingen: Instellingen
) -> tuple[tuple[ZaakRegel, ...], zaken.Cursor]:
    return zaken.step_page(
        connection, step, pogingen=instellingen.pogingen, dagdelen=instellingen.dagdelen, limiet=PER_SOORT
    )


def _due(soort: Taaksoort, regel: ZaakRegel, day: date, today: date) -> Taak:
    ernst = Ernst.TE_LAAT if today - day > _LATE_AFTER else Ernst.NU
    return Taak(soort=soort, ernst=ernst, regel=regel, dag=day)
