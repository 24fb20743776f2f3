"""The resident's situation, and the hidden address: recorded, revealed with a reason, checked by a colleague."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.gebeurtenis import AdresGecontroleerd, AdresGetoond, SituatieVastgelegd
from db.model.situatie import Situatie
from db.queries.dossier import Dossier
from db.queries.instellingen import medewerkers
from db.vault import Vault
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import lokale_datum
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import checked_note, perform, require_open


def record_situatie(vault: Vault, zaak: UUID, *, event_id: UUID, situatie: Situatie) -> Changes:
    """Record the situation, whole. Nothing is recorded when it is as it was.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, GEEN_REDEN (a limit without one), DATUM_VOORBIJ (looked at again before
            today), VERTEGENWOORDIGER_ZONDER_NAAM, NOTITIE_TE_LANG.
    """

    def decide(dossier: Dossier, _: Instellingen, happened: datetime) -> tuple[SituatieVastgelegd, ...]:
        require_open(dossier)
        found = _checked(situatie)
        for limit, before in (
            (found.niet_bezoeken, dossier.situatie.niet_bezoeken),
            (found.niet_alleen, dossier.situatie.niet_alleen),
        ):
            if limit is None:
                continue
            if not limit.reden:
                raise RegelOvertreding(Regel.GEEN_REDEN, zaak=dossier.nummer)
            if limit != before and limit.herzien_op < lokale_datum(happened):
                raise RegelOvertreding(Regel.DATUM_VOORBIJ, zaak=dossier.nummer)
        if any(not acting.naam for acting in found.vertegenwoordigers):
            raise RegelOvertreding(Regel.VERTEGENWOORDIGER_ZONDER_NAAM, zaak=dossier.nummer)
        return () if found == dossier.situatie else (SituatieVastgelegd(situatie=found),)

    return perform(vault, zaak, event_id, decide)


def reveal_adres(vault: Vault, zaak: UUID, *, event_id: UUID, reden: str) -> Changes:
    """Record that a hidden address is made visible, and why; show it only after this.

    Raises:
        RegelOvertreding: GEEN_REDEN.
    """

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> AdresGetoond:
        reason = checked_note(reden)
        if not reason:
            raise RegelOvertreding(Regel.GEEN_REDEN, zaak=dossier.nummer)
        return AdresGetoond(reden=reason)

    return perform(vault, zaak, event_id, decide)


def record_adrescontrole(
    vault: Vault, zaak: UUID, *, event_id: UUID, door_wie: str, akkoord: bool, notitie: str = ""
) -> Changes:
    """Record a colleague's check of a hidden address: only with it may somebody visit or write.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, GEEN_BEVESTIGING (nobody named), COLLEGA_NODIG (checked by oneself).
    """

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> AdresGecontroleerd:
        require_open(dossier)
        who = checked_note(door_wie)
        if not who:
            raise RegelOvertreding(Regel.GEEN_BEVESTIGING, zaak=dossier.nummer)
        if who.casefold() == medewerkers(vault.connection)[vault.door].naam.casefold():
            raise RegelOvertreding(Regel.COLLEGA_NODIG, zaak=dossier.nummer)
        return AdresGecontroleerd(door_wie=who, akkoord=akkoord, notitie=checked_note(notitie))

    return perform(vault, zaak, event_id, decide)


def _checked(value: Situatie) -> Situatie:
    """The same with every text stripped of blanks around it and of control characters."""
    return msgspec.convert(_clean(msgspec.to_builtins(value)), Situatie)


def _clean(value: object) -> object:
    match value:
        case str():
            return checked_note(value)
        case dict():
            return {name: _clean(part) for name, part in value.items()}
        case list() | tuple():
            return [_clean(part) for part in value]
        case _:
            return value
