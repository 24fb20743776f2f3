"""Which eindresultaten the recorded facts allow, and what the CAK will be told (handbook sections 4 and 5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from types import MappingProxyType

import msgspec

from db.errors import RegelOvertreding
from db.model.codes import (
    Antwoord,
    BrpUitkomst,
    Contactsoort,
    Eindresultaat,
    Richting,
    Signaalstatus,
    Stap,
    Terugmeldcode,
    Weigergrond,
)
from db.model.gebeurtenis import (
    ContactpogingGedaan,
    HulpaanbodGedaan,
    StapOvergeslagen,
)
from db.queries.dossier import Dossier
from desktop.casework.herhaling import Eerder, no_repetition
from desktop.casework.instellingen import Instellingen
from desktop.casework.kalender import dagdeel, lokale_datum, working_days_between
from desktop.casework.regels import Regel


class Feiten(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on record in the whole dossier, earlier rounds included."""

    vandaag: date
    telefoon: bool
    bereikt: bool = False
    pogingen: int = 0
    dagdelen: int = 0
    nummer_onbruikbaar: bool = False
    bezocht: bool = False
    bezoek_overgeslagen: bool = False
    eerste_brief: date | None = None
    aanvaard: bool = False
    brp: BrpUitkomst | None = None
    geen_herhaling: Regel | None = None


