"""Counts for the half-yearly evaluation (CONV 11): the residents whose signals are dated in one half-year."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

import msgspec

from db.model.codes import Contactsoort, Dagdelen, Eindresultaat, Signaalstatus


class Dagvenster(msgspec.Struct, frozen=True):
    """A signaaldatum with, in milliseconds since 1970 UTC, where that day begins and where its 90 days end."""

    datum: date
    begin: int
    einde: int


class Tellingen(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of residents, unless the name says signals."""

    signalen: int
    inwoners: int
    # reached within the window after the first signal; only residents whose window is over are measurable
    meetbaar: int
    persoonlijk_bereikt: int
    ruim_bereikt: int
    # the same over those with whom contact was possible: taken up, not dead and not moved
    mogelijk: int
    mogelijk_bereikt: int
    # known before
    nieuw: int
    onbekend: int
    # the funnel, ever
    opgepakt: int
    bereikt: int
    aanbod: int
    aanvaard: int
    plan: int
    # how far each resident came; the funnel again, but every resident once
    verst: dict[str, int]
    open: int


class Duren(msgspec.Struct, frozen=True, kw_only=True):
    """Waiting times in milliseconds, one per resident for whom both ends are on record."""

    signaal_poging: tuple[int, ...]
    poging_contact: tuple[int, ...]
    contact_aanbod: tuple[int, ...]
    aanbod_aanvaard: tuple[int, ...]


class Pogingen(msgspec.Struct, frozen=True, kw_only=True):
    """Outgoing attempts by one channel in one cell of the dagdeel grid, and how many of them reached somebody."""

    contactsoort: Contactsoort
    cell: Dagdelen
    pogingen: int
    bereikt: int


class Leveringen(msgspec.Struct, frozen=True, kw_only=True):
    """Deliveries received in the half-year, and what became of their rows."""

    aantal: int
    geaccepteerd: int
    niet_toegelaten: int
    onleesbaar: int
    al_bekend: int
    gewijzigd: int


VERST = ("niet-opgepakt", "opgepakt", "bereikt", "aanbod", "aanvaard", "plan")
"""How far a resident came, in order."""

_PERSOONLIJK = "c.contactsoort IN ('Telefoon', 'Huisbezoek', 'Afspraak op locatie')"

