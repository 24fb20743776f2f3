"""The same signal came with other content: a worker chooses, and the zaak follows when it is about the resident."""

from __future__ import annotations

from uuid import UUID

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.bedrag import Bedrag
from db.model.gebeurtenis import CorrectieGekozen, Entry, InwonerGecorrigeerd
from db.model.signaal import Signaal
from db.queries import intake
from db.queries import signalen as queries
from db.queries.dossier import load
from db.vault import Vault
from desktop.casework.regels import Regel
from desktop.casework.rulebook import Toegelaten, assess


def choose(vault: Vault, signaal: UUID, *, event_id: UUID, overgenomen: bool) -> Changes:
    """Take the other content over, or leave the signal as it was; either way it is not offered again.

    Raises:
        RegelOvertreding: SIGNAAL_ONBEKEND, GEEN_CORRECTIE (nothing else came, or it was chosen already),
            CORRECTIE_NIET_TOEGELATEN (the law does not admit the other content).
    """
    if vault.journal.has(event_id):
        return Changes(frozenset(), frozenset())
    wachtend = queries.wachtend(vault.connection, signaal)
    if wachtend is None:
        raise RegelOvertreding(Regel.SIGNAAL_ONBEKEND)
    if wachtend.gewijzigd is None:
        raise RegelOvertreding(Regel.GEEN_CORRECTIE, signaal=wachtend.signaal.id)
    inhoud = _chosen(wachtend.gewijzigd, intake.gemeentecode(vault.connection), overgenomen=overgenomen)
    entries = [Entry(id=event_id, dossier=signaal, op=vault.clock(), inhoud=inhoud)]
    if overgenomen and wachtend.zaak is not None:
        entries += _in_zaak(vault, wachtend.zaak, signaal, wachtend.signaal, wachtend.gewijzigd)
    return vault.journal.append(entries, door=vault.door)


def _chosen(nieuw: Signaal, gemeentecode: str, *, overgenomen: bool) -> CorrectieGekozen:
    verdict = assess(nieuw, gemeentecode)
    if isinstance(verdict, Toegelaten):
        return CorrectieGekozen(
            signaal=nieuw, overgenomen=overgenomen, artikel=verdict.artikel, maanden=verdict.maanden,
            minimum_maanden=verdict.minimum_maanden, drempel=verdict.drempel,
        )  # fmt: skip
    if overgenomen:
        raise RegelOvertreding(Regel.CORRECTIE_NIET_TOEGELATEN, signaal=nieuw.id)
    return CorrectieGekozen(
        signaal=nieuw, overgenomen=False, artikel=verdict.artikel, maanden=0, minimum_maanden=0, drempel=Bedrag(0)
    )


def _in_zaak(vault: Vault, zaak: UUID, signaal: UUID, was: Signaal, nieuw: Signaal) -> list[Entry]:
    """The zaak calls, writes and visits by what it knows of the resident, so a correction goes there too."""
    dossier = load(vault.connection, zaak)
    # What the zaak knows may come from another signal of the same resident: only what this one said is replaced.
    if dossier is None or was.inwoner == nieuw.inwoner or dossier.inwoner != was.inwoner:
        return []
    inhoud = InwonerGecorrigeerd(inwoner=nieuw.inwoner, signaal=signaal)
    return [Entry(id=vault.new_id(), dossier=zaak, op=vault.clock(), inhoud=inhoud)]
