"""The hulpaanbod, the first talk and the plan van aanpak with the terms of WGS 4 and 4a, and help with the bill."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from db.errors import RegelOvertreding
from db.journal import Changes
from db.model.bedrag import Bedrag
from db.model.codes import Antwoord, Gelukt, Oordeel, Overslaan
from db.model.gebeurtenis import (
    AfspraakNagekeken,
    AnyInhoud,
    BelofteVastgelegd,
    CakGebeld,
    EersteGesprekGevoerd,
    EigenBijdrageNagekeken,
    HulpaanbodGedaan,
    PlanVanAanpakOpgesteld,
    RegelingNagekeken,
)
from db.model.plan import PlanVanAanpak
from db.queries.dossier import Dossier
from db.vault import Vault
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import add_working_days, lokale_datum
from desktop.casework.regels import Regel
from desktop.casework.uitvoeren import checked_note, perform, require_open


def gesprek_voor(
    ontvangen_op: datetime, aanvaard: date, instellingen: Instellingen, *, dreiging: bool
) -> tuple[date, bool]:
    """The day by which the first talk must be held, and whether the term of WGS 4 lid 1 had passed at acceptance.

    Four weeks from receipt of the signal, also while it waited; three working days when eviction, cut-off or the
    end of the health insurance threatens (lid 2); after the term: within ten working days. Weeks are not stretched
    when they end on a day off, as the Algemene termijnenwet (1) would allow: the talk is never planned later for it.
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
    vraag_op: datetime | None = None,
    op: datetime | None = None,
) -> Changes:
    """Record that help was offered, and the answer when there is one; a later answer replaces it.

    `vraag_op` is when the worker promised to ask again; an answer makes such a promise lapse.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, NIET_BEREIKT, OP_IN_TOEKOMST, DATUM_VOORBIJ of `vraag_op`.
    """

    def decide(dossier: Dossier, instellingen: Instellingen, happened: datetime) -> tuple[AnyInhoud, ...]:
        _require_contact(dossier)
        promise: tuple[BelofteVastgelegd, ...] = ()
        if vraag_op is not None:
            _require_ahead(dossier, lokale_datum(vraag_op), happened)
            promise = (BelofteVastgelegd(bellen_op=vraag_op),)
        elif antwoord in {Antwoord.AANVAARD, Antwoord.GEEN_HULP} and dossier.stand.belofte_op is not None:
            promise = (BelofteVastgelegd(),)
        if antwoord is not Antwoord.AANVAARD:
            return (HulpaanbodGedaan(antwoord=antwoord, dreiging=dreiging), *promise)
        term, late = term_if_accepted(dossier, instellingen, lokale_datum(happened), dreiging=dreiging)
        return (HulpaanbodGedaan(antwoord=antwoord, dreiging=dreiging, gesprek_voor=term, te_laat=late), *promise)

    return perform(vault, zaak, event_id, decide, op=op)


def term_if_accepted(
    dossier: Dossier, instellingen: Instellingen, aanvaard: date, *, dreiging: bool
) -> tuple[date, bool]:
    """The term that a yes on this day brings, and whether that of WGS 4 lid 1 has passed; a second yes moves none."""
    term, late = gesprek_voor(dossier.stand.ontvangen_op, aanvaard, instellingen, dreiging=dreiging)
    standing = _standing_acceptance(dossier)
    if standing is not None and standing.gesprek_voor is not None and standing.gesprek_voor <= term:
        return standing.gesprek_voor, standing.te_laat
    return term, late


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


def check_afspraak(
    vault: Vault, zaak: UUID, *, event_id: UUID, versie: int, nummer: int, gedaan: bool, notitie: str = ""
) -> Changes:
    """Record whether an agreement of the plan was kept; `nummer` counts from 1 within the version that holds.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, AFSPRAAK_ONBEKEND.
    """

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> AfspraakNagekeken:
        require_open(dossier)
        current = current_plan(dossier)
        if current is None or current.versie != versie or not 1 <= nummer <= len(current.plan.afspraken):
            raise RegelOvertreding(Regel.AFSPRAAK_ONBEKEND, zaak=dossier.nummer)
        return AfspraakNagekeken(versie=versie, nummer=nummer, gedaan=gedaan, notitie=checked_note(notitie))

    return perform(vault, zaak, event_id, decide)


