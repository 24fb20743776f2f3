"""What changed between two versions of a plan, a situation or a signal, in words: what it was and what it became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.model.bedrag import euro
from db.model.plan import Afspraak, PlanVanAanpak, Schuld
from db.model.signaal import Signaal
from db.model.situatie import Situatie
from desktop.documents.gebeurtenissen import Veld, velden_van_plan, velden_van_signaal, velden_van_situatie
from desktop.documents.woorden import dag


class Regel(NamedTuple):
    """One thing in both versions; empty where it was not there."""

    wat: str
    was: str
    wordt: str

    @property
    def anders(self) -> bool:
        """Whether the versions differ in this."""
        return self.was != self.wordt


def plan_naast(oud: PlanVanAanpak | None, nieuw: PlanVanAanpak) -> tuple[Regel, ...]:
    """Everything in two versions of a plan side by side, in the order of the new one; debts and agreements by name."""
    before = oud or PlanVanAanpak()
    totals = [euro(plan.totaal) if plan.schulden else "" for plan in (before, nieuw)]
    return (
        *_paired([_debt(made) for made in before.schulden], [_debt(made) for made in nieuw.schulden]),
        *([Regel("Schulden samen", *totals)] if any(totals) else []),
        *_paired([_agreement(made) for made in before.afspraken], [_agreement(made) for made in nieuw.afspraken]),
        *_paired(_rest(before), _rest(nieuw)),
    )


def situatie_naast(oud: Situatie | None, nieuw: Situatie) -> tuple[Regel, ...]:
    """Everything in two versions of a situation side by side; an empty one when there was none before."""
    return _paired(_joined(velden_van_situatie(oud or Situatie())), _joined(velden_van_situatie(nieuw)))


def signaal_naast(oud: Signaal, nieuw: Signaal) -> tuple[Regel, ...]:
    """Every field of a signal as it was reported first and as it came again."""
    return _paired(list(velden_van_signaal(oud)), list(velden_van_signaal(nieuw)))


def _paired(before: Sequence[Veld], after: Sequence[Veld]) -> tuple[Regel, ...]:
    """Pairs by name; of a name that stands there twice the first with the first."""
    waiting: dict[str, list[str]] = defaultdict(list)
    for name, value in before:
        waiting[name].append(value)
    found = [Regel(name, waiting[name].pop(0) if waiting[name] else "", value) for name, value in after]
    found += [Regel(name, value, "") for name, values in waiting.items() for value in values]
    return tuple(rule for rule in found if rule.was or rule.wordt)


def _debt(made: Schuld) -> Veld:
    return f"Schuld: {made.schuldeiser}", euro(made.bedrag) + (f" ({made.regeling})" if made.regeling else "")


def _agreement(made: Afspraak) -> Veld:
    done = ", gedaan" if made.gedaan else ""
    return f"Afspraak: {made.wie}: {made.wat}", f"uiterlijk {dag(made.uiterlijk)}{done}"


def _rest(plan: PlanVanAanpak) -> list[Veld]:
    return [veld for veld in velden_van_plan(plan) if veld[0] not in {"Schuld", "Afspraak"}]


def _joined(fields: Iterable[Veld]) -> list[Veld]:
    """Fields with the same name as one."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in fields:
        found[name].append(value)
    return [(name, "; ".join(value for value in values if value)) for name, values in found.items()]
