"""Dates as the law counts them: whole months, working days, dagdelen, and the Dutch day of an instant."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from db.model.codes import Dagdeel, Dagdelen

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
"""The zone in which days begin and dagdelen lie; the vault itself keeps UTC."""

_NOON, _EVENING, _SATURDAY = 12, 18, 5
_CELLS = {
    (Dagdeel.OCHTEND, False): Dagdelen.WEEK_OCHTEND,
    (Dagdeel.MIDDAG, False): Dagdelen.WEEK_MIDDAG,
    (Dagdeel.AVOND, False): Dagdelen.WEEK_AVOND,
    (Dagdeel.OCHTEND, True): Dagdelen.WEEKEND_OCHTEND,
    (Dagdeel.MIDDAG, True): Dagdelen.WEEKEND_MIDDAG,
    (Dagdeel.AVOND, True): Dagdelen.WEEKEND_AVOND,
}
_DAGDEEL_OF = {cell: part for (part, _), cell in _CELLS.items()}


def lokale_datum(instant: datetime) -> date:
    """The Dutch calendar day of an aware instant."""
    return instant.astimezone(AMSTERDAM).date()


def dagdeel(instant: datetime) -> Dagdeel:
    """Part of the Dutch day in which an aware instant falls (DDAS): until 12:00, until 18:00, later."""
    hour = instant.astimezone(AMSTERDAM).hour
    if hour < _NOON:
        return Dagdeel.OCHTEND
    return Dagdeel.MIDDAG if hour < _EVENING else Dagdeel.AVOND


def dagdelen_cell(instant: datetime) -> Dagdelen:
    """The one cell of the dagdeel grid, week day or weekend, in which an aware instant falls."""
    return _CELLS[dagdeel(instant), lokale_datum(instant).weekday() >= _SATURDAY]


def dagdeel_of(cell: Dagdelen) -> Dagdeel:
    """Part of the day of one cell of the grid, week day or weekend."""
    return _DAGDEEL_OF[cell]


def add_months(start: date, months: int) -> date:
    """The same day number so many months on, or the last day of a shorter month.

    Raises:
        ValueError: when that lies outside the years 1 to 9999.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def whole_months(start: date, end: date) -> int:
    """Whole calendar months from `start` to `end`: 31 December to 29 February is two; reversed: negative.

    A month ends on the same day number, or on the last day of a shorter month (TRSB 2.4 leaves it open).
    """
    if end < start:
        return -whole_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    complete = end.day >= min(start.day, monthrange(end.year, end.month)[1])
    return months if complete else months - 1


@cache
def _feestdagen(year: int) -> frozenset[date]:
    # Loading this library costs more than everything else here together, and few actions need it.
    import holidays

    # The library calls Goede Vrijdag and 5 mei optional; the Algemene termijnenwet has both, every year.
    days = holidays.country_holidays("NL", years=year, categories=("public", "optional"))
    return frozenset(days) | {date(year, 5, 5)}


def is_working_day(day: date) -> bool:
    """Whether a term may end on this day (Algemene termijnenwet 1 and 3).

    Not on: Saturday, Sunday, Nieuwjaarsdag, Goede Vrijdag, Tweede Paasdag, Hemelvaartsdag, Tweede
    Pinksterdag, Koningsdag, 5 mei, both Kerstdagen. A day that a royal decree equates with these for a single year
    (lid 3) is a working day here: a term then ends earlier, never later.
    """
    return day.weekday() < _SATURDAY and day not in _feestdagen(day.year)


def add_working_days(start: date, days: int) -> date:
    """The `days`-th working day after `start`, which itself does not count (0 gives `start`)."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`; 0 when `end` is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
