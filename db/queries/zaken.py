"""Zaken as lists show them: the work list, and who to call now."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from db.model.codes import (
    Antwoord,
    Bekendheid,
    Bezoekdoel,
    BrpUitkomst,
    Dagdeel,
    Dagdelen,
    Eindresultaat,
    Overslaan,
    Stap,
    Woonsituatie,
)
from db.model.ids import instant, milliseconds

_NO_TERM = "9999-12-31"


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a zaak from which the step follows; contact facts are of the current round.

    `niet_bezoeken` and `niet_alleen` are the days on which these limits are looked at again; they hold on after it.
    """

    geopend_op: datetime
    ontvangen_op: datetime
    contact_voor: date
    telefoon: bool
    pogingen: int = 0
    dagdelen: Dagdelen = Dagdelen(0)
    bezoeken: int = 0
    bereikt: bool = False
    onbruikbaar: bool = False
    belofte_op: datetime | None = None
    laatste_poging_op: datetime | None = None
    eerst_bereikt_op: datetime | None = None
    brief_op: datetime | None = None
    brp: BrpUitkomst | None = None
    schuldhulp: Bekendheid = Bekendheid.ONBEKEND
    eerder_gemeld: Bekendheid = Bekendheid.ONBEKEND
    aanbod_op: datetime | None = None
    antwoord: Antwoord | None = None
    aanvaard_op: datetime | None = None
    gesprek_op: datetime | None = None
    afgezien: bool = False
    plan_op: datetime | None = None
    overgeslagen: Overslaan = Overslaan(0)
    gesloten_op: datetime | None = None
    eindresultaat: Eindresultaat | None = None
    termijn: date | None = None
    plan_versie: int | None = None
    evaluatie_op: date | None = None
    nakijken_op: date | None = None
    nazorg_op: datetime | None = None
    bezoek: Bezoek | None = None
    afgeschermd: bool = False
    adres_akkoord: bool = False
    niet_bezoeken: date | None = None
    niet_alleen: date | None = None
    tolk: bool = False
    vertegenwoordigd: bool = False
    woonsituatie: Woonsituatie | None = None
    bel_wanneer: Dagdelen = Dagdelen(0)
    ander_nummer: str = ""

    @property
    def adres_verborgen(self) -> bool:
        """Whether the address stands behind a reveal with a reason."""
        return self.afgeschermd or self.brp is BrpUitkomst.GEHEIM

    @property
    def adres_geblokkeerd(self) -> bool:
        """Whether visits, cards and letters wait for a colleague's check (handbook section 4, step 2)."""
        return self.adres_verborgen and not self.adres_akkoord

    @property
    def mag_langs(self) -> bool:
        """Whether a visit is possible: no hidden address that nobody checked, and no limit for safety."""
        return not self.adres_geblokkeerd and self.niet_bezoeken is None

    @property
    def kan_bellen(self) -> bool:
        """Whether there is a number that works as far as known."""
        return bool(self.ander_nummer) or (self.telefoon and not self.onbruikbaar)


class Bezoek(msgspec.Struct, frozen=True, kw_only=True):
    """A planned visit; `tijd` such as `14:30` or empty, `met` the colleague who comes along or empty."""

    datum: date
    dagdeel: Dagdeel
    doel: Bezoekdoel
    tijd: str
    aangekondigd: bool
    met: str


