"""Call-back requests of people who are not found here: noted, and settled."""

from __future__ import annotations

from uuid import UUID

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.gebeurtenis import Entry, TerugbelverzoekAfgehandeld, TerugbelverzoekGenoteerd
from db.model.zoektekst import digits
from db.queries.terugbellen import waits
from db.vault import Vault
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import checked_note

CONCEPT = "terugbelverzoek"
"""Where what is half-typed about a caller is kept."""


def note_terugbelverzoek(
    vault: Vault, *, event_id: UUID, naam: str, telefoonnummer: str, wanneer: str = "", notitie: str = ""
) -> Changes:
    """Note that somebody who is not found asks to be called; only what is needed for that is asked.

    Raises:
        RegelOvertreding: GEEN_NUMMER without a number to call, NOTITIE_TE_LANG.
    """
    number = checked_note(telefoonnummer)
    if not digits(number):
        raise RegelOvertreding(Regel.GEEN_NUMMER)
    inhoud = TerugbelverzoekGenoteerd(
        naam=checked_note(naam), telefoonnummer=number, wanneer=checked_note(wanneer), notitie=checked_note(notitie)
    )
    entry = Entry(id=event_id, dossier=event_id, op=vault.clock(), inhoud=inhoud)
    return vault.journal.append([entry], door=vault.door)


def settle_terugbelverzoek(
    vault: Vault, verzoek: UUID, *, event_id: UUID, zaak: UUID | None = None, hoe: str = ""
) -> Changes:
    """Settle a request; with `zaak` when the caller turned out to be its resident, so that the inzage tells it.

    Raises:
        RegelOvertreding: VERZOEK_NIET_OPEN.
    """
    if vault.journal.has(event_id):
        return Changes(frozenset(), frozenset())
    if not waits(vault.connection, verzoek):
        raise RegelOvertreding(Regel.VERZOEK_NIET_OPEN)
    inhoud = TerugbelverzoekAfgehandeld(zaak=zaak, hoe=checked_note(hoe))
    entry = Entry(id=event_id, dossier=verzoek, op=vault.clock(), inhoud=inhoud)
    return vault.journal.append([entry], door=vault.door)
