"""What is typed in a field: amounts and dates as Dutch people write them."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.ui import texts
from desktop.ui.forms.fields import parse_amount, parse_day


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("123,60", 123_60),
        ("€ 1.234,50", 1_234_50),
        ("1234", 1_234_00),
        ("12,-", 12_00),
        (" 0,05 ", 5),
        ("12,5", None),
        ("12.34", None),
        ("-3", None),
        ("veel", None),
        ("", None),
        ("٣", None),
    ],
)
def test_an_amount_is_read_in_whole_cents_or_not_at_all(text: str, cents: int | None) -> None:
    assert parse_amount(text) == cents


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31-12-2024", date(2024, 12, 31)),
        ("1/5/2024", date(2024, 5, 1)),
        ("29-02-2023", None),
        ("2024-05-01", None),
        ("morgen", None),
    ],
)
def test_a_day_is_read_day_first_or_not_at_all(text: str, day: date | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("number", "shown"),
    [("050-5550142", "050 – 555 01 42"), ("06 00000123", "06 – 00 00 01 23"), ("+49 30 5550", "+49 30 5550"), ("", "")],
)
def test_a_phone_number_is_written_as_one_reads_it_aloud(number: str, shown: str) -> None:
    assert texts.phone(number) == shown


def test_dates_and_amounts_are_dutch() -> None:
    assert texts.weekday(date(2024, 5, 7)) == "dinsdag 7 mei"
    assert texts.full_day(date(1951, 3, 12)) == "12 maart 1951"
    assert texts.euros(1_234_50) == "€ 1.234,50"
    assert texts.near_day(date(2024, 5, 8), date(2024, 5, 7)) == "morgen"
    assert texts.near_day(date(2024, 5, 30), date(2024, 5, 7)) == "30 mei"
