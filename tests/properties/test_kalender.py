"""Terms around month ends, leap days, feasts and the two nights that are not 24 hours long."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.model.codes import Dagdeel, Dagdelen
from desktop.casework.kalender import (
    AMSTERDAM,
    add_months,
    add_working_days,
    dagdeel,
    dagdelen_cell,
    is_working_day,
    lokale_datum,
    whole_months,
    working_days_between,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTH_ENDS = st.builds(
    lambda year, month, back: date(year, month, monthrange(year, month)[1]) - timedelta(days=back),
    st.integers(1990, 2060),
    st.integers(1, 12),
    st.integers(0, 3),
)
INSTANTS = st.integers(946_684_800, 2_840_140_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 12, 31), date(2024, 2, 29), 2),
        (date(2022, 12, 31), date(2023, 2, 28), 2),
        (date(2023, 12, 31), date(2024, 2, 28), 1),
        (date(2023, 10, 31), date(2024, 3, 30), 4),
        (date(2023, 10, 31), date(2024, 3, 31), 5),
        (date(2023, 11, 30), date(2024, 4, 30), 5),
        (date(2023, 12, 2), date(2024, 5, 2), 5),
        (date(2023, 12, 2), date(2024, 5, 1), 4),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 5, 2), date(2024, 5, 2), 0),
        (date(2024, 5, 2), date(2024, 4, 2), -1),
    ],
)
def test_a_month_ends_on_the_same_day_number_or_on_the_last_day_of_a_shorter_month(
    start: date, end: date, months: int
) -> None:
    assert whole_months(start, end) == months


@given(start=DAYS | MONTH_ENDS, end=DAYS | MONTH_ENDS)
def test_whole_months_are_the_most_that_can_be_added_without_passing_the_end(start: date, end: date) -> None:
    if end < start:
        start, end = end, start
    months = whole_months(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)
    assert whole_months(end, start) == -months


@given(start=DAYS | MONTH_ENDS, months=st.integers(-240, 240))
def test_adding_months_keeps_the_day_number_or_ends_on_the_last_day(start: date, months: int) -> None:
    found = add_months(start, months)
    last = monthrange(found.year, found.month)[1]
    assert found.day == min(start.day, last)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months


def test_the_month_count_holds_for_ten_thousand_days_at_a_time(profile: str) -> None:
    first, ends = date(2023, 1, 28), 10_000 if profile == "nightly" else 800
    for start in (first + timedelta(days=offset) for offset in range(40)):
        previous = 0
        for end in (start + timedelta(days=offset) for offset in range(ends)):
            months = whole_months(start, end)
            assert months - previous in (0, 1)
            previous = months


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 1, 1), "Nieuwjaar"),
        (date(2024, 3, 29), "Goede Vrijdag"),
        (date(2024, 4, 1), "Tweede Paasdag"),
        (date(2024, 5, 9), "Hemelvaartsdag"),
        (date(2024, 5, 20), "Tweede Pinksterdag"),
        (date(2026, 4, 27), "Koningsdag"),
        (date(2026, 5, 5), "5 mei, ook buiten een lustrum"),
        (date(2024, 12, 25), "Eerste Kerstdag"),
        (date(2024, 12, 26), "Tweede Kerstdag"),
        (date(2024, 5, 4), "zaterdag"),
        (date(2024, 5, 5), "zondag"),
    ],
)
def test_no_term_ends_on_a_day_of_the_algemene_termijnenwet(day: date, name: str) -> None:
    assert not is_working_day(day), name


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    month, day = divmod(epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


@given(day=st.dates(date(2014, 1, 1), date(2060, 12, 31)))
def test_the_days_off_are_those_of_the_law_and_no_others(day: date) -> None:
    """Algemene termijnenwet 3 lid 1 and 2; Koningsdag is kept on the 26th when the 27th is a Sunday."""
    year, sunday = day.year, easter(day.year)
    king = date(year, 4, 27)
    off = {
        date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26),
        king - timedelta(days=king.weekday() == 6),
        *(sunday + timedelta(days=days) for days in (-2, 1, 39, 50)),
    }  # fmt: skip
    assert is_working_day(day) is (day.weekday() < 5 and day not in off)


def test_an_ordinary_weekday_is_a_working_day() -> None:
    assert is_working_day(date(2024, 5, 2))
    assert is_working_day(date(2025, 4, 28))  # Koningsdag was kept on Saturday the 26th
    assert is_working_day(date(2024, 12, 24))


@given(start=DAYS, days=st.integers(0, 60))
def test_working_days_added_are_the_working_days_between(start: date, days: int) -> None:
    end = add_working_days(start, days)
    assert working_days_between(start, end) == days
    assert end == start or is_working_day(end)


def test_working_days_between_counts_nothing_backwards() -> None:
    assert working_days_between(date(2024, 5, 8), date(2024, 5, 2)) == 0


@given(INSTANTS)
def test_the_cell_of_the_grid_agrees_with_the_dutch_clock(instant: datetime) -> None:
    local = instant.astimezone(AMSTERDAM)
    assert lokale_datum(instant) == local.date()
    expected = Dagdeel.OCHTEND if local.hour < 12 else Dagdeel.MIDDAG if local.hour < 18 else Dagdeel.AVOND
    assert dagdeel(instant) is expected
    week = "WEEKEND" if local.isoweekday() > 5 else "WEEK"
    assert dagdelen_cell(instant) is Dagdelen[f"{week}_{expected.name}"]


@pytest.mark.parametrize(
    ("instant", "local"),
    [
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),  # the night the clock goes forward
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), date(2026, 10, 24)),  # and back
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_a_dutch_day_begins_at_dutch_midnight_in_both_nights_of_the_clock(instant: datetime, local: date) -> None:
    assert lokale_datum(instant) == local
    assert dagdeel(datetime(2026, 3, 29, 9, 59, tzinfo=UTC)) is Dagdeel.OCHTEND  # 11:59 in summer time
    assert dagdeel(datetime(2026, 3, 29, 10, 0, tzinfo=UTC)) is Dagdeel.MIDDAG
    assert dagdeel(datetime(2026, 10, 25, 10, 59, tzinfo=UTC)) is Dagdeel.OCHTEND  # 11:59 in winter time
