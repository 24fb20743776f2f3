"""What a passphrase must be, and the one form in which it is used."""

from __future__ import annotations

import re
import unicodedata

from db.errors import RegelOvertreding

MINIMUM_LENGTH = 14
_MINIMUM_LEFT = 6  # different characters, and characters that are left when everything guessable is gone
_SEQUENCE = 4  # "1234" and "qwer" are guessed as one

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv",
)
_RUNS = tuple(
    piece
    for row in _ROWS
    for direction in (row, row[::-1])
    for start in range(len(direction) - _SEQUENCE + 1)
    for piece in (direction[start : start + _SEQUENCE],)
)
# What people write when a form asks for a long password: this product, this work, these towns, this season.
_GUESSED_FIRST = (
    "wachtwoord", "wachtzin", "password", "passphrase", "paswoord", "welkom", "welcome", "geheim",
    "sleutel", "toegang", "inloggen", "login", "admin", "beheerder", "uitvoerder", "gebruiker",
    "voordeur", "vroegsignalering", "schuldhulp", "schulden", "gemeente", "amsterdam", "groningen",
    "tilburg", "zoetermeer", "nederland", "holland", "lente", "voorjaar", "zomer", "herfst", "najaar",
    "winter", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "januari",
    "februari", "maart", "april", "juni", "juli", "augustus", "september", "oktober", "november",
    "december", "test", "proef", "hallo", "ikhouvanjou", "iloveyou",
)  # fmt: skip
_GUESSABLE = re.compile(
    "|".join([*sorted(map(re.escape, _GUESSED_FIRST), key=len, reverse=True), r"(?:19|20)\d\d", *_RUNS])
)
_STAND_INS = str.maketrans("@431!05$7", "aaeiiosst")


def check_passphrase(passphrase: str, *, trial: bool) -> None:
    """Raise RegelOvertreding when `passphrase` is too short or too easily guessed.

    A trial vault, which holds synthetic people only, may have one that is easily guessed.

    WACHTZIN_TE_KORT: fewer than 14 characters after NFC (`minimum` and `lengte` in the facts).
    WACHTZIN_STUURTEKEN: a control character, which cannot be typed again in a window.
    WACHTZIN_TE_GEWOON: repetition, keyboard rows, years and words that are tried first leave too little.
    No composition rules and no expiry: NIST SP 800-63B section 5.1.1.2, and security measure BIO2 5.17.
    """
    text = unicodedata.normalize("NFC", passphrase)
    if len(text) < MINIMUM_LENGTH:
        raise RegelOvertreding("WACHTZIN_TE_KORT", minimum=MINIMUM_LENGTH, lengte=len(text))
    if any(unicodedata.category(character) == "Cc" for character in text):
        raise RegelOvertreding("WACHTZIN_STUURTEKEN")
    if not trial and _is_obvious(text.casefold()):
        raise RegelOvertreding("WACHTZIN_TE_GEWOON")


def passphrase_bytes(passphrase: str) -> bytearray:
    """The UTF-8 of the NFC form, which every keyboard and system makes the same; the caller wipes it."""
    return bytearray(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))


def _is_obvious(text: str) -> bool:
    letters = "".join(character for character in text if character.isalnum())
    if len(set(letters)) < _MINIMUM_LEFT or _repeats(letters):
        return True
    return any(
        len(set(_GUESSABLE.sub("", candidate))) < _MINIMUM_LEFT
        for candidate in (letters, "".join(filter(str.isalnum, text.translate(_STAND_INS))))
    )


def _repeats(text: str) -> bool:
    """Whether the whole text is a shorter text again and again (the last time perhaps cut off)."""
    return any((text[:period] * (len(text) // period + 1)).startswith(text) for period in range(1, len(text) // 2 + 1))
