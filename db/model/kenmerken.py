"""What of a resident is compared to recognise them again, each in one spelling, and the keys to find them by."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from db.model.inwoner import Inwoner
from db.model.zoektekst import digits, plain

# Written with the family name or not, before it or behind it, whole or shortened: they tell nobody apart.
_WRITTEN = (
    "a aan af al ben bij bin d da de del den der des di die do dos du el en het in l la las le les lo los"
    " onder op over s t te ten ter tot uit v van vd vdr vande vanden vander von voor y z zu zum zur"
)
_TUSSENVOEGSELS = frozenset(_WRITTEN.split())
_GLUED = re.compile(r"van(?:de[nr]?)(?=[a-z]{4})")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_WORD = re.compile(r"[a-z]+")

# What sounds alike in Dutch, longest first; then vowels go, d is t, and what stands twice stands once.
_SOUNDS = re.compile(r"sch|ch|gh|ph|th|dt|ck|tz|tsj|sj|sh|ij|[cqxzvwdy]")
_SOUND = {
    "sch": "s", "ch": "g", "gh": "g", "ph": "f", "th": "t", "dt": "t", "ck": "k", "tz": "s", "tsj": "s", "sj": "s",
    "sh": "s", "ij": "e", "c": "k", "q": "k", "x": "ks", "z": "s", "v": "f", "w": "f", "d": "t", "y": "e",
}  # fmt: skip
_SILENT = re.compile(r"(?<=.)[aeiouh]")
_TWICE = re.compile(r"(.)\1+")
_HOUSE = re.compile(r"[^0-9]*([0-9]+)(.*)")
_NATIONAL = 9


class Kenmerken(NamedTuple):
    """A resident as they are compared.

    Attributes:
        namen: the family names without voorvoegsels, folded, in alphabetical order: `jansen vries`.
        voorletters: `ab`; empty when they were not reported.
        geboren: year, month and day in one number: 19510312.
        postcode, huisnummer: as they came, the number without its addition.
        toevoeging: what followed the number, lower case, without signs: `b`, `bis`, `k12`.
        telefoon: the last nine digits; empty when there is no number.
        klantnummer: as the source gave it.
    """

    namen: str
    voorletters: str
    geboren: int
    postcode: str
    huisnummer: str
    toevoeging: str
    telefoon: str
    klantnummer: str


class Sleutels(NamedTuple):
    """Under what a resident is looked up; whoever shares none of these, a telephone or a klantnummer, is not compared.

    Attributes:
        geboortedag: the birth date, the same when day and month changed places.
        thuis: postcode, house number, and the sound of the family name.
        klank: the sound of the family name, the year of birth and the first initial.
    """

    geboortedag: int
    thuis: str
    klank: str

    @property
    def huis(self) -> str:
        """Postcode and house number of `thuis`."""
        return self.thuis.partition("/")[0]


def kenmerken(inwoner: Inwoner, klantnummer: str) -> Kenmerken:
    """What is compared of a resident. Pure, and runs for every signal that is read."""
    huisnummer, toevoeging = _house(inwoner.huisnummer, inwoner.huisletter, inwoner.huisnummertoevoeging)
    geboren = inwoner.geboortedatum
    return Kenmerken(
        _names(inwoner.achternaam),
        _initials(inwoner.voorletters),
        geboren.year * 10_000 + geboren.month * 100 + geboren.day,
        inwoner.postcode,
        huisnummer,
        toevoeging,
        digits(inwoner.telefoonnummer)[-_NATIONAL:],
        klantnummer,
    )


def sleutels(of: Kenmerken) -> Sleutels:
    """The keys of a resident."""
    sound = klank(of.namen.partition(" ")[0])
    return Sleutels(
        geboortedag(of.geboren),
        f"{of.postcode}{of.huisnummer}/{sound}",
        f"{sound}{of.geboren // 10_000}{of.voorletters[:1]}",
    )


def geboortedag(geboren: int) -> int:
    """A birth date as `Kenmerken` has it, the same when day and month changed places."""
    year, day = divmod(geboren, 10_000)
    month, day = divmod(day, 100)
    return year * 10_000 + (month * 100 + day if month < day else day * 100 + month)


@lru_cache(maxsize=50_000)
def klank(name: str) -> str:
    """How a folded name sounds: Meijer, Meyer and Meier alike, Schmidt as Smit, Visser as Fisser."""
    spelled = _SOUNDS.sub(lambda found: _SOUND[found[0]], name)
    first = "e" if spelled[:1] in "aeiou" else spelled[:1]
    return _TWICE.sub(r"\1", first + _SILENT.sub("", spelled)[1:])


@lru_cache(maxsize=50_000)
def _names(achternaam: str) -> str:
    written = plain(achternaam).translate(_APOSTROPHES)
    words = _WORD.findall(written) or [written.replace(" ", "")]
    # A hyphen, a space or another order joins the same two names; ij and y are one letter.
    telling = {_GLUED.sub("", word).replace("ij", "y") for word in words if word not in _TUSSENVOEGSELS}
    return " ".join(sorted(word for word in telling if len(word) > 1) or sorted(telling) or words)


@lru_cache(maxsize=50_000)
def _initials(voorletters: str) -> str:
    return "".join(_WORD.findall(plain(voorletters)))


@lru_cache(maxsize=50_000)
def _house(huisnummer: str, huisletter: str, toevoeging: str) -> tuple[str, str]:
    found = _HOUSE.fullmatch(huisnummer)
    number, rest = (found[1], found[2]) if found else (huisnummer, "")
    addition = plain(f"{rest}{huisletter}{toevoeging}")
    return number.lstrip("0"), "".join(filter(str.isalnum, addition))
