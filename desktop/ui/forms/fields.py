"""What a worker types in a field, as a value: Dutch amounts and dates."""

from __future__ import annotations

import re
from datetime import date

from db.model.bedrag import Bedrag

_AMOUNT = re.compile(r"(?:€\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(\d{2}|-))?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)


def parse_amount(text: str) -> Bedrag | None:
    """Whole cents of `123,60`, `€ 1.234,50`, `1234` or `1.234`; None when it is no amount."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    cents = match[2] if match[2] and match[2] != "-" else "0"
    return Bedrag(int(match[1].replace(".", "")) * 100 + int(cents))


def parse_day(text: str) -> date | None:
    """The day of `31-12-2024` or `1/5/2024`; None when there is no such day."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