def current_plan(dossier: Dossier) -> PlanVanAanpakOpgesteld | None:
    """The version of the plan that holds, with each agreement marked as it was last looked at; None without a plan."""
    contents = [event.inhoud for event in dossier.gebeurtenissen]
    latest = next((found for found in reversed(contents) if isinstance(found, PlanVanAanpakOpgesteld)), None)
    if latest is None:
        return None
    agreements = list(latest.plan.afspraken)
    for found in contents:
        if isinstance(found, AfspraakNagekeken) and found.versie == latest.versie:
            agreements[found.nummer - 1] = msgspec.structs.replace(agreements[found.nummer - 1], gedaan=found.gedaan)
    plan = msgspec.structs.replace(latest.plan, afspraken=tuple(agreements))
    return msgspec.structs.replace(latest, plan=plan)


def record_cak_gebeld(
    vault: Vault,
    zaak: UUID,
    *,
    event_id: UUID,
    bedrag_per_maand: Bedrag | None = None,
    eerste_datum: date | None = None,
    nakijken_op: date | None = None,
    notitie: str = "",
) -> Changes:
    """Record that resident and worker called the CAK together, with the arrangement and when to look at it.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, NIET_BEREIKT, DATUM_VOORBIJ.
    """

    def decide(dossier: Dossier, _: Instellingen, happened: datetime) -> CakGebeld:
        _require_contact(dossier)
        _require_ahead(dossier, nakijken_op, happened)
        return CakGebeld(
            bedrag_per_maand=bedrag_per_maand,
            eerste_datum=eerste_datum,
            nakijken_op=nakijken_op,
            notitie=checked_note(notitie),
        )

    return perform(vault, zaak, event_id, decide)


def check_regeling(
    vault: Vault,
    zaak: UUID,
    *,
    event_id: UUID,
    gelukt: Gelukt,
    nakijken_op: date | None = None,
    notitie: str = "",
) -> Changes:
    """Record whether the arrangement with the CAK holds, and when to look again.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, DATUM_VOORBIJ.
    """

    def decide(dossier: Dossier, _: Instellingen, happened: datetime) -> RegelingNagekeken:
        require_open(dossier)
        _require_ahead(dossier, nakijken_op, happened)
        return RegelingNagekeken(gelukt=gelukt, nakijken_op=nakijken_op, notitie=checked_note(notitie))

    return perform(vault, zaak, event_id, decide)


def record_eigen_bijdrage(
    vault: Vault,
    zaak: UUID,
    *,
    event_id: UUID,
    rekening_klopt: Oordeel | None = None,
    zorg_gestopt: Oordeel | None = None,
    peiljaarverlegging: Oordeel | None = None,
    bijzondere_bijstand: Oordeel | None = None,
    notitie: str = "",
) -> Changes:
    """Record what was found out about the bill itself; None for what was not asked.

    Raises:
        RegelOvertreding: ZAAK_GESLOTEN, NIET_BEREIKT, NOTITIE_LEEG when nothing was asked or written.
    """
    found = EigenBijdrageNagekeken(
        rekening_klopt=rekening_klopt,
        zorg_gestopt=zorg_gestopt,
        peiljaarverlegging=peiljaarverlegging,
        bijzondere_bijstand=bijzondere_bijstand,
        notitie=checked_note(notitie),
    )

    def decide(dossier: Dossier, _: Instellingen, __: datetime) -> EigenBijdrageNagekeken:
        _require_contact(dossier)
        if found == EigenBijdrageNagekeken():
            raise RegelOvertreding(Regel.NOTITIE_LEEG, zaak=dossier.nummer)
        return found

    return perform(vault, zaak, event_id, decide)


def _require_contact(dossier: Dossier) -> None:
    require_open(dossier)
    if dossier.stand.eerst_bereikt_op is None:
        raise RegelOvertreding(Regel.NIET_BEREIKT, zaak=dossier.nummer)


def _require_ahead(dossier: Dossier, day: date | None, now: datetime) -> None:
    if day is not None and day < lokale_datum(now):
        raise RegelOvertreding(Regel.DATUM_VOORBIJ, zaak=dossier.nummer)


def _standing_acceptance(dossier: Dossier) -> HulpaanbodGedaan | None:
    """The acceptance that holds now, or None."""
    if dossier.stand.antwoord is not Antwoord.AANVAARD:
        return None
    offers = [event.inhoud for event in dossier.gebeurtenissen if isinstance(event.inhoud, HulpaanbodGedaan)]
    return next((offer for offer in reversed(offers) if offer.antwoord is Antwoord.AANVAARD), None)


def _require_acceptance(dossier: Dossier) -> None:
    if dossier.stand.antwoord is not Antwoord.AANVAARD:
        raise RegelOvertreding(Regel.GEEN_AANBOD_AANVAARD, zaak=dossier.nummer)