# ?1 first and ?2 last signaaldatum, ?3 every day between with its window in milliseconds. `vanaf` is a resident's
# first signal in the half; a worker's own finding goes before what a signal brought, and the first finding counts,
# because the question is what was known before.
_COHORT = (
    "WITH cohort AS MATERIALIZED (SELECT persoon AS inwoner, signaaldatum, nr, zaak, schuldhulp, eerder_gemeld,"
    " geweigerd, ingetrokken_op FROM signaal WHERE signaaldatum BETWEEN ?1 AND ?2),"
    " dag AS MATERIALIZED (SELECT value ->> 0 AS datum, value ->> 1 AS begin, value ->> 2 AS einde"
    " FROM json_each(?3)),"
    " inwoner AS MATERIALIZED (SELECT inwoner, min(signaaldatum) AS vanaf, count(*) AS signalen,"
    " substr(min(iif(schuldhulp <> 'onbekend', format('%s%010d%s', signaaldatum, nr, schuldhulp), NULL)), 21)"
    " AS schuldhulp,"
    " substr(min(iif(eerder_gemeld <> 'onbekend', format('%s%010d%s', signaaldatum, nr, eerder_gemeld), NULL)), 21)"
    " AS eerder_gemeld,"
    " max(zaak IS NULL AND geweigerd IS NULL AND ingetrokken_op IS NULL) AS wacht"
    " FROM cohort GROUP BY inwoner),"
    " zaken AS MATERIALIZED (SELECT DISTINCT inwoner, zaak FROM cohort WHERE zaak IS NOT NULL)"
)
_STAND = (
    ", stand AS MATERIALIZED (SELECT i.inwoner, i.vanaf,"
    " max(z.gesloten_op IS NULL) AS open,"
    " max(z.eerst_bereikt_op IS NOT NULL) AS bereikt,"
    " max(z.aanbod_op IS NOT NULL) AS aanbod,"
    " max(coalesce(z.hulp_aanvaard, z.antwoord IS 'aanvaard')) AS aanvaard,"
    " max(z.plan_op IS NOT NULL) AS plan,"
    " min(z.eerste_poging_op) AS poging_op, min(z.eerst_bereikt_op) AS bereikt_op,"
    " min(z.aanbod_op) AS aanbod_op, min(z.aanvaard_op) AS aanvaard_op,"
    " max(z.brp IS NULL OR z.brp NOT IN ('overleden', 'verhuisd')) AS mogelijk,"
    " max(z.eindresultaat IS ?4 OR z.schuldhulp_loopt < i.vanaf) AS schuldhulp_liep,"
    " CASE max(CASE z.schuldhulp WHEN 'ja' THEN 2 WHEN 'nee' THEN 1 ELSE 0 END)"
    " WHEN 2 THEN 'ja' WHEN 1 THEN 'nee' END AS schuldhulp,"
    " CASE max(CASE z.eerder_gemeld WHEN 'ja' THEN 2 WHEN 'nee' THEN 1 ELSE 0 END)"
    " WHEN 2 THEN 'ja' WHEN 1 THEN 'nee' END AS eerder_gemeld"
    " FROM inwoner i JOIN zaken k ON k.inwoner = i.inwoner JOIN zaak z ON z.id = k.zaak GROUP BY i.inwoner)"
)
_BEREIK = (
    ", bereik AS MATERIALIZED (SELECT i.inwoner,"
    f" max({_PERSOONLIJK}) AS persoonlijk"
    " FROM inwoner i JOIN dag d ON d.datum = i.vanaf JOIN zaken k ON k.inwoner = i.inwoner"
    " JOIN contactpoging c ON c.zaak = k.zaak AND c.bereikt AND c.op >= d.begin AND c.op < d.einde"
    " GROUP BY i.inwoner)"
)
# ?5 the last signaaldatum whose window is over
_REGELS = (
    ", regel AS (SELECT i.signalen, i.vanaf <= ?5 AS meetbaar,"
    " coalesce(b.persoonlijk, 0) AS persoonlijk, b.inwoner IS NOT NULL AS ruim,"
    " coalesce(s.mogelijk, 0) AS mogelijk,"
    " CASE WHEN coalesce(s.schuldhulp_liep, 0) OR coalesce(s.schuldhulp, i.schuldhulp) IS 'ja'"
    " OR coalesce(s.eerder_gemeld, i.eerder_gemeld) IS 'ja' THEN 'bekend'"
    " WHEN coalesce(s.schuldhulp, i.schuldhulp) IS 'nee' AND coalesce(s.eerder_gemeld, i.eerder_gemeld) IS 'nee'"
    " THEN 'nieuw' ELSE 'onbekend' END AS beeld,"
    " s.inwoner IS NOT NULL AS opgepakt, coalesce(s.bereikt, 0) AS bereikt, coalesce(s.aanbod, 0) AS aanbod,"
    " coalesce(s.aanvaard, 0) AS aanvaard, coalesce(s.plan, 0) AS plan,"
    " i.wacht OR coalesce(s.open, 0) AS open"
    " FROM inwoner i LEFT JOIN stand s ON s.inwoner = i.inwoner LEFT JOIN bereik b ON b.inwoner = i.inwoner)"
)
_TELLINGEN = (
    f"{_COHORT}{_STAND}{_BEREIK}{_REGELS}"
    " SELECT coalesce(sum(signalen), 0), count(*), coalesce(sum(meetbaar), 0),"
    " coalesce(sum(meetbaar AND persoonlijk), 0), coalesce(sum(meetbaar AND ruim), 0),"
    " coalesce(sum(meetbaar AND mogelijk), 0), coalesce(sum(meetbaar AND mogelijk AND persoonlijk), 0),"
    " coalesce(sum(beeld = 'nieuw'), 0), coalesce(sum(beeld = 'onbekend'), 0),"
    " coalesce(sum(opgepakt), 0), coalesce(sum(bereikt), 0), coalesce(sum(aanbod), 0), coalesce(sum(aanvaard), 0),"
    " coalesce(sum(plan), 0), coalesce(sum(open), 0),"
    " coalesce(sum(NOT opgepakt), 0),"
    " coalesce(sum(opgepakt AND NOT (bereikt OR aanbod OR aanvaard OR plan)), 0),"
    " coalesce(sum(bereikt AND NOT (aanbod OR aanvaard OR plan)), 0),"
    " coalesce(sum(aanbod AND NOT (aanvaard OR plan)), 0),"
    " coalesce(sum(aanvaard AND NOT plan), 0), coalesce(sum(plan), 0) FROM regel"
)
# The latest end counts: of the zaken when there are any, else of the signals that were not taken up.
_EINDRESULTATEN = (
    f"{_COHORT},"
    " open AS (SELECT DISTINCT k.inwoner FROM zaken k JOIN zaak z ON z.id = k.zaak WHERE z.gesloten_op IS NULL),"
    " gesloten AS (SELECT k.inwoner, z.eindresultaat, max(z.gesloten_op) FROM zaken k JOIN zaak z ON z.id = k.zaak"
    " GROUP BY k.inwoner),"
    " niet_opgepakt AS (SELECT inwoner, coalesce(geweigerd, ?4) AS eindresultaat, max(format('%s%010d',"
    " signaaldatum, nr)) FROM cohort WHERE zaak IS NULL GROUP BY inwoner)"
    " SELECT coalesce(g.eindresultaat, n.eindresultaat), count(*) FROM inwoner i"
    " LEFT JOIN gesloten g ON g.inwoner = i.inwoner LEFT JOIN niet_opgepakt n ON n.inwoner = i.inwoner"
    " WHERE NOT i.wacht AND i.inwoner NOT IN (SELECT inwoner FROM open) GROUP BY 1"
)
_DUREN = (
    f"{_COHORT}{_STAND} SELECT s.poging_op - d.begin, s.bereikt_op - s.poging_op, s.aanbod_op - s.bereikt_op,"
    " s.aanvaard_op - s.aanbod_op FROM stand s JOIN dag d ON d.datum = s.vanaf"
)
_POGINGEN = (
    f"{_COHORT} SELECT c.contactsoort, c.dagdeel, count(*), sum(c.bereikt) FROM inwoner i"
    " JOIN dag d ON d.datum = i.vanaf JOIN zaken k ON k.inwoner = i.inwoner"
    " JOIN contactpoging c ON c.zaak = k.zaak WHERE c.richting = 'uit' AND c.op >= d.begin"
    " GROUP BY c.contactsoort, c.dagdeel"
)
_SOORTEN = (
    "SELECT debtsoort, count(*), count(DISTINCT persoon) FROM signaal WHERE signaaldatum BETWEEN ?1 AND ?2"
    " GROUP BY debtsoort ORDER BY debtsoort"
)
_OOK_GEMELD = (
    "SELECT o.debtsoort, count(DISTINCT s.persoon) FROM signaal s JOIN ook_gemeld o ON o.signaal = s.id"
    " WHERE s.signaaldatum BETWEEN ?1 AND ?2 GROUP BY o.debtsoort ORDER BY o.debtsoort"
)
_LEVERINGEN = (
    "SELECT count(*), coalesce(sum(geaccepteerd), 0), coalesce(sum(niet_toegelaten), 0),"
    " coalesce(sum(onleesbaar), 0), coalesce(sum(al_bekend), 0), coalesce(sum(gewijzigd), 0)"
    " FROM levering WHERE ontvangen_op >= ?1 AND ontvangen_op < ?2"
)


