"""The text of AVG 14 on paper: until when a resident must have it, and who comes first."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, time, timedelta

import msgspec

from db.queries import brieven
from db.queries.brieven import Achterstand
from desktop.casework.kalender import AMSTERDAM, add_months, lokale_datum

_NEAR = timedelta(days=14)
"""So long before the last day it comes back by itself: a letter takes a worker's hands and the post."""


_ALWAYS = frozenset({"eerste-brief", "waarom-wij-belden"})


class Uitleg(msgspec.Struct, frozen=True, kw_only=True):
    """Residents to whom the text goes soon or is late, with a zaak and as waiting signals; `eerste` is the last day."""

    zaken: int
    zaken_voor: date | None
    signalen: int
    signalen_voor: date | None


def gaat_mee(soort: str, tekstversie: str) -> bool:
    """Whether the text went with a letter: always with these kinds, and else the version of the text has a plus."""
    return soort in _ALWAYS or "+" in tekstversie


def uiterlijk(ontvangen_op: datetime) -> date:
    """The last day on which the text may reach a resident: one month after receipt (AVG 14 lid 3 onder a)."""
    return add_months(lokale_datum(ontvangen_op), 1)


def uitleg(connection: sqlite3.Connection, now: datetime) -> Uitleg:
    """Who must get the text within two weeks, or should have had it."""
    last = lokale_datum(now) + _NEAR
    received = last  # received on a day whose month ends by then; months differ in length, so look for it
    while add_months(received, 1) > last:
        received -= timedelta(days=1)
    before = datetime.combine(received + timedelta(days=1), time(), AMSTERDAM)
    zaken, signalen = brieven.untold(connection, voor=before)
    return Uitleg(
        zaken=zaken.aantal,
        zaken_voor=_day(zaken),
        signalen=signalen.aantal,
        signalen_voor=_day(signalen),
    )


def _day(found: Achterstand) -> date | None:
    return uiterlijk(found.eerste) if found.eerste is not None else None
