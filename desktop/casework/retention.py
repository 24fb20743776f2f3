"""How long a closed zaak is kept: the class of its outcome, and the day on which it is erased (handbook section 8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from db.model.codes import Eindresultaat
from db.queries.zaken import Stand
from desktop.casework.kalender import add_months, lokale_datum

NIET_OPGEPAKT_DAGEN = 42
GEEN_HULP_MAANDEN = 6
VERGELIJKEN_MAANDEN = 6
"""How long what is kept for comparison only stays, from the signaaldatum on."""


class Bewaarklasse(Enum):
    """What decides the term: nothing was done, contact or none without help, or help."""

    NIET_OPGEPAKT = "niet opgepakt"
    GEEN_HULP = "geen contact of geen hulp"
    HULP = "hulp"


_NIET_OPGEPAKT = frozenset(
    {
        Eindresultaat.HERHAALDE_MELDING,
        Eindresultaat.ONTERECHT,
        Eindresultaat.ANDERE_REDEN,
        Eindresultaat.OVERLEDEN,
        Eindresultaat.GEEN_INWONER,
    }
)
_HULP = frozenset(
    {
        Eindresultaat.BEKEND_BIJ_SCHULDHULP,
        Eindresultaat.ADVIES_QUICK_FIX,
        Eindresultaat.VERVOLGHULP,
        Eindresultaat.VERVOLGHULP_FINANCIEEL,
        Eindresultaat.VERVOLGHULP_NIET_FINANCIEEL,
    }
)


def bewaarklasse(eindresultaat: Eindresultaat) -> Bewaarklasse:
    """The class of an outcome."""
    if eindresultaat in _NIET_OPGEPAKT:
        return Bewaarklasse.NIET_OPGEPAKT
    return Bewaarklasse.HULP if eindresultaat in _HULP else Bewaarklasse.GEEN_HULP


def wordt_gewist_op(stand: Stand) -> date | None:
    """The day on which this zaak is erased; None while it is open, or until schuldhulp confirmed its receipt."""
    if stand.gesloten_op is None or stand.eindresultaat is None:
        return None
    closed = lokale_datum(stand.gesloten_op)
    match bewaarklasse(stand.eindresultaat):
        case Bewaarklasse.NIET_OPGEPAKT:
            return closed + timedelta(days=NIET_OPGEPAKT_DAGEN)
        case Bewaarklasse.GEEN_HULP:
            return add_months(closed, GEEN_HULP_MAANDEN)
        case Bewaarklasse.HULP:
            return None


def bewaard_vanaf(now: datetime) -> date:
    """The earliest signaaldatum of what is kept for comparison only, at this moment."""
    return add_months(lokale_datum(now), -VERGELIJKEN_MAANDEN)


def bewaard_tot(signaaldatum: date) -> date:
    """The first day on which what is kept for comparison only, of this date, is kept no more."""
    day = add_months(signaaldatum, VERGELIJKEN_MAANDEN)
    while add_months(day, -VERGELIJKEN_MAANDEN) <= signaaldatum:  # a few days more after a shorter month
        day += timedelta(days=1)
    return day
