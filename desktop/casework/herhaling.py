"""The herhaalde melding: whether a signal is a debt again that was taken up lately and has not grown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from desktop.casework.kalender import add_months, lokale_datum
from desktop.casework.regels import Regel


class Eerder(NamedTuple):
    """A signal of the same debt that was taken up: its own date, when that was, and its amount in cents."""

    signaaldatum: date
    opgepakt_op: datetime
    bedrag: int


def no_repetition(signaaldatum: date, bedrag: int, earlier: Iterable[Eerder], months: int) -> Regel | None:
    """Why a signal is no herhaalde melding (DDAS v1.2; handbook section 3), or None when it is one. Pure.

    The tray at import, a refusal and an eindresultaat all ask this one question.

    Args:
        signaaldatum: when this signal was reported.
        bedrag: its amount in cents.
        earlier: signals of the same creditor, kind and customer number, in the order in which they were taken up;
            those that were reported later than this one are passed over.
        months: how long ago the latest of them may have been taken up; a setting.
    """
    window = add_months(signaaldatum, -months)
    recent = [
        one.bedrag
        for one in earlier
        if one.signaaldatum <= signaaldatum and window <= lokale_datum(one.opgepakt_op) <= signaaldatum
    ]
    if not recent:
        return Regel.GEEN_EERDER_SIGNAAL
    return Regel.BEDRAG_HOGER if bedrag > recent[-1] else None
