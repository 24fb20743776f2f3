"""Which letter fits a zaak now, and why: a proposal, for the worker decides."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from db.model.codes import Antwoord, Belresultaat, Bezoekdoel, Contactsoort, Dagdeel
from db.model.gebeurtenis import BriefGemaakt, ContactpogingGedaan, Gebeurtenis, PlanVanAanpakOpgesteld
from db.queries.dossier import Dossier
from desktop.casework.kalender import lokale_datum
from desktop.casework.privacytekst import gaat_mee

EERSTE, WAAROM, AANKONDIGING, KAARTJE, BEVESTIGING, PLAN, AFSLUIT = (
    "eerste-brief",
    "waarom-wij-belden",
    "aankondiging-huisbezoek",
    "kaartje",
    "bevestiging-gesprek",
    "plan-van-aanpak",
    "afsluitbrief",
)


class Briefkeuze(msgspec.Struct, frozen=True, kw_only=True):
    """The letter that fits, why in words to the worker, and what is known of it already."""

    soort: str
    reden: str
    datum: date | None = None
    dagdeel: Dagdeel | None = None


def briefkeuze(dossier: Dossier, now: datetime) -> Briefkeuze:
    """The letter that fits this zaak now; the same for the same facts."""
    stand, today = dossier.stand, lokale_datum(now)
    made = [event for event in dossier.gebeurtenissen if isinstance(event.inhoud, BriefGemaakt)]
    if stand.gesloten_op is not None:
        return Briefkeuze(soort=AFSLUIT, reden="De zaak is afgesloten. Deze brief zegt hoe het afliep.")
    if _card_due(dossier, made, today):
        return Briefkeuze(soort=KAARTJE, reden="Je was vandaag aan de deur en er was niemand thuis.")
    visit = stand.bezoek
    if visit is not None and visit.datum >= today:
        kind = AANKONDIGING if visit.doel is Bezoekdoel.HUISBEZOEK else BEVESTIGING
        if not _made(made, kind):
            reason = (
                "Er staat een huisbezoek gepland." if kind == AANKONDIGING else "Er staat een eerste gesprek gepland."
            )
            return Briefkeuze(soort=kind, reden=reason, datum=visit.datum, dagdeel=visit.dagdeel)
    if stand.plan_op is not None and not _after_plan(dossier, made):
        return Briefkeuze(soort=PLAN, reden="Het plan van aanpak is vastgelegd en nog niet op papier.")
    if stand.antwoord is Antwoord.AANVAARD and stand.gesprek_op is None and not _made(made, BEVESTIGING):
        return Briefkeuze(soort=BEVESTIGING, reden="De inwoner wil hulp en het eerste gesprek komt nog.")
    told = any(
        gaat_mee(event.inhoud.brief, event.inhoud.tekstversie)
        for event in made
        if isinstance(event.inhoud, BriefGemaakt)
    )
    if stand.eerst_bereikt_op is not None:
        reason = (
            "De inwoner is gesproken en leest hierin nog eens waarom."
            if told
            else "De inwoner is gesproken. De uitleg over gegevens moet nog op papier."
        )
        return Briefkeuze(soort=WAAROM, reden=reason)
    if not _made(made, EERSTE):
        reason = (
            "Er is gebeld en de inwoner is nog niet gesproken."
            if stand.pogingen
            else "De inwoner kreeg nog geen brief."
        )
        return Briefkeuze(soort=EERSTE, reden=reason)
    return Briefkeuze(soort=EERSTE, reden="De inwoner reageerde nog niet op de eerste brief.")


def _made(made: list[Gebeurtenis], soort: str) -> bool:
    return any(isinstance(event.inhoud, BriefGemaakt) and event.inhoud.brief == soort for event in made)


def _card_due(dossier: Dossier, made: list[Gebeurtenis], today: date) -> bool:
    """Whether nobody was home today and no card was made for that."""
    last: Gebeurtenis | None = None
    for event in dossier.gebeurtenissen:
        found = event.inhoud
        if isinstance(found, ContactpogingGedaan) and found.contactsoort is Contactsoort.HUISBEZOEK:
            last = event if found.resultaat is Belresultaat.NIEMAND_THUIS else None
    if last is None or lokale_datum(last.op) != today:
        return False
    return not _made([event for event in made if event.op >= last.op], KAARTJE)


def _after_plan(dossier: Dossier, made: list[Gebeurtenis]) -> bool:
    plans = [event.op for event in dossier.gebeurtenissen if isinstance(event.inhoud, PlanVanAanpakOpgesteld)]
    return _made([event for event in made if event.op >= max(plans)], PLAN) if plans else True
