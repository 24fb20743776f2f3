"""The half-yearly figures as one value: three indicators, the funnel, results, reach and waiting times (CONV 11)."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from statistics import median

import msgspec

from db.model.codes import Contactsoort, Dagdeel, Eindresultaat
from db.queries import evaluatie as queries
from db.queries.evaluatie import Leveringen, Pogingen
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import dagdeel_of, lokale_datum
from desktop.evaluation import halfjaar as halves

_DAG = 86_400_000


class Nieuw(msgspec.Struct, frozen=True, kw_only=True):
    """Indicator 1: residents known neither at schuldhulp nor to a vastelastenpartner; more than half is aimed at.

    The truth lies between `teller` (the unknowns counted as known) and `teller + onbekend` (counted as new).
    """

    teller: int
    noemer: int
    onbekend: int
    doel_procent: int = 50


class Deel(msgspec.Struct, frozen=True, kw_only=True):
    """So many of so many residents."""

    teller: int
    noemer: int


class Bereikt(msgspec.Struct, frozen=True, kw_only=True):
    """Indicator 2: residents reached in person within 90 days after their first signal of the half-year.

    Residents whose 90 days are not over are `nog_niet_meetbaar`, reached or not: counting only the reached ones
    among them would flatter the figure. `ruim` counts any channel; `mogelijk` leaves out who died, moved, or was
    not taken up.
    """

    teller: int
    noemer: int
    nog_niet_meetbaar: int
    ruim: Deel
    mogelijk: Deel
    doel_procent: int = 50


class Procedures(msgspec.Struct, frozen=True, kw_only=True):
    """Indicator 3: the CAK's figure beside its own expectation for the same months ("verschil met de verwachting")."""

    werkelijk: int
    verwacht: int
    doel_procent: int = -50


class Indicatoren(msgspec.Struct, frozen=True, kw_only=True):
    """The three intended results of STCRT24; `procedures` is null until the CAK's figure came."""

    nieuw: Nieuw
    bereikt: Bereikt
    procedures: Procedures | None


class Trechter(msgspec.Struct, frozen=True, kw_only=True):
    """From signal to plan: the first counts signals, the rest residents."""

    signalen: int
    inwoners: int
    opgepakt: int
    bereikt: int
    aanbod: int
    aanvaard: int
    plan: int


