"""Folding of names and numbers, so that `yildiz` finds Yıldız and the last digits find a number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# What Unicode decomposition leaves alone.
_SPELLINGS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
_KNOWN_WORD = re.compile(r"(?<![^\W_])[a-z]{3,}(?![^\W_])")

# Letters that sound alike in the names of a Dutch town, in this order; vowels after the first letter go.
_SOUNDS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"^ij"), "j"),
    (re.compile(r"tsch|tsj|sch|tj|[sc]z|sj|sh|ts|dz|dj|c(?=[ei])|(?<=i)c$|z"), "s"),
    (re.compile(r"ph|[vw]"), "f"),
    (re.compile(r"[ck]h|gh"), "g"),
    (re.compile(r"ck|qu?|c"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"dt|th?"), "d"),
    (re.compile(r"p"), "b"),
    (re.compile(r"(?<=.)(?:ij|[aeiou]|(?<=[bdfgklmnrs])h)"), ""),
)


def plain(text: str) -> str:
    """Lower case, without diacritics, with ß, ø, ł and their like spelled out: what names are sorted by."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("İ", "i").casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SPELLINGS)


def fold(text: str) -> str:
    """As `plain`, and y as ij: whoever types "dij" or "dy" finds Dijk and Dyk."""
    return plain(text).replace("y", "ij")


def words(text: str) -> list[str]:
    """The words of a folded text, as the search index cuts them."""
    return "".join(c if c.isalnum() else " " for c in text).split()


def with_joined(text: str, *parts: str) -> str:
    """A folded text, and after it each part in one word: `van der meer` is also looked for as `vandermeer`."""
    for part in parts:
        joined = "".join(filter(str.isalnum, part))
        if len(joined) > 1 and joined != part:
            text = f"{text} {joined}"
    return text


def known_words(texts: Iterable[str]) -> set[str]:
    """The words of folded texts that a word with a typing error is held against: letters only, three or more."""
    return set(_KNOWN_WORD.findall(" ".join(texts)))


def klank(word: str) -> str:
    """How a folded word sounds, roughly: `lukasevic` and `lukaszewicz` sound the same."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def digits(text: str) -> str:
    """Only the digits of a number, however it was spaced; +31 and 0031 become 0."""
    number = text if text.isdigit() else "".join(filter(str.isdigit, text))
    if text.lstrip().startswith("+31"):
        return "0" + number[2:].removeprefix("0")
    return "0" + number[4:] if number.startswith("0031") else number


def reversed_digits(number: str) -> str:
    """The index word that lets the last digits of a number be looked up as a prefix."""
    return "r" + number[::-1]
