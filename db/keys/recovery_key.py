"""The recovery key on paper: 160 random bits as nine groups of four, the last one a checksum."""

from __future__ import annotations

import hashlib
import unicodedata

from db.errors import KnownError

SECRET_LENGTH = 20  # bytes: 160 bits, the eight groups before the checksum
_GROUP = 4
_GROUPS = 9
_CHECK_BITS = 20
_LENGTH = _GROUP * _GROUPS
_BODY = _LENGTH - _GROUP
# Crockford's base 32: no I, L, O (read as digits) and no U (https://www.crockford.com/base32.html).
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def format_recovery_key(secret: bytes | bytearray) -> str:
    """The 20 bytes of `secret` as `XXXX-XXXX-…` in nine groups."""
    body = _encode(int.from_bytes(secret, "big"), _BODY)
    text = body + _checksum(body)
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def parse_recovery_key(text: str) -> bytearray:
    """The 20 bytes of a typed recovery key, wiped by the caller; case, spaces and hyphens do not matter.

    Raises KnownError HERSTELSLEUTEL_TYPEFOUT where the fault can be placed in one `groep`, 1 to 9: a character
    that does not exist, a group of the wrong length, one wrong character or two swapped ones. Otherwise
    HERSTELSLEUTEL_ONLEESBAAR. Nothing of the key itself is in the error.
    """
    folded = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    groups = "".join(character if character.isalnum() else " " for character in folded).split()
    joined = "".join(groups)
    if len(joined) != _LENGTH:
        wrong = [place for place, group in enumerate(groups, 1) if len(group) != _GROUP]
        raise _typing_error(set(wrong) if len(groups) == _GROUPS else set())
    unknown = {place // _GROUP + 1 for place, character in enumerate(joined) if character not in _ALPHABET}
    if unknown:
        raise _typing_error({min(unknown)})
    body, check = joined[:_BODY], joined[_BODY:]
    if _checksum(body) != check:
        raise _typing_error(_suspect_groups(body, check))
    return bytearray(_decode(body).to_bytes(SECRET_LENGTH, "big"))


def _suspect_groups(body: str, check: str) -> set[int]:
    """The groups in which one small slip would explain the checksum.

    About a thousand slips are tried against 20 bits of checksum, so a wrong group is named once in a thousand
    times; the person only looks at it again.
    """
    suspects = {place // _GROUP + 1 for place, slip in _slips(body) if _checksum(slip) == check}
    right = _checksum(body)
    if any(slip == right for _, slip in _slips(check)):
        suspects.add(_GROUPS)
    return suspects


def _slips(text: str) -> list[tuple[int, str]]:
    """Every text that differs by one character, or by two neighbours swapped, with the place of the slip."""
    replaced = [
        (place, text[:place] + character + text[place + 1 :])
        for place in range(len(text))
        for character in _ALPHABET
        if character != text[place]
    ]
    swapped = [
        (place, text[:place] + text[place + 1] + text[place] + text[place + 2 :])
        for place in range(len(text) - 1)
        if text[place] != text[place + 1]
    ]
    return replaced + swapped


def _typing_error(suspects: set[int]) -> KnownError:
    if len(suspects) == 1:
        return KnownError("HERSTELSLEUTEL_TYPEFOUT", groep=suspects.pop())
    return KnownError("HERSTELSLEUTEL_ONLEESBAAR")


def _checksum(body: str) -> str:
    digest = hashlib.blake2b(body.encode("ascii"), digest_size=3, person=b"voordeur").digest()
    return _encode(int.from_bytes(digest, "big") >> (24 - _CHECK_BITS), _GROUP)


def _encode(number: int, length: int) -> str:
    return "".join(_ALPHABET[(number >> 5 * place) & 31] for place in range(length - 1, -1, -1))


def _decode(text: str) -> int:
    number = 0
    for character in text:
        number = number << 5 | _ALPHABET.index(character)
    return number
