"""Dates, times, amounts and numbers as a Dutch reader expects them on screen."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from db.errors import VoordeurError

_ENDLESS = re.compile(r"[^\s\u200b]{23,}")
"""Longer than nearly any word of a text: it fits on no line of a narrow card, and may break after every character."""
_CHARACTER = re.compile(r"\S[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]*")
"""A character with the marks that stand on it."""
DUTCH = QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands)


def day(value: date) -> str:
    """`7 mei`."""
    return DUTCH.toString(_qdate(value), "d MMMM")


def short_day(value: date) -> str:
    """`22 okt`, where there is little room."""
    return DUTCH.toString(_qdate(value), "d MMM").replace(".", "")


def full_day(value: date) -> str:
    """`12 maart 1951`."""
    return DUTCH.toString(_qdate(value), "d MMMM yyyy")


def weekday(value: date) -> str:
    """`dinsdag 7 mei`."""
    return DUTCH.toString(_qdate(value), "dddd d MMMM")


def short_moment(local: datetime) -> str:
    """`ma 6 mei 10:12`, of an instant in local time."""
    return DUTCH.toString(_qdate(local.date()), "ddd d MMM").replace(".", "") + f" {local:%H:%M}"


def near_day(value: date, today: date) -> str:
    """`vandaag`, `morgen`, `donderdag 9 mei` within a week, and `16 mei` beyond."""
    if value == today:
        return QCoreApplication.translate("texts", "vandaag")
    if value == today + timedelta(days=1):
        return QCoreApplication.translate("texts", "morgen")
    if today < value <= today + timedelta(days=6):
        return weekday(value)
    return day(value) if abs((value - today).days) < 180 else full_day(value)


def euros(cents: int) -> str:
    """`€ 1.234,50` for an amount in whole cents."""
    return f"€ {DUTCH.toString(cents / 100, 'f', 2)}"


def count(value: int) -> str:
    """`1.234`."""
    return DUTCH.toString(value)


def phone(number: str) -> str:
    """A Dutch number as one reads it aloud: `050 – 555 01 42`; others as they are."""
    digits = "".join(filter(str.isdigit, number))
    if len(digits) != 10 or not digits.startswith("0"):
        return number
    if digits.startswith("06"):
        return f"06 – {digits[2:4]} {digits[4:6]} {digits[6:8]} {digits[8:]}"
    return f"{digits[:3]} – {digits[3:6]} {digits[6:8]} {digits[8:]}"


def breakable(text: str) -> str:
    """The same text with places where a line may break in what has no spaces: an e-mail address, a very long name."""
    shown = text.replace("@", "@\u200b").replace(".", ".\u200b") if "@" in text else text
    return _ENDLESS.sub(lambda word: "\u200b".join(_CHARACTER.findall(word[0])), shown)


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning with three dots when it is longer than so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def plural(number: int, one: str, many: str) -> str:
    """`1 mens` or `12 mensen`; both texts hold `{n}`."""
    return (one if number == 1 else many).format(n=count(number))


def explain(error: VoordeurError) -> str:
    """The Dutch sentence for an error that a person can act on."""
    from resources.uitleg import uitleg

    return uitleg(error)


def _qdate(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)