class Soort(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of signal."""

    soort: str
    signalen: int
    inwoners: int


class OokGemeld(msgspec.Struct, frozen=True, kw_only=True):
    """Residents of whom another creditor reported an arrear of this kind too, as far as such signals were read."""

    soort: str
    inwoners: int


class Bereik(msgspec.Struct, frozen=True, kw_only=True):
    """Outgoing attempts by one channel in one dagdeel, and how many reached somebody."""

    contactsoort: Contactsoort
    dagdeel: Dagdeel
    pogingen: int
    bereikt: int


class Wachttijd(msgspec.Struct, frozen=True, kw_only=True):
    """A waiting time in days: the median over so many residents; null when there are none."""

    mediaan: float | None
    aantal: int


class Wachttijden(msgspec.Struct, frozen=True, kw_only=True):
    """Waiting times from each event to the next."""

    signaal_tot_poging: Wachttijd
    poging_tot_contact: Wachttijd
    contact_tot_aanbod: Wachttijd
    aanbod_tot_aanvaarding: Wachttijd


class Evaluatie(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one half-year, unsuppressed: for inside use (exchange section 4).

    `eindresultaten` counts residents with nothing open; together with `open` they are all residents. `verst` counts
    every resident once, where they came furthest.
    """

    halfjaar: str
    van: date
    tot: date
    stand_op: date
    gemeente: str
    indicatoren: Indicatoren
    trechter: Trechter
    verst: dict[str, int]
    open: int
    eindresultaten: dict[Eindresultaat, int]
    soorten: tuple[Soort, ...]
    ook_gemeld: tuple[OokGemeld, ...]
    bereik: tuple[Bereik, ...]
    wachttijden: Wachttijden
    leveringen: Leveringen


def evaluate(connection: sqlite3.Connection, halfjaar: str, instellingen: Instellingen, now: datetime) -> Evaluatie:
    """The figures of a half-year such as `2024-1`, as they stand at `now`.

    Raises:
        KnownError: HALFJAAR_ONGELDIG.
    """
    half = halves.parse(halfjaar)
    cohort = half.cohort
    today = lokale_datum(now)
    counts = cohort.tellingen(connection, meetbaar_tot=today - halves.VENSTER)
    durations = cohort.duren(connection)
    begin, end = halves.midnight(half.van), halves.midnight(half.tot + timedelta(days=1))
    return Evaluatie(
        halfjaar=half.naam,
        van=half.van,
        tot=half.tot,
        stand_op=today,
        gemeente=instellingen.gemeentenaam,
        indicatoren=Indicatoren(
            nieuw=Nieuw(teller=counts.nieuw, noemer=counts.inwoners, onbekend=counts.onbekend),
            bereikt=Bereikt(
                teller=counts.persoonlijk_bereikt,
                noemer=counts.meetbaar,
                nog_niet_meetbaar=counts.inwoners - counts.meetbaar,
                ruim=Deel(teller=counts.ruim_bereikt, noemer=counts.meetbaar),
                mogelijk=Deel(teller=counts.mogelijk_bereikt, noemer=counts.mogelijk),
            ),
            procedures=_procedures(half, instellingen),
        ),
        trechter=Trechter(
            signalen=counts.signalen,
            inwoners=counts.inwoners,
            opgepakt=counts.opgepakt,
            bereikt=counts.bereikt,
            aanbod=counts.aanbod,
            aanvaard=counts.aanvaard,
            plan=counts.plan,
        ),
        verst=counts.verst,
        open=counts.open,
        eindresultaten=cohort.eindresultaten(connection),
        soorten=tuple(
            Soort(soort=soort, signalen=signals, inwoners=residents)
            for soort, (signals, residents) in cohort.soorten(connection).items()
        ),
        ook_gemeld=tuple(
            OokGemeld(soort=soort, inwoners=residents) for soort, residents in cohort.ook_gemeld(connection).items()
        ),
        bereik=_reach(cohort.pogingen(connection)),
        wachttijden=Wachttijden(
            signaal_tot_poging=_waiting(durations.signaal_poging),
            poging_tot_contact=_waiting(durations.poging_contact),
            contact_tot_aanbod=_waiting(durations.contact_aanbod),
            aanbod_tot_aanvaarding=_waiting(durations.aanbod_aanvaard),
        ),
        leveringen=queries.leveringen(connection, van=begin, tot=end),
    )


def _procedures(half: halves.Halfjaar, instellingen: Instellingen) -> Procedures | None:
    actual = halves.cak_werkelijk(instellingen.cak_werkelijk, half.naam)
    expected = half.verwacht(instellingen.gemeente)
    return None if actual is None or expected is None else Procedures(werkelijk=actual, verwacht=expected)


def _reach(found: Iterable[Pogingen]) -> tuple[Bereik, ...]:
    """Week and weekend together, in the order of the code lists."""
    attempts: Counter[tuple[Contactsoort, Dagdeel]] = Counter()
    reached: Counter[tuple[Contactsoort, Dagdeel]] = Counter()
    for row in found:
        key = (row.contactsoort, dagdeel_of(row.cell))
        attempts[key] += row.pogingen
        reached[key] += row.bereikt
    return tuple(
        Bereik(contactsoort=soort, dagdeel=part, pogingen=attempts[soort, part], bereikt=reached[soort, part])
        for soort in Contactsoort
        for part in Dagdeel
        if (soort, part) in attempts
    )


def _waiting(durations: Sequence[int]) -> Wachttijd:
    middle = round(median(durations) / _DAG, 1) if durations else None
    return Wachttijd(mediaan=middle, aantal=len(durations))