class ZaakRegel(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a list. Address and kind of debt are for the opened zaak; lists mask them."""

    id: UUID
    nummer: str
    naam: str
    lijstnaam: str
    geboortedatum: date
    straatregel: str
    postcode: str
    plaatsnaam: str
    telefoonnummer: str
    debtsoort: str
    behandelaar: UUID
    stand: Stand


class Cursor(msgspec.Struct, frozen=True):
    """Where a page ended; the next page starts after it. `termijn` is what the list is sorted by."""

    termijn: str
    id: bytes


START = Cursor("", b"")
"""Before the first page."""

COLUMNS = (
    "z.id, z.nummer, z.naam, z.lijstnaam, z.geboortedatum, z.straatregel, z.postcode, z.plaatsnaam, z.telefoonnummer,"
    " z.debtsoort, z.behandelaar, z.geopend_op, z.ontvangen_op, z.contact_voor, z.pogingen, z.dagdelen, z.bezoeken,"
    " z.bereikt, z.onbruikbaar, z.belofte_op, z.laatste_poging_op, z.eerst_bereikt_op, z.brief_op, z.brp,"
    " z.schuldhulp, z.eerder_gemeld, z.aanbod_op, z.antwoord, z.aanvaard_op, z.gesprek_op, z.afgezien, z.plan_op,"
    " z.overgeslagen, z.gesloten_op, z.eindresultaat, z.plan_versie, z.evaluatie_op, z.nakijken_op, z.nazorg_op,"
    " z.bezoek_op, z.bezoek_dagdeel, z.bezoek_doel, z.bezoek_tijd, z.bezoek_aangekondigd, z.bezoek_met, z.afgeschermd,"
    " z.adres_akkoord, z.niet_bezoeken, z.niet_alleen, z.tolk, z.vertegenwoordigd, z.woonsituatie, z.bel_wanneer,"
    " z.ander_nummer, z.termijn"
)
"""What a line of a list is made of, for queries over `zaak z`."""

# Whether enough calls were made: ?1 attempts and ?2 dagdelen that are asked for.
_GENOEG = "(z.pogingen >= ?1 AND z.geprobeerd >= ?2)"
# The step of `casework.workflow.stap`, over the same facts; tests/properties holds the two against each other.
STAP_SQL = (
    "CASE WHEN z.gesloten_op IS NOT NULL THEN 'afgesloten'"
    f" WHEN z.fase IN ('bellen', 'laatste-bellen') AND NOT {_GENOEG} THEN 'bellen'"
    " WHEN z.fase = 'bellen' THEN 'huisbezoek' WHEN z.fase = 'laatste-bellen' THEN 'afsluiten' ELSE z.fase END"
)

_PAGE_OPEN = (
    f"SELECT {COLUMNS} FROM zaak z WHERE z.gesloten_op IS NULL AND (z.termijn, z.id) > (?1, ?2)"
    " ORDER BY z.termijn, z.id LIMIT ?3"
)
_PAGE_ALL = f"SELECT {COLUMNS} FROM zaak z WHERE (z.sorteernaam, z.id) > (?1, ?2) ORDER BY z.sorteernaam, z.id LIMIT ?3"
_STRETCH = f"SELECT {COLUMNS} FROM zaak z WHERE z.gesloten_op IS NULL AND (z.termijn, z.id) > (?3, ?4)"
_IN_ORDER = "ORDER BY termijn, id LIMIT ?5"
# A step is one or two stretches of the index zaak_fase; each is in order already, so they are merged, not sorted.
_PAGES = {
    Stap.BELLEN: (
        f"{_STRETCH} AND z.fase = 'bellen' AND NOT {_GENOEG} UNION ALL"
        f" {_STRETCH} AND z.fase = 'laatste-bellen' AND NOT {_GENOEG} {_IN_ORDER}"
    ),
    Stap.HUISBEZOEK: (
        f"{_STRETCH} AND z.fase = 'huisbezoek' UNION ALL {_STRETCH} AND z.fase = 'bellen' AND {_GENOEG} {_IN_ORDER}"
    ),
    Stap.HULPAANBOD: f"{_STRETCH} AND z.fase = 'hulpaanbod' {_IN_ORDER}",
    Stap.EERSTE_GESPREK: f"{_STRETCH} AND z.fase = 'eerste-gesprek' {_IN_ORDER}",
    Stap.PLAN: f"{_STRETCH} AND z.fase = 'plan' {_IN_ORDER}",
    Stap.AFSLUITEN: (
        f"{_STRETCH} AND z.fase = 'afsluiten' UNION ALL"
        f" {_STRETCH} AND z.fase = 'laatste-bellen' AND {_GENOEG} {_IN_ORDER}"
    ),
}
_PHASES = (
    f"SELECT z.fase, count(*), count(*) FILTER (WHERE {_GENOEG}) FROM zaak z WHERE z.gesloten_op IS NULL"
    " GROUP BY z.fase"
)


def open_page(
    connection: sqlite3.Connection, *, na: Cursor = START, limiet: int = 100
) -> tuple[tuple[ZaakRegel, ...], Cursor]:
    """A page of open zaken by term, and where it ended."""
    rows = connection.execute(_PAGE_OPEN, (na.termijn, na.id, limiet)).fetchall()
    return tuple(map(regel_of, rows)), Cursor(rows[-1][-1], rows[-1][0]) if rows else na


def step_page(
    connection: sqlite3.Connection, stap: Stap, *, pogingen: int, dagdelen: int, na: Cursor = START, limiet: int = 100
) -> tuple[tuple[ZaakRegel, ...], Cursor]:
    """A page of open zaken in one step, by term; `pogingen` and `dagdelen` are the settings."""
    if stap is Stap.AFGESLOTEN:
        return (), na
    parameters = (pogingen, dagdelen, na.termijn, na.id, limiet)
    rows = connection.execute(_PAGES[stap], parameters).fetchall()
    return tuple(map(regel_of, rows)), Cursor(rows[-1][-1], rows[-1][0]) if rows else na


def every_page(connection: sqlite3.Connection, *, na: Cursor = START, limiet: int = 100) -> tuple[
    tuple[ZaakRegel, ...], Cursor
]:  # fmt: skip
    """A page of all zaken, closed ones too, by name (the cursor's `termijn` holds the name)."""
    rows = connection.execute(_PAGE_ALL, (na.termijn, na.id, limiet)).fetchall()
    regels = tuple(map(regel_of, rows))
    if not rows:
        return regels, na
    (sorteernaam,) = connection.execute("SELECT sorteernaam FROM zaak WHERE id = ?", (rows[-1][0],)).fetchone()
    return regels, Cursor(sorteernaam, rows[-1][0])


def steps(connection: sqlite3.Connection, *, pogingen: int, dagdelen: int) -> dict[Stap, int]:
    """How many open zaken stand in each step; steps in which none stands are left out."""
    phases = connection.execute(_PHASES, (pogingen, dagdelen))
    total, enough = Counter[str](), Counter[str]()
    for fase, all_of_it, called_enough in phases:
        total[fase], enough[fase] = all_of_it, called_enough
    found = {
        Stap.BELLEN: total["bellen"] + total["laatste-bellen"] - enough["bellen"] - enough["laatste-bellen"],
        Stap.HUISBEZOEK: total["huisbezoek"] + enough["bellen"],
        Stap.HULPAANBOD: total["hulpaanbod"],
        Stap.EERSTE_GESPREK: total["eerste-gesprek"],
        Stap.PLAN: total["plan"],
        Stap.AFSLUITEN: total["afsluiten"] + enough["laatste-bellen"],
    }
    return {stap: count for stap, count in found.items() if count}


def stap_of(connection: sqlite3.Connection, zaak: UUID, *, pogingen: int, dagdelen: int) -> Stap:
    """The step as the lists compute it."""
    row = connection.execute(f"SELECT {STAP_SQL} FROM zaak z WHERE z.id = ?3", (pogingen, dagdelen, zaak.bytes))
    return Stap(row.fetchone()[0])


_PROMISED = (
    f"SELECT {COLUMNS} FROM zaak z WHERE z.gesloten_op IS NULL AND z.belofte_op IS NOT NULL AND z.belofte_op < ?1"
    " AND (z.brp IS NULL OR z.brp IN ('klopt', 'geheim')) ORDER BY z.belofte_op LIMIT ?2"
)
_CALLABLE = (
    f"SELECT {COLUMNS} FROM zaak z WHERE z.gesloten_op IS NULL AND z.belofte_op IS NULL AND NOT z.dagdelen & ?3"
    f" AND (z.bel_wanneer = 0 OR z.bel_wanneer & ?3) AND NOT {_GENOEG}"
)
_TO_CALL = (
    f"{_CALLABLE} AND z.fase = 'bellen' UNION ALL {_CALLABLE} AND z.fase = 'laatste-bellen'"
    " ORDER BY termijn, id LIMIT ?4"
)


def promised(connection: sqlite3.Connection, *, voor: datetime, limiet: int = 50) -> tuple[ZaakRegel, ...]:
    """Open zaken with a promised call before an instant, the oldest promise first."""
    return tuple(map(regel_of, connection.execute(_PROMISED, (milliseconds(voor), limiet))))


def to_call(
    connection: sqlite3.Connection, cell: Dagdelen, *, pogingen: int, dagdelen: int, limiet: int = 50
) -> tuple[ZaakRegel, ...]:
    """Open zaken to call in which this cell of the dagdeel grid was not tried yet, the nearest term first."""
    return tuple(map(regel_of, connection.execute(_TO_CALL, (pogingen, dagdelen, int(cell), limiet))))


# What returns on Vandaag by itself: each asks for one stretch of one index.
_VISITS = (
    f"SELECT {COLUMNS} FROM zaak z WHERE z.gesloten_op IS NULL AND z.bezoek_op IS NOT NULL AND z.bezoek_op <= ?1"
    " AND z.bezoek_op >= ?3 ORDER BY z.bezoek_op, z.postcode, z.id LIMIT ?2"
)
_TO_CHECK = (
    f"SELECT {COLUMNS} FROM zaak z WHERE z.gesloten_op IS NULL AND z.nakijken_op IS NOT NULL AND z.nakijken_op <= ?1"
    " ORDER BY z.nakijken_op, z.id LIMIT ?2"
)
_TO_REVIEW = (
    f"SELECT {COLUMNS} FROM zaak z WHERE z.gesloten_op IS NULL AND z.evaluatie_op IS NOT NULL AND z.evaluatie_op <= ?1"
    " ORDER BY z.evaluatie_op, z.id LIMIT ?2"
)
_AGREED = (
    "SELECT a.zaak, count(*), min(a.uiterlijk) FROM afspraak a JOIN zaak z ON z.id = a.zaak"
    " AND z.plan_versie = a.versie WHERE NOT a.gedaan AND a.uiterlijk < ?1 AND z.gesloten_op IS NULL"
    " GROUP BY a.zaak ORDER BY 3, 1 LIMIT ?2"
)
_AFTERCARE = (
    f"SELECT {COLUMNS} FROM zaak z WHERE z.gesloten_op IS NOT NULL AND z.nazorg_op IS NULL"
    " AND z.eerst_bereikt_op IS NOT NULL AND z.gesloten_op <= ?1 AND z.gesloten_op > ?2"
    " AND z.eindresultaat IN (SELECT value FROM json_each(?3)) ORDER BY z.gesloten_op, z.id LIMIT ?4"
)


def visits(
    connection: sqlite3.Connection, *, tot_en_met: date, van: date | None = None, limiet: int = 50
) -> tuple[ZaakRegel, ...]:
    """Open zaken with a visit planned up to and including a day, from `van` or whenever, by day and postcode."""
    parameters = (tot_en_met.isoformat(), limiet, van.isoformat() if van else "")
    return tuple(map(regel_of, connection.execute(_VISITS, parameters)))


def arrangements_to_check(
    connection: sqlite3.Connection, *, tot_en_met: date, limiet: int = 50
) -> tuple[ZaakRegel, ...]:
    """Open zaken in which to look whether the arrangement with the CAK holds."""
    return tuple(map(regel_of, connection.execute(_TO_CHECK, (tot_en_met.isoformat(), limiet))))


def plans_to_review(connection: sqlite3.Connection, *, tot_en_met: date, limiet: int = 50) -> tuple[ZaakRegel, ...]:
    """Open zaken whose plan van aanpak is to be evaluated."""
    return tuple(map(regel_of, connection.execute(_TO_REVIEW, (tot_en_met.isoformat(), limiet))))


def overdue_afspraken(
    connection: sqlite3.Connection, *, voor: date, limiet: int = 50
) -> tuple[tuple[ZaakRegel, int, date], ...]:
    """Open zaken with agreements of the plan that should have been kept before a day: how many, and the oldest day."""
    rows = connection.execute(_AGREED, (voor.isoformat(), limiet)).fetchall()
    found = regels(connection, (UUID(bytes=row[0]) for row in rows))
    return tuple((regel, count, date.fromisoformat(day)) for regel, (_, count, day) in zip(found, rows, strict=True))


def aftercare(
    connection: sqlite3.Connection, resultaten: Iterable[Eindresultaat], *, van: datetime, tot: datetime,
    limiet: int = 50,
) -> tuple[ZaakRegel, ...]:  # fmt: skip
    """Zaken closed after `van` and up to `tot` with one of these results, where nobody asked yet whether it worked."""
    wanted = json.dumps([resultaat.value for resultaat in resultaten])
    parameters = (milliseconds(tot), milliseconds(van), wanted, limiet)
    return tuple(map(regel_of, connection.execute(_AFTERCARE, parameters)))


def regels(connection: sqlite3.Connection, ids: Iterable[UUID]) -> tuple[ZaakRegel, ...]:
    """The lines of these zaken, in the order asked for."""
    found = (
        connection.execute(f"SELECT {COLUMNS} FROM zaak z WHERE z.id = ?", (zaak.bytes,)).fetchone() for zaak in ids
    )
    return tuple(regel_of(row) for row in found if row)


def signalen_of(connection: sqlite3.Connection, ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The source's ids of the signals in each zaak."""
    query = "SELECT extern_id FROM signaal WHERE zaak = ? ORDER BY signaaldatum, nr"
    return {zaak: tuple(row[0] for row in connection.execute(query, (zaak.bytes,))) for zaak in ids}


def _instant(value: int | None) -> datetime | None:
    return None if value is None else instant(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def regel_of(row: tuple[Any, ...]) -> ZaakRegel:
    """A row of `COLUMNS` as a frozen view."""
    (
        zaak, nummer, naam, lijstnaam, geboortedatum, straatregel, postcode, plaatsnaam, telefoonnummer, debtsoort,
        behandelaar, geopend_op, ontvangen_op, contact_voor, pogingen, dagdelen, bezoeken, bereikt, onbruikbaar,
        belofte_op, laatste_poging_op, eerst_bereikt_op, brief_op, brp, schuldhulp, eerder_gemeld, aanbod_op, antwoord,
        aanvaard_op, gesprek_op, afgezien, plan_op, overgeslagen, gesloten_op, eindresultaat, plan_versie, evaluatie_op,
        nakijken_op, nazorg_op, bezoek_op, bezoek_dagdeel, bezoek_doel, bezoek_tijd, bezoek_aangekondigd, bezoek_met,
        afgeschermd, adres_akkoord, niet_bezoeken, niet_alleen, tolk, vertegenwoordigd, woonsituatie, bel_wanneer,
        ander_nummer, termijn,
    ) = row  # fmt: skip
    bezoek = bezoek_op and Bezoek(
        datum=date.fromisoformat(bezoek_op),
        dagdeel=Dagdeel(bezoek_dagdeel),
        doel=Bezoekdoel(bezoek_doel),
        tijd=bezoek_tijd,
        aangekondigd=bool(bezoek_aangekondigd),
        met=bezoek_met,
    )
    return ZaakRegel(
        id=UUID(bytes=zaak),
        nummer=nummer,
        naam=naam,
        lijstnaam=lijstnaam,
        geboortedatum=date.fromisoformat(geboortedatum),
        straatregel=straatregel,
        postcode=postcode,
        plaatsnaam=plaatsnaam,
        telefoonnummer=telefoonnummer,
        debtsoort=debtsoort,
        behandelaar=UUID(bytes=behandelaar),
        stand=Stand(
            geopend_op=instant(geopend_op),
            ontvangen_op=instant(ontvangen_op),
            contact_voor=date.fromisoformat(contact_voor),
            telefoon=bool(telefoonnummer),
            pogingen=pogingen,
            dagdelen=Dagdelen(dagdelen),
            bezoeken=bezoeken,
            bereikt=bool(bereikt),
            onbruikbaar=bool(onbruikbaar),
            belofte_op=_instant(belofte_op),
            laatste_poging_op=_instant(laatste_poging_op),
            eerst_bereikt_op=_instant(eerst_bereikt_op),
            brief_op=_instant(brief_op),
            brp=BrpUitkomst(brp) if brp else None,
            schuldhulp=Bekendheid(schuldhulp),
            eerder_gemeld=Bekendheid(eerder_gemeld),
            aanbod_op=_instant(aanbod_op),
            antwoord=Antwoord(antwoord) if antwoord else None,
            aanvaard_op=_instant(aanvaard_op),
            gesprek_op=_instant(gesprek_op),
            afgezien=bool(afgezien),
            plan_op=_instant(plan_op),
            overgeslagen=Overslaan(overgeslagen),
            gesloten_op=_instant(gesloten_op),
            eindresultaat=Eindresultaat(eindresultaat) if eindresultaat else None,
            termijn=None if termijn == _NO_TERM else date.fromisoformat(termijn),
            plan_versie=plan_versie,
            evaluatie_op=_day(evaluatie_op),
            nakijken_op=_day(nakijken_op),
            nazorg_op=_instant(nazorg_op),
            bezoek=bezoek or None,
            afgeschermd=bool(afgeschermd),
            adres_akkoord=bool(adres_akkoord),
            niet_bezoeken=_day(niet_bezoeken),
            niet_alleen=_day(niet_alleen),
            tolk=bool(tolk),
            vertegenwoordigd=bool(vertegenwoordigd),
            woonsituatie=Woonsituatie(woonsituatie) if woonsituatie else None,
            bel_wanneer=Dagdelen(bel_wanneer),
            ander_nummer=ander_nummer,
        ),
    )
