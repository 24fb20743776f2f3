"""Search while typing: exact words first, then beginnings, then words that were probably meant."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from uuid import UUID

import msgspec
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from db.model.zoektekst import digits, fold, klank, reversed_digits, words
from db.queries.zaken import ZaakRegel, regels


class Vindplaats(StrEnum):
    """Where what was typed stands; of several the one that says most about who is meant."""

    NAAM = "naam"
    ADRES = "adres"
    KLANTNUMMER = "klantnummer"
    TELEFOON = "telefoon"
    ZAAKNUMMER = "zaaknummer"


class Vondst(msgspec.Struct, frozen=True, kw_only=True):
    """A zaak that was found.

    Attributes:
        regel: the zaak as lists show it.
        plaats: where what was typed stands.
        einde: the last four digits of the phone number or klantnummer that was found, else empty.
        precies: False when a word only resembles what was typed.
    """

    regel: ZaakRegel
    plaats: Vindplaats
    einde: str = ""
    precies: bool = True


_POOL = 5
"""Candidates per zaak asked for that are read and ranked; the newest signals, where more answer to what was typed."""
_WIDE = 8
"""So many times more when single letters, which the index is not asked for, decide among them."""
_ENDINGS = 40
"""Ways in which a beginning may go on; more are asked as a beginning, which the index then knows by itself."""
_MEANT = 16
_LAST = 4
_NUMBER = 3  # two digits match half the vault
_PHONE = 7
_LISTED = 4  # the longest beginning of which the index keeps a list
_LONGEST, _MOST_WORDS = 200, 8
# From how many letters a word may hold an error, and up to how many it may hold one, or two; a longer one three.
_FUZZY, _SHORT, _MIDDLE = 4, 5, 8
_FAR = 9
_ALIKE = 0.5
_RESEMBLES = 100
"""A grade from here on means that at least one word only resembles what was typed."""
_TELLING = tuple(Vindplaats)

_POSTCODE = re.compile(r"(?<!\d)(\d{4})\s+([a-z]{2})(?![^\W_])", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\+?\d[\d\s().-]*\d")
_VAN_DER = re.compile(r"\b(?:v\.?\s?d\.?|v/d)\s+(?=\w{2})", re.IGNORECASE)
_ZAAK_NUMBER = re.compile(r"(?:(\d{4})-?)?([A-Z])-?(\d+)")
_ZAAK_START = re.compile(r"\d{4}-[A-Z]?")
_WORD = re.compile(r"[a-z]+")

# An address that is hidden is not there for a search: nobody learns from us who lives where.
_READ = (
    "SELECT s.zaak, z.gesloten_op IS NOT NULL, z.sorteernaam, s.zoek_naam, iif(z.verborgen, '', s.zoek_adres),"
    " s.zoek_nummers FROM zoek CROSS JOIN signaal s ON s.nr = zoek.rowid CROSS JOIN zaak z ON z.id = s.zaak"
    " WHERE zoek MATCH ?1 ORDER BY zoek.rowid DESC LIMIT ?2"
)
_ZAAK_NUMBERS = "SELECT id, nummer FROM zaak WHERE nummer >= ?1 AND nummer < ?1 || '~' ORDER BY nummer LIMIT ?2"
_YEARS = "SELECT substr((SELECT min(nummer) FROM zaak), 1, 4), substr((SELECT max(nummer) FROM zaak), 1, 4)"
_OTHER_NUMBERS = "SELECT id, ander_nummer FROM zaak WHERE ander_nummer <> ''"
_BEGINNINGS = "SELECT woord FROM zoekwoord WHERE woord >= ?1 AND woord < ?1 || '~' LIMIT ?2"
_WORDS = "SELECT replace(woord, 'ij', 'y') FROM zoekwoord"  # one letter, where letters are counted
_SOUNDS = "SELECT woord FROM zoekwoord WHERE klank >= ?1 AND klank < ?1 || '~' LIMIT 200"


class _Row(msgspec.Struct, frozen=True):
    """A candidate: the folded texts of one signal, the address empty where it is hidden."""

    zaak: bytes
    closed: int
    sorteernaam: str
    naam: str
    adres: str
    nummers: str


class _Hit(msgspec.Struct, frozen=True, order=True):
    """How well a candidate answers: the lower the better."""

    grade: int
    closed: int
    sorteernaam: str
    zaak: bytes
    plaats: Vindplaats
    einde: str = ""


_Meant = Mapping[str, Mapping[str, int]]
"""Per word of the question the words that were probably meant, with their distance (1 and up)."""
_Question = tuple[str, int, _Meant]
"""An expression for the index, how many times the usual pool to read, and what was probably meant."""


def search(connection: sqlite3.Connection, text: str, *, limiet: int = 20) -> tuple[Vondst, ...]:
    """Zaken by part of a name, a phone number (its last digits too), an address, a klantnummer or a zaak number.

    Words may stand in any order and come of different fields. Those who answer to the words as typed come first, then
    those in whom words begin so, then those with words that resemble them; open zaken before closed ones.
    """
    asked = _asked_words(text[:_LONGEST])
    found: dict[bytes, _Hit] = {}
    for hit in (*_by_zaak_number(connection, text, limiet), *_by_other_number(connection, asked)):
        found.setdefault(hit.zaak, hit)
    for expression, times, meant in _questions(connection, asked):
        rows = (_Row(*row) for row in connection.execute(_READ, (expression, times * _POOL * limiet)))
        for answer in sorted(answer for row in rows if (answer := _hit(row, asked, meant)) is not None):
            found.setdefault(answer.zaak, answer)
        if len(found) >= limiet:
            break
    hits = list(found.values())[:limiet]
    lines = regels(connection, (UUID(bytes=hit.zaak) for hit in hits))
    return tuple(
        Vondst(regel=regel, plaats=hit.plaats, einde=hit.einde, precies=hit.grade < _RESEMBLES)
        for regel, hit in zip(lines, hits, strict=True)
    )


# --- what is asked ------------------------------------------------------------------------------------------


def _asked_words(text: str) -> tuple[str, ...]:
    """The folded words of a question; a postcode and a phone number each in one word."""
    number = digits(text)
    if len(number) >= _NUMBER and not any(map(str.isalpha, text)):
        return (number,)
    text = _VAN_DER.sub("v d ", _POSTCODE.sub(r"\1\2", text))
    text = _LONG_NUMBER.sub(lambda found: _phone(found[0]), text)
    return tuple(dict.fromkeys(words(fold(text))))[:_MOST_WORDS]


def _phone(text: str) -> str:
    number = digits(text)
    return f" {number} " if len(number) >= _PHONE else text


def _questions(connection: sqlite3.Connection, asked: tuple[str, ...]) -> Iterator[_Question]:
    """What to ask the index, until enough was found: whole words, beginnings, words that resemble."""
    if not asked:
        return
    whole = " AND ".join(map(_whole, asked))
    if _is_number(asked[0]) and len(asked) == 1:
        yield f"zoek_nummers : {whole}", 1, {}  # before all who live in that postcode
    yield whole, 1, {}
    index = tuple(word for word in asked if len(word) > 1) or asked
    times = 1 if index == asked else _WIDE  # single letters are looked for among those who were found
    begins = {word: _begins(connection, word) for word in index}
    beginnings = " AND ".join(begins.values())
    if beginnings != whole:
        yield beginnings, times, {}
    meant = {word: resembling for word in index if (resembling := _meant(connection, word))}
    if meant:
        either = (" OR ".join((begins[word], *map(_quoted, meant.get(word, ())))) for word in index)
        yield " AND ".join(f"({one})" for one in either), times, meant


def _quoted(word: str) -> str:
    return f'"{word}"'


def _is_number(word: str) -> bool:
    return len(word) >= _NUMBER and word.isdigit()


def _whole(word: str) -> str:
    if _is_number(word):
        return f'("{word}"* OR "{reversed_digits(word)}"*)'
    return _quoted(word)


def _begins(connection: sqlite3.Connection, word: str) -> str:
    """An expression for a word of which perhaps only the beginning was typed."""
    if _is_number(word):
        return _whole(word)
    # Of longer beginnings the index has no list: it would put one together of all rows, however many.
    if len(word) > _LISTED and _WORD.fullmatch(word):
        known = [row[0] for row in connection.execute(_BEGINNINGS, (word, _ENDINGS + 1))]
        if 0 < len(known) <= _ENDINGS:
            return f"({' OR '.join(map(_quoted, known))})"
    return f"{_quoted(word)}*"


def _meant(connection: sqlite3.Connection, word: str) -> dict[str, int]:
    """Known words that resemble this one, whole or in how they begin, and how far they are from it."""
    if len(word) < _FUZZY or not _WORD.fullmatch(word):
        return {}
    typed = word.replace("ij", "y")
    length = len(typed)
    allowed = 1 + (length > _SHORT) + (length > _MIDDLE)
    known = [row[0] for row in connection.execute(_WORDS)]
    found: dict[str, int] = {}
    tries = [(known, 0)]
    if length > _FUZZY:  # it may not be typed to its end
        tries += [([other[:cut] for other in known], 1) for cut in (length, length + 1)]
    for choices, extra in tries:
        for _, distance, index in extract(typed, choices, scorer=OSA.distance, score_cutoff=allowed, limit=_MEANT):
            other = known[index].replace("y", "ij")
            found[other] = min(found.get(other, _FAR), int(distance) + extra)
    sound = klank(word)
    if len(sound) >= _NUMBER:
        for (other,) in connection.execute(_SOUNDS, (sound,)):
            if OSA.normalized_similarity(word, other[: length + 1]) >= _ALIKE:
                found[other] = min(found.get(other, _FAR), 2)
    found.pop(word, None)
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0]))[:_MEANT])


def _by_zaak_number(connection: sqlite3.Connection, text: str, limiet: int) -> Iterator[_Hit]:
    """`2024-A0012`, its beginning, or `a12` of any year."""
    wanted = text.strip().upper()
    starts: list[str] = []
    if found := _ZAAK_NUMBER.fullmatch(wanted):
        year, letter, number = found.groups()
        first, last = connection.execute(_YEARS).fetchone()
        years = [year] if year else range(int(first or 0), int(last or -1) + 1)
        starts = [f"{of}-{letter}{one}" for of in years for one in dict.fromkeys((f"{number:0>4}", number))]
    elif _ZAAK_START.fullmatch(wanted):
        starts = [wanted]
    for start in starts:
        for zaak, nummer in connection.execute(_ZAAK_NUMBERS, (start, limiet)):
            yield _Hit(0, 0, nummer, zaak, Vindplaats.ZAAKNUMMER)


def _by_other_number(connection: sqlite3.Connection, asked: tuple[str, ...]) -> Iterator[_Hit]:
    """The numbers that residents gave later, which no signal knows."""
    number = asked[0] if len(asked) == 1 else ""
    if _is_number(number):
        for zaak, found in connection.execute(_OTHER_NUMBERS):
            phone = digits(found)
            if phone.startswith(number) or phone.endswith(number):
                yield _Hit(0, 0, phone, zaak, Vindplaats.TELEFOON, phone[-_LAST:])


# --- how well a candidate answers ---------------------------------------------------------------------------


def _hit(row: _Row, asked: tuple[str, ...], meant: _Meant) -> _Hit | None:
    """The candidate with its grade, or None when a word stands nowhere in it (in a hidden address, say)."""
    total, plaats, einde = 0, Vindplaats.NAAM, ""
    texts = ((Vindplaats.NAAM, words(row.naam), 0), (Vindplaats.ADRES, words(row.adres), 1))
    numbers = row.nummers.split()[::2]  # each is followed by itself backwards
    for word in asked:
        grades = [
            (grade + extra, place, "")
            for place, candidates, extra in texts
            if (grade := _grade(word, candidates, meant.get(word, {}))) is not None
        ]
        if _is_number(word):
            grades += [
                (0 if number == word else 1, place, number[-_LAST:])
                for place, number in zip((Vindplaats.KLANTNUMMER, Vindplaats.TELEFOON), numbers, strict=False)
                if number.startswith(word) or number.endswith(word)
            ]
        if not grades:
            return None
        grade, place, end = min(grades)
        total += grade
        if _TELLING.index(place) > _TELLING.index(plaats):
            plaats, einde = place, end
    return _Hit(total, row.closed, row.sorteernaam, row.zaak, plaats, einde)


def _grade(word: str, candidates: Iterable[str], meant: Mapping[str, int]) -> int | None:
    """0 for the word itself, 2 for a word that begins so, more for one that resembles it; None when there is none."""
    best: int | None = None
    for candidate in candidates:
        if candidate == word:
            return 0
        if candidate.startswith(word):
            grade = 2
        elif candidate in meant:
            grade = _RESEMBLES * (1 + meant[candidate])
        else:
            continue
        best = grade if best is None else min(best, grade)
    return best
