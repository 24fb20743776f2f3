"""The hulpaanbod, the first talk and the plan van aanpak, with the terms of WGS 4 and 4a."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.codes import Antwoord, Overslaan
from db.model.gebeurtenis import EersteGesprekGevoerd, HulpaanbodGedaan, PlanVanAanpakOpgesteld
from db.model.plan import PlanVanAanpak
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import add_working_days, lokale_datum
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import perform, require_open


def gesprek_voor(
    ontvangen_op: datetime, aanvaard: date, instellingen: Instellingen, *, dreiging: bool
) -> tuple[date, bool]:
    """The day by which the first talk must be held, and whether the term of WGS 4 lid 1 had passed at acceptance.

    Four weeks from receipt of the signal, also while it waited; three working days when eviction, cut-off or the
    end of the health insurance threatens (lid 2); after the term: within ten working days.
    """
    term = lokale_datum(ontvangen_op) + timedelta(weeks=instellingen.gesprek_weken)
    late = aanvaard > term
    if late:
        term = add_working_days(aanvaard, instellingen.te_laat_werkdagen)
    if dreiging:
        term = min(term, add_working_days(aanvaard, instellingen.dreiging_werkdagen))
    return term, late


def offer_hulpaanbod(
    vault: Vault,
    zaak: UUID,
    *,
    event_id: UUID,
    antwoord: Antwoord | None = None,
    dreiging: bool = False,
    op: datetime | None = None,
) -> Changes:
    """Record that help was offered, and the answer when there is one; a later answer replaces it.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, NIET_BEREIKT, OP_IN_TOEKOMST.
    """

    def decide(dossier: Dossier, instellingen: Instellingen, happened: datetime) -> HulpaanbodGedaan:
        require_open(dossier)
        if dossier.stand.eerst_bereikt_op is None:
            raise RegelOvertreding(Regel.NIET_BEREIKT, zaak=dossier.nummer)
        if antwoord is not Antwoord.AANVAARD:
            return HulpaanbodGedaan(antwoord=antwoord, dreiging=dreiging)
        received = dossier.stand.ontvangen_op
        term, late = gesprek_voor(received, lokale_datum(happened), instellingen, dreiging=dreiging)
        standing = _standing_acceptance(dossier)
        if standing is not None and standing.gesprek_voor is not None and standing.gesprek_voor <= term:
            term, late = standing.gesprek_voor, standing.te_laat  # saying yes once more moves no term
        return HulpaanbodGedaan(antwoord=antwoord, dreiging=dreiging, gesprek_voor=term, te_laat=late)

    return perform(vault, zaak, event_id, decide, op=op)


def record_eerste_gesprek(
    vault: Vault, zaak: UUID, *, event_id: UUID, op: datetime | None = None, afgezien: bool = False
) -> Changes:
    """Record the first talk; `afgezien` when the resident declined in it, so that no plan is due (WGS 4a lid 2).

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, GEEN_AANBOD_AANVAARD, OP_IN_TOEKOMST.
    """

    def decide(dossier: Dossier, instellingen: Instellingen, happened: datetime) -> EersteGesprekGevoerd:
        require_open(dossier)
        _require_acceptance(dossier)
        first = min(happened, dossier.stand.gesprek_op or happened)  # a second talk moves no term either
        due = None if afgezien else lokale_datum(first) + timedelta(weeks=instellingen.plan_weken)
        return EersteGesprekGevoerd(afgezien=afgezien, plan_voor=due)

    return perform(vault, zaak, event_id, decide, op=op)


def draw_up_plan(vault: Vault, zaak: UUID, *, event_id: UUID, plan: PlanVanAanpak) -> Changes:
    """Record a version of the plan van aanpak, whole; the version number follows the ones before.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, GEEN_AANBOD_AANVAARD, GEEN_EERSTE_GESPREK, AFGEZIEN_VAN_HULP, PLAN_LEEG.
    """

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> PlanVanAanpakOpgesteld:
        require_open(dossier)
        _require_acceptance(dossier)
        stand = dossier.stand
        if stand.afgezien:
            raise RegelOvertreding(Regel.AFGEZIEN_VAN_HULP, zaak=dossier.nummer)
        if stand.gesprek_op is None and Overslaan.EERSTE_GESPREK not in stand.overgeslagen:
            raise RegelOvertreding(Regel.GEEN_EERSTE_GESPREK, zaak=dossier.nummer)
        if not plan.afspraken and not plan.schulden:
            raise RegelOvertreding(Regel.PLAN_LEEG, zaak=dossier.nummer)
        earlier = sum(isinstance(event.inhoud, PlanVanAanpakOpgesteld) for event in dossier.gebeurtenissen)
        return PlanVanAanpakOpgesteld(versie=earlier + 1, plan=plan)

    return perform(vault, zaak, event_id, decide)


def _standing_acceptance(dossier: Dossier) -> HulpaanbodGedaan | None:
    """The acceptance that holds now, or None."""
    if dossier.stand.antwoord is not Antwoord.AANVAARD:
        return None
    offers = [event.inhoud for event in dossier.gebeurtenissen if isinstance(event.inhoud, HulpaanbodGedaan)]
    return next((offer for offer in reversed(offers) if offer.antwoord is Antwoord.AANVAARD), None)


def _require_acceptance(dossier: Dossier) -> None:
    if dossier.stand.antwoord is not Antwoord.AANVAARD:
        raise RegelOvertreding(Regel.GEEN_AANBOD_AANVAARD, zaak=dossier.nummer)
