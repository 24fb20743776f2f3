"""The half-years of the experiment: their days, the windows of 90 days, and what the CAK expected."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import msgspec

from db.errors import KnownError
from db.model.ids import milliseconds
from db.queries.evaluatie import Cohort, Dagvenster
from desktop.casework.kalender import AMSTERDAM, whole_months

BEGIN = date(2024, 4, 1)
"""First day of the experiment (STCRT24 art. II)."""
EINDE = date(2029, 3, 31)
"""Last day: five years on (WGS 10)."""
VENSTER = timedelta(days=90)
"""Within so many days after the signaaldatum a resident counts as reached (indicator 2)."""

_VERWACHT_PER_JAAR = MappingProxyType({"0363": 1200, "0014": 780, "0855": 600, "0637": 300})
_NAAM = re.compile(r"(20[0-9]{2})-([12])", re.ASCII)
_CIJFER = re.compile(r"(20[0-9]{2}-[12])=([0-9]{1,6})", re.ASCII)


class Halfjaar(msgspec.Struct, frozen=True):
    """One half-year of the experiment, first and last day included."""

    naam: str
    van: date
    tot: date

    @property
    def cohort(self) -> Cohort:
        """The residents with a signal dated in this half, with the window of each day."""
        days = (self.van + timedelta(days=n) for n in range((self.tot - self.van).days + 1))
        return Cohort(
            tuple(Dagvenster(day, midnight(day), midnight(day + VENSTER + timedelta(days=1))) for day in days)
        )

    def verwacht(self, gemeentecode: str) -> int | None:
        """The new compulsory files that the CAK expected for the months of this half in which the experiment ran.

        From the explanation of STCRT24: Amsterdam 1,200 a year, Groningen 780, Tilburg 600, Zoetermeer 300. None for
        another municipality.
        """
        yearly = _VERWACHT_PER_JAAR.get(gemeentecode)
        first, last = max(self.van, BEGIN), min(self.tot, EINDE)
        return None if yearly is None else yearly * whole_months(first, last + timedelta(days=1)) // 12


def parse(naam: str) -> Halfjaar:
    """The half-year of a name such as `2024-1`: 1 January to 30 June; `2024-2`: 1 July to 31 December.

    Raises:
        KnownError: HALFJAAR_ONGELDIG, also for a half in which the experiment did not run.
    """
    match = _NAAM.fullmatch(naam)
    if match is None:
        raise KnownError("HALFJAAR_ONGELDIG", verwacht="2024-1")
    year = int(match[1])
    half = (date(year, 1, 1), date(year, 6, 30)) if match[2] == "1" else (date(year, 7, 1), date(year, 12, 31))
    if half[1] < BEGIN or half[0] > EINDE:
        raise KnownError("HALFJAAR_ONGELDIG", verwacht="2024-1 tot en met 2029-1")
    return Halfjaar(naam, *half)


def cak_werkelijk(setting: str, naam: str) -> int | None:
    """The CAK's own figure for a half-year out of the setting `2024-1=210 2024-2=380`; None until received."""
    figures = {match[1]: int(match[2]) for match in _CIJFER.finditer(setting)}
    return figures.get(naam)


def midnight(day: date) -> int:
    """Where a Dutch calendar day begins, in milliseconds since 1970 UTC."""
    return milliseconds(datetime.combine(day, time(), AMSTERDAM))
