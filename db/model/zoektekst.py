"""Folding of names and numbers, so that `yildiz` finds Yıldız and the last digits find a number."""

from __future__ import annotations

import unicodedata

# What Unicode decomposition leaves alone.
_SPELLINGS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})


def plain(text: str) -> str:
    """Lower case, without diacritics, with ß, ø, ł and their like spelled out: what names are sorted by."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("İ", "i").casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SPELLINGS)


def fold(text: str) -> str:
    """As `plain`, and y as ij: whoever types "dij" or "dy" finds Dijk and Dyk."""
    return plain(text).replace("y", "ij")


def digits(text: str) -> str:
    """Only the digits of a number, however it was spaced; +31 and 0031 become 0."""
    number = text if text.isdigit() else "".join(filter(str.isdigit, text))
    if text.lstrip().startswith("+31"):
        return "0" + number[2:].removeprefix("0")
    return "0" + number[4:] if number.startswith("0031") else number


def reversed_digits(number: str) -> str:
    """The index word that lets the last digits of a number be looked up as a prefix."""
    return "r" + number[::-1]
