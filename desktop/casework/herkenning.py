"""Recognising the residents of new signals: in everything the vault holds, and among each other."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from db.model.codes import Overeenkomst, Zekerheid
from db.model.kenmerken import Kenmerken, kenmerken, sleutels
from db.model.signaal import Signaal, inwoner_id
from db.queries import gelijkenissen as queries
from desktop.casework.matching import DRUK, SAMPLE, Herkenning, Vergelijking, Zeldzaamheid, choose, compare

_STEP = 2_000
_SAME = Vergelijking(Zekerheid.ZEKER, 0.0, (Overeenkomst.KLANTNUMMER_GELIJK, Overeenkomst.GEBOORTEDATUM_GELIJK))
"""The resident of an earlier signal that was joined with another's: the new signal goes the same way."""


def recognise(
    connection: sqlite3.Connection, signalen: Sequence[Signaal], *, pause: Callable[[], None] = lambda: None
) -> list[tuple[Herkenning, ...]]:
    """For each new signal whom it is about, beside the resident of its own klantnummer and birth date.

    Nothing for a resident who is known by that already: they were looked at when their first signal came.

    Args:
        connection: the vault's.
        signalen: signals that are not in the vault, in the order in which they are recorded.
        pause: called now and then; may raise to stop.
    """
    run = _Recognition(connection, signalen)
    for start in range(0, len(signalen), _STEP):
        pause()
        run.step(range(start, min(start + _STEP, len(signalen))))
    return run.found


class _Recognition:
    """One delivery's signals while their residents are looked for."""

    def __init__(self, connection: sqlite3.Connection, signalen: Sequence[Signaal]) -> None:
        self.found: list[tuple[Herkenning, ...]] = [()] * len(signalen)
        self._connection = connection
        self._signalen = signalen
        self._inwoners = [inwoner_id(s.bron, s.klantnummer, s.inwoner.geboortedatum) for s in signalen]
        self._kenmerken = [kenmerken(s.inwoner, s.klantnummer) for s in signalen]
        self._sleutels = [sleutels(one) for one in self._kenmerken]
        self._first: dict[UUID, int] = {}
        self._fresh: dict[int | str, list[int]] = {}
        namen = Counter(queries.familienamen(connection, latest=SAMPLE))
        namen.update(one.namen for one in self._kenmerken)
        self._zeldzaamheid = Zeldzaamheid(namen, signalen=queries.aantal(connection) + len(signalen))
        self._delivered: defaultdict[str, set[str]] = defaultdict(set)
        for keys in self._sleutels:
            self._delivered[keys.huis].add(keys.thuis)

    def step(self, chunk: range) -> None:
        """Recognise the residents of some of the signals."""
        known = queries.bekende_inwoners(self._connection, [self._inwoners[i] for i in chunk])
        looked_for = [i for i in chunk if self._is_new(i, known)]
        crowded = self._crowded({self._sleutels[i].huis for i in looked_for})
        close: dict[int, list[tuple[int, Vergelijking]]] = defaultdict(list)
        asked = [(self._sleutels[i], self._kenmerken[i]) for i in looked_for]
        for kandidaat in queries.kandidaten(self._connection, asked):
            i = looked_for[kandidaat.i]
            likeness = self._compare(i, kandidaat.kenmerken, crowded)
            if likeness is not None:
                close[i].append((kandidaat.nr, likeness))
        signals = queries.signalen(self._connection, {nr for hits in close.values() for nr, _ in hits})
        for i in looked_for:
            earlier = [Herkenning(*signals[nr], likeness) for nr, likeness in close.get(i, ())]
            self.found[i] = choose([*earlier, *self._delivered_before(i, crowded)])
        for i in chunk:
            first = self._first.get(self._inwoners[i], i)
            if first != i and self._joined(first):
                self.found[i] = (Herkenning(self._signalen[first].dossier, self.found[first][0].persoon, _SAME),)

    def _is_new(self, i: int, known: dict[UUID, queries.Koppeling | None]) -> bool:
        """Whether this is the first signal of its resident; of one joined with another, the new one joins too."""
        inwoner = self._inwoners[i]
        if inwoner in known:
            koppeling = known[inwoner]
            if koppeling is not None:
                self.found[i] = (Herkenning(koppeling.signaal, koppeling.persoon, _SAME),)
            return False
        return self._first.setdefault(inwoner, i) == i

    def _crowded(self, houses: set[str]) -> set[str]:
        before = queries.namen_per_huis(self._connection, houses)
        return {house for house in houses if max(before[house], len(self._delivered[house])) >= DRUK}

    def _compare(self, i: int, other: Kenmerken, crowded: set[str]) -> Vergelijking | None:
        return compare(self._kenmerken[i], other, self._zeldzaamheid, druk=self._sleutels[i].huis in crowded)

    def _delivered_before(self, i: int, crowded: set[str]) -> Iterable[Herkenning]:
        """The same among the signals that came with this one, ahead of it."""
        keys: Iterable[int | str] = (*self._sleutels[i], f"#{self._kenmerken[i].klantnummer}")
        others: set[int] = set()
        for key in keys:
            there = self._fresh.setdefault(key, [])
            others.update(there)
            there.append(i)
        for other in sorted(others):
            likeness = self._compare(i, self._kenmerken[other], crowded)
            if likeness is not None:
                persoon = self.found[other][0].persoon if self._joined(other) else self._inwoners[other]
                yield Herkenning(self._signalen[other].dossier, persoon, likeness)

    def _joined(self, i: int) -> bool:
        found = self.found[i]
        return bool(found) and found[0].zeker