class Cohort(msgspec.Struct, frozen=True):
    """The residents of one half-year, by signaaldatum; `dagen` holds every day of it, first to last."""

    dagen: tuple[Dagvenster, ...]

    def _parameters(self) -> tuple[str, str, str]:
        days = [(dag.datum.isoformat(), dag.begin, dag.einde) for dag in self.dagen]
        return days[0][0], days[-1][0], json.dumps(days)

    def tellingen(self, connection: sqlite3.Connection, *, meetbaar_tot: date) -> Tellingen:
        """The counts; `meetbaar_tot` is the last signaaldatum whose window is over."""
        known = Eindresultaat.BEKEND_BIJ_SCHULDHULP.value
        row = connection.execute(_TELLINGEN, (*self._parameters(), known, meetbaar_tot.isoformat())).fetchone()
        names = Tellingen.__struct_fields__[:14]
        return Tellingen(
            **dict(zip(names, row[:14], strict=True)), open=row[14], verst=dict(zip(VERST, row[15:], strict=True))
        )

    def eindresultaten(self, connection: sqlite3.Connection) -> dict[Eindresultaat, int]:
        """How residents ended who have nothing open, each counted once; with the open ones they are all."""
        withdrawn = Signaalstatus.ANDERE_REDEN.value
        rows = connection.execute(_EINDRESULTATEN, (*self._parameters(), withdrawn)).fetchall()
        found = {Eindresultaat(value): count for value, count in rows}
        return {value: found[value] for value in Eindresultaat if value in found}

    def duren(self, connection: sqlite3.Connection) -> Duren:
        """The waiting times between signal, first attempt, contact, offer and acceptance."""
        known = Eindresultaat.BEKEND_BIJ_SCHULDHULP.value
        rows = connection.execute(_DUREN, (*self._parameters(), known)).fetchall()
        columns: Iterable[tuple[int | None, ...]] = zip(*rows, strict=True) if rows else ((), (), (), ())
        present = (tuple(value for value in column if value is not None) for column in columns)
        return Duren(**dict(zip(Duren.__struct_fields__, present, strict=True)))

    def pogingen(self, connection: sqlite3.Connection) -> tuple[Pogingen, ...]:
        """Outgoing attempts since each resident's first signal of the half, by channel and cell."""
        rows = connection.execute(_POGINGEN, self._parameters())
        return tuple(
            Pogingen(contactsoort=Contactsoort(soort), cell=Dagdelen(cell), pogingen=count, bereikt=reached)
            for soort, cell, count, reached in rows
        )

    def soorten(self, connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
        """Signals and residents by kind; a resident may have signals of two kinds."""
        rows = connection.execute(_SOORTEN, self._parameters()[:2])
        return {soort: (signalen, inwoners) for soort, signalen, inwoners in rows}

    def ook_gemeld(self, connection: sqlite3.Connection) -> dict[str, int]:
        """Residents of whom another creditor reported an arrear too, by the kind of that; some have several."""
        return dict(connection.execute(_OOK_GEMELD, self._parameters()[:2]).fetchall())


def leveringen(connection: sqlite3.Connection, *, van: int, tot: int) -> Leveringen:
    """Deliveries received from `van` up to but not including `tot`, both in milliseconds since 1970 UTC."""
    row = connection.execute(_LEVERINGEN, (van, tot)).fetchone()
    return Leveringen(**dict(zip(Leveringen.__struct_fields__, row, strict=True)))
