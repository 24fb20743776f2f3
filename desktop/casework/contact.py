"""Contact and what was found out: attempts, BRP checks, whether somebody was known, skipped steps."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.codes import (
    OVER_TE_SLAAN,
    Bekendheid,
    Belresultaat,
    BrpUitkomst,
    Contactsoort,
    Gesprekspartner,
    Richting,
    Stap,
)
from db.model.gebeurtenis import (
    AnyInhoud,
    BekendheidVastgelegd,
    BrpGecontroleerd,
    ContactpogingGedaan,
    NotitieGemaakt,
    SituatieVastgelegd,
    StapOvergeslagen,
)
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import dagdelen_cell, lokale_datum
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import checked_note, perform, require_open


def record_contactpoging(
    vault: Vault,
    zaak: UUID,
    *,
    event_id: UUID,
    contactsoort: Contactsoort,
    bereikt: bool,
    gesproken_met: Gesprekspartner | None = None,
    richting: Richting = Richting.UIT,
    resultaat: Belresultaat | None = None,
    terugbellen_op: datetime | None = None,
    op: datetime | None = None,
    notitie: str = "",
    kaartje: bool = False,
    tolktaal: str | None = None,
) -> Changes:
    """Record one attempt, whatever the step: a resident who calls back is in contact.

    `bereikt` without `gesproken_met` means the resident; a mentor or another never counts as reached. `kaartje`
    records a card that was left as contact of its own. What the attempt taught goes into the situation along with
    it: with a `tolktaal`, which may be empty, that an interpreter is needed; and when the number that the resident
    gave turns out not to work, that number leaves.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, OP_IN_TOEKOMST, NOTITIE_TE_LANG.
    """

    def decide(dossier: Dossier, _: Instellingen, happened: datetime) -> tuple[AnyInhoud, ...]:
        require_open(dossier)
        partner = gesproken_met or (Gesprekspartner.INWONER if bereikt else None)
        attempt = ContactpogingGedaan(
            contactsoort=contactsoort,
            richting=richting,
            bereikt=bereikt and partner is not None and partner.telt_als_bereikt,
            gesproken_met=partner,
            resultaat=resultaat,
            dagdeel=dagdelen_cell(happened),
            terugbellen_op=terugbellen_op,
            notitie=checked_note(notitie),
        )
        along: list[AnyInhoud] = []
        if kaartje:
            along.append(
                ContactpogingGedaan(contactsoort=Contactsoort.KAARTJE, bereikt=False, dagdeel=dagdelen_cell(happened))
            )
        taught = dossier.situatie
        if resultaat is Belresultaat.NUMMER_ONBRUIKBAAR and dossier.stand.ander_nummer:
            contact = msgspec.structs.replace(taught.veilig_contact, telefoonnummer="")
            taught = msgspec.structs.replace(taught, veilig_contact=contact)
        if tolktaal is not None:
            taal = checked_note(tolktaal) or taught.tolktaal
            taught = msgspec.structs.replace(taught, tolk=True, tolktaal=taal)
        if taught != dossier.situatie:
            along.append(SituatieVastgelegd(situatie=taught))
        return (attempt, *along)

    return perform(vault, zaak, event_id, decide, op=op)


def record_brp(
    vault: Vault, zaak: UUID, *, event_id: UUID, uitkomst: BrpUitkomst, op: datetime | None = None
) -> Changes:
    """Record the municipality's own BRP check (WGS 8b): the outcome and its date.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, OP_IN_TOEKOMST.
    """

    def decide(dossier: Dossier, _: Instellingen, happened: datetime) -> BrpGecontroleerd:
        require_open(dossier)
        return BrpGecontroleerd(uitkomst=uitkomst, datum=lokale_datum(happened))

    return perform(vault, zaak, event_id, decide, op=op)


def record_bekendheid(
    vault: Vault, zaak: UUID, *, event_id: UUID, schuldhulp: Bekendheid, eerder_gemeld: Bekendheid, volgens: str
) -> Changes:
    """Record whether the resident was known before, and who said so (handbook section 3).

    Raises:
        RegelOvertreding: GEEN_BEVESTIGING when nobody is named.
    """

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> BekendheidVastgelegd:
        if not volgens.strip():
            raise RegelOvertreding(Regel.GEEN_BEVESTIGING, zaak=dossier.nummer)
        return BekendheidVastgelegd(schuldhulp=schuldhulp, eerder_gemeld=eerder_gemeld, volgens=checked_note(volgens))

    return perform(vault, zaak, event_id, decide)


def record_notitie(vault: Vault, zaak: UUID, *, event_id: UUID, tekst: str) -> Changes:
    """Record a note by itself, in a closed zaak too.

    Raises:
        RegelOvertreding: NOTITIE_LEEG, NOTITIE_TE_LANG.
    """

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> NotitieGemaakt:
        note = checked_note(tekst)
        if not note:
            raise RegelOvertreding(Regel.NOTITIE_LEEG, zaak=dossier.nummer)
        return NotitieGemaakt(tekst=note)

    return perform(vault, zaak, event_id, decide)


def skip_stap(vault: Vault, zaak: UUID, *, event_id: UUID, stap: Stap, reden: str) -> Changes:
    """Skip a step with a reason; steps guide, they are no cage.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, STAP_NIET_OVER_TE_SLAAN, GEEN_REDEN.
    """

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> StapOvergeslagen:
        require_open(dossier)
        if stap not in OVER_TE_SLAAN:
            raise RegelOvertreding(Regel.STAP_NIET_OVER_TE_SLAAN, stap=stap)
        if not reden.strip():
            raise RegelOvertreding(Regel.GEEN_REDEN, zaak=dossier.nummer)
        return StapOvergeslagen(stap=stap, reden=checked_note(reden))

    return perform(vault, zaak, event_id, decide)
