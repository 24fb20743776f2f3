"""Whether two reports are about one resident: certain, likely or neither, and why (handbook section 3). Pure.

What agrees speaks for one person as far as strangers seldom agree on it: points are powers of two, added up in the
manner of Fellegi and Sunter (JASA 1969). Beside them stand a few things that points do not weigh: twins, parents and
children, and houses where many people live.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product
from uuid import UUID

import msgspec
from msgspec.structs import replace
from rapidfuzz.distance import DamerauLevenshtein

from db.model.codes import Overeenkomst as Punt
from db.model.codes import Zekerheid
from db.model.gebeurtenis import PersoonHerkend
from db.model.kenmerken import Kenmerken, klank

ZEKER = 25.0
"""From so many points two reports are joined without asking."""

WAARSCHIJNLIJK = 19.0
"""From so many points a worker is asked. Both were chosen on other seeds than the one that is reported."""

DRUK = 6
"""So many different family names at one house number make it a house of strangers: its address tells nothing."""

_DAY, _DAY_USUAL, _DAY_SWAPPED, _DAY_SLIP, _DAY_SLIP_USUAL, _DAY_OTHER = 13.0, 8.0, 9.0, 5.0, 0.0, -8.0
_USUAL = frozenset((101, 701))  # written down for whoever does not know the day of their birth
_NAME_RAREST, _NAME_COMMONEST = 11.0, 3.0
_NAME_SOUND, _NAME_PART, _NAME_SLIP, _NAME_OTHER = -2.0, -1.5, -2.5, -4.0
_LETTER, _LETTERS, _LETTERS_ALIKE, _LETTERS_OTHER = 3.5, 6.5, -1.0, -6.0
_HOME, _HOME_SHORTER, _HOME_ADDITION, _HOME_SLIP, _HOME_STREET, _HOME_OTHER = 8.0, 7.0, 4.0, 6.0, 0.0, -1.5
_PHONE, _PHONE_AT_HOME, _PHONE_OTHER = 9.0, 3.0, -0.5
_NUMBER = 14.0
_GENERATION = 15
_LONG_NAME = 8
_BESIDE = 3.0
"""Whoever comes within so many points of the best is shown beside them."""

SAMPLE = 20_000
"""So many signals tell which family names are common."""

_TOWN = 100_000


class Vergelijking(msgspec.Struct, frozen=True):
    """Two reports that may be about one resident: how sure, with how many points, and why."""

    zekerheid: Zekerheid
    punten: float
    redenen: tuple[Punt, ...]


class Herkenning(msgspec.Struct, frozen=True):
    """An earlier signal that is, or may be, about the same resident as a new one, and who that is."""

    signaal: UUID
    persoon: UUID
    vergelijking: Vergelijking

    @property
    def zeker(self) -> bool:
        """Whether this joins the two."""
        return self.vergelijking.zekerheid is Zekerheid.ZEKER

    @property
    def inhoud(self) -> PersoonHerkend:
        """What is recorded of it, in the dossier of the new signal."""
        return PersoonHerkend(
            ander=self.signaal,
            persoon=self.persoon,
            zekerheid=self.vergelijking.zekerheid,
            redenen=self.vergelijking.redenen,
        )


class Zeldzaamheid:
    """How rare family names are here: few strangers share a rare one, and more of them in a larger vault."""

    def __init__(self, namen: Mapping[str, int], *, signalen: int) -> None:
        """`namen` counts family names as `Kenmerken.namen` has them, all or a sample; `signalen` is all signals."""
        counts: Counter[str] = Counter()
        for written, count in namen.items():
            for name in written.split():
                counts[name] += count
        scale = math.log2(max(sum(namen.values()), SAMPLE))
        crowd = math.log2(max(signalen, _TOWN) / _TOWN)
        self._rarest = _NAME_RAREST - crowd
        self._points = {
            name: max(_NAME_COMMONEST, min(_NAME_RAREST, scale - math.log2(count))) - crowd
            for name, count in counts.items()
        }

    def points(self, name: str) -> float:
        """What it is worth to agree on a name."""
        return self._points.get(name, self._rarest)


def choose(found: Iterable[Herkenning]) -> tuple[Herkenning, ...]:
    """Whom a new signal is about: the one who is certain, or those who are likely, the likeliest first.

    When two residents are both certain, at most one of them can be right, so that a worker is asked about both.
    """
    best: dict[UUID, Herkenning] = {}
    for one in found:
        before = best.get(one.persoon)
        if before is None or _strength(one) > _strength(before):
            best[one.persoon] = one
    certain = [one for one in best.values() if one.vergelijking.zekerheid is Zekerheid.ZEKER]
    if len(certain) == 1:
        return tuple(certain)
    ranked = sorted(best.values(), key=lambda one: (-one.vergelijking.punten, one.persoon))
    return tuple(
        replace(one, vergelijking=replace(one.vergelijking, zekerheid=Zekerheid.WAARSCHIJNLIJK))
        for one in ranked
        if one.vergelijking.punten >= ranked[0].vergelijking.punten - _BESIDE
    )


def _strength(one: Herkenning) -> tuple[bool, float]:
    return one.vergelijking.zekerheid is Zekerheid.ZEKER, one.vergelijking.punten


def compare(new: Kenmerken, old: Kenmerken, zeldzaamheid: Zeldzaamheid, *, druk: bool) -> Vergelijking | None:
    """Hold two reports beside each other; None when nothing says that they are about one resident.

    Args:
        new: what was reported now.
        old: what was reported before.
        zeldzaamheid: how rare family names are.
        druk: many people live at the house number that they share.
    """
    same_number = new.klantnummer == old.klantnummer
    day, day_points = _days(new.geboren, old.geboren)
    if day is Punt.GEBOORTEDATUM_ANDERS and not same_number:
        return None
    letters, letter_points = _initials(new.voorletters, old.voorletters)
    if letters is Punt.VOORLETTERS_ANDERS and not same_number:
        return None  # a twin, a parent, a child
    home, points = _homes(new, old, druk=druk)
    points += day_points + letter_points + same_number * _NUMBER
    reasons = [day, home]
    if new.telefoon and old.telefoon:
        if new.telefoon == old.telefoon:
            points += _PHONE if home is Punt.ADRES_ANDERS else _PHONE_AT_HOME
            reasons.append(Punt.TELEFOON_GELIJK)
        else:
            points += _PHONE_OTHER
    if points + _NAME_RAREST < WAARSCHIJNLIJK:
        return None  # no name will make up for that, and names are the dearest to compare
    name, name_points = _families(new.namen, old.namen, zeldzaamheid)
    points += name_points
    if points < WAARSCHIJNLIJK:
        return None
    if letters is not None:
        reasons.insert(0, letters)
    if same_number:
        reasons.append(Punt.KLANTNUMMER_GELIJK)
    # Twins have everything in common but their first names, and these often begin alike: one letter is not enough.
    sure = (
        points >= ZEKER
        and day in {Punt.GEBOORTEDATUM_GELIJK, Punt.GEBOORTEDATUM_GEDRAAID}
        and name is not Punt.NAAM_ANDERS
        and letters in {Punt.VOORLETTERS_GELIJK, Punt.VOORLETTERS_DEELS}
        and min(len(new.voorletters), len(old.voorletters)) > 1
    )
    return Vergelijking(Zekerheid.ZEKER if sure else Zekerheid.WAARSCHIJNLIJK, points, (name, *reasons))


def _days(new: int, old: int) -> tuple[Punt, float]:
    year, day = divmod(new, 10_000)
    if new == old:
        return Punt.GEBOORTEDATUM_GELIJK, _DAY_USUAL if day in _USUAL else _DAY
    old_year, old_day = divmod(old, 10_000)
    if year == old_year and day % 100 * 100 + day // 100 == old_day:
        return Punt.GEBOORTEDATUM_GEDRAAID, _DAY_SWAPPED
    apart = abs(year - old_year)
    beside = day == old_day and apart == 1
    if apart < _GENERATION and (beside or _slips(str(new), str(old)) == 1):
        return Punt.GEBOORTEDATUM_LIJKT, _DAY_SLIP_USUAL if {day, old_day} <= _USUAL else _DAY_SLIP
    return Punt.GEBOORTEDATUM_ANDERS, _DAY_OTHER


def _slips(one: str, other: str) -> int:
    return sum(map(str.__ne__, one, other))


def _initials(new: str, old: str) -> tuple[Punt | None, float]:
    if not new or not old:
        return None, 0.0
    if new == old:
        return Punt.VOORLETTERS_GELIJK, _LETTER if len(new) == 1 else _LETTERS
    if new.startswith(old) or old.startswith(new):
        return Punt.VOORLETTERS_DEELS, _LETTER
    if len(new) == len(old) > 1 and (_slips(new, old) == 1 or sorted(new) == sorted(old)):
        return Punt.VOORLETTERS_LIJKEN, _LETTERS_ALIKE
    return Punt.VOORLETTERS_ANDERS, _LETTERS_OTHER


def _homes(new: Kenmerken, old: Kenmerken, *, druk: bool) -> tuple[Punt, float]:
    if new.postcode != old.postcode:
        same_house = new.huisnummer == old.huisnummer
        if same_house and DamerauLevenshtein.distance(new.postcode, old.postcode, score_cutoff=1) == 1:
            return Punt.ADRES_LIJKT, _HOME_SLIP
        return Punt.ADRES_ANDERS, _HOME_OTHER
    if new.huisnummer != old.huisnummer:
        return Punt.ADRES_STRAAT, _HOME_STREET
    if druk:
        return Punt.ADRES_INSTELLING, 0.0
    ours, theirs = new.toevoeging, old.toevoeging
    if ours == theirs:
        return Punt.ADRES_GELIJK, _HOME
    if ours.startswith(theirs) or theirs.startswith(ours):
        return Punt.ADRES_TOEVOEGING, _HOME_SHORTER
    return Punt.ADRES_TOEVOEGING, _HOME_ADDITION


def _families(new: str, old: str, zeldzaamheid: Zeldzaamheid) -> tuple[Punt, float]:
    points = zeldzaamheid.points
    ours = new.split()
    if new == old:
        return Punt.NAAM_GELIJK, max(map(points, ours))
    theirs = old.split()
    shared = set(ours).intersection(theirs)
    if shared:
        return Punt.NAAM_DEELS, max(map(points, shared)) + _NAME_PART
    found = (Punt.NAAM_ANDERS, _NAME_OTHER)
    for one, other in product(ours, theirs):
        if klank(one) == klank(other):
            return Punt.NAAM_KLINKT, min(points(one), points(other)) + _NAME_SOUND
        slips = 1 if min(len(one), len(other)) < _LONG_NAME else 2
        if DamerauLevenshtein.distance(one, other, score_cutoff=slips) <= slips:
            found = (Punt.NAAM_LIJKT, min(points(one), points(other)) + _NAME_SLIP)
    return found
