"""Undoing the last action of a dossier within a minute, by an event that takes it out of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from uuid import UUID

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model import gebeurtenis as g
from db.model.codes import Berichtstaat
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.casework.instellingen import Instellingen
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import perform

TERMIJN = timedelta(minutes=1)
"""How long the last action can be taken back."""

_LOOKS = (g.DossierIngezien, g.AdresGetoond)
# What left paper, another dossier or another laptop behind cannot be made to have not happened.
_UNDOABLE = (
    g.ContactpogingGedaan,
    g.BezoekGepland,
    g.BezoekAfgezegd,
    g.SituatieVastgelegd,
    g.AdresGecontroleerd,
    g.NotitieGemaakt,
    g.BrpGecontroleerd,
    g.BekendheidVastgelegd,
    g.HulpaanbodGedaan,
    g.BelofteVastgelegd,
    g.EersteGesprekGevoerd,
    g.PlanVanAanpakOpgesteld,
    g.AfspraakNagekeken,
    g.CakGebeld,
    g.RegelingNagekeken,
    g.EigenBijdrageNagekeken,
    g.StapOvergeslagen,
    g.BriefVerzonden,
    g.ZaakAfgesloten,
    g.NazorgGedaan,
)


_NAMES = frozenset(kind.__name__ for kind in _UNDOABLE)


def may_be_undone(changes: Changes) -> bool:
    """Whether what was just recorded is of kinds that can be taken back."""
    return bool(changes.soorten) and changes.soorten <= _NAMES


def last_action(dossier: Dossier, door: UUID, now: datetime) -> tuple[g.Gebeurtenis, ...]:
    """The events of the last action, when this person may still take it back; else nothing.

    Events that were recorded at one moment belong to one action: a visit and the card that was left.
    """
    done = [event for event in dossier.gebeurtenissen if not isinstance(event.inhoud, _LOOKS)]
    if not done or dossier.alleen_lezen:
        return ()
    last = done[-1]
    together = takewhile(lambda event: (event.vastgelegd, event.door) == (last.vastgelegd, last.door), reversed(done))
    action = tuple(together)[::-1]
    fresh = timedelta(0) <= now - last.vastgelegd <= TERMIJN
    may = last.door == door and fresh and all(isinstance(event.inhoud, _UNDOABLE) for event in action)
    return action if may and not _left(dossier, action) else ()


def _left(dossier: Dossier, action: Sequence[g.Gebeurtenis]) -> bool:
    """Whether something that this action queued is on its way to the CAK already."""
    queued = {
        bericht.id
        for event in action
        if isinstance(event.inhoud, g.ZaakAfgesloten)
        for bericht in event.inhoud.terugmeldingen
    }
    return any(bericht.id in queued and bericht.staat is not Berichtstaat.KLAAR for bericht in dossier.berichten)


def undo(vault: Vault, zaak: UUID, *, event_id: UUID) -> Changes:
    """Take the last action of a dossier back; it stays in the log, with this beside it.

    Raises:
        RegelOvertreding: NIETS_ONGEDAAN_TE_MAKEN (over a minute ago, by somebody else, or of a kind that left
            paper or another dossier behind).
    """

    def decide(dossier: Dossier, _: Instellingen, now: datetime) -> g.OngedaanGemaakt:
        action = last_action(dossier, vault.door, now)
        if not action:
            raise RegelOvertreding(Regel.NIETS_ONGEDAAN_TE_MAKEN, zaak=dossier.nummer)
        return g.OngedaanGemaakt(gebeurtenissen=tuple(event.id for event in action))

    return perform(vault, zaak, event_id, decide)