class Opgave(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker adds at closing; None means: not asked yet, so only the recorded facts count."""

    notitie: str = ""
    reden: Weigergrond | None = None
    schuldhulp_loopt: date | None = None
    bevestigd_door: str = ""


def feiten(dossier: Dossier, instellingen: Instellingen, now: datetime) -> Feiten:
    """Gather the facts of a dossier on a moment. Pure."""
    stand = dossier.stand
    contents = [(event.op, event.inhoud) for event in dossier.gebeurtenissen]
    attempts = [(op, inhoud) for op, inhoud in contents if isinstance(inhoud, ContactpogingGedaan)]
    out = [(op, inhoud) for op, inhoud in attempts if inhoud.richting is Richting.UIT]
    calls = [op for op, inhoud in out if inhoud.contactsoort is Contactsoort.TELEFOON]
    skipped = {inhoud.stap for _, inhoud in contents if isinstance(inhoud, StapOvergeslagen)}
    return Feiten(
        vandaag=lokale_datum(now),
        telefoon=stand.telefoon,
        bereikt=any(inhoud.bereikt for _, inhoud in attempts),
        pogingen=len(calls),
        dagdelen=len({dagdeel(op) for op in calls}),
        nummer_onbruikbaar=not stand.kan_bellen,
        bezocht=any(inhoud.contactsoort is Contactsoort.HUISBEZOEK for _, inhoud in out),
        bezoek_overgeslagen=Stap.HUISBEZOEK in skipped or not stand.mag_langs,
        eerste_brief=lokale_datum(stand.brief_op) if stand.brief_op else None,
        aanvaard=any(
            inhoud.antwoord is Antwoord.AANVAARD for _, inhoud in contents if isinstance(inhoud, HulpaanbodGedaan)
        ),
        brp=stand.brp,
        geen_herhaling=_no_repetition(dossier, instellingen),
    )


def _no_repetition(dossier: Dossier, instellingen: Instellingen) -> Regel | None:
    """Why this zaak is no herhaalde melding: the first signal that is none, against those of other zaken; else None."""
    months = instellingen.herhaling_maanden
    for signaal in dossier.signalen:
        earlier = [
            Eerder(vorig.signaaldatum, vorig.opgepakt_op, vorig.bedrag)
            for vorig in dossier.eerdere
            if vorig.opgepakt_op is not None
            and (vorig.signaalpartner, vorig.debtsoort, vorig.klantnummer)
            == (signaal.signaalpartner, signaal.debtsoort, signaal.klantnummer)
        ]
        earlier.sort(key=lambda eerder: eerder.opgepakt_op)
        reason = no_repetition(signaal.signaaldatum, signaal.bedrag, earlier, months)
        if reason is not None:
            return reason
    return None


def _herhaald(feiten: Feiten, _: Opgave, __: Instellingen) -> Regel | None:
    return feiten.geen_herhaling


def _onterecht(_: Feiten, opgave: Opgave, __: Instellingen) -> Regel | None:
    return None if opgave.notitie.strip() else Regel.GEEN_NOTITIE


INTERNE_REDENEN = (
    Weigergrond.TIJDELIJK_NIET_BEREIKBAAR,
    Weigergrond.BEZOEK_NIET_VEILIG,
    Weigergrond.GEEN_CAPACITEIT,
    Weigergrond.ADRES_ONBEKEND,
    Weigergrond.INGETROKKEN,
)
"""Grounds that stay inside: the creditor may know *that* a signal was not taken up, not why."""


def _andere_reden(_: Feiten, opgave: Opgave, __: Instellingen) -> Regel | None:
    return None if opgave.reden in INTERNE_REDENEN else Regel.GEEN_REDEN


def _overleden(feiten: Feiten, _: Opgave, __: Instellingen) -> Regel | None:
    return _brp_says(feiten, BrpUitkomst.OVERLEDEN)


def _geen_inwoner(feiten: Feiten, _: Opgave, __: Instellingen) -> Regel | None:
    return _brp_says(feiten, BrpUitkomst.VERHUISD)


def _brp_says(feiten: Feiten, expected: BrpUitkomst) -> Regel | None:
    if feiten.brp is None:
        return Regel.GEEN_BRP_CONTROLE
    return None if feiten.brp is expected else Regel.BRP_ZEGT_ANDERS


def _bekend(_: Feiten, opgave: Opgave, __: Instellingen) -> Regel | None:
    if opgave.schuldhulp_loopt is None:
        return Regel.SCHULDHULP_NIET_VASTGELEGD
    return None if opgave.bevestigd_door.strip() else Regel.GEEN_BEVESTIGING


def _ander_traject(feiten: Feiten, opgave: Opgave, __: Instellingen) -> Regel | None:
    if not feiten.bereikt:
        return Regel.NIET_BEREIKT
    return None if opgave.notitie.strip() else Regel.GEEN_NOTITIE


def _geen_contact(feiten: Feiten, _: Opgave, instellingen: Instellingen) -> Regel | None:
    if feiten.bereikt:
        return Regel.WEL_BEREIKT
    if feiten.telefoon and not feiten.nummer_onbruikbaar:
        if feiten.pogingen < instellingen.pogingen:
            return Regel.TE_WEINIG_POGINGEN
        if feiten.dagdelen < instellingen.dagdelen:
            return Regel.TE_WEINIG_DAGDELEN
    if not feiten.bezocht and not feiten.bezoek_overgeslagen:
        return Regel.GEEN_BEZOEK
    if feiten.eerste_brief is None:
        return Regel.GEEN_BRIEF
    waited = working_days_between(feiten.eerste_brief, feiten.vandaag)
    return Regel.BRIEF_TE_KORT_GELEDEN if waited < instellingen.brief_werkdagen else None


def _bereikt(feiten: Feiten, _: Opgave, __: Instellingen) -> Regel | None:
    return None if feiten.bereikt else Regel.NIET_BEREIKT


def _hulp(feiten: Feiten, _: Opgave, __: Instellingen) -> Regel | None:
    if not feiten.bereikt:
        return Regel.NIET_BEREIKT
    return None if feiten.aanvaard else Regel.GEEN_AANBOD_AANVAARD


def _zonder_inwoner(_: Feiten, opgave: Opgave, __: Instellingen) -> Regel | None:
    if not opgave.notitie.strip():
        return Regel.GEEN_NOTITIE
    return None if opgave.bevestigd_door.strip() else Regel.GEEN_BEVESTIGING


class Uitkomst(msgspec.Struct, frozen=True):
    """One eindresultaat: its definition on screen, its full code, and the check on the facts."""

    definitie: str
    code: Terugmeldcode
    check: Callable[[Feiten, Opgave, Instellingen], Regel | None]


UITKOMSTEN = MappingProxyType({
    Eindresultaat.HERHAALDE_MELDING: Uitkomst(
        "Zelfde schuldeiser en zelfde schuld, het bedrag is niet hoger, en de vorige melding is kort geleden opgepakt.",
        Terugmeldcode.HERHAALD,
        _herhaald,
    ),
    Eindresultaat.ONTERECHT: Uitkomst(
        "Het signaal voldoet niet aan de regels. Schrijf in de notitie waarom.", Terugmeldcode.ONTERECHT, _onterecht
    ),
    Eindresultaat.ANDERE_REDEN: Uitkomst(
        "Je pakt het signaal niet op om een andere reden. De reden blijft bij ons.",
        Terugmeldcode.NIET_OPGEPAKT,
        _andere_reden,
    ),
    Eindresultaat.OVERLEDEN: Uitkomst(
        "De inwoner is overleden. Dat blijkt uit de BRP.", Terugmeldcode.OVERLEDEN, _overleden
    ),
    Eindresultaat.GEEN_INWONER: Uitkomst(
        "De inwoner is verhuisd uit de gemeente. Dat blijkt uit de BRP.", Terugmeldcode.GEEN_INWONER, _geen_inwoner
    ),
    Eindresultaat.BEKEND_BIJ_SCHULDHULP: Uitkomst(
        "De inwoner krijgt al schuldhulp. De schuldhulpverlener neemt het signaal over.", Terugmeldcode.HULP, _bekend
    ),
    Eindresultaat.ANDER_TRAJECT: Uitkomst(
        "Een andere hulpverlener neemt het signaal over, en de inwoner vindt dat goed. Een bewindvoerder telt niet.",
        Terugmeldcode.CONTACT_ANDERE_HULP,
        _ander_traject,
    ),
    Eindresultaat.GEEN_CONTACT: Uitkomst(
        "Niemand reageerde op de telefoontjes, het bezoek en de brief of het kaartje.",
        Terugmeldcode.GEEN_CONTACT,
        _geen_contact,
    ),
    Eindresultaat.GEEN_REACTIE_NA_CONTACT: Uitkomst(
        "Er was eerst contact, daarna kwam er geen reactie meer.", Terugmeldcode.GEEN_CONTACT, _bereikt
    ),
    Eindresultaat.REGELT_ZELF: Uitkomst(
        "Er was contact. De inwoner regelt het zelf of wil nu geen hulp.", Terugmeldcode.CONTACT_GEEN_HULP, _bereikt
    ),
    Eindresultaat.ZELF_BETAALD: Uitkomst(
        "Toen er contact was, had de inwoner al betaald of een betalingsregeling getroffen.",
        Terugmeldcode.CONTACT_GEEN_HULP,
        _bereikt,
    ),
    Eindresultaat.ADVIES_QUICK_FIX: Uitkomst(
        "Met hulp of advies is de achterstand binnen 30 dagen na het ja opgelost.",
        Terugmeldcode.CONTACT_ANDERE_HULP,
        _hulp,
    ),
    Eindresultaat.VERVOLGHULP: Uitkomst(
        "De inwoner krijgt langer hulp. Welke hulp is nog niet bekend.", Terugmeldcode.CONTACT_ANDERE_HULP, _hulp
    ),
    Eindresultaat.VERVOLGHULP_FINANCIEEL: Uitkomst(
        "De inwoner krijgt langer hulp bij geld: schuldhulp, budgetcoaching of bewind.",
        Terugmeldcode.CONTACT_ANDERE_HULP,
        _hulp,
    ),
    Eindresultaat.VERVOLGHULP_NIET_FINANCIEEL: Uitkomst(
        "De inwoner krijgt andere hulp, zoals maatschappelijk werk.", Terugmeldcode.CONTACT_ANDERE_HULP, _hulp
    ),
    Eindresultaat.VERWIJZING_ZONDER_INWONER: Uitkomst(
        "Alleen in uiterste nood, zoals bemoeizorg. Schrijf de reden op, en welke teamleider akkoord gaf.",
        Terugmeldcode.GEEN_CONTACT,
        _zonder_inwoner,
    ),
})  # fmt: skip
"""All sixteen eindresultaten of DDAS v1.2, with the facts each asks for."""

_MINIMAL_SET = frozenset({
    Terugmeldcode.HULP,
    Terugmeldcode.GEEN_INWONER,
    Terugmeldcode.OVERLEDEN,
    Terugmeldcode.ONTERECHT,
    Terugmeldcode.HERHAALD,
    Terugmeldcode.NIET_OPGEPAKT,
})  # fmt: skip
_HULP_WHEN_RECORDED = frozenset({
    Eindresultaat.BEKEND_BIJ_SCHULDHULP,
    Eindresultaat.VERVOLGHULP,
    Eindresultaat.VERVOLGHULP_FINANCIEEL,
})  # fmt: skip

# What may still be filled in at closing does not stand in the way of offering the choice.
_COMPLETE = Opgave(
    notitie="-",
    reden=Weigergrond.GEEN_CAPACITEIT,
    schuldhulp_loopt=date(2024, 4, 1),
    bevestigd_door="-",
)


def toegestaan(dossier: Dossier, instellingen: Instellingen, now: datetime) -> tuple[Eindresultaat, ...]:
    """The eindresultaten that the recorded facts allow; some still ask for a note, a reason or a name at closing."""
    known = feiten(dossier, instellingen, now)
    return tuple(result for result, rule in UITKOMSTEN.items() if rule.check(known, _COMPLETE, instellingen) is None)


def require_allowed(
    dossier: Dossier, instellingen: Instellingen, now: datetime, eindresultaat: Eindresultaat, opgave: Opgave
) -> None:
    """Refuse an eindresultaat that the facts do not allow.

    Raises:
        RegelOvertreding: the first rule that fails, with the facts compared.
    """
    refused = _refusal(dossier.nummer, feiten(dossier, instellingen, now), instellingen, eindresultaat, opgave)
    if refused is not None:
        raise refused


def refusals(dossier: Dossier, instellingen: Instellingen, now: datetime) -> dict[Eindresultaat, RegelOvertreding]:
    """The eindresultaten that the recorded facts do not allow, each with the rule in its way."""
    known = feiten(dossier, instellingen, now)
    found = {result: _refusal(dossier.nummer, known, instellingen, result, _COMPLETE) for result in UITKOMSTEN}
    return {result: refused for result, refused in found.items() if refused is not None}


def _refusal(
    zaak: str, known: Feiten, instellingen: Instellingen, eindresultaat: Eindresultaat, opgave: Opgave
) -> RegelOvertreding | None:
    failed = UITKOMSTEN[eindresultaat].check(known, opgave, instellingen)
    if failed is None:
        return None
    return RegelOvertreding(
        failed,
        zaak=zaak,
        pogingen=known.pogingen,
        pogingen_nodig=instellingen.pogingen,
        dagdelen=known.dagdelen,
        dagdelen_nodig=instellingen.dagdelen,
        werkdagen_nodig=instellingen.brief_werkdagen,
    )


def terugmeldcode(eindresultaat: Eindresultaat, *, schuldhulp_loopt: date | None, volledige_set: bool) -> Terugmeldcode:
    """The one code that leaves for the CAK.

    HULP only when running schuldhulp is recorded (BGS 17 lid 1); in the minimal set every other worked zaak
    leaves as AFGEROND.
    """
    code = UITKOMSTEN[eindresultaat].code
    if schuldhulp_loopt is not None and eindresultaat in _HULP_WHEN_RECORDED:
        code = Terugmeldcode.HULP
    elif code is Terugmeldcode.HULP:
        code = Terugmeldcode.CONTACT_ANDERE_HULP
    return code if volledige_set or code in _MINIMAL_SET else Terugmeldcode.AFGEROND


WEIGERINGEN = MappingProxyType({
    Weigergrond.ONTERECHT: (Signaalstatus.ONTERECHT, Terugmeldcode.ONTERECHT),
    Weigergrond.HERHAALD: (Signaalstatus.HERHAALDE_MELDING, Terugmeldcode.HERHAALD),
    Weigergrond.OVERLEDEN: (Signaalstatus.OVERLEDEN, Terugmeldcode.OVERLEDEN),
    Weigergrond.GEEN_INWONER: (Signaalstatus.GEEN_INWONER, Terugmeldcode.GEEN_INWONER),
    **dict.fromkeys(INTERNE_REDENEN, (Signaalstatus.ANDERE_REDEN, Terugmeldcode.NIET_OPGEPAKT)),
})  # fmt: skip
"""For each ground of refusal at the door: the DDAS status, and the code that leaves."""
