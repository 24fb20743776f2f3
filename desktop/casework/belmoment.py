"""When to call somebody again: the day a voicemail names, the moments to promise, and whether a moment is safe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from types import MappingProxyType

import msgspec

from db.model.codes import Dagdeel, Dagdelen
from db.queries.zaken import Stand
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import AMSTERDAM, dagdelen_cell, is_working_day
from desktop.casework.workflow import called_enough, cell_to_try

BEGIN = MappingProxyType({Dagdeel.OCHTEND: time(10), Dagdeel.MIDDAG: time(14), Dagdeel.AVOND: time(18, 30)})
"""The time at which a call that was promised for a part of the day is made."""
_AHEAD = timedelta(minutes=30)
_DAYS = 15


def may_call(stand: Stand, moment: datetime) -> bool:
    """Whether the safe-contact profile allows a call at an aware moment."""
    return not stand.bel_wanneer or dagdelen_cell(moment) in stand.bel_wanneer


def next_attempt(stand: Stand, instellingen: Instellingen, now: datetime) -> datetime | None:
    """When to call again if this call reaches nobody, from tomorrow on; None when enough calls were made then."""
    after = msgspec.structs.replace(stand, pogingen=stand.pogingen + 1, dagdelen=stand.dagdelen | dagdelen_cell(now))
    if called_enough(after, instellingen):
        return None
    cell = cell_to_try(after, now)
    moments = _moments(now.astimezone(AMSTERDAM).date() + timedelta(days=1), tuple(Dagdeel))
    return next(
        (found for found in moments if (dagdelen_cell(found) is cell if cell else may_call(stand, found))), None
    )


def proposals(stand: Stand, now: datetime, count: int = 5) -> tuple[datetime, ...]:
    """The first moments to promise a call for, all safe; evenings and weekends only if that was asked."""
    parts = tuple(Dagdeel) if stand.bel_wanneer else (Dagdeel.OCHTEND, Dagdeel.MIDDAG)
    found = _moments(now.astimezone(AMSTERDAM).date(), parts)
    weekend = stand.bel_wanneer >= Dagdelen.WEEKEND_OCHTEND
    return tuple(
        islice(
            (
                moment
                for moment in found
                if moment > now + _AHEAD and may_call(stand, moment) and (weekend or is_working_day(moment.date()))
            ),
            count,
        )
    )


def _moments(first: date, parts: tuple[Dagdeel, ...]) -> Iterator[datetime]:
    for days in range(_DAYS):
        for part in parts:
            moment = datetime.combine(first + timedelta(days=days), BEGIN[part], AMSTERDAM)
            if moment.weekday() >= 5 or is_working_day(moment.date()):  # noqa: PLR2004  # Saturday; never a holiday
                yield moment
