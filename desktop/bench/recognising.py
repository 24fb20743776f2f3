"""Recognising residents: how often it is right on a labelled set that it was not tuned on, and how long it takes.

The thresholds and weights of `desktop.casework.matching` were chosen on other seeds than `SEED`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

import msgspec

from db.journal import transaction
from db.model.codes import Bak
from db.model.gebeurtenis import Entry, SignaalOntvangen
from db.model.signaal import Signaal
from db.vault import Vault
from desktop.bench import probabilistic
from desktop.bench.lookalikes import Gelabeld, Verzameling, make
from desktop.bench.measuring import Meting, at_least, at_most, better, seconds
from desktop.bench.vaults import Workshop
from desktop.casework.herkenning import recognise
from desktop.casework.kalender import lokale_datum
from desktop.casework.matching import Herkenning
from desktop.casework.rulebook import Toegelaten, assess
from desktop.casework.vergelijken import Ontvangen, Vergelijksignaal, sporen

SEED = 50_813
EERDER, NIEUW = 100_000, 3_000
_DELIVERY = 5_000
_STEPS = (1_000, 3_000, 10_000)
_PER_SIGNAL = 0.3
_MILLI = 1_000
_ROUNDS = 3
_ANDEREN = 30_000
"""So many signals of other creditors are kept: half a year of a large city, about."""
_VANGST_BESIDE = 0.98
"""A threshold sets off recall against precision; of the two, only being wrong joins strangers."""


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
    return judged([[(who[one.signaal], one.zeker) for one in each] for each in found], of)


def judged(found: Sequence[Sequence[tuple[int, bool]]], of: Verzameling) -> Score:
    """The same for what anybody found: per new signal the residents it was taken for, and whether without asking."""
    before = {one.persoon for one in of.eerder}
    pairs = [(sure, who == new.persoon) for new, each in zip(of.nieuw, found, strict=True) for who, sure in each]
    return Score(
        bekend=sum(new.persoon in before for new in of.nieuw),
        gevonden=sum(
            new.persoon in before and any(who == new.persoon for who, _ in each)
            for new, each in zip(of.nieuw, found, strict=True)
        ),
        juist=sum(right for _, right in pairs),
        fout=sum(not right for _, right in pairs),
        vanzelf_juist=sum(right for sure, right in pairs if sure),
        vanzelf_fout=sum(not right for sure, right in pairs if sure),
    )


def _beside_splink(shop: Workshop, of: Verzameling, ours: Score) -> Iterator[Meting]:
    """Our figures beside what splink comes to on the same set; nothing where it is not installed.

    Its thresholds were chosen for about the recall of ours, on another seed. It trains on the set that it judges.
    """
    if not probabilistic.installed():
        return
    found = probabilistic.choose(probabilistic.link(of, shop.folder), of)
    theirs = judged(found, of)
    yield better("herkennen-precisie splink", ours.precision, theirs.precision, eenheid="deel")
    yield better("herkennen-vangst splink", ours.recall, theirs.recall, eenheid="deel", grens=_VANGST_BESIDE)
    yield better("herkennen-vanzelf splink", ours.vanzelf, theirs.vanzelf, eenheid="deel")


def measure(shop: Workshop, *, eerder: int = EERDER, nieuw: int = NIEUW) -> Iterator[Meting]:
    """`herkennen-…`: precision and recall, by themselves and beside splink; milliseconds per signal for three sizes."""
    found = make(SEED, eerder=eerder, nieuw=nieuw)
    with shop.empty() as vault:
        receive(vault, found.eerder)
        result = score(recognise(vault.connection, [one.signaal for one in found.nieuw]), found)
        yield at_least("herkennen-precisie", result.precision, eenheid="deel", grens=0.995)
        yield at_least("herkennen-vangst", result.recall, eenheid="deel", grens=0.975)
        yield at_least("herkennen-vanzelf", result.vanzelf, eenheid="deel", grens=0.999)
        yield from _beside_splink(shop, found, result)
        many = [one.signaal for one in make(SEED, eerder=eerder, nieuw=_STEPS[-1]).nieuw]
        for count in _STEPS:
            part = many[:count]
            took = median(seconds(partial(recognise, vault.connection, part)) for _ in range(_ROUNDS))
            yield at_most(f"herkennen-{count}", took / count * _MILLI, eenheid="ms", grens=_PER_SIGNAL)
        yield _compared(vault, found, many[: _STEPS[1]])


def _compared(vault: Vault, of: Verzameling, new: Sequence[Signaal]) -> Meting:
    """Milliseconds per new signal to look it up among those of other creditors, half of them with a birth date."""
    day = lokale_datum(vault.clock())
    anderen = Ontvangen(vault.connection, vault.clock())
    anderen.add(
        [
            Vergelijksignaal(
                debtsoort="huur" if number % 2 else "zorgverzekering", signaaldatum=day, bedrag=one.signaal.bedrag,
                sporen=sporen(one.signaal.inwoner, met_geboortedatum=number % 2 == 0),
            )
            for number, one in enumerate(of.eerder[:_ANDEREN])
        ]
    )  # fmt: skip
    with transaction(vault.connection):
        anderen.keep(vault.connection)
    took = median(seconds(lambda: Ontvangen(vault.connection, vault.clock()).look_up(new)) for _ in range(_ROUNDS))
    return at_most("herkennen-anderen", took / len(new) * _MILLI, eenheid="ms", grens=_PER_SIGNAL)
