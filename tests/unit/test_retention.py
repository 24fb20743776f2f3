"""How long a zaak is kept, by its outcome."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from db.model.codes import Eindresultaat
from db.queries.zaken import Stand
from desktop.casework.retention import Bewaarklasse, bewaard_tot, bewaard_vanaf, bewaarklasse, wordt_gewist_op

CLOSED = datetime(2024, 8, 30, 22, 30, tzinfo=UTC)  # in Amsterdam it is the 31st


def stand(eindresultaat: Eindresultaat | None) -> Stand:
    return Stand(
        geopend_op=CLOSED,
        ontvangen_op=CLOSED,
        contact_voor=date(2024, 5, 16),
        telefoon=True,
        gesloten_op=CLOSED if eindresultaat else None,
        eindresultaat=eindresultaat,
    )


@pytest.mark.parametrize(
    ("eindresultaat", "day"),
    [
        (Eindresultaat.GEEN_CONTACT, date(2025, 2, 28)),  # six months, to the last day of a shorter month
        (Eindresultaat.REGELT_ZELF, date(2025, 2, 28)),
        (Eindresultaat.ANDER_TRAJECT, date(2025, 2, 28)),
        (Eindresultaat.VERWIJZING_ZONDER_INWONER, date(2025, 2, 28)),
        (Eindresultaat.ONTERECHT, date(2024, 10, 12)),  # 42 days
        (Eindresultaat.OVERLEDEN, date(2024, 10, 12)),
        (Eindresultaat.VERVOLGHULP_FINANCIEEL, None),  # waits for the receipt by schuldhulp
        (None, None),  # still open
    ],
)
def test_the_day_of_erasure_follows_from_the_outcome(eindresultaat: Eindresultaat | None, day: date | None) -> None:
    assert wordt_gewist_op(stand(eindresultaat)) == day


def test_every_outcome_has_a_class_and_every_class_an_outcome() -> None:
    assert {bewaarklasse(result) for result in Eindresultaat} == set(Bewaarklasse)


@pytest.mark.parametrize("day", [date(2024, 3, 20), date(2024, 8, 30), date(2024, 8, 31), date(2024, 2, 29)])
def test_what_is_kept_to_compare_is_kept_until_the_day_that_is_told(day: date) -> None:
    gone = bewaard_tot(day)
    assert bewaard_vanaf(noon(gone)) > day >= bewaard_vanaf(noon(gone - timedelta(days=1)))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
