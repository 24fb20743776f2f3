"""Recognising residents: how often it is right on a labelled set that it was not tuned on, and how long it takes.

The thresholds and weights of `desktop.casework.matching` were chosen on other seeds than `SEED`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

import msgspec

from db.model.codes import Bak
from db.model.gebeurtenis import Entry, SignaalOntvangen
from db.vault import Vault
from desktop.bench.lookalikes import Gelabeld, Verzameling, make
from desktop.bench.measuring import Meting, at_least, at_most, seconds
from desktop.bench.vaults import Workshop
from desktop.casework.herkenning import recognise
from desktop.casework.matching import Herkenning
from desktop.casework.rulebook import Toegelaten, assess

SEED = 50_813
EERDER, NIEUW = 100_000, 3_000
_DELIVERY = 5_000
_STEPS = (1_000, 3_000, 10_000)
_PER_SIGNAL = 0.3
_MILLI = 1_000
_ROUNDS = 3


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What recognising a labelled set came to.

    Attributes:
        bekend: new signals about a resident who was reported before.
        gevonden: those of them of whom the resident was joined or proposed.
        juist, fout: pairs that were joined or proposed, and are one resident's or not.
        vanzelf_juist, vanzelf_fout: of these, the pairs that joined unasked.
    """

    bekend: int
    gevonden: int
    juist: int
    fout: int
    vanzelf_juist: int
    vanzelf_fout: int

    @property
    def precision(self) -> float:
        """Which part of what was joined or proposed is right."""
        return self.juist / (self.juist + self.fout)

    @property
    def recall(self) -> float:
        """Which part of the residents who were reported before was joined or proposed."""
        return self.gevonden / self.bekend

    @property
    def vanzelf(self) -> float:
        """Which part of what joined unasked is right."""
        return self.vanzelf_juist / (self.vanzelf_juist + self.vanzelf_fout)


def receive(vault: Vault, signalen: Sequence[Gelabeld]) -> None:
    """Record signals as deliveries bring them, each recognised in what came before."""
    for start in range(0, len(signalen), _DELIVERY):
        part = [one.signaal for one in signalen[start : start + _DELIVERY]]
        now, levering = vault.clock(), vault.new_id()
        entries = []
        for signaal in part:
            verdict = assess(signaal, "0014")
            if not isinstance(verdict, Toegelaten):
                raise TypeError("the law should admit every invented signal")
            inhoud = SignaalOntvangen(
                signaal=signaal, levering=levering, rij=1, artikel=verdict.artikel, maanden=verdict.maanden,
                minimum_maanden=verdict.minimum_maanden, drempel=verdict.drempel, bak=Bak.NIEUW,
            )  # fmt: skip
            entries.append(Entry(id=vault.new_id(), dossier=signaal.dossier, op=now, inhoud=inhoud))
        for signaal, found in zip(part, recognise(vault.connection, part), strict=True):
            entries += (Entry(id=vault.new_id(), dossier=signaal.dossier, op=now, inhoud=one.inhoud) for one in found)
        vault.journal.append(entries, door=vault.door)


def score(found: Sequence[tuple[Herkenning, ...]], of: Verzameling) -> Score:
    """Hold what was found for the new signals against their labels."""
    who = {one.signaal.dossier: one.persoon for one in (*of.eerder, *of.nieuw)}
    before = {one.persoon for one in of.eerder}
    pairs = [
        (herkenning.zeker, who[herkenning.signaal] == new.persoon)
        for new, each in zip(of.nieuw, found, strict=True)
        for herkenning in each
    ]
    return Score(
        bekend=sum(new.persoon in before for new in of.nieuw),
        gevonden=sum(
            new.persoon in before and any(who[one.signaal] == new.persoon for one in each)
            for new, each in zip(of.nieuw, found, strict=True)
        ),
        juist=sum(right for _, right in pairs),
        fout=sum(not right for _, right in pairs),
        vanzelf_juist=sum(right for sure, right in pairs if sure),
        vanzelf_fout=sum(not right for sure, right in pairs if sure),
    )


def measure(shop: Workshop, *, eerder: int = EERDER, nieuw: int = NIEUW) -> Iterator[Meting]:
    """`herkennen-…`: precision and recall, and milliseconds per new signal for deliveries of three sizes."""
    found = make(SEED, eerder=eerder, nieuw=nieuw)
    with shop.empty() as vault:
        receive(vault, found.eerder)
        result = score(recognise(vault.connection, [one.signaal for one in found.nieuw]), found)
        yield at_least("herkennen-precisie", result.precision, eenheid="deel", grens=0.995)
        yield at_least("herkennen-vangst", result.recall, eenheid="deel", grens=0.975)
        yield at_least("herkennen-vanzelf", result.vanzelf, eenheid="deel", grens=0.999)
        many = [one.signaal for one in make(SEED, eerder=eerder, nieuw=_STEPS[-1]).nieuw]
        for count in _STEPS:
            part = many[:count]
            took = median(seconds(partial(recognise, vault.connection, part)) for _ in range(_ROUNDS))
            yield at_most(f"herkennen-{count}", took / count * _MILLI, eenheid="ms", grens=_PER_SIGNAL)
